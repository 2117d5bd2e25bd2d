"""Reads about merging: the two records, what would move, what was merged."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Person
from app.accounts.queries import holders_of_roles
from app.certificates import merging as certificates
from app.certificates.queries import lines_of_course
from app.content.models import Course
from app.content.shelf import shelf
from app.db import take_turns
from app.extensions import db
from app.learning.models import StepCredit
from app.persons import facts, moving
from app.persons.holdings import HOLDINGS
from app.persons.models import PersonMerge


@dataclass(frozen=True)
class Preview:
    """What merging two records would do.

    `rows`: what moves, is put away, or stays, by kind; `pairs`: courses with two awards;
    `filled`: what the record that stays gets; `completes`: courses that both records together
    have finished; `holds_role`: one of them has a role, so only an administrator of the whole
    province may decide.
    """

    old: Person
    new: Person
    rows: list[moving.Sorted]
    pairs: list[certificates.Pair]
    filled: list[str]
    completes: list[Course]
    holds_role: bool


def preview(old: Person, new: Person) -> Preview:
    """What merging `old` into `new` would do; reads only."""
    rows = [moving.sort(holding, old.id, new.id) for holding in HOLDINGS]
    return Preview(
        old,
        new,
        [one for one in rows if one.moves or one.put_away],
        certificates.pairs(old.id, new.id),
        facts.gaps(old, new).names,
        [course for course in shelf.published() if _together(course, old.id, new.id)],
        bool(holders_of_roles([old.id, new.id])),
    )


def _together(course: Course, old_id: int, new_id: int) -> bool:
    if lines_of_course(old_id, course.slug) or lines_of_course(new_id, course.slug):
        return False
    credited = set(
        db.session.scalars(
            select(StepCredit.step_slug).where(
                StepCredit.person_id.in_([old_id, new_id]), StepCredit.course_slug == course.slug
            )
        )
    )
    done = course.credited(frozenset(credited))
    return bool(credited) and all(step.slug in done for step in course.required)


def locked_pair(old_id: int, new_id: int) -> tuple[Person, Person]:
    """Both records, held until the transaction ends; always locked in the same order.

    Raises LookupError for an unknown one.
    """
    for person_id in sorted({old_id, new_id}):
        # nothing that comes in late for one of them is taken in meanwhile
        take_turns(f"sync {person_id}")
    found = db.session.scalars(
        select(Person)
        .where(Person.id.in_([old_id, new_id]))
        .order_by(Person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    by_id = {person.id: person for person in found}
    if len(by_id) < len({old_id, new_id}):
        raise LookupError(old_id, new_id)
    return by_id[old_id], by_id[new_id]


def may_be_undone(merged: PersonMerge) -> bool:
    """Whether its facts are still there, and nothing was merged over it since."""
    if merged.facts is None or merged.undone_at is not None:
        return False
    later = select(PersonMerge.id).where(
        PersonMerge.id > merged.id,
        PersonMerge.undone_at.is_(None),
        (PersonMerge.new_id == merged.new_id) | (PersonMerge.old_id == merged.new_id),
    )
    return db.session.scalars(later.limit(1)).first() is None


def standing_merges(since: datetime | None = None) -> list[PersonMerge]:
    """Every merge (done since then) that was not undone, oldest first."""
    query = select(PersonMerge).where(PersonMerge.undone_at.is_(None)).order_by(PersonMerge.id)
    if since:
        query = query.where(PersonMerge.merged_at >= since)
    return list(db.session.scalars(query))


def merge_by_id(merge_id: int) -> PersonMerge | None:
    """One merge, or None."""
    return db.session.get(PersonMerge, merge_id)


def person(person_id: int) -> Person | None:
    """One record that stands by itself, or None."""
    found = db.session.get(Person, person_id)
    return found if found and found.merged_into is None else None
