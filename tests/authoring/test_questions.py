"""The page of the question bank."""

import random

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_person
from app.authoring import items
from app.content.models import Course, Question
from app.extensions import db
from app.lib import clock
from app.lib.ids import operation_id
from app.quizzes.models import Attempt, AttemptAnswer

PAGE = "/studio/thu-nghiem/questions"


def answered(course: Course, question: Question, right: int, wrong: int) -> None:
    """So many people answered a question right and wrong (its first wrong option)."""
    mistake = next(option.id for option in question.options if option.id not in question.right)
    person = add_person("Nguyễn Văn An")
    db.session.flush()
    for place in range(right + wrong):
        good = place < right
        db.session.add(
            AttemptAnswer(
                attempt_id=_attempt(course, person.id),
                position=1,
                question_id=question.id,
                course_slug=course.slug,
                points=float(good),
                right=good,
                chosen=[question.right[0] if good else mistake],
            )
        )
    db.session.commit()


def _attempt(course: Course, person_id: int) -> int:
    attempt = Attempt(
        person_id=person_id,
        course_slug=course.slug,
        step_slug="kiem-tra",
        course_title=course.title,
        step_title="Kiểm tra",
        version=course.version,
        paper=[],
        pass_percent=80,
        submitted_at=clock.now(),
        percent=0,
        passed=False,
        op_id=operation_id(),
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


def pool(course: Course) -> tuple[Question, ...]:
    """The pool of the course's test."""
    return course.steps[-1].questions


def words(client: FlaskClient, address: str = PAGE) -> str:
    """The page's HTML with single spaces."""
    return " ".join(client.get(address).text.split())


def test_a_question_with_its_numbers_and_what_looks_wrong(
    as_trainer: FlaskClient, course: Course
) -> None:
    answered(course, pool(course)[4], right=4, wrong=8)
    page = words(as_trainer)
    assert "33,3 %" in page and "<b>66,7 %</b> <span>Ý sai thứ nhất của câu 5</span>" in page
    assert "Ý sai lấn ý đúng</span> <span>Một ý sai được chọn nhiều hơn ý đúng.</span>" in page
    assert "12 câu; 1 câu trong cả khóa nên xem lại. Tính trên 12 bài đã nộp." in page


def test_no_learner_is_named(as_trainer: FlaskClient, course: Course) -> None:
    answered(course, pool(course)[0], right=3, wrong=9)
    assert "Nguyễn Văn An" not in as_trainer.get(PAGE).text


def test_few_answers_are_not_shown_as_facts(as_trainer: FlaskClient, course: Course) -> None:
    answered(course, pool(course)[0], right=1, wrong=8)
    page = words(as_trainer)
    assert page.count("chưa đủ lượt") == 1 and page.count("chưa ai làm") == 11
    assert "11,1 %" not in page


def test_what_is_handed_in_later_counts_at_once(as_trainer: FlaskClient, course: Course) -> None:
    answered(course, pool(course)[0], right=5, wrong=5)
    assert "50,0 %" in words(as_trainer)
    answered(course, pool(course)[0], right=10, wrong=0)
    assert "75,0 %" in words(as_trainer)


def test_only_the_newest_are_gone_through(
    as_trainer: FlaskClient, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(course, pool(course)[0], right=0, wrong=10)
    answered(course, pool(course)[0], right=12, wrong=0)
    monkeypatch.setattr(items, "MOST_ANSWERS", 12)
    page = words(as_trainer)
    assert "Tính trên 12 bài nộp gần đây nhất." in page and "100,0 %" in page


def test_by_skill_and_by_flag(as_trainer: FlaskClient, course: Course) -> None:
    answered(course, pool(course)[0], right=2, wrong=18)
    skill = pool(course)[0].skill or ""
    ours = sum((question.skill or "") == skill for question in pool(course))
    assert f"{ours} câu; 1 câu" in words(as_trainer, f"{PAGE}?ky-nang={skill}")
    for flag in ("any", "hard", "tempting"):
        page = words(as_trainer, f"{PAGE}?ky-nang={skill}&nhan-xet={flag}")
        assert "1 câu; 1 câu" in page
        assert f"ky-nang={skill}&amp;nhan-xet={flag}" in page
    assert "Không có câu nào như vậy." in words(as_trainer, f"{PAGE}?nhan-xet=easy")


@pytest.mark.parametrize("choice", ["ky-nang=%3Cb%3E", "nhan-xet=bia-ra", "ky-nang=&nhan-xet="])
def test_any_choice_in_the_address(as_trainer: FlaskClient, choice: str) -> None:
    assert "<b>" not in as_trainer.get(f"{PAGE}?{choice}").text


def test_questions_no_longer_in_the_pool_are_counted_apart(
    as_trainer: FlaskClient, course: Course
) -> None:
    answered(course, pool(course)[0].model_copy(update={"id": "da-bo"}), right=1, wrong=0)
    assert "Ngoài ra 1 câu cũ" in words(as_trainer)


def test_in_pages(as_trainer: FlaskClient, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.authoring.bank_page.PER_PAGE", 5)
    prompts = [words(as_trainer, f"{PAGE}?trang={n}").count('class="cell-main"') for n in (1, 2, 3)]
    assert [number - 1 for number in prompts] == [5, 5, 2]
    assert f"{PAGE}?trang=2" in as_trainer.get(PAGE).text


def test_nobody_answered_yet(as_trainer: FlaskClient) -> None:
    assert as_trainer.get(PAGE).text.count("chưa ai làm") == 12


@pytest.mark.usefixtures("course_files")
def test_of_a_draft(as_trainer: FlaskClient) -> None:
    assert as_trainer.get("/studio/nhap/questions").status_code == 200


@pytest.mark.parametrize("page", ["2", "x", "-1", "999999999999"])
def test_any_page_number(as_trainer: FlaskClient, page: str) -> None:
    assert as_trainer.get(f"{PAGE}?trang={page}").status_code == 200


def test_unknown_course(as_trainer: FlaskClient) -> None:
    assert as_trainer.get("/studio/khong-co/questions").status_code == 404


def test_signed_out(client: FlaskClient) -> None:
    assert client.get(PAGE).location == f"/login?next={PAGE}"


def test_others_find_nothing(as_learner: FlaskClient, as_hr: FlaskClient) -> None:
    for browser in (as_learner, as_hr):
        assert browser.get(PAGE).status_code == 404


def test_wrong_method(as_trainer: FlaskClient) -> None:
    assert as_trainer.post(PAGE).status_code == 405


def test_few_queries(as_trainer: FlaskClient, course: Course) -> None:
    for question in random.Random(1).sample(pool(course), 5):
        answered(course, question, right=1, wrong=1)
    as_trainer.get(PAGE)
    assert as_trainer.queries == 4
    # the same answers are not gone through again
    as_trainer.get(f"{PAGE}?nhan-xet=any")
    assert as_trainer.queries == 2
