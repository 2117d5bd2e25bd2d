"""One log of acts, in whatever order, batches and number of copies it comes in, with whatever
the world does in between: one end state.

The log is of three devices: a learner's own, which has their test; one on which another record
of the same learner studied, with a test of its own; and a second learner on the first device.
Between the batches, at any place, the course is published anew without one of its lessons, the
two records are merged, and the learner moves. Clocks run wrong, and the last batch comes 90
days after the first.

What must not depend on any order: who has taken the course and completed which step, with what
evidence and score; each attempt's grade; that there is one award and one attainment, and what it
says; every note, bookmark, question and place; and that each act ever sent is in the ledger once,
taken in or with its reason.

What may, because it is true at one moment and not at another:
- an act in the lesson that was taken out: before that it counts, afterwards it waits for
  somebody to look, named "step_gone" (never less: see `_gone`);
- the unit on the award and the attainment: where the learner lived on that day (rule 4);
- on which day an award was made, and its number.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.actions import add_person
from app.accounts.models import Person
from app.certificates.models import Award, AwardInForce
from app.content.models import Course
from app.content.shelf import shelf
from app.counts.models import Attainment
from app.extensions import db
from app.learning.models import Ask, Enrolment, StepCredit
from app.lessons.models import Mark, ReadingPlace
from app.lib import clock
from app.lib.ids import operation_id
from app.persons.actions.merging import merge
from app.quizzes.models import Attempt
from app.sync import actions
from app.sync.actions import carry_paper, take_in
from app.sync.models import SyncedOperation
from app.units.actions import join
from app.units.models import Unit
from tests.sync.device import DEVICE, act, answered

RUNS = 1000
# some with every run of the suite, the others with `make faults`
PARTS = [
    range(40),
    *(pytest.param(range(first, RUNS, 3), marks=pytest.mark.faults) for first in range(40, 43)),
]
OTHER_DEVICE = "e1" * 16
WRONG_CLOCKS = ("2019-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "hôm qua", None)


REMOVED = "ba"
LATEST = timedelta(days=90)


@dataclass
class Log:
    """Acts with whose they are, as the devices name them, and what happens between batches."""

    acts: list[tuple[int, dict[str, Any]]]
    events: list[Callable[[], Any]]


@pytest.fixture
def twin(app: Flask) -> Person:
    """A second record of the learner, known as such by nobody yet."""
    return add_person("Nguyễn Thị Hoa")


@pytest.fixture
def log(
    learner: Person,
    twin: Person,
    stranger: Person,
    course: Course,
    edited_courses: Path,
    other_commune: Unit,
) -> Log:
    """What was done offline, and what the world does meanwhile."""
    test = course.step("kiem-tra")
    assert test
    paper = carry_paper(learner, course, test, DEVICE, operation_id(), move=False)
    other_paper = carry_paper(twin, course, test, OTHER_DEVICE, operation_id(), move=False)
    db.session.commit()
    hers = [*_notebook(), answered(paper, wrong=1)]
    twins = [
        *(act(step=step) for step in ("mot", "mot")),
        *(
            act("note", "mot", text="ở máy kia"),
            act("bookmark", "mot"),
            act("ask", "hai", text="?"),
        ),
        act("place", "mot", paragraph=3, at="2025-10-01T08:00:00Z"),
        answered(other_paper, wrong=99, device=OTHER_DEVICE),
    ]
    shared = [act(step="mot"), act(step="hai")]
    acts = [
        *((learner.id, one) for one in hers),
        *((twin.id, one) for one in twins),
        *((stranger.id, one) for one in shared),
    ]
    publish = _edition(edited_courses)
    return Log(
        acts,
        [
            publish,
            lambda: merge(learner, twin.id, learner.id, operation_id()),
            lambda: join(learner, other_commune, "residence"),
        ],
    )


def _notebook() -> list[dict[str, Any]]:
    """Lessons, notes that replace notes, bookmarks, places, questions; and what nobody knows."""
    note, changed, third = act("note", text="một"), act("note", text="hai"), act("note", text="ba")
    changed["payload"]["replaces"] = third["payload"]["replaces"] = [note["op"]]
    mark = act("bookmark", "hai")
    return [
        *(act(step=step) for step in ("hai", REMOVED, "hai")),
        *(note, changed, third, mark, act("unbookmark", "hai", replaces=[mark["op"]])),
        act("place", "hai", paragraph=4, at="2025-10-01T08:00:00Z"),
        act("place", "hai", paragraph=9, at="2025-10-02T08:00:00Z"),
        act("place", "hai", paragraph=2, at="2099-10-02T08:00:00Z"),
        *(act("ask", "mot", text="Chưa rõ"), act("ask", REMOVED, text="Nút nào?")),
        *(act("enrol", ""), act(step="khong-co"), act("sing")),
    ]


def _edition(courses: Path) -> Callable[[], None]:
    """The course is published anew without a lesson, when what this returns is called.

    Both editions are read once: to read files a thousand times would take hours.
    """
    first = shelf.library._now()
    rmtree(courses / "thu-nghiem" / "02-phan-hai")
    lesson = courses / "thu-nghiem" / "01-phan-mot" / "02-hai.md"
    lesson.write_text(lesson.read_text().replace("title: ", "title: Sửa lại ", 1))
    test = courses / "thu-nghiem" / "03-kiem-tra.md"
    test.write_text(test.read_text().replace(f"lesson={REMOVED}", "lesson=hai"))
    shelf.library.refresh()
    second = shelf.library._now()
    course = shelf.course("thu-nghiem")
    assert course and course.step(REMOVED) is None
    shelf.library._shelf = first
    return lambda: setattr(shelf.library, "_shelf", second)


def deliveries(log: Log, chance: random.Random) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The log shuffled, some acts sent up to three times, cut into batches of one person."""
    sent = [(who, _again(one, chance)) for who, one in log.acts for _ in range(_copies(chance))]
    chance.shuffle(sent)
    cuts = sorted({0, len(sent), *chance.sample(range(len(sent)), chance.randint(0, 8))})
    for start, end in pairwise(cuts):
        batch = sent[start:end]
        for who in dict.fromkeys(who for who, _ in batch):
            yield who, [one for whose, one in batch if whose == who]


