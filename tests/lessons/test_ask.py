"""Say that a lesson is not clear."""

import pytest

from app.extensions import db
from app.learning.asks import MOST_OPEN, answer, ask
from app.learning.models import Ask
from app.lib.ids import operation_id
from tests.acts import post, rows

LESSON = "/courses/thu-nghiem/mot"
URL = f"{LESSON}/asks"


def test_is_asked_and_the_lesson_goes_on(as_learner, learner):
    answer = post(as_learner, URL, text="Nút nào ạ?")
    assert (answer.status_code, answer.location) == (303, LESSON)
    page = as_learner.get(LESSON)
    assert "Đã báo cho người hỗ trợ" in page.text
    assert "Đã hiểu, sang bài tiếp" in page.text
    [asked] = rows(Ask)
    assert (asked.person_id, asked.step_slug, asked.text) == (learner.id, "mot", "Nút nào ạ?")


def test_words_are_not_needed(as_learner):
    assert post(as_learner, URL).status_code == 303
    assert [asked.text for asked in rows(Ask)] == [""]


def test_the_lesson_holds_the_form_and_two_acts_have_two_ids(as_learner):
    page = as_learner.get(LESSON).text
    assert f'action="{URL}"' in page
    ids = [piece.split('"')[0] for piece in page.split('name="op_id" value="')[1:]]
    assert len(ids) == len(set(ids)) == 2


def test_the_answer_is_listed_and_told_to_the_script(as_learner, learner, stranger, course):
    ask(learner, course, course.step("mot"), "Nút nào ạ?", operation_id())
    db.session.flush()
    answer(stranger, rows(Ask)[0].id, "Nút bên phải.", operation_id())
    db.session.commit()
    assert "Bh&#39;riu Liếc trả lời:</b> Nút bên phải." in as_learner.get(URL).text
    [told] = as_learner.get(f"{LESSON}/mine.json").json["asks"]
    assert (told["answer"], told["helper"]) == ("Nút bên phải.", "Bh'riu Liếc")


def test_sent_twice_it_is_asked_once(as_learner):
    op_id = operation_id()
    assert {post(as_learner, URL, op_id=op_id).status_code for _ in range(2)} == {303}
    assert len(rows(Ask)) == 1


def test_the_same_act_with_other_words_is_refused(as_learner):
    op_id = operation_id()
    post(as_learner, URL, op_id=op_id, text="một")
    assert post(as_learner, URL, op_id=op_id, text="hai").status_code == 409


@pytest.mark.parametrize("sent", [{"text": "dài" * 200}, {"op_id": "x", "text": "giữ lại"}])
def test_bad_input_keeps_what_was_typed(as_learner, sent):
    answer = post(as_learner, URL, **sent)
    assert answer.status_code == 400
    assert sent["text"] in answer.text
    assert not rows(Ask)


def test_a_visitor_is_told_whom_to_ask(client):
    page = client.get(LESSON)
    assert "Chưa rõ" in page.text
    assert "1022" in page.text
    assert f'action="{URL}"' not in page.text
    assert post(client, URL).location.startswith("/login")


def test_somebody_else_s_questions_are_not_shown(as_stranger, learner, course):
    ask(learner, course, course.step("mot"), "riêng của bà Hoa", operation_id())
    db.session.commit()
    assert "riêng của bà Hoa" not in as_stranger.get(URL).text
    assert as_stranger.get(f"{LESSON}/mine.json").json["asks"] == []


def test_what_is_not_there_is_not_found(as_learner):
    assert post(as_learner, "/courses/thu-nghiem/khong-co/asks").status_code == 404


def test_when_many_wait_one_is_told_and_the_words_are_kept(as_learner):
    for _ in range(MOST_OPEN):
        assert post(as_learner, URL, text="Nút nào ạ?").status_code == 303
    page = post(as_learner, URL, text="Còn nút kia?")
    assert page.status_code == 400
    assert "còn chờ trả lời" in page.text
    assert "Còn nút kia?</textarea>" in page.text
    assert len(rows(Ask)) == MOST_OPEN
