"""One log of acts, in whatever order, batches and number of copies it comes in: one end state.

The log is of two devices of one learner, one of them made by a record that was merged into
theirs since, and of a second learner on the same phone. Meanwhile the course was published
anew without one of its lessons, and the learner moved. Clocks run wrong, and the last batch
comes 90 days late.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.actions import add_person
from app.accounts.models import Person
from app.certificates.models import Award
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
WRONG_CLOCKS = ("2019-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "hôm qua", None)


@dataclass
class Log:
    """Acts with whose they are, as the devices name them."""

    acts: list[tuple[int, dict[str, Any]]]


@pytest.fixture
def merged(learner: Person) -> Person:
    """A second record of the learner, merged into the first."""
    twin = add_person("Nguyễn Thị Hoa")
    merge(learner, twin.id, learner.id, operation_id())
    db.session.commit()
    return twin


@pytest.fixture
def log(
    learner: Person,
    merged: Person,
    stranger: Person,
    course: Course,
    edited_courses: Path,
    other_commune: Unit,
) -> Log:
    """What was done offline, and what the world did meanwhile."""
    test = course.step("kiem-tra")
    assert test
    paper = carry_paper(learner, course, test, DEVICE, operation_id(), move=False)
    note, changed, third = act("note", text="một"), act("note", text="hai"), act("note", text="ba")
    changed["payload"]["replaces"] = third["payload"]["replaces"] = [note["op"]]
    mark = act("bookmark", "hai")
    hers = [
        *(act(step=step) for step in ("mot", "hai", "ba", "mot")),
        *(note, changed, third, mark, act("unbookmark", "hai", replaces=[mark["op"]])),
        act("place", paragraph=4, at="2025-10-01T08:00:00Z"),
        act("place", paragraph=9, at="2025-10-02T08:00:00Z"),
        act("place", paragraph=2, at="2099-10-02T08:00:00Z"),
        *(act("ask", "ba", text="Chưa rõ"), act("enrol", ""), act(step="khong-co"), act("sing")),
        answered(paper, wrong=1),
    ]
    his_acts = [act(step="mot"), act(step="hai")]
    twins = {id(one): merged.id for one in hers[::3] if one["kind"] != "test"}
    acts = [(twins.get(id(one), learner.id), one) for one in hers]
    _meanwhile(learner, other_commune, edited_courses)
    return Log([*acts, *((stranger.id, one) for one in his_acts)])


def _meanwhile(learner: Person, commune: Unit, courses: Path) -> None:
    """The learner moves; a new version of the course has no lesson "ba" any more."""
    join(learner, commune, "residence")
    rmtree(courses / "thu-nghiem" / "02-phan-hai")
    lesson = courses / "thu-nghiem" / "01-phan-mot" / "02-hai.md"
    lesson.write_text(lesson.read_text().replace("title: ", "title: Sửa lại ", 1))
    test = courses / "thu-nghiem" / "03-kiem-tra.md"
    test.write_text(test.read_text().replace("lesson=ba", "lesson=hai"))
    shelf.library.refresh()
    db.session.commit()
    course = shelf.course("thu-nghiem")
    assert course and course.step("ba") is None


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


def end_state(log: Log, chance: random.Random) -> dict[str, list[Any]]:
    """Deliver the log and look at everything it leads to; afterwards nothing has happened."""
    moment = clock.now()
    for who, batch in deliveries(log, chance):
        moment += timedelta(days=chance.uniform(0, 4))
        with clock.frozen(moment):
            person = actions.receiver(who)
            assert person
            take_in(person, None, batch)
    state = _state()
    db.session.rollback()
    return state


COMPARED = (
    (Enrolment.person_id, Enrolment.course_slug),
    (StepCredit.person_id, StepCredit.step_slug, StepCredit.evidence, StepCredit.score),
    (Attempt.id, Attempt.percent, Attempt.passed),
    (Award.person_id, Award.course_slug, Award.result, Award.unit_name, Award.evidence),
    (Attainment.person_id, Attainment.indicator, Attainment.unit_id, Attainment.evidence),
    (Mark.person_id, Mark.op_id, Mark.step_slug, Mark.text),
    (ReadingPlace.person_id, ReadingPlace.step_slug, ReadingPlace.paragraph),
    (Ask.person_id, Ask.step_slug, Ask.text),
    (SyncedOperation.op_id, SyncedOperation.state, SyncedOperation.reason),
)

# a mark that was replaced is shown to nobody
HIDDEN = {Mark: (Mark.replaced.is_(False),)}


def _state() -> dict[str, list[Any]]:
    return {
        str(columns[0].class_.__tablename__): sorted(
            map(str, db.session.execute(select(*columns).where(*HIDDEN.get(columns[0].class_, ()))))
        )
        for columns in COMPARED
    }


@pytest.mark.parametrize("part", PARTS)
def test_any_order_leads_to_the_same_state(log: Log, learner: Person, part: range) -> None:
    wanted = end_state(log, random.Random(0))
    assert any("'ba'" not in row and "applied" in row for row in wanted["synced_operation"])
    assert len(wanted["synced_operation"]) == len({one["op"] for _, one in log.acts})
    assert [row for row in wanted["award"] if row.startswith(f"({learner.id},")]
    for run in part:
        assert end_state(log, random.Random(run)) == wanted, f"run {run}"
