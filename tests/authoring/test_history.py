"""The texts that stood in a file: listed, compared with today's, put back."""

import pytest
from flask.testing import FlaskClient

from app.authoring.models import Draft, DraftFile, DraftState, Revision
from app.extensions import db
from app.lib.ids import operation_id
from tests.acts import post, rows
from tests.authoring.conftest import LESSON, file_named, page_of
from tests.authoring.test_editor import save


@pytest.fixture
def history(as_trainer: FlaskClient, lesson: DraftFile) -> str:
    """The address of the history of a lesson that was saved twice."""
    save(as_trainer, lesson, "Một\nHai\n")
    save(as_trainer, lesson, "Một\nBa\n", base=1)
    return f"{page_of(lesson)}/history"


def first_of(lesson: DraftFile, number: int = 1) -> Revision:
    """The text of a file with this number."""
    found: Revision = rows(Revision, file_id=lesson.id, number=number)[0]
    return found


def test_it_lists_every_text_with_its_writer(as_trainer: FlaskClient, history: str) -> None:
    page = as_trainer.get(f"{history}?tung=1").text
    assert page.index("Bản thứ 2") < page.index("Bản thứ 1") < page.index("Bản đầu")
    assert "Lê Hồng Sơn" in page and "từ tệp trên máy chủ" in page
    assert page.count("đang dùng") == 1


def test_a_text_is_compared_with_the_present_one(
    as_trainer: FlaskClient, lesson: DraftFile, history: str
) -> None:
    page = as_trainer.get(f"{history}/{first_of(lesson).id}").text
    assert "<del>Hai</del>" in page and "<ins>Ba</ins>" in page
    assert "Lấy lại bản này" in page


def test_the_present_one_has_nothing_to_restore(
    as_trainer: FlaskClient, lesson: DraftFile, history: str
) -> None:
    page = as_trainer.get(f"{history}/{first_of(lesson, 2).id}").text
    assert "giống hệt bản đang dùng" in page and "Lấy lại bản này" not in page


def test_restoring_makes_a_new_text_and_keeps_the_others(
    as_trainer: FlaskClient, lesson: DraftFile, history: str
) -> None:
    answer = post(as_trainer, history, revision_id=first_of(lesson).id)
    assert answer.status_code == 303 and answer.location == page_of(lesson)
    file = file_named(LESSON)
    assert (file.text, file.revision) == ("Một\nHai\n", 3)
    assert len(rows(Revision, file_id=lesson.id)) == 4
    assert "Đã lấy lại bản cũ" in as_trainer.get(answer.location).text


def test_restoring_twice_is_once(as_trainer: FlaskClient, lesson: DraftFile, history: str) -> None:
    op_id, revision_id = operation_id(), first_of(lesson).id
    for _ in range(2):
        answer = post(as_trainer, history, revision_id=revision_id, op_id=op_id)
        assert answer.status_code == 303
    assert file_named(LESSON).revision == 3
    other = first_of(lesson, 0).id
    assert post(as_trainer, history, revision_id=other, op_id=op_id).status_code == 409


@pytest.mark.parametrize("number", ["", "x", "99999"])
def test_restoring_nothing(as_trainer: FlaskClient, history: str, number: str) -> None:
    assert post(as_trainer, history, revision_id=number).status_code in (400, 404)
    assert file_named(LESSON).revision == 2


def test_the_text_of_another_file_is_not_restored(
    as_trainer: FlaskClient, lesson: DraftFile, history: str
) -> None:
    other = rows(Revision, file_id=file_named("01-phan-mot/02-hai.md").id)[0]
    assert post(as_trainer, history, revision_id=other.id).status_code == 404
    assert as_trainer.get(f"{history}/{other.id}").status_code == 404


def test_what_waits_for_review_is_not_changed(
    as_trainer: FlaskClient, lesson: DraftFile, history: str
) -> None:
    rows(Draft)[0].state = DraftState.SUBMITTED
    db.session.commit()
    assert "Lấy lại bản này" not in as_trainer.get(f"{history}/{first_of(lesson).id}").text
    answer = post(as_trainer, history, revision_id=first_of(lesson).id)
    assert "đang chờ duyệt" in as_trainer.get(answer.location).text
    assert file_named(LESSON).revision == 2


def test_pages_of_a_long_history(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    for number in range(60):
        db.session.add(Revision(file_id=lesson.id, number=number + 1, text=f"{number}"))
    db.session.commit()
    history = f"{page_of(lesson)}/history"
    for how in ("", "&tung=1"):
        assert as_trainer.get(f"{history}?trang=1{how}").text.count("past-item") == 50
        assert as_trainer.get(f"{history}?trang=2{how}").text.count("past-item") == 11


def test_signed_out(client: FlaskClient, history: str) -> None:
    assert client.get(history).location == f"/login?next={history}"
    assert post(client, history, revision_id=1).location == "/login"


@pytest.mark.parametrize("who", ["as_learner", "as_hr", "as_officer", "as_registrar"])
def test_trainers_only(
    who: str, lesson: DraftFile, history: str, request: pytest.FixtureRequest
) -> None:
    browser, number = request.getfixturevalue(who), first_of(lesson).id
    assert browser.get(history).status_code == 404
    assert browser.get(f"{history}/{number}").status_code == 404
    assert post(browser, history, revision_id=number).status_code == 404
    assert file_named(LESSON).revision == 2


def test_wrong_method(as_trainer: FlaskClient, history: str) -> None:
    assert as_trainer.put(history).status_code == 405
