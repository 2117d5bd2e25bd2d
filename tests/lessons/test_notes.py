"""Write a note beside a lesson."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.accounts.models import Operation
from app.extensions import db
from app.lessons.actions import put_bookmark, save_note, take_bookmark
from app.lessons.models import Mark
from app.lessons.queries import mine
from app.lib.ids import operation_id
from tests.acts import post, rows

URL = "/courses/thu-nghiem/mot/notes"


def note_of(person, course, slug="mot"):
    return mine(person.id, course, course.step(slug)).note


def test_is_saved_and_shown_again(as_learner, learner, course):
    answer = post(as_learner, URL, text=" Nút ở cạnh trái.\r\nBấm hai lần. ")
    assert (answer.status_code, answer.location) == (303, URL)
    assert note_of(learner, course) == "Nút ở cạnh trái.\nBấm hai lần."
    assert "Bấm hai lần." in as_learner.get(URL).text


def test_a_script_is_told_without_a_page(as_learner):
    answer = as_learner.post(
        URL, data={"op_id": operation_id(), "text": "a"}, headers={"X-Fragment": "saved"}
    )
    assert (answer.status_code, answer.data) == (204, b"")


def test_the_form_takes_the_place_of_the_note_it_showed(as_learner, learner, course):
    post(as_learner, URL, text="cũ")
    [old] = rows(Mark)
    assert f'value="{old.op_id}"' in as_learner.get(URL).text
    post(as_learner, URL, text="mới", replaces=old.op_id)
    assert note_of(learner, course) == "mới"


def test_two_devices_lose_nobody_s_words(as_learner, learner, course):
    first = operation_id()
    post(as_learner, URL, op_id=first, text="gốc")
    post(as_learner, URL, text="máy một", replaces=first)
    post(as_learner, URL, text="máy hai", replaces=first)
    assert note_of(learner, course) == "máy một\n\nmáy hai"


def test_empty_takes_it_off(as_learner, learner, course):
    first = operation_id()
    post(as_learner, URL, op_id=first, text="gốc")
    post(as_learner, URL, text="  ", replaces=first)
    assert note_of(learner, course) == ""


def test_sent_twice_it_counts_once(as_learner, learner, course):
    op_id = operation_id()
    for _ in range(2):
        assert post(as_learner, URL, op_id=op_id, text="một lần").status_code == 303
    assert note_of(learner, course) == "một lần"


def test_the_same_act_with_other_words_is_refused(as_learner, learner, course):
    op_id = operation_id()
    post(as_learner, URL, op_id=op_id, text="trước")
    assert post(as_learner, URL, op_id=op_id, text="sau").status_code == 409
    assert note_of(learner, course) == "trước"


def test_somebody_else_s_note_is_not_shown_nor_replaced(as_stranger, learner, course):
    theirs = operation_id()
    save_note(learner, course, course.step("mot"), "chỉ của bà Hoa", theirs)
    db.session.commit()
    post(as_stranger, URL, text="của tôi", replaces=theirs)
    assert "chỉ của bà Hoa" not in as_stranger.get(URL).text
    assert note_of(learner, course) == "chỉ của bà Hoa"


@pytest.mark.parametrize(
    "sent",
    [{"text": "x" * 4001}, {"text": "x", "replaces": "abc"}, {"text": "x", "op_id": "x"}],
)
def test_bad_input_is_answered_with_what_was_typed(as_learner, sent):
    answer = post(as_learner, URL, **sent)
    assert answer.status_code == 400
    assert f">\r\n{sent['text']}</textarea>" in answer.text or sent["text"] in answer.text
    assert not rows(Mark)


def test_signed_out_one_is_asked_to_sign_in(client):
    assert post(client, URL, text="x").location.startswith("/login")
    assert client.get(URL).location.startswith("/login")


def test_what_is_not_there_is_not_found(as_learner):
    assert post(as_learner, "/courses/thu-nghiem/khong-co/notes", text="x").status_code == 404
    assert as_learner.get("/courses/khong-co/mot/notes").status_code == 404


def test_a_note_follows_a_lesson_that_was_renamed(learner, course):
    save_note(learner, course, course.step("mot"), "theo bài", operation_id())
    renamed = course.step("hai").model_copy(update={"formerly": ("mot",)})
    assert mine(learner.id, course, renamed).note == "theo bài"


ACTS = (
    ("note", "a" * 32, "gốc", ()),
    ("note", "b" * 32, "sửa ở máy một", ("a" * 32,)),
    ("note", "c" * 32, "sửa ở máy hai", ("a" * 32,)),
    ("note", "d" * 32, "sửa nữa", ("b" * 32,)),
    ("note", "e" * 32, "", ("c" * 32,)),
    ("on", "f" * 32, "", ()),
    ("on", "0" * 32, "", ()),
    ("off", "1" * 32, "", ("f" * 32,)),
)


@given(st.permutations(ACTS * 2))
@settings(max_examples=60, deadline=None)
def test_acts_of_several_devices_end_alike_in_any_order(sent):
    for kind, op_id, text, replaces in sent:
        do(kind, op_id, text, replaces)
    found = mine(PEOPLE[0].id, PEOPLE[1], PEOPLE[1].step("mot"))
    db.session.rollback()
    assert (found.note, found.note_ids) == ("sửa nữa", ("d" * 32,))
    assert found.bookmark_ids == ("0" * 32,)


PEOPLE = []


@pytest.fixture(autouse=True)
def _people(learner, course):
    """The learner and the course, for a test that hypothesis calls."""
    PEOPLE[:] = [learner, course]


def do(kind, op_id, text, replaces):
    learner, course = PEOPLE
    step = course.step("mot")
    if kind == "note":
        save_note(learner, course, step, text, op_id, replaces)
    elif kind == "on":
        put_bookmark(learner, course, step, op_id)
    else:
        take_bookmark(learner, course, step, op_id, replaces)


def test_what_is_refused_claims_nothing(as_learner):
    post(as_learner, URL, text="x" * 4001)
    assert not rows(Operation)
