"""The script of a class, for those who teach."""

import pytest

from app.accounts.actions import grant_role
from app.accounts.models import Role
from app.content.models import StepKind
from app.extensions import db
from app.lessons import class_script
from app.lessons.class_script import script
from tests.lessons.papers import facts, words

LESSON = "/courses/thu-nghiem/mot"
URL = f"{LESSON}/script.pdf"

LONG = """---
title: Gọi điện
minutes: 5
skill: K4
---
Bác Hoa muốn gọi cho con.

Học xong bài này, bác **gọi được** cho con.

## Bấm số

/// steps | Gọi
1. Mở ô ống nghe.
2. Bấm số.
///

> [!TIP]
> Bấm chậm.
>
> ## Không phải phần mới

## Nhớ

Xanh là nghe.

### ? Gọi số nào khi cháy? {#m-chay}
= 114
= một trăm mười bốn
> Cháy thì gọi 114.
"""


@pytest.fixture
def as_helper(sign_in, stranger, commune):
    grant_role(None, stranger, Role.HELPER, commune.id)
    db.session.commit()
    return sign_in(stranger)


@pytest.fixture
def told(app, folder_of_course, reopened):
    """The script of a lesson that has everything, and its course."""
    (folder_of_course / "02-phan-hai" / "02-goi.md").write_text(LONG, encoding="utf-8")
    course = reopened()
    return course, course.step("goi")


def test_those_who_teach_get_it(as_trainer, as_admin, as_helper):
    for browser in (as_trainer, as_admin, as_helper):
        answer = browser.get(URL)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert f'href="{URL}"' in browser.get(LESSON).text
    assert "mot-kich-ban-lop.pdf" in answer.headers["Content-Disposition"]
    text = words(answer.data)
    assert "Kịch bản lên lớp" in text
    assert "Tắt máy Đúng" in text and "Mã OTP là chìa khóa tài khoản." in text
    assert "Ghi chép sau buổi học" in text
    assert facts(answer.data)["Tagged"] == "yes"


def test_for_others_it_does_not_exist(as_learner, as_hr, as_officer, as_registrar):
    for browser in (as_learner, as_hr, as_officer, as_registrar):
        assert browser.get(URL).status_code == 404
        assert "script.pdf" not in browser.get(LESSON).text


def test_signed_out_leads_to_sign_in(client):
    assert client.get(URL).location.startswith("/login")


def test_no_question_of_a_test_is_in_any_script(app, course):
    tests = [step for step in course.steps if step.kind is StepKind.TEST]
    secret = {question.id for test in tests for question in test.questions}
    assert secret
    with app.test_request_context():
        told = [script(course, step) for step in course.steps if step.kind is not StepKind.TEST]
    asked = {
        piece.asked.question.id
        for one in told
        for part in one.parts
        for piece in part.pieces
        if piece.asked
    }
    assert asked and not asked & secret


@pytest.mark.parametrize("place", ["thu-nghiem/kiem-tra", "thu-nghiem/khong-co", "khong-co/mot"])
def test_a_test_or_what_is_not_there_has_none(as_trainer, place):
    assert as_trainer.get(f"/courses/{place}/script.pdf").status_code == 404


def test_is_only_fetched(as_trainer):
    assert as_trainer.post(URL).status_code == 405


def test_parts_by_heading_each_with_its_minutes(app, told):
    with app.test_request_context():
        found = script(*told)
    assert [part.title for part in found.parts] == ["Vào bài", "Bấm số", "Nhớ"]
    assert found.parts[0].begins == class_script.OPENING
    for before, after in zip(found.parts, found.parts[1:], strict=False):
        assert before.ends == after.begins and before.minutes >= 1
    assert found.minutes == found.parts[-1].ends + class_script.CLOSING


def test_goal_acts_done_together_and_answers(app, told):
    with app.test_request_context():
        found = script(*told)
        html = "".join(piece.html for part in found.parts for piece in part.pieces)
    assert found.goal_html == "Học xong bài này, bác <strong>gọi được</strong> cho con."
    assert 'data-cue="Làm cùng cả lớp"' in html
    asked = next(piece.asked for part in found.parts for piece in part.pieces if piece.asked)
    assert (asked.right_html, asked.also) == (("114",), ("một trăm mười bốn",))
    assert not asked.question.right


def test_the_whole_of_a_rich_lesson_prints(app, told):
    with app.test_request_context():
        text = words(class_script.render_script(*told, "https://so.example"))
    assert "Trả lời đúng: 114 hoặc một trăm mười bốn" in text
    assert "so.example/courses/thu-nghiem/goi" in text


def test_headings_are_found_where_they_are():
    html = "<p>a</p>\n<h2 id='x'>Một &amp; <b>hai</b></h2>\n<p>b<br></p><div><h2>c</h2></div>"
    assert class_script._split(html) == [
        ("", "<p>a</p>\n"),
        ("Một & hai", "\n<p>b<br></p><div><h2>c</h2></div>"),
    ]
