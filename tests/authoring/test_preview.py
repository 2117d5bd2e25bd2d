"""A step as learners see it, drafts too; a test with its whole pool."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.content.shelf import shelf
from tests.authoring.conftest import change

LESSON = "/studio/nhap/preview/mot"
TEST = "/studio/nhap/preview/kiem-tra"


def right_option(slug: str = "nhap") -> str:
    """The id of the right option of the first lesson's practice question."""
    course = shelf.library.course(slug)
    assert course is not None
    return course.steps[0].questions[0].right[0]


@pytest.mark.usefixtures("course_files")
def test_a_draft_lesson_shows_as_learners_will_see_it(as_trainer: FlaskClient) -> None:
    page = as_trainer.get(LESSON).text
    assert "Đọc <strong>chậm</strong> thôi." in page
    assert "Ai đó gọi xin mã OTP" in page
    assert "Mã OTP là chìa khóa" not in page
    assert "Khóa này là bản nháp" in page


@pytest.mark.usefixtures("course_files")
def test_a_published_lesson_has_the_learners_own_body(
    as_trainer: FlaskClient, client: FlaskClient
) -> None:
    def body(page: str) -> str:
        start = page.index('<div class="lesson-body"')
        return page[start : page.index("</article>", start)]

    seen = body(as_trainer.get("/studio/thu-nghiem/preview/mot").text)
    inside = seen.replace("/studio/thu-nghiem/preview/mot?", "/courses/thu-nghiem/mot/practice?")
    assert inside == body(client.get("/courses/thu-nghiem/mot").text)


@pytest.mark.usefixtures("course_files")
def test_practice_works_in_a_draft(as_trainer: FlaskClient) -> None:
    assert f'action="{LESSON}?question=tap-1#q-tap-1"' in as_trainer.get(LESSON).text
    answer = as_trainer.post(f"{LESSON}?question=tap-1", data={"q-tap-1": right_option()})
    assert answer.status_code == 200
    assert "Đúng rồi." in answer.text
    assert "Mã OTP là chìa khóa" in answer.text


@pytest.mark.usefixtures("course_files")
def test_practice_with_javascript_gets_only_the_verdict(as_trainer: FlaskClient) -> None:
    answer = as_trainer.post(
        f"{LESSON}?question=tap-1", headers={"X-Fragment": "verdict"}, data={"q-tap-1": "x"}
    )
    assert "Chưa đúng." in answer.text
    assert "<html" not in answer.text


@pytest.mark.usefixtures("course_files")
def test_practice_without_an_answer(as_trainer: FlaskClient) -> None:
    assert "Chưa có câu trả lời" in as_trainer.post(f"{LESSON}?question=tap-1").text


def test_links_between_lessons_stay_in_the_preview(
    as_trainer: FlaskClient, course_files: Path
) -> None:
    lesson = course_files / "nhap" / "01-phan-mot" / "01-mot.md"
    change(lesson, "Không đọc mã.", "Không đọc mã, xem [bài hai](02-hai.md).")
    shelf.library.refresh()
    page = as_trainer.get(LESSON).text
    assert 'href="/studio/nhap/preview/hai"' in page
    assert 'href="/courses/nhap/hai"' not in page


@pytest.mark.usefixtures("course_files")
def test_a_test_lists_its_pool_with_answers_and_explanations(as_trainer: FlaskClient) -> None:
    page = as_trainer.get(TEST).text
    assert page.count('class="pool-item"') == 12
    assert page.count("<b>Đúng</b>") == 12
    assert "Giải thích riêng của câu 12." in page
    assert 'href="/studio/nhap/preview/hai">Bài hai' in page
    assert "K3: 3 · K4: 2" in page


def test_every_kind_of_question_shows_its_answer(
    as_trainer: FlaskClient, course_files: Path
) -> None:
    pool = course_files / "nhap" / "03-kiem-tra.md"
    with pool.open("a", encoding="utf-8") as file:
        file.write(KINDS)
    shelf.library.refresh()
    page = " ".join(as_trainer.get(TEST).text.split())
    assert "<strong>113</strong> hoặc <strong>một một ba</strong>" in page
    assert "Gọi hình → Zalo" in page
    assert page.index("<li>Mở ứng dụng</li>") < page.index("<li>Quét mã</li>")
    assert "<strong>10" in page


KINDS = """
### ? Gọi công an số nào? {#ngan skill=K3 lesson=mot}
= 113
= một một ba
> Là 113.

### ? Bao nhiêu? {#so skill=K3 lesson=mot}
= 10 ± 0.5
> Là mười.

### ? Xếp lại. {#xep skill=K3 lesson=mot}
1. Mở ứng dụng
2. Quét mã
> Mở trước.

### ? Ghép lại. {#ghep skill=K3 lesson=mot}
| Việc | Ứng dụng |
|---|---|
| Gọi hình | Zalo |
| Giấy tờ | VNeID |
> Thế thôi.
"""


@pytest.mark.usefixtures("course_files")
def test_learners_see_no_draft(client: FlaskClient, as_learner: FlaskClient) -> None:
    assert client.get("/courses/nhap/mot").status_code == 404
    assert as_learner.get(LESSON).status_code == 404


@pytest.mark.usefixtures("course_files")
@pytest.mark.parametrize("who", ["as_learner", "as_hr", "as_officer", "as_registrar"])
def test_the_pool_is_for_trainers_only(who: str, request: pytest.FixtureRequest) -> None:
    browser = request.getfixturevalue(who)
    assert browser.get(TEST).status_code == browser.post(TEST).status_code == 404


def test_signed_out(client: FlaskClient) -> None:
    assert client.get(TEST).location == f"/login?next={TEST}"
    assert client.post(TEST).location == "/login"


@pytest.mark.usefixtures("course_files")
@pytest.mark.parametrize("page", ["khong-co/preview/mot", "nhap/preview/khong-co"])
def test_unknown(as_trainer: FlaskClient, page: str) -> None:
    assert as_trainer.get(f"/studio/{page}").status_code == 404


@pytest.mark.usefixtures("course_files")
@pytest.mark.parametrize("question", ["", "?question=khong-co", "?question=thu-1"])
def test_unknown_question(as_trainer: FlaskClient, question: str) -> None:
    assert as_trainer.post(f"{LESSON}{question}").status_code == 404


@pytest.mark.usefixtures("course_files")
def test_wrong_method(as_trainer: FlaskClient) -> None:
    assert as_trainer.post(TEST).status_code == 405
    assert as_trainer.delete(LESSON).status_code == 405
