"""What becomes of an attempt when its course is edited or taken away meanwhile."""

import shutil
from pathlib import Path

from flask.testing import FlaskClient

from app.accounts.models import Person
from app.certificates.models import Award
from app.content.models import Course
from app.content.shelf import shelf
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.learning.models import StepCredit
from app.lib.ids import operation_id
from tests.acts import finish_lessons, pass_course, post, rows
from tests.quizzes.exam import INTRO, answer, answer_all, begin, hand_in, newest, sit

TEST = "thu-nghiem/03-kiem-tra.md"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert shelf.library.refresh()


def test_an_open_attempt_goes_on_by_its_paper(
    edited_courses: Path, as_learner: FlaskClient
) -> None:
    attempt = begin(as_learner)
    edit(edited_courses / TEST, "Câu hỏi thử", "Câu hỏi mới")
    assert "Câu hỏi thử" in as_learner.get(f"/attempts/{attempt.id}/1").text
    answer_all(as_learner, attempt)
    hand_in(as_learner, attempt.id)
    assert (newest().percent, newest().version) == (100, attempt.version)


def test_another_right_answer_does_not_reach_back(
    edited_courses: Path, as_learner: FlaskClient
) -> None:
    attempt = begin(as_learner)
    text = (edited_courses / TEST).read_text(encoding="utf-8")
    swapped = text.replace("- [x] Ý đúng", "- [ ] Ý đúng").replace(
        "- [ ] Ý sai thứ hai", "- [x] Ý sai thứ hai"
    )
    (edited_courses / TEST).write_text(swapped, encoding="utf-8")
    assert shelf.library.refresh()
    answer_all(as_learner, attempt)
    hand_in(as_learner, attempt.id)
    assert newest().percent == 100


def test_a_course_made_draft_still_takes_the_paper(
    edited_courses: Path, as_learner: FlaskClient
) -> None:
    attempt = begin(as_learner)
    edit(edited_courses / "thu-nghiem/course.md", "status: published", "status: draft")
    assert as_learner.get(INTRO).status_code == 404
    answer_all(as_learner, attempt)
    page = as_learner.get(hand_in(as_learner, attempt.id).location).text
    assert "100<small>/100 điểm" in page
    assert "/courses/thu-nghiem/mot" not in page
    assert [row.step_slug for row in rows(StepCredit)] == ["kiem-tra"]


def test_a_course_that_is_gone_leaves_the_attempt_open(
    edited_courses: Path, as_learner: FlaskClient
) -> None:
    attempt = begin(as_learner)
    shutil.move(edited_courses / "thu-nghiem", edited_courses.parent / "cat-di")
    shelf.library.refresh()
    assert answer(as_learner, attempt, 1).status_code == 303
    response = hand_in(as_learner, attempt.id)
    assert response.location == f"/attempts/{attempt.id}/review"
    assert "đang được biên soạn lại" in as_learner.get(response.location).text
    assert newest().is_open
    assert rows(Award) == []


def test_when_it_is_back_the_paper_can_be_handed_in(
    edited_courses: Path, as_learner: FlaskClient
) -> None:
    attempt = begin(as_learner)
    answer_all(as_learner, attempt)
    away = edited_courses.parent / "cat-di"
    for source, target in (("thu-nghiem", away), (away, "thu-nghiem")):
        shutil.move(edited_courses / source, edited_courses / target)
        shelf.library.refresh()
        hand_in(as_learner, attempt.id)
    assert newest().passed


def test_the_result_stands_without_the_course(
    edited_courses: Path, as_learner: FlaskClient, learner: Person
) -> None:
    done = sit(as_learner, wrong=2)
    shutil.rmtree(edited_courses / "thu-nghiem")
    shelf.library.refresh()
    page = as_learner.get(f"/attempts/{done.id}").text
    assert "Khóa học thử nghiệm" in page
    assert "60<small>/100 điểm" in page
    assert "Giải thích riêng" in page
    assert "/courses/thu-nghiem" not in page


def test_a_version_that_asks_for_less_leaves_nobody_without_an_award(
    edited_courses: Path, as_learner: FlaskClient, learner: Person, course: Course
) -> None:
    for step, score in (("mot", None), ("hai", None), ("kiem-tra", 90)):
        found = course.step(step)
        assert found
        complete_step(learner, course, found, Evidence.SELF, operation_id(), score=score)
    db.session.commit()
    assert rows(Award) == []
    assert "Nhận giấy chứng nhận" not in as_learner.get("/courses/thu-nghiem").text
    shutil.rmtree(edited_courses / "thu-nghiem" / "02-phan-hai")
    assert shelf.library.refresh()
    assert "Nhận giấy chứng nhận" in as_learner.get("/courses/thu-nghiem").text
    answers = [post(as_learner, "/courses/thu-nghiem/enrolment") for _ in range(2)]
    assert answers[0].location == "/learn/thu-nghiem/certificate"
    [award] = rows(Award)
    assert (award.person_id, award.result) == (learner.id, "Đạt, 90/100 điểm")
    page = as_learner.get("/courses/thu-nghiem").text
    assert "Xem giấy chứng nhận" in page and "Nhận giấy chứng nhận" not in page


def test_an_award_names_the_version_it_was_finished_under(
    edited_courses: Path, learner: Person, stranger: Person, client: FlaskClient
) -> None:
    shelf.open(edited_courses, edited_courses.parent / "cache", 0)
    first = shelf.course("thu-nghiem")
    pass_course(learner, first)
    edit(edited_courses / "thu-nghiem/course.md", "Khóa học thử nghiệm", "Khóa học bản hai")
    second = shelf.course("thu-nghiem")
    pass_course(stranger, second)
    edit(edited_courses / "thu-nghiem/course.md", "Khóa học bản hai", "Khóa học bản ba")
    versions = {shelf.course("thu-nghiem").version, second.version, first.version}
    assert len(versions) == 3
    awards = {award.person_id: award for award in rows(Award)}
    for person, course, title in (
        (learner, first, "Khóa học thử nghiệm"),
        (stranger, second, "Khóa học bản hai"),
    ):
        award = awards[person.id]
        assert (award.course_version, award.course_title) == (course.version, title)
        assert title in client.get(f"/v/{award.code}").text
        assert shelf.library.version("thu-nghiem", award.course_version) == course


def test_who_is_under_way_moves_and_finishes_in_the_version_of_that_day(
    edited_courses: Path, as_learner: FlaskClient, learner: Person
) -> None:
    first = shelf.course("thu-nghiem")
    finish_lessons(learner, first)
    attempt = begin(as_learner)
    edit(edited_courses / "thu-nghiem/course.md", "Khóa học thử nghiệm", "Khóa học bản hai")
    second = shelf.course("thu-nghiem")
    answer_all(as_learner, attempt)
    hand_in(as_learner, attempt.id)
    (award,) = rows(Award)
    assert (award.course_version, award.course_title) == (second.version, "Khóa học bản hai")
    assert newest().version == first.version
    credits = {credit.step_slug: credit.version for credit in rows(StepCredit)}
    assert credits == {
        "mot": first.version, "hai": first.version, "ba": first.version,
        "kiem-tra": second.version,
    }  # fmt: skip
