"""One member of the staff, as HR sees them."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.accounts.models import Person
from app.certificates.models import Award
from app.certificates.queries import Line, awards_of
from app.content.models import Course
from app.counts.models import VneidConfirmation
from app.extensions import db
from app.learning.assignments import dues_of
from app.learning.queries import Progress, progress_of_all
from app.staff.desks import STAFF_KINDS
from app.staff.queries import State, done_of
from app.units.models import Membership
from app.units.queries import memberships


@dataclass(frozen=True)
class StaffMember:
    """One person as HR sees them: where they work or study inside HR's units."""

    person: Person
    places: list[Membership]
    vneid: VneidConfirmation | None


class CourseOfPerson(NamedTuple):
    """How far a person is in a course; `award` is in force, `revoked` the last one that is not;
    `due_on`: by when they shall finish."""

    course: Course
    state: State
    lessons_done: int
    tests_done: int
    award: Award | None
    revoked: Award | None
    due_on: date | None


def staff_member(person_id: int, paths: tuple[str, ...]) -> StaffMember | None:
    """A person who works or studies in one of these subtrees today, else None."""
    places = [
        place
        for place in memberships(person_id)
        if place.kind in STAFF_KINDS and place.unit.path.startswith(paths)
    ]
    person = db.session.get(Person, person_id) if places else None
    if person is None:
        return None
    return StaffMember(person, places, db.session.get(VneidConfirmation, person_id))


def courses_of(person_id: int, courses: list[Course]) -> list[CourseOfPerson]:
    """How far a person is in each of these courses, in their order; three queries."""
    far = {item.course.slug: item for item in progress_of_all(person_id, tuple(courses))}
    lines, dues = awards_of(person_id), dues_of(person_id)
    return [
        _course_of(course, far.get(course.slug), lines, dues.get(course.slug)) for course in courses
    ]


def _course_of(
    course: Course, far: Progress | None, lines: list[Line], due_on: date | None
) -> CourseOfPerson:
    papers = [line for line in lines if line.award.course_slug == course.slug]
    award = next((line.award for line in papers if line.in_force), None)
    revoked = next((line.award for line in papers if line.revocation), None)
    lessons, tests = done_of(course, far.done if far else frozenset())
    state = State.DONE if award else State.UNDER_WAY if far else State.NOT_BEGUN
    return CourseOfPerson(course, state, lessons, tests, award, revoked, due_on)
