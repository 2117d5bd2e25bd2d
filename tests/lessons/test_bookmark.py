"""Mark a lesson, to find it again."""

import pytest

from app.lessons.models import Mark
from app.lessons.queries import mine
from app.lib.ids import operation_id
from tests.acts import post, rows

URL = "/courses/thu-nghiem/mot/bookmark"
NOTES = "/courses/thu-nghiem/mot/notes"


def marked(person, course):
    return bool(mine(person.id, course, course.step("mot")).bookmark_ids)


def test_is_put_and_taken_off(as_learner, learner, course):
    assert post(as_learner, URL).location == NOTES
    assert marked(learner, course)
    [mark] = rows(Mark)
    post(as_learner, URL, on="0", replaces=mark.op_id)
    assert not marked(learner, course)


def test_the_page_of_notes_offers_the_other_way(as_learner):
    assert "Đánh dấu bài này" in as_learner.get(NOTES).text
    post(as_learner, URL)
    page = as_learner.get(NOTES)
    assert "Bỏ đánh dấu bài này" in page.text
    assert rows(Mark)[0].op_id in page.text


def test_sent_twice_it_counts_once(as_learner):
    op_id = operation_id()
    assert {post(as_learner, URL, op_id=op_id).status_code for _ in range(2)} == {303}
    assert len(rows(Mark)) == 1


def test_a_practical_may_be_marked_and_a_note_is_no_bookmark(as_learner, learner, course):
    post(as_learner, NOTES, text="chỉ ghi")
    assert not marked(learner, course)


def test_everybody_has_their_own(as_stranger, learner, stranger, course):
    post(as_stranger, URL)
    assert marked(stranger, course)
    assert not marked(learner, course)


@pytest.mark.parametrize("sent", [{"op_id": "x"}, {"replaces": "khong-phai-ma"}])
def test_bad_input_is_refused(as_learner, sent):
    assert post(as_learner, URL, **sent).status_code == 400
    assert not rows(Mark)


def test_signed_out_missing_and_wrong_method(client, as_learner):
    assert post(client, URL).location.startswith("/login")
    assert post(as_learner, "/courses/thu-nghiem/khong-co/bookmark").status_code == 404
    assert as_learner.get(URL).status_code == 405
