"""The one verb of the river: a step counts once; the last one brings the award and the count."""

import pytest

from app.accounts.models import Person
from app.accounts.operations import OperationConflict
from app.certificates.models import Award, AwardInForce, RegisterYear
from app.content.models import Course
from app.counts.models import Attainment, Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.learning.models import StepCredit
from app.learning.queries import progress
from app.lib.ids import operation_id
from app.units.models import Unit
from tests.acts import finish_lessons, pass_course, rows


def test_a_step_is_credited(learner: Person, course: Course) -> None:
    outcome = complete_step(learner, course, course.steps[0], Evidence.SELF, operation_id())
    db.session.commit()
    assert outcome.credited and outcome.award is None
    assert [credit.step_slug for credit in rows(StepCredit)] == ["mot"]
    assert progress(learner.id, course).next_step.slug == "hai"


def test_the_same_operation_counts_once(learner: Person, course: Course) -> None:
    op_id = operation_id()
    assert complete_step(learner, course, course.steps[0], Evidence.SELF, op_id).credited
    assert not complete_step(learner, course, course.steps[0], Evidence.SELF, op_id).credited
    assert len(rows(StepCredit)) == 1


def test_the_same_step_again_counts_once(learner: Person, course: Course) -> None:
    for _ in range(2):
        complete_step(learner, course, course.steps[0], Evidence.SELF, operation_id())
    assert len(rows(StepCredit)) == 1


def test_one_operation_id_for_two_acts_is_refused(learner: Person, course: Course) -> None:
    op_id = operation_id()
    complete_step(learner, course, course.steps[0], Evidence.SELF, op_id)
    with pytest.raises(OperationConflict):
        complete_step(learner, course, course.steps[1], Evidence.SELF, op_id)
    assert len(rows(StepCredit)) == 1


def test_lessons_alone_bring_no_award(learner: Person, course: Course) -> None:
    finish_lessons(learner, course)
    assert rows(Award) == []
    assert [step.slug for step in progress(learner.id, course).left] == ["kiem-tra"]


def test_the_last_step_brings_award_number_and_count(
    learner: Person, course: Course, office: Unit, commune: Unit
) -> None:
    award = pass_course(learner, course, score=87)
    assert (award.number, award.line) == (1, 1)
    assert award.printed_number.startswith("000001/")
    assert award.full_name == "Nguyễn Thị Hoa"
    assert (award.unit_name, award.result) == (office.name, "Đạt, 87/100 điểm")
    counted = {row.indicator: row.unit_id for row in rows(Attainment)}
    assert counted == {"khu-vuc-cong": office.id, "nguoi-truong-thanh": commune.id}


def test_two_people_get_two_numbers_in_one_chain(
    learner: Person, stranger: Person, course: Course
) -> None:
    first, second = pass_course(learner, course), pass_course(stranger, course)
    assert (first.number, second.number) == (1, 2)
    assert second.previous_hash == first.hash
    assert rows(RegisterYear)[0].head == second.hash


def test_completing_again_keeps_the_award(learner: Person, course: Course) -> None:
    award = pass_course(learner, course)
    again = complete_step(learner, course, course.steps[0], Evidence.SELF, operation_id())
    assert again.award is not None and again.award.id == award.id
    assert len(rows(AwardInForce)) == len(rows(Award)) == 1


def test_the_award_is_known_by_its_weakest_step(learner: Person, course: Course) -> None:
    complete_step(learner, course, course.steps[0], Evidence.ASSISTED, operation_id())
    assert pass_course(learner, course).evidence == Evidence.ASSISTED


def test_a_failure_after_the_credit_leaves_nothing(learner: Person, course: Course) -> None:
    finish_lessons(learner, course)
    complete_step(learner, course, course.steps[-1], Evidence.SELF, operation_id(), score=90)
    db.session.rollback()
    assert rows(Award) == rows(Attainment) == rows(RegisterYear) == []
    assert len(rows(StepCredit)) == 3