def _copies(chance: random.Random) -> int:
    return chance.choice((1, 1, 1, 1, 2, 3))


def _again(one: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The same act, perhaps by a clock that was wrong when it was sent."""
    if one["kind"] == "place" or chance.random() < 0.7:
        return one
    return {**one, "at": chance.choice(WRONG_CLOCKS)}


def happenings(log: Log, chance: random.Random) -> list[Callable[[], Any]]:
    """The batches, and between them, at any place, what the world does meanwhile."""
    done: list[Callable[[], Any]] = [
        lambda who=who, batch=batch: _sent(who, batch) for who, batch in deliveries(log, chance)
    ]
    events = list(log.events)
    chance.shuffle(events)
    places = sorted(chance.randint(0, len(done)) for _ in events)
    for already, (place, event) in enumerate(zip(places, events, strict=True)):
        done.insert(place + already, event)
    return done


def _sent(who: int, batch: list[dict[str, Any]]) -> None:
    person = actions.receiver(who)
    assert person
    take_in(person, None, batch)


def end_state(log: Log, chance: random.Random) -> dict[str, list[Any]]:
    """Deliver the log and look at everything it leads to; afterwards nothing has happened."""
    began, edition = clock.now(), shelf.library._shelf
    done = happenings(log, chance)
    days = sorted(chance.uniform(0, 1) for _ in done[2:])
    for after, happens in zip((0, *days, 1), done, strict=True):
        with clock.frozen(began + after * LATEST):
            happens()
    state = _state()
    db.session.rollback()
    shelf.library._shelf = edition
    return state


COMPARED = (
    (Enrolment.person_id, Enrolment.course_slug),
    (StepCredit.person_id, StepCredit.step_slug, StepCredit.evidence, StepCredit.score),
    (Attempt.id, Attempt.person_id, Attempt.percent, Attempt.passed),
    (Award.person_id, Award.course_slug, Award.result, Award.full_name, Award.evidence),
    (AwardInForce.person_id, AwardInForce.course_slug),
    (Attainment.person_id, Attainment.indicator, Attainment.evidence),
    (Mark.person_id, Mark.op_id, Mark.step_slug, Mark.text),
    (ReadingPlace.person_id, ReadingPlace.step_slug, ReadingPlace.paragraph),
    (Ask.person_id, Ask.step_slug, Ask.text),
    (
        SyncedOperation.op_id,
        SyncedOperation.step_slug,
        SyncedOperation.state,
        SyncedOperation.reason,
    ),
)
NOT_IN_IT = {
    # a mark that was replaced is shown to nobody
    Mark: (Mark.replaced.is_(False),),
    StepCredit: (StepCredit.step_slug != REMOVED,),
    Ask: (Ask.step_slug != REMOVED,),
    SyncedOperation: (SyncedOperation.step_slug != REMOVED,),
}


def _state() -> dict[str, list[Any]]:
    state = {
        str(columns[0].class_.__tablename__): sorted(
            map(
                str,
                db.session.execute(select(*columns).where(*NOT_IN_IT.get(columns[0].class_, ()))),
            )
        )
        for columns in COMPARED
    }
    return {**state, "gone": _gone()}


def _gone() -> list[str]:
    """Acts in the lesson that was taken out: each counts, or waits with its reason."""
    found = []
    for one in db.session.scalars(select(SyncedOperation).filter_by(step_slug=REMOVED)):
        model = {"complete": StepCredit, "ask": Ask}[one.kind]
        counted = db.session.scalar(
            select(func.count()).select_from(model).filter_by(step_slug=REMOVED)
        )
        fate = (str(one.state), one.reason)
        assert fate in (("applied", ""), ("quarantined", "step_gone"))
        assert counted == (fate[0] == "applied")
        assert one.payload is not None or fate[0] == "applied"
        found.append(one.op_id)
    return sorted(found)


@pytest.mark.parametrize("part", PARTS)
def test_any_order_leads_to_the_same_state(log: Log, learner: Person, part: range) -> None:
    wanted = end_state(log, random.Random(0))
    every = {one["op"] for _, one in log.acts}
    assert len(wanted["synced_operation"]) + len(wanted["gone"]) == len(every)
    assert [row for row in wanted["award"] if row.startswith(f"({learner.id},")]
    assert len(wanted["award_in_force"]) == 1
    for run in part:
        assert end_state(log, random.Random(run)) == wanted, f"run {run}"
