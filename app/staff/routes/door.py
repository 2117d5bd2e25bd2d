"""The blueprint, and what all addresses of the room need."""

from collections.abc import Mapping

from flask import Blueprint, abort, url_for
from flask_login import current_user

from app.accounts.models import Role
from app.learning.assignments import deadlines
from app.staff import desks
from app.staff.desks import Desk
from app.staff.queries import Sort, State, Wanted
from app.units.models import Unit
from app.units.queries import scope, unit_within

blueprint = Blueprint("staff", __name__, template_folder="../templates")


def own_paths() -> tuple[str, ...]:
    """The subtrees of units that whoever is signed in keeps lists for."""
    return scope(current_user, Role.HR)


def own_unit(unit_id: int) -> Unit:
    """A unit in these subtrees; 404 for any other."""
    unit = unit_within(unit_id, own_paths())
    if unit is None:
        abort(404)
    return unit


def own_desk() -> Desk:
    """What whoever is signed in keeps lists for."""
    return desks.desk_of(current_user)


def wanted_at(desk: Desk, asked: Mapping[str, str]) -> tuple[Wanted | None, Unit | None]:
    """Which list is asked for, None without courses; 404 for what is not on this desk."""
    number, slug = asked.get("unit", ""), asked.get("course", "")
    unit = own_unit(int(number)) if number.isdecimal() and len(number) < 10 else None
    course = next((course for course in desk.courses if slug in ("", course.slug)), None)
    if course is None and slug:
        abort(404)
    if course is None:
        return None, unit
    units = desk.below(unit)
    wanted = Wanted(
        course,
        tuple(units),
        deadlines(course.slug, units),
        next((state for state in State if state == asked.get("state")), None),
        asked.get("q", "")[:80],
        Sort.NAME if asked.get("sort") == Sort.NAME else Sort.UNIT,
        desk.crowded,
    )
    return wanted, unit


def address_of(wanted: Wanted, unit: Unit | None) -> str:
    """The first page with this list."""
    unit_id = unit.id if unit else None
    return url_for("staff.people", course=wanted.course.slug, unit=unit_id, state=wanted.state)
