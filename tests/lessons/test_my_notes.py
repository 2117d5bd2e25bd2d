"""My notebook: all notes, bookmarks and questions."""

from app.extensions import db
from app.learning.asks import ask
from app.lessons.actions import put_bookmark, save_note, take_bookmark
from app.lessons.queries import NOTEBOOK_PAGE, notebook
from app.lib.ids import operation_id

URL = "/learn/notes"


def test_is_empty_at_first_and_says_where_to_write(as_learner):
    assert "Sổ tay còn trống" in as_learner.get(URL).text


def test_holds_notes_bookmarks_and_questions_the_latest_first(as_learner, learner, course):
    save_note(learner, course, course.step("mot"), "bấm <b>hai</b> lần", operation_id())
    ask(learner, course, course.step("hai"), "quét ở đâu?", operation_id())
    put_bookmark(learner, course, course.step("ba"), operation_id())
    db.session.commit()
    page = as_learner.get(URL).text
    places = [page.index(title) for title in ("Bài ba</a>", "Bài hai</a>", "Bài một</a>")]
    assert places == sorted(places)
    assert "bấm &lt;b&gt;hai&lt;/b&gt; lần" in page
    assert "Đang chờ người hỗ trợ trả lời." in page
    assert page.count("Đã đánh dấu") == 1
    assert as_learner.queries <= 5


def test_what_was_taken_off_is_gone(learner, course):
    put = operation_id()
    put_bookmark(learner, course, course.step("mot"), put)
    take_bookmark(learner, course, course.step("mot"), operation_id(), [put])
    assert notebook(learner.id, 1).total == 0


def test_a_lesson_that_is_gone_keeps_its_note(as_learner, learner, course):
    lost = course.step("mot").model_copy(update={"slug": "da-bo"})
    save_note(learner, course, lost, "vẫn còn đây", operation_id())
    closed = course.model_copy(update={"slug": "khoa-da-dong"})
    save_note(learner, closed, course.step("mot"), "cũng còn", operation_id())
    db.session.commit()
    page = as_learner.get(URL).text
    assert page.count("Bài này không còn trong khóa học") == 2
    assert "vẫn còn đây" in page and "cũng còn" in page


def test_is_paged(as_learner, learner, course):
    for number in range(NOTEBOOK_PAGE + 1):
        step = course.step("mot").model_copy(update={"slug": f"bai-{number:02}"})
        save_note(learner, course, step, f"ghi chép số {number:02}.", operation_id())
    db.session.commit()
    assert "ghi chép số 10." in as_learner.get(URL).text
    assert "ghi chép số 00." not in as_learner.get(URL).text
    assert "ghi chép số 00." in as_learner.get(f"{URL}?trang=2").text
    assert as_learner.get(f"{URL}?trang=99").status_code == 200


def test_somebody_else_s_is_not_shown(as_stranger, learner, course):
    save_note(learner, course, course.step("mot"), "của bà Hoa", operation_id())
    db.session.commit()
    assert "của bà Hoa" not in as_stranger.get(URL).text


def test_signed_out_and_wrong_method(client, as_learner):
    assert client.get(URL).location.startswith("/login")
    assert as_learner.post(URL).status_code == 405
