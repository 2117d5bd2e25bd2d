"""Builds the demo world in the caller's transaction: whole, or not at all."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from app.accounts import audit, numbers
from app.accounts.actions import add_credential, add_person, grant_role
from app.accounts.consents import give_consent
from app.accounts.models import Person
from app.accounts.queries import credentials
from app.certificates.actions import reissue, revoke
from app.certificates.queries import awards_of, in_force
from app.content.models import Course
from app.content.shelf import shelf
from app.extensions import db
from app.lib import clock
from app.lib.dates import local_date
from app.ops import queries
from app.ops.demo import cast, figures, helping
from app.ops.demo.journeys import Act, Calendar, Journey
from app.ops.demo.people import C4, C5, Population, Somebody
from app.units import imports, unit_file
from app.units.actions import join
from app.units.models import Unit
from app.units.queries import today, units_in

SEED = 20251010
DAYS = 150
FIRST_DAY = date(2025, 7, 1)
PROVINCE = Path(unit_file.__file__).parent / "data" / "da-nang.csv"
BODIES = Path(__file__).parent / "data" / "bodies.csv"

Watch = Callable[[list[Act]], Iterable[Act]]


class DemoProblem(Exception):
    """The demo world cannot be loaded here; the text says why, in Vietnamese."""


def is_loaded() -> bool:
    """Whether this database holds the demo world already."""
    return bool(credentials("password", cast.ADMIN.email))


def load(watch: Watch) -> int:
    """Build the world and return how many people it has; `watch` passes the acts on, one by one.

    Raises DemoProblem, having changed nothing that the caller will commit.
    """
    courses = _courses()
    if queries.awards_ever():
        raise DemoProblem("Sổ đã có giấy chứng nhận thật: không trộn dữ liệu mẫu vào.")
    world = _World(random.Random(SEED), clock.now(), courses)
    with clock.frozen(world.calendar.begins):
        world.settle()
    for act in watch(world.acts()):
        with clock.frozen(act.at):
            act.run()
    world.finish()
    count = len(world.people) + len(helping.OWN)
    audit.record(None, "demo", "units", f"{count} người")
    return count


def _courses() -> dict[str, Course]:
    courses = {course.slug: course for course in shelf.published()}
    missing = [slug for slug in (C4, C5) if slug not in courses]
    if missing:
        raise DemoProblem(f"Thiếu khóa học đang phục vụ: {', '.join(missing)}.")
    return courses


@dataclass
class _World:
    rng: random.Random
    now: datetime
    courses: dict[str, Course]
    units: dict[str, Unit] = field(default_factory=dict)
    people: list[tuple[Somebody, Person]] = field(default_factory=list)
    members: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.calendar = Calendar.until(self.now, DAYS, FIRST_DAY)
        self.today = local_date(self.now)

    def settle(self) -> None:
        """Units, people, who lives and works where, roles, targets, denominators."""
        for path in (PROVINCE, BODIES):
            imports.import_lines(unit_file.read(path, path.name, today()).lines)
        self.units = {unit.code: unit for unit in units_in(("/",))}
        crowd = Population(self.rng, self.today).everybody()
        for member in cast.CAST:
            self._enter_member(member)
        for somebody in (cast.MISTAKEN, *crowd):
            self._enter(somebody)
        province = next(unit for unit in self.units.values() if unit.parent_id is None)
        figures.enter_targets(province, self.today.year)
        helping.list_teams(self.members[cast.ADMIN.title], self.units)
        everybody = [*helping.OWN, *(somebody for somebody, _ in self.people)]
        as_of = self.calendar.begins.date()
        figures.enter_denominators(self._officer, self.units, everybody, as_of)

    def _enter_member(self, member: cast.Member) -> None:
        person = self._enter(member.who)
        kind = "password" if member.email else "pin"
        add_credential(person, kind, member.login, member.secret)
        give_consent(person, "learning", "web")
        self.members[member.title] = person
        if member.role:
            unit = self.units[member.role_in] if member.role_in else None
            grant_role(None, person, member.role, unit.id if unit else None)

    def _enter(self, somebody: Somebody) -> Person:
        person = add_person(
            somebody.name,
            birth_date=somebody.born,
            birth_precision=somebody.precision,
            phone=somebody.phone,
            group=somebody.group,
            **self._number(somebody),
        )
        since = max(FIRST_DAY, today() - timedelta(days=self.rng.randint(0, 200)))
        if somebody.home:
            join(person, self.units[somebody.home], "residence", on=since)
        if somebody.work:
            join(person, self.units[somebody.work], somebody.kind, somebody.position, on=since)
        self.people.append((somebody, person))
        return person

    def _number(self, somebody: Somebody) -> dict[str, str]:
        """A personal number as it would be written, kept as the app keeps it."""
        if not somebody.numbered:
            return {}
        number = f"049{self.rng.randrange(2)}{somebody.born:%y}{len(self.people):06d}"
        return numbers.stored(number)._asdict()

    def acts(self) -> list[Act]:
        """What everybody does, in the order of time."""
        acts = (*self._study(), *self._correction(), *self._helping())
        return sorted(acts, key=lambda act: act.at)

    def _helping(self) -> Iterator[Act]:
        helper, home = self.members[cast.HELPER.title], self.units[helping.HOME]
        course = self.courses[C5]
        return helping.Rounds(self.rng, self.calendar, helper, home, course).acts()

    def _study(self) -> Iterator[Act]:
        for somebody, person in self.people:
            course = self.courses[somebody.course]
            yield from Journey(self.rng, self.calendar, person, course, somebody).acts()

    def _correction(self) -> Iterator[Act]:
        """Three days before the end one certificate is found wrong; the next day it is replaced."""
        course = self.courses[C4]
        person = next(person for somebody, person in self.people if somebody is cast.MISTAKEN)
        day = self.calendar.days - 3
        yield Act(self.calendar.moment(self.rng, day, (10,)), lambda: self._revoke(person, course))
        again = self.calendar.moment(self.rng, day + 1, (9,))
        yield Act(again, lambda: self._reissue(person))

    def _revoke(self, person: Person, course: Course) -> None:
        award = in_force(person.id, course.slug)
        if award is not None:
            revoke(self.members[cast.REGISTRAR.title], award.id, cast.REASON)

    def _reissue(self, person: Person) -> None:
        person.birth_date = cast.RIGHT_BIRTH
        for line in awards_of(person.id):
            if not line.in_force:
                reissue(self.members[cast.REGISTRAR.title], line.award.id)

    def finish(self) -> None:
        """What other systems say about these people."""
        people = [person for _, person in self.people]
        figures.confirm_some(self.rng, self._officer, people, self.today)
        db.session.flush()

    @property
    def _officer(self) -> Person:
        return self.members[cast.OFFICER.title]
