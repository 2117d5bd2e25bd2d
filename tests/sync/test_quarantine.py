"""What waits for somebody to look: seen by the learner, retried or closed by an administrator."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import grant_role
from app.accounts.models import AuditLine, Person, Role
from app.content.shelf import shelf
from app.extensions import db
from app.learning.models import StepCredit
from app.lib.ids import operation_id
from app.sync.models import SyncedOperation
from app.units.models import Unit
from tests.acts import post, rows
from tests.sync.conftest import Send
from tests.sync.device import act

LIST = "/sync/quarantine"


@pytest.fixture
def waiting(from_device: Send) -> str:
    """The id of an act that waits."""
    sent = act(step="bon")
    from_device(sent)
    op: str = sent["op"]
    return op


def test_the_learner_sees_it_with_the_reason(as_learner: FlaskClient, waiting: str) -> None:
    page = as_learner.get("/sync").text
    assert "không còn bài này" in page
    assert "Đang chờ người quản trị xem" in page


def test_somebody_else_does_not(as_stranger: FlaskClient, waiting: str) -> None:
    assert "không còn bài này" not in as_stranger.get("/sync").text


def test_signed_out_the_page_is_there_and_empty(client: FlaskClient, waiting: str) -> None:
    page = client.get("/sync").text
    assert "Mục chờ gửi" in page
    assert "không còn bài này" not in page


def test_the_administrator_sees_whose_it_is(as_admin: FlaskClient, waiting: str) -> None:
    page = as_admin.get(LIST).text
    assert "Nguyễn Thị Hoa" in page
    assert "Học xong bài: Khóa học thử nghiệm · bon" in page


@pytest.mark.parametrize("who", ["client", "as_learner", "as_trainer", "as_hr", "as_officer"])
def test_nobody_else_does(who: str, waiting: str, request: pytest.FixtureRequest) -> None:
    browser: FlaskClient = request.getfixturevalue(who)
    expected = 302 if who == "client" else 404
    for act_url in (f"{LIST}/{waiting}/retry", f"{LIST}/{waiting}/close"):
        assert post(browser, act_url, note="x").status_code == expected
    assert browser.get(LIST).status_code == expected
    assert rows(SyncedOperation)[0].state == "quarantined"


def test_nor_an_administrator_of_one_unit(
    waiting: str, stranger: Person, office: Unit, as_stranger: FlaskClient
) -> None:
    grant_role(None, stranger, Role.ADMIN, office.id)
    db.session.commit()
    assert as_stranger.get(LIST).status_code == 404


def test_retried_too_early_it_waits_on(as_admin: FlaskClient, waiting: str) -> None:
    assert post(as_admin, f"{LIST}/{waiting}/retry").location == LIST
    assert "Vẫn chưa ghi nhận được" in as_admin.get(LIST).text
    assert rows(SyncedOperation)[0].state == "quarantined"


def test_retried_when_the_lesson_is_back_it_counts(
    as_admin: FlaskClient, as_learner: FlaskClient, edited_courses: Path, waiting: str
) -> None:
    lesson = edited_courses / "thu-nghiem" / "01-phan-mot" / "01-mot.md"
    lesson.with_name("09-bon.md").write_text("---\ntitle: Bài bốn\nminutes: 3\n---\nĐọc thêm.\n")
    shelf.library.refresh()
    op_id = operation_id()
    for _ in range(2):
        assert post(as_admin, f"{LIST}/{waiting}/retry", op_id=op_id).status_code == 303
    [act_] = rows(SyncedOperation)
    assert (act_.state, act_.reason, act_.payload) == ("applied", "", None)
    assert [credit.step_slug for credit in rows(StepCredit)] == ["bon"]
    assert len(rows(AuditLine, verb="retry_sync")) == 1
    assert "Đang chờ người quản trị xem" not in as_learner.get("/sync").text


def test_closed_with_a_reason_that_the_learner_reads(
    as_admin: FlaskClient, as_learner: FlaskClient, waiting: str
) -> None:
    op_id = operation_id()
    for _ in range(2):
        post(as_admin, f"{LIST}/{waiting}/close", op_id=op_id, note="Bài thử, không tính")
    assert [row.state for row in rows(SyncedOperation)] == ["closed"]
    assert len(rows(AuditLine, verb="close_sync")) == 1
    assert "Bài thử, không tính" in as_learner.get("/sync").text
    assert "Không có việc nào chờ xem" in as_admin.get(LIST).text


@pytest.mark.parametrize("note", ["", "  ", "a" * 301])
def test_bad_input(as_admin: FlaskClient, waiting: str, note: str) -> None:
    answer = post(as_admin, f"{LIST}/{waiting}/close", note=note)
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.text
    assert rows(SyncedOperation)[0].state == "quarantined"


def test_a_closed_one_is_not_retried(as_admin: FlaskClient, waiting: str) -> None:
    post(as_admin, f"{LIST}/{waiting}/close", note="Thôi")
    post(as_admin, f"{LIST}/{waiting}/retry")
    assert rows(SyncedOperation)[0].state == "closed"


@pytest.mark.parametrize("what", ["retry", "close"])
def test_missing(as_admin: FlaskClient, what: str) -> None:
    assert post(as_admin, f"{LIST}/{operation_id()}/{what}", note="x").status_code == 404


@pytest.mark.parametrize("what", ["retry", "close"])
def test_a_wrong_method(as_admin: FlaskClient, waiting: str, what: str) -> None:
    assert as_admin.get(f"{LIST}/{waiting}/{what}").status_code == 405


def test_long_lists_come_in_pages(as_admin: FlaskClient, from_device: Send) -> None:
    from_device(*(act(step=f"bai-{number}") for number in range(60)))
    first, second = as_admin.get(LIST).text, as_admin.get(f"{LIST}?page=2").text
    assert first.count("waiting-item") == 50
    assert second.count("waiting-item") == 10
