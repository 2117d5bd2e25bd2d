"""What all addresses of helpers share: the door, whom a helper may meet, proofs as typed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Role
from app.accounts.routes.door import tries
from app.field import queries
from app.field.actions.proofs import Tried
from app.field.queries import OwnPerson, Resident
from app.units.queries import scope

blueprint = Blueprint("field", "app.field", template_folder="templates")

# larger numbers are nobody's, and no database column takes them
PERSON = "/field/people/<int(max=2147483647):person_id>"
FOUND, ALIKE = "field_found", "field_alike"
View = Callable[..., ResponseReturnValue]


def paths() -> tuple[str, ...]:
    """The subtrees of units in which the person signed in helps."""
    return scope(current_user, Role.HELPER)


def own(person_id: int) -> OwnPerson:
    """One of the helper's own people; 404 for everybody else."""
    return queries.own_person(current_user.id, paths(), person_id) or abort(404)


def remember_found(person_ids: list[int]) -> None:
    """Whom the last search showed, so that the next page may speak of them."""
    session[FOUND] = " ".join(map(str, person_ids))


def remember_alike(person_ids: list[int]) -> None:
    """Who looked like a newcomer; only to study with, where they show that it is them."""
    session[ALIKE] = " ".join(map(str, person_ids))


def met(person_id: int, *, alike: bool = False) -> Resident:
    """One of the helper's own people, or somebody whom their last search showed; else 404.

    `alike`: also somebody who looked like the last newcomer, known by no telephone perhaps.
    """
    mine = queries.own_person(current_user.id, paths(), person_id)
    if mine:
        return Resident(mine.person, mine.unit_id, mine.unit_name)
    shown = (FOUND, ALIKE) if alike else (FOUND,)
    found = " ".join(session.get(key, "") for key in shown).split()
    known = queries.residents(paths(), [person_id]) if str(person_id) in found else []
    return known[0] if known else abort(404)


def in_company(view: View) -> View:
    """Only beside a learner; whoever is on their own goes to their start page."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
        if current_user.helper is None:
            return to_their_own_start()
        return view(*args, **values)

    return guarded


def to_their_own_start() -> ResponseReturnValue:
    """Whoever is on their own goes to where they start."""
    return redirect(url_for("home.start"), 303)


def tried(person_id: int, way: str, secret: str) -> Tried:
    """A proof as typed, with the keys under which wrong ones are counted."""
    return Tried(way, secret, *tries(f"person {person_id}"))
