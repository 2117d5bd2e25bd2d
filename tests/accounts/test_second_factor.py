"""Staff show a code of their authenticator app before they see others' data."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import second_factor
from app.accounts.actions import add_credential, grant_role
from app.accounts.factors import RecoveryCode, SecondFactor
from app.accounts.models import AuditLine, Person, Role
from app.config import Settings
from app.extensions import db
from app.lib import clock
from tests.accounts.acts import member, sign_in
from tests.acts import post, rows

EMAIL, PASSWORD = "lan@banthach.vn", "mật khẩu dài của Lan"
NONCE = "ab" * 16


@pytest.fixture(autouse=True)
def _required(app: Flask, settings: Settings) -> Iterator[None]:
    app.extensions["settings"] = settings.model_copy(update={"require_second_factor": True})
    yield
    app.extensions["settings"] = settings


@pytest.fixture
def lan(hr: Person) -> Person:
    add_credential(hr, "password", EMAIL, PASSWORD)
    db.session.commit()
    return hr


@pytest.fixture
def enrolled(lan: Person) -> list[str]:
    """Lan has a second factor; her recovery codes."""
    codes = second_factor.enrol(lan, NONCE, now(lan), "0" * 32)
    assert codes
    db.session.commit()
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        yield codes


def now(person: Person, nonce: str = NONCE) -> str:
    """What the app shows now."""
    secret = second_factor.secret_of(person.id, nonce)
    return pyotp.TOTP(secret).at(clock.now())


def login(client: FlaskClient, page: str = ""):
    where = f"/login/staff?next={page}" if page else "/login/staff"
    return post(client, where, email=EMAIL, password=PASSWORD)


def test_a_password_alone_opens_no_desk(client, lan, enrolled):
    assert login(client).location == "/login/second"
    assert client.get("/staff").location == "/login/second?next=/staff"
    assert post(client, "/staff/lists", format="csv").location == "/login/second"
    assert 'href="/staff"' not in client.get("/learn").text


def test_the_code_of_the_app_does(client, lan, enrolled):
    login(client, "/staff")
    answer = post(client, "/login/second?next=/staff", code=now(lan))
    assert (answer.status_code, answer.location) == (303, "/staff")
    assert client.get("/staff").status_code == 200


@pytest.mark.parametrize("drift", [-30, 30])
def test_a_clock_may_be_half_a_minute_off(client, lan, enrolled, drift):
    login(client)
    with clock.frozen(clock.now() + timedelta(seconds=drift)):
        code = now(lan)
    assert post(client, "/login/second", code=f"{code[:3]} {code[3:]}").status_code == 303


def test_a_code_seen_over_the_shoulder_works_no_second_time(client, app, lan, enrolled):
    login(client)
    code = now(lan)
    post(client, "/login/second", code=code)
    thief = app.test_client()
    login(thief)
    assert post(thief, "/login/second", code=code).status_code == 401
    assert thief.get("/staff").status_code == 303


def test_five_wrong_codes_ask_to_wait(client, lan, enrolled):
    login(client)
    pages = [post(client, "/login/second", code="000000") for _ in range(5)]
    assert [page.status_code for page in pages] == [401] * 4 + [429]
    assert "Mã xác nhận chưa đúng" in pages[0].text
    assert post(client, "/login/second", code=now(lan)).status_code == 429


def test_a_recovery_code_stands_in_once(client, app, lan, enrolled):
    login(client)
    paper = f" {enrolled[3][:5]}-{enrolled[3][5:].lower()} "
    assert post(client, "/login/second", code=paper).status_code == 303
    assert second_factor.codes_left(lan.id) == 9
    again = app.test_client()
    login(again)
    assert post(again, "/login/second", code=paper).status_code == 401


def test_who_has_none_takes_it_up_at_once(client, lan):
    login(client, "/staff")
    assert client.get("/login/second?next=/staff").location == "/account/second?next=/staff"
    page = client.get("/account/second?next=/staff").text
    with client.session_transaction() as session:
        nonce = session["nonce"]
    assert second_factor.secret_of(lan.id, nonce) in page
    assert "data:image/svg+xml" in page
    answer = post(client, "/account/second?next=/staff", code=now(lan, nonce))
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", answer.text)
    assert len(set(codes)) == 10
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/staff").status_code == 200
    assert codes[0] not in client.get("/account").text


def test_a_wrong_first_code_takes_up_nothing(client, lan):
    login(client)
    client.get("/account/second")
    page = post(client, "/account/second", code="000000")
    assert page.status_code == 401
    assert "Mã chưa khớp" in page.text
    assert not rows(SecondFactor)


def test_it_is_taken_up_once(client, lan, enrolled):
    login(client)
    assert client.get("/account/second").location == "/account"
    post(client, "/account/second", code=now(lan))
    assert [row.nonce for row in rows(SecondFactor)] == [NONCE]


def test_learners_are_not_asked(client, app):
    member("Nguyễn Thị Hoa")
    assert sign_in(client).location == "/learn"
    assert client.get("/account/second").location == "/account"


def test_staff_who_sign_in_by_pin_are(client, app):
    grant_role(None, member("Nguyễn Thị Hoa"), Role.HELPER, None)
    db.session.commit()
    assert sign_in(client).location == "/login/second"


def test_who_only_wants_to_learn_may(client, lan, enrolled):
    login(client)
    assert client.get("/learn").status_code == 200
    assert client.get("/courses").status_code == 200


def test_and_finds_the_way_back_to_work(client, lan, enrolled):
    login(client)
    assert 'href="/login/second"' in client.get("/account").text


def test_what_never_was_theirs_stays_unknown(client, lan, enrolled):
    login(client)
    assert client.get("/admin").status_code == 404


def test_signed_out_there_is_nothing_to_confirm(client):
    for address in ("/login/second", "/account/second"):
        assert client.get(address).location.startswith("/login?")


def test_switched_off_nobody_is_asked(client, app, settings, lan, enrolled):
    app.extensions["settings"] = settings
    assert login(client).location == "/learn"
    assert client.get("/staff").status_code == 200


def test_neither_secret_nor_recovery_codes_are_kept(lan, enrolled):
    stored = str([vars(row) for table in (SecondFactor, RecoveryCode) for row in rows(table)])
    assert second_factor.secret_of(lan.id, NONCE) not in stored
    assert not any(code in stored for code in enrolled)


def test_new_recovery_codes_for_a_code_of_the_app(client, lan, enrolled):
    login(client)
    post(client, "/login/second", code=enrolled[0])
    assert "Còn 9 mã dự phòng" in client.get("/account").text
    answer = post(client, "/account/second/codes", code=now(lan))
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", answer.text)) == 10
    assert second_factor.codes_left(lan.id) == 10
    wrong = post(client, "/account/second/codes", code="000000")
    assert "chưa đúng" in client.get(wrong.location).text


def test_an_administrator_resets_it_with_an_audit_line(app, client, sign_in, admin, lan, enrolled):
    login(client)
    post(client, "/login/second", code=now(lan))
    boss = sign_in(admin)
    with boss.session_transaction() as session:
        session["second"] = True
    answer = post(boss, "/admin/second-factors", person=EMAIL)
    assert (answer.status_code, answer.location) == (303, "/admin/grants")
    assert not rows(SecondFactor)
    assert not rows(RecoveryCode)
    (line,) = rows(AuditLine, verb="reset_second_factor")
    assert (line.actor_id, line.subject) == (admin.id, f"person {lan.id}")
    assert client.get("/staff").status_code == 302
    again = app.test_client()
    login(again)
    assert again.get("/login/second").location == "/account/second"


def test_not_for_somebody_outside_their_units(app, sign_in, stranger, other_commune, lan, enrolled):
    grant_role(None, stranger, Role.ADMIN, other_commune.id)
    boss = sign_in(stranger)
    with boss.session_transaction() as session:
        session["second"] = True
    assert post(boss, "/admin/second-factors", person=EMAIL).status_code == 400
    assert len(rows(SecondFactor)) == 1


@pytest.mark.parametrize("person", ["", "khong-co@banthach.vn"])
def test_the_administrator_is_told_what_to_mend(sign_in, admin, person):
    boss = sign_in(admin)
    with boss.session_transaction() as session:
        session["second"] = True
    assert post(boss, "/admin/second-factors", person=person).status_code == 400


def test_from_the_command_line_too(app, lan, enrolled):
    run = app.test_cli_runner().invoke
    done = run(args=["admin", "reset-second-factor", "--email", EMAIL])
    assert done.exit_code == 0, done.output
    assert not rows(SecondFactor)
    assert run(args=["admin", "reset-second-factor", "--email", "ai@banthach.vn"]).exit_code == 1


@pytest.mark.parametrize(
    ("environment", "wanted", "required"),
    [("production", None, True), ("development", None, False), ("development", True, True)],
)
def test_it_is_required_where_it_is_real(environment, wanted, required):
    key = "k" * 32
    settings = Settings(
        environment=environment, require_second_factor=wanted, secret_key=key, identity_key=key
    )
    assert settings.second_factor_required is required
