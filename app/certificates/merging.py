"""Awards of two records that turned out to be one human being.

Lines of the register name the record that earned them and are never changed (rule 4). Who holds
an award today is derived: `award_in_force` names the record that stands, so that one person and
one course have at most one (rule 3). Where both had one, the earlier line stays in force and
the other rests; its check page says so. All of it can be taken back.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import delete, select, update

from app.accounts.queries import survivor_id
from app.accounts.signed_in import Someone
from app.certificates.actions import TAKEN_APART, recount, revoke
from app.certificates.models import Award, AwardInForce, AwardSetAside, Revocation
from app.certificates.queries import Held, line_by_id, standing_awards
from app.db import insert_once
from app.extensions import db
from app.lib import clock


class Pair(NamedTuple):
    """Two awards of one human being for one course: which one stays in force, which one rests."""

    kept: Award
    rests: Award


def pairs(old_id: int, new_id: int) -> list[Pair]:
    """The courses for which both records hold an award in force, in the order of the register."""
    held: dict[str, list[Held]] = {}
    for one in standing_awards([old_id, new_id]):
        held.setdefault(one.award.course_slug, []).append(one)
    return [Pair(both[0].award, both[1].award) for both in held.values() if len(both) == 2]


def join_awards(old_id: int, new_id: int) -> list[int]:
    """The record `old_id` is merged into `new_id`: hold and count their awards together.

    Returns the ids of the awards whose standing changed, for `part_awards`.
    """
    doubled = pairs(old_id, new_id)
    touched = [held.award.id for held in standing_awards([old_id])]
    touched += [pair.kept.id for pair in doubled] + [pair.rests.id for pair in doubled]
    for pair in doubled:
        _rest(pair.rests.id, pair.kept.id)
    db.session.execute(
        update(AwardInForce).where(AwardInForce.person_id == old_id).values(person_id=new_id)
    )
    recount(old_id, new_id)
    return sorted(set(touched))


def part_awards(old_id: int, new_id: int, touched: Iterable[int]) -> None:
    """The two records are two people again: each holds and counts what it earned itself."""
    awards = db.session.scalars(
        select(Award).where(Award.id.in_(list(touched))).order_by(Award.year, Award.line)
    ).all()
    ids = [award.id for award in awards]
    db.session.execute(delete(AwardSetAside).where(AwardSetAside.award_id.in_(ids)))
    db.session.execute(delete(AwardInForce).where(AwardInForce.award_id.in_(ids)))
    revoked = set(
        db.session.scalars(select(Revocation.award_id).where(Revocation.award_id.in_(ids)))
    )
    for award in awards:
        if award.id not in revoked:
            _stand_again(award)
    recount(old_id, new_id)


def take_back(actor: Someone, award_ids: Iterable[int]) -> None:
    """Revoke what only the credits of both records together had earned."""
    for award_id in award_ids:
        line = line_by_id(award_id)
        if line and line.revocation is None:
            revoke(actor, award_id, TAKEN_APART)


def _rest(award_id: int, kept_id: int) -> None:
    db.session.execute(delete(AwardInForce).where(AwardInForce.award_id == award_id))
    db.session.add(AwardSetAside(award_id=award_id, kept_id=kept_id, since=clock.now()))
    db.session.flush()


def _stand_again(award: Award) -> None:
    """In force for whoever earned it, unless another one took its place meanwhile."""
    place = {"person_id": survivor_id(award.person_id), "course_slug": award.course_slug}
    if not insert_once(AwardInForce, **place, award_id=award.id):
        kept = db.session.get_one(AwardInForce, tuple(place.values()))
        _rest(award.id, kept.award_id)
