"""What an HR officer may see: which units, which courses, and which people of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select

from app.accounts.models import Role
from app.accounts.signed_in import SignedIn
from app.content.models import Course
from app.content.programme import Indicator
from app.content.shelf import shelf
from app.extensions import db
from app.learning.models import Enrolment
from app.units.models import Membership, Unit
from app.units.queries import in_force, scope, today, units_in

STAFF_KINDS = ("work", "school")
# more people are not joined and sorted for each page: their standings are kept (standing.py)
CROWD = 5_000


@dataclass(frozen=True)
class Desk:
    """What an HR officer may see: subtrees of units, the units in them, and the courses."""

    paths: tuple[str, ...]
    units: list[Unit]
    courses: list[Course]
    crowded: bool

    @property
    def tops(self) -> list[Unit]:
        """The units that no other unit of the desk holds."""
        ids = {unit.id for unit in self.units}
        return [unit for unit in self.units if unit.parent_id not in ids]

    def below(self, unit: Unit | None) -> list[Unit]:
        """The units of the desk in the subtree of this one; all of them for None."""
        return [one for one in self.units if unit is None or one.path.startswith(unit.path)]


def desk_of(person: SignedIn) -> Desk:
    """The desk of a person who holds the role HR somewhere."""
    return desk(scope(person, Role.HR))


def desk(paths: tuple[str, ...]) -> Desk:
    """The desk over these subtrees, the courses most taken there first.

    Of a crowd it is not asked what is taken most: its courses stand by their codes.
    """
    units = units_in(paths)
    crowded = is_crowd([unit.id for unit in units])
    taken = {} if crowded else _enrolments([unit.id for unit in units])
    courses = visible_courses({unit.kind for unit in units})
    courses.sort(key=lambda course: (-taken.get(course.slug, 0), course.code, course.slug))
    return Desk(paths, units, courses, crowded)


def visible_courses(kinds: Iterable[str]) -> list[Course]:
    """The courses that count for people who work or study in units of these kinds.

    Only these: which other courses somebody takes (for people with disabilities, for ethnic
    minorities) is no matter of their office.
    """
    fitting = [item for item in _counting() if _concerns(item, set(kinds))] or _counting()
    return _courses(fitting)


def offices_courses() -> list[Course]:
    """Every course that some office sees, by slug."""
    return sorted(_courses(_counting()), key=lambda course: course.slug)


def _counting() -> list[Indicator]:
    return [item for item in shelf.programme.indicators if item.place in STAFF_KINDS]


def _courses(indicators: list[Indicator]) -> list[Course]:
    slugs = {slug for item in indicators for slug in item.courses}
    private = {group.id for group in shelf.programme.groups if group.sensitive}
    return [
        course
        for course in shelf.published()
        if course.slug in slugs and private.isdisjoint(course.audience)
    ]


def _concerns(indicator: Indicator, kinds: set[str]) -> bool:
    return not indicator.unit_kinds or not kinds.isdisjoint(indicator.unit_kinds)


def is_crowd(unit_ids: list[int]) -> bool:
    """Whether more people work or study in these units than are joined for each page; what is
    counted is bounded, and memberships that ended count too."""
    some = (
        select(Membership.id)
        .where(Membership.unit_id.in_(unit_ids), Membership.kind.in_(STAFF_KINDS))
        .limit(CROWD + 1)
        .subquery()
    )
    return db.session.scalars(select(func.count()).select_from(some)).one() > CROWD


def _enrolments(unit_ids: list[int]) -> dict[str, int]:
    rows = db.session.execute(
        select(Enrolment.course_slug, func.count(Enrolment.person_id.distinct()))
        .join(Membership, Membership.person_id == Enrolment.person_id)
        .where(staff_of(unit_ids))
        .group_by(Enrolment.course_slug)
        .order_by(Enrolment.course_slug)
    )
    return dict(rows.tuples().all())


def staff_of(unit_ids: list[int]) -> ColumnElement[bool]:
    """A condition: the membership is one of work or study, today, in one of these units."""
    return and_(
        Membership.unit_id.in_(unit_ids),
        Membership.kind.in_(STAFF_KINDS),
        in_force(Membership, today()),
    )
