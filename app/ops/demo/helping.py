"""The helper of the demo world walks through her commune: registers, studies beside, observes."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from app.accounts.field_session import learner_beside
from app.accounts.models import Person
from app.accounts.queries import signed_in
from app.accounts.signed_in import SignedIn
from app.content.models import Course, StepKind
from app.counts.models import Evidence
from app.field.actions.observing import Seen, observe
from app.field.actions.people import Newcomer, Yes, register_beside
from app.field.actions.sessions import Meeting, begin_session, beside, end_session
from app.field.ahead import practicals
from app.field.queries import Resident
from app.learning.actions import complete_step
from app.learning.asks import answer, ask, asks_in
from app.learning.queries import progress
from app.lib.ids import operation_id
from app.ops.demo.journeys import Act, Calendar
from app.ops.demo.people import C5, MORNING, Somebody
from app.units.actions import Contact, add_team_member
from app.units.models import Unit
from app.units.queries import today

HOME = "20467"
TEAMS = {
    HOME: (
        Contact("Alăng Thị Nhàn", "0905000009", "Thôn 2, thôn 3"),
        Contact("Coor Văn Thiếp", "0905000008", "Thôn 1"),
    ),
    "20335": (
        Contact("Ngô Thị Hồng Vân", "0905000007", "Tổ dân phố 4"),
        Contact("Trịnh Công Đạt", "0905000006", "Cài VNeID, dịch vụ công"),
    ),
}


@dataclass(frozen=True)
class Visit:
    """A morning at somebody's house, so many days before the end, for so many lessons."""

    whom: int
    days_ago: int
    lessons: int


def _elder(name: str, year: int, village: str, phone: str | None = None) -> Somebody:
    return Somebody(
        name, date(year, 1, 1), "nguoi-cao-tuoi", HOME, position=village, precision="year",
        phone=phone, course=C5,
    )  # fmt: skip


OWN = (
    _elder("Zơrâm Thị Nghêu", 1952, "Thôn 2"),
    _elder("Bh'riu Văn Plênh", 1949, "Thôn 2"),
    _elder("Alăng Thị Dấp", 1961, "Thôn 3", "0905000010"),
)
VISITS = (
    Visit(1, 40, 6), Visit(1, 33, 6), Visit(1, 26, 6), Visit(1, 19, 6),
    Visit(0, 31, 3), Visit(0, 17, 4), Visit(0, 5, 2),
    Visit(2, 8, 2),
)  # fmt: skip
UNCLEAR = "Tắt tiếng rồi mà máy vẫn rung, làm sao cho hết?"
CLEAR = ("Chữ to rồi lại nhỏ lại là sao?", "Bác vào Cài đặt, Màn hình, kéo lại. Mai cháu ghé.")


@dataclass
class Rounds:
    """The visits of one helper; each begins with the learner's yes and ends the same morning."""

    rng: random.Random
    calendar: Calendar
    helper: Person
    home: Unit
    course: Course
    people: dict[int, Person] = field(default_factory=dict)
    session_id: int = 0

    def acts(self) -> Iterator[Act]:
        """Everything that happens on the rounds, in order within a visit."""
        for visit in VISITS:
            day = self.calendar.days - visit.days_ago
            at = self.calendar.moment(self.rng, day, MORNING)
            yield Act(at, partial(self._meet, visit.whom))
            for _ in range(visit.lessons):
                at += timedelta(minutes=self.rng.randint(5, 9))
                yield Act(at, self._learn)
            yield Act(at + timedelta(minutes=3), partial(self._part, visit.whom))

    def _meet(self, whom: int) -> None:
        somebody = OWN[whom]
        person = self.people.get(whom) or self._register(whom, somebody)
        place = f"Nhà {somebody.name}, {somebody.position.lower()}"
        meeting = Meeting(place, "voice", "Người trong nhà")
        resident = Resident(person, self.home.id, self.home.name)
        self.session_id = begin_session(self.helper, resident, meeting, operation_id()).id

    def _register(self, whom: int, somebody: Somebody) -> Person:
        birth = (somebody.born, somebody.precision)
        who = Newcomer(somebody.name, birth, somebody.group, somebody.phone, somebody.position)
        yes = Yes("voice", "Người trong nhà")
        person = register_beside(self.helper, who, self.home, yes, operation_id(), another=True)
        self.people[whom] = person
        return person

    def _learn(self) -> None:
        """The next lesson; after the last one the acts of the practical, where there is one."""
        learner = self._learner()
        left = progress(learner.id, self.course).left
        lessons = [step for step in left if step.kind is StepKind.LESSON]
        if lessons:
            complete_step(learner, self.course, lessons[0], Evidence.SELF, operation_id())
            return
        for step in practicals(self.course, left):
            seen = Seen([item.id for item in step.items], "Nhà người học", today())
            observe(learner, self.course, step, seen, operation_id())

    def _part(self, whom: int) -> None:
        learner = self._learner()
        lesson = self.course.steps[1]
        if whom == 0 and not asks_in(learner.id, self.course):
            ask(learner, self.course, lesson, CLEAR[0], operation_id())
            (asked,) = asks_in(learner.id, self.course)
            answer(self.helper, asked.id, CLEAR[1], operation_id())
        if whom == 2:
            ask(learner, self.course, lesson, UNCLEAR, operation_id())
        end_session(beside(learner), operation_id())

    def _learner(self) -> SignedIn:
        helper = signed_in(self.helper.id)
        learner = learner_beside(helper, self.session_id) if helper else None
        if learner is None:
            raise LookupError(self.session_id)
        return learner


def list_teams(actor: Person, units: dict[str, Unit]) -> None:
    """Whom the people of two communes may call."""
    for code, contacts in TEAMS.items():
        for contact in contacts:
            add_team_member(actor, units[code], contact, operation_id())
