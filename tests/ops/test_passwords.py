"""/admin/passwords: who holds a role gets a password, told once, never kept in the clear."""

import re

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_credential, grant_role
from app.accounts.models import AuditLine, Credential, Operation, Person, Role
from app.extensions import db
from app.lib.ids import operation_id
from app.units.models import Unit
from tests.accounts.acts import signed_in_as
from tests.acts import post, rows
from tests.cast import SignIn

URL, EMAIL = "/admin/passwords", "lan@banthach.vn"
PASSWORD = re.compile(r'<code translate="no">([a-z2-9-]{23})</code>')


@pytest.fixture
def local_admin(sign_in: SignIn, stranger: Person, commune: Unit) -> FlaskClient:
    """The stranger administers the learner's commune, in which the HR officer's office lies."""
    grant_role(None, stranger, Role.ADMIN, commune.id)
    db.session.commit()
    return sign_in(stranger)


def made(client: FlaskClient, person: Person, email: str = EMAIL, **more: str) -> str:
    """The password that the answer shows, or ""."""
    answer = post(client, URL, person=str(person.id), email=email, **more)
    found = PASSWORD.search(answer.text)
    return found[1] if found else ""


def enters(client: FlaskClient, password: str, email: str = EMAIL) -> bool:
    """Whether one gets in with this password."""
    return post(client, "/login/staff", email=email, password=password).status_code == 303


def test_the_password_opens(as_admin: FlaskClient, client: FlaskClient, hr: Person) -> None:
    assert enters(client, made(as_admin, hr, " Lan@BanThach.vn "))
    assert signed_in_as(client) == rows(Person, id=hr.id)[0].get_id()


def test_it_is_told_once_and_kept_nowhere(as_admin: FlaskClient, hr: Person, admin: Person) -> None:
    answer = post(as_admin, URL, person=str(hr.id), email=EMAIL)
    found = PASSWORD.search(answer.text)
    assert found
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    with as_admin.session_transaction() as session:
        assert set(session) <= {"_user_id", "_fresh", "csrf_token"}
    (line,) = rows(AuditLine, verb="make_password")
    assert (line.actor_id, line.subject, line.detail) == (admin.id, f"person {hr.id}", "")
    stored = [vars(row) for table in (AuditLine, Operation, Credential) for row in rows(table)]
    assert found[1] not in str(stored)
    assert found[1] not in as_admin.get("/admin/grants").text


def test_sent_twice_it_is_made_once_and_not_told_again(
    as_admin: FlaskClient, client: FlaskClient, hr: Person
) -> None:
    op_id = operation_id()
    password = made(as_admin, hr, op_id=op_id)
    again = post(as_admin, URL, person=str(hr.id), email=EMAIL, op_id=op_id)
    assert "Mật khẩu đã tạo rồi" in again.text
    assert not PASSWORD.search(again.text)
    assert enters(client, password)


def test_the_same_operation_for_another_e_mail_is_refused(
    as_admin: FlaskClient, hr: Person
) -> None:
    op_id = operation_id()
    made(as_admin, hr, op_id=op_id)
    answer = post(as_admin, URL, person=str(hr.id), email="khac@banthach.vn", op_id=op_id)
    assert answer.status_code == 409


def test_renewed_the_old_one_and_open_sessions_end(
    as_admin: FlaskClient, as_hr: FlaskClient, client: FlaskClient, hr: Person
) -> None:
    old = made(as_admin, hr, "cu@banthach.vn")
    new = made(as_admin, hr)
    assert as_hr.get("/learn").location.startswith("/login")
    assert not enters(client, old, "cu@banthach.vn")
    assert enters(client, new)
    assert len(rows(Credential, person_id=hr.id)) == 1


def test_a_pin_stays(as_admin: FlaskClient, hr: Person) -> None:
    add_credential(hr, "pin", "0905000111", "258046")
    db.session.commit()
    made(as_admin, hr)
    assert {one.kind for one in rows(Credential, person_id=hr.id)} == {"pin", "password"}


def test_somebody_elses_e_mail_is_refused(
    as_admin: FlaskClient, hr: Person, trainer: Person
) -> None:
    add_credential(trainer, "password", EMAIL, "mật khẩu dài")
    db.session.commit()
    answer = post(as_admin, URL, person=str(hr.id), email="LAN@banthach.vn")
    assert answer.status_code == 400
    assert "đã có người khác dùng" in answer.text
    assert [one.person_id for one in rows(Credential)] == [trainer.id]


def test_who_holds_no_role_gets_none(as_admin: FlaskClient, learner: Person) -> None:
    answer = post(as_admin, URL, person="0905 123 456", email=EMAIL)
    assert answer.status_code == 400
    assert "Hãy giao quyền trước" in answer.text
    assert rows(Credential) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person": ""}, "Chưa ghi người đăng nhập"),
        ({"person": "999999"}, "Không có ai như vậy"),
        ({"email": ""}, "Chưa có thư điện tử"),
        ({"email": "lan@banthach"}, "Hãy ghi đủ"),
        ({"op_id": "x"}, "Hãy xem lại rồi gửi lần nữa"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    as_admin: FlaskClient, hr: Person, wrong: dict[str, str], told: str
) -> None:
    answer = post(as_admin, URL, **{"person": str(hr.id), "email": EMAIL} | wrong)
    assert answer.status_code == 400
    assert told in answer.text
    assert f'value="{wrong.get("person", hr.id)}"' in answer.text
    assert rows(Credential) == []


def test_a_local_administrator_lets_in_whose_roles_are_all_at_home(
    local_admin: FlaskClient, hr: Person, officer: Person, other_commune: Unit
) -> None:
    assert made(local_admin, hr)
    assert not made(local_admin, officer, "binh@danang.vn")
    grant_role(None, hr, Role.OFFICER, other_commune.id)
    db.session.commit()
    answer = post(local_admin, URL, person=str(hr.id), email=EMAIL)
    assert answer.status_code == 400
    assert "Hãy nhờ người quản trị cấp trên" in answer.text


def test_signed_out_or_in_another_role_it_is_not_there(
    client: FlaskClient, as_hr: FlaskClient, hr: Person
) -> None:
    wish = {"person": str(hr.id), "email": EMAIL}
    assert "/login" in post(client, URL, **wish).location
    assert post(as_hr, URL, **wish).status_code == 404
    assert rows(Credential) == []


def test_it_is_no_get(as_admin: FlaskClient) -> None:
    assert as_admin.get(URL).status_code == 405
