"""`admin create` and `admin reset-password`."""

import re

import pytest
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Grant, Person
from tests.acts import post, rows
from tests.ops.conftest import Command

CREATE = ("admin", "create", "--name", "Trần Văn Quản", "--email", " Quan@So.gov.vn ")


def _password(output: str) -> str:
    match = re.search(r"Mật khẩu: +(\S+)", output)
    assert match, output
    return match[1]


def test_the_first_administrator_signs_in(run: Command, client: FlaskClient) -> None:
    password = _password(run(*CREATE).output)
    answer = post(client, "/login/staff", email="quan@so.gov.vn", password=password)
    assert answer.status_code == 303
    assert client.get("/admin").status_code == 200
    (grant,) = rows(Grant)
    assert (grant.role, grant.unit_id) == ("admin", None)


def test_a_taken_e_mail_is_told(run: Command) -> None:
    run(*CREATE)
    again = run(*CREATE)
    assert (again.exit_code, "đã có người dùng" in again.output) == (1, True)
    assert len(rows(Person)) == 1


@pytest.mark.parametrize(
    ("name", "email", "told"),
    [("", "a@b.vn", "Chưa có họ và tên"), ("A1", "a@b.vn", "ký tự"), ("An", "ab.vn", "--email")],
)
def test_bad_input_is_told(run: Command, name: str, email: str, told: str) -> None:
    answer = run("admin", "create", "--name", name, "--email", email)
    assert answer.exit_code != 0
    assert told in answer.output
    assert rows(Person) == []


def test_a_new_password_ends_the_old_one_and_open_sessions(
    run: Command, client: FlaskClient
) -> None:
    old = _password(run(*CREATE).output)
    post(client, "/login/staff", email="quan@so.gov.vn", password=old)
    new = _password(run("admin", "reset-password", "--email", "quan@so.gov.vn").output)
    assert "/login" in client.get("/admin").location
    for password, status in ((old, 401), (new, 303)):
        answer = post(client, "/login/staff", email="quan@so.gov.vn", password=password)
        assert answer.status_code == status
    assert len(rows(AuditLine, verb="reset_password")) == 1


def test_a_password_for_nobody_is_refused(run: Command) -> None:
    answer = run("admin", "reset-password", "--email", "ai@do.vn")
    assert (answer.exit_code, "Không có ai" in answer.output) == (1, True)
