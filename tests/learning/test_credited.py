"""What becomes of progress when a course is written anew: the ledger stays, its meaning moves.

The rule: a credit counts for the step of its name and for every step that had the name formerly.
"""

import pytest

from app.accounts.models import Person
from app.content.models import Course, Module, PracticalItem, Step, StepKind
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.learning.models import StepCredit
from app.learning.queries import Progress, progress, scores
from app.lib.ids import operation_id
from tests.acts import rows


def rewritten(course: Course, *steps: Step) -> Course:
    """The course in a new version with these steps."""
    module = Module(slug="moi", title="Mới", steps=steps)
    kept = {name: getattr(course, name) for name in Course.model_fields}
    return Course(**kept | {"version": "0" * 12, "modules": (module,)})


def lesson(slug: str, *formerly: str) -> Step:
    return Step(slug=slug, title=slug, formerly=formerly)


@pytest.fixture
def after(learner: Person, course: Course) -> Course:
    """The test course, in which the learner has completed "mot" and "hai"."""
    for step in course.steps[:2]:
        complete_step(learner, course, step, Evidence.SELF, operation_id())
    db.session.commit()
    return course


def done(learner: Person, course: Course) -> list[str]:
    return sorted(progress(learner.id, course).done)


def test_reordered_steps_keep_their_credits(learner: Person, after: Course) -> None:
    assert done(learner, rewritten(after, *reversed(after.steps))) == ["hai", "mot"]


def test_a_renamed_step_keeps_its_credit(learner: Person, after: Course) -> None:
    course = rewritten(after, lesson("dau-tien", "mot"), lesson("hai"))
    assert done(learner, course) == ["dau-tien", "hai"]
    assert progress(learner.id, course).complete


def test_both_parts_of_a_split_step_are_done(learner: Person, after: Course) -> None:
    course = rewritten(after, lesson("mot-a", "mot"), lesson("mot-b", "mot"), lesson("ba"))
    assert done(learner, course) == ["mot-a", "mot-b"]


def test_a_step_made_of_two_is_done_by_either(learner: Person, after: Course) -> None:
    course = rewritten(after, lesson("gop", "hai", "ba"))
    assert done(learner, course) == ["gop"]


def test_a_deleted_step_stays_in_the_ledger_and_does_not_count(
    learner: Person, after: Course
) -> None:
    course = rewritten(after, lesson("hai"), lesson("ba"))
    mine = progress(learner.id, course)
    assert (mine.done_count, mine.total) == (1, 2)
    assert [step.slug for step in mine.left] == ["ba"]
    assert [credit.step_slug for credit in rows(StepCredit)] == ["hai", "mot"]


def test_a_new_step_is_left_to_do(learner: Person, after: Course) -> None:
    course = rewritten(after, *after.steps[:2], lesson("them"))
    assert [step.slug for step in progress(learner.id, course).left] == ["them"]


def test_one_goes_on_where_the_step_of_old_went(learner: Person, after: Course) -> None:
    course = rewritten(after, lesson("moi"), lesson("hai-moi", "hai"), lesson("ba"))
    assert progress(learner.id, course).next_step.slug == "ba"


def test_going_on_from_a_step_that_is_gone(after: Course) -> None:
    course = rewritten(after, lesson("ba"), lesson("bon"))
    assert Progress(course, True, frozenset(), "mot").next_step.slug == "ba"


def test_a_practical_counts_for_the_test_in_whose_stead_it_stands(
    learner: Person, after: Course
) -> None:
    practical = Step(
        slug="thuc-hanh", title="x", kind=StepKind.PRACTICAL, instead_of="kiem-tra",
        items=(PracticalItem(id="mo", html="Mở"),),
    )  # fmt: skip
    course = rewritten(after, *after.steps[:2], practical, after.steps[-1])
    assert [step.slug for step in progress(learner.id, course).left] == ["kiem-tra"]
    outcome = complete_step(learner, course, practical, Evidence.ASSISTED, operation_id())
    mine = progress(learner.id, course)
    assert mine.done == {"mot", "hai", "thuc-hanh", "kiem-tra"}
    assert (mine.done_count, mine.total, mine.complete) == (3, 3, True)
    assert outcome.award is not None
    assert outcome.award.result == "Hoàn thành"


def test_a_test_taken_does_not_count_for_the_practical(after: Course) -> None:
    practical = Step(slug="p", title="x", kind=StepKind.PRACTICAL, instead_of="kiem-tra")
    course = rewritten(after, practical, after.steps[-1])
    assert course.credited(frozenset({"kiem-tra"})) == {"kiem-tra"}


def test_the_score_of_a_test_that_is_gone_does_not_count(learner: Person, course: Course) -> None:
    complete_step(learner, course, course.steps[-1], Evidence.SELF, operation_id(), score=90)
    assert scores(learner.id, course) == [90]
    assert scores(learner.id, rewritten(course, lesson("mot"))) == []
    renamed = Step(slug="cuoi", title="x", kind=StepKind.TEST, formerly=("kiem-tra",))
    assert scores(learner.id, rewritten(course, renamed)) == [90]


def test_what_is_worked_out_is_kept_with_the_course(course: Course) -> None:
    course.credited(frozenset())
    assert course.__dict__["_heirs"]["mot"] == ("mot",)
