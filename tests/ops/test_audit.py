"""/admin/audit: who did what, newest first, in words."""

import pytest
from flask.testing import FlaskClient

from app.accounts import audit
from app.accounts.actions import grant_role
from app.accounts.models import Person, Role
from app.extensions import db
from app.ops import words
from app.units.models import Unit
from tests.cast import SignIn


@pytest.fixture
def lines(learner: Person, admin: Person) -> None:
    """Some acts: by a person, by the command line, of a kind nobody foresaw."""
    audit.record(learner.id, "award", "award 12", "thu-nghiem@abc")
    audit.record(None, "backup", "bdhvs-1.tar.gz")
    audit.record(admin.id, "wave", "hand 1")
    db.session.commit()


def test_lines_are_told_in_words(as_admin: FlaskClient, lines: None) -> None:
    page = as_admin.get("/admin/audit").text
    assert "Cấp giấy chứng nhận" in page
    assert "Giấy chứng nhận 12" in page
    assert "Dòng lệnh trên máy chủ" in page
    assert page.index("hand 1") < page.index("bdhvs-1.tar.gz") < page.index("thu-nghiem@abc")


def test_one_kind_of_act_can_be_picked(as_admin: FlaskClient, lines: None) -> None:
    page = as_admin.get("/admin/audit?verb=backup").text
    assert "bdhvs-1.tar.gz" in page
    assert "thu-nghiem@abc" not in page


def test_an_unknown_kind_finds_nothing(as_admin: FlaskClient, lines: None) -> None:
    assert "Chưa có dòng nào" in as_admin.get("/admin/audit?verb=%27+OR+1").text


def test_long_trails_come_in_pages(as_admin: FlaskClient) -> None:
    for number in range(60):
        audit.record(None, "export", f"unit {number}")
    assert "Đơn vị 59" in as_admin.get("/admin/audit?verb=export").text
    second = as_admin.get("/admin/audit?verb=export&page=2").text
    assert "Đơn vị 0<" in second
    assert "Đơn vị 59" not in second
    assert as_admin.get("/admin/audit?page=khong").status_code == 200


def test_a_local_administrator_does_not_see_the_trail(
    sign_in: SignIn, stranger: Person, other_commune: Unit
) -> None:
    grant_role(None, stranger, Role.ADMIN, other_commune.id)
    client = sign_in(stranger)
    assert client.get("/admin/audit").status_code == 404
    assert "/admin/audit" not in client.get("/admin").text


def test_for_others_it_is_not_there(client: FlaskClient, as_registrar: FlaskClient) -> None:
    assert "/login" in client.get("/admin/audit").location
    assert as_registrar.get("/admin/audit").status_code == 404


def test_it_takes_no_post(as_admin: FlaskClient) -> None:
    assert as_admin.post("/admin/audit").status_code == 405


def test_every_verb_that_the_rooms_use_has_words() -> None:
    assert words.verb_words("grade") == "Chấm bài kiểm tra"
    assert words.verb_words("không rõ") == "không rõ"
    assert words.subject_words("units") == "Cây đơn vị"
