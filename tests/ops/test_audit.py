"""/admin/audit: who did what, newest first, in words."""

import pytest
from flask.testing import FlaskClient

from app.accounts import audit
from app.accounts.actions import grant_role
from app.accounts.models import AuditLine, Person, Role
from app.extensions import db
from app.lib.spreadsheets import read_table
from app.ops import trail, words
from app.units.models import Unit
from tests.acts import post, rows
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


@pytest.mark.parametrize(
    ("asked", "found", "not_found"),
    [
        ("actor=duc", "hand 1", "thu-nghiem@abc"),
        ("actor=khong+co+ai", "Chưa có dòng nào", "hand 1"),
        ("thing=award&which=12", "thu-nghiem@abc", "hand 1"),
        ("thing=award&which=1", "Chưa có dòng nào", "thu-nghiem@abc"),
        ("since=01/01/2100", "Chưa có dòng nào", "hand 1"),
        ("since=01/01/2026&until=31/12/2099", "hand 1", "Chưa có dòng nào"),
        ("until=01/01/2026", "Chưa có dòng nào", "hand 1"),
    ],
)
def test_lines_are_searched(
    as_admin: FlaskClient, lines: None, asked: str, found: str, not_found: str
) -> None:
    page = as_admin.get(f"/admin/audit?{asked}").text
    assert found in page
    assert not_found not in page


def test_an_actor_is_found_by_id(as_admin: FlaskClient, lines: None, learner: Person) -> None:
    page = as_admin.get(f"/admin/audit?actor={learner.id}").text
    assert "thu-nghiem@abc" in page
    assert "hand 1" not in page


def test_a_unit_finds_what_was_done_to_it_and_to_its_people(
    as_admin: FlaskClient, learner: Person, stranger: Person, commune: Unit, office: Unit
) -> None:
    audit.record(None, "export", f"unit {office.id}", "của văn phòng")
    audit.record(None, "issue_card", f"person {learner.id}", "của bà Hoa")
    audit.record(None, "issue_card", f"person {stranger.id}", "của anh Liếc")
    db.session.commit()
    page = as_admin.get(f"/admin/audit?unit={commune.code}").text
    assert "của văn phòng" in page
    assert "của bà Hoa" in page
    assert "của anh Liếc" not in page
    assert "của bà Hoa" in as_admin.get("/admin/audit?unit=phuong+ban+thach").text


@pytest.mark.parametrize("asked", ["since=hom+qua", "until=31/02/2026", "unit=khong-co"])
def test_what_cannot_be_understood_is_said(as_admin: FlaskClient, asked: str) -> None:
    answer = as_admin.get(f"/admin/audit?{asked}")
    assert answer.status_code == 400
    assert "cần sửa" in answer.text


def test_the_page_says_that_nobody_acts_as_another(as_admin: FlaskClient) -> None:
    assert "đăng nhập thay người khác" in as_admin.get("/admin/audit").text


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_lines_are_taken_away_and_that_is_noted(
    as_admin: FlaskClient, lines: None, admin: Person, extension: str
) -> None:
    answer = post(as_admin, "/admin/audit/file", format=extension, verb="award")
    assert answer.status_code == 200
    table = read_table(answer.data, f"nhat-ky.{extension}", {"viec": "verb", "voi": "subject"})
    assert [row.cells[2:4] for row in table.rows] == [("Cấp giấy chứng nhận", "Giấy chứng nhận 12")]
    noted = rows(AuditLine, verb="export")
    assert [(line.actor_id, line.subject) for line in noted] == [(admin.id, "audit")]
    assert f"{extension} · 1 dòng · award" in noted[0].detail


def test_the_same_form_sent_twice_is_noted_once(as_admin: FlaskClient, lines: None) -> None:
    for _ in range(2):
        answer = post(as_admin, "/admin/audit/file", format="csv", op_id="1" * 32)
        assert answer.status_code == 200
    assert len(rows(AuditLine, verb="export")) == 1


def test_an_unknown_form_of_file_is_refused(as_admin: FlaskClient) -> None:
    assert post(as_admin, "/admin/audit/file", format="exe").status_code == 400
    assert post(as_admin, "/admin/audit/file", format="csv", since="x").status_code == 400


def test_a_file_is_not_there_for_others(
    sign_in: SignIn, stranger: Person, other_commune: Unit, as_registrar: FlaskClient
) -> None:
    grant_role(None, stranger, Role.ADMIN, other_commune.id)
    assert post(sign_in(stranger), "/admin/audit/file", format="csv").status_code == 404
    assert post(as_registrar, "/admin/audit/file", format="csv").status_code == 404


def test_too_many_lines_are_not_one_file(
    as_admin: FlaskClient, lines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "MOST_LINES", 2)
    answer = post(as_admin, "/admin/audit/file", format="csv", since="01/01/2026")
    assert answer.status_code == 303
    assert "since=01/01/2026" in answer.location
    assert rows(AuditLine, verb="export") == []
