"""An e-mail address of one's own: wanted, confirmed by its letter, used, and left with one tap."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from app.accounts.models import AuditLine, Consent, LetterAddress, Person
from app.config import Settings
from app.content.models import Course
from app.extensions import db
from app.learning.actions import enrol
from app.lib import clock
from app.lib.ids import operation_id
from tests.accounts import post_office
from tests.accounts.acts import member
from tests.accounts.post_office import PostBox
from tests.acts import post, rows

EMAIL, WANT, LEAVE = "hoa@thu.vn", "/account/letters", "/account/letters/end"
LINK = re.compile(r"http://127.0.0.1:8000(/\S+)")
SignIn = Callable[[Person], FlaskClient]


@pytest.fixture
def box(app: Flask, settings: Settings) -> Iterator[PostBox]:
    """The site sends letters, to a server of this test."""
    with post_office.opened() as box:
        where = SecretStr(f"smtp://127.0.0.1:{box.port}")
        told = {"smtp_url": where, "mail_from": "Học <khong-tra-loi@hoc.vn>", "quiet_hours": ""}
        app.extensions["settings"] = settings.model_copy(update=told)
        yield box
        app.extensions["settings"] = settings


@pytest.fixture
def hoa(app: Flask) -> Person:
    """Bà Hoa signs in with phone and PIN; she has no address."""
    return member("Nguyễn Thị Hoa")


@pytest.fixture
def as_hoa(sign_in: SignIn, hoa: Person) -> FlaskClient:
    """Bà Hoa's browser."""
    return sign_in(hoa)


def want(client: FlaskClient, email: str = EMAIL, **more: str) -> int:
    return post(client, WANT, email=email, consent="y", **more).status_code


def link(box: PostBox) -> str:
    """The path of the link in the next letter."""
    found = LINK.search(box.next().get_content())
    assert found
    return found[1]


def confirmed(client: FlaskClient, box: PostBox) -> None:
    """Want an address and answer its letter, on another device."""
    assert want(client) == 303
    assert "Đã xác nhận" in post(client.application.test_client(), link(box)).text


def test_it_waits_until_its_letter_is_answered(
    as_hoa: FlaskClient, box: PostBox, hoa: Person
) -> None:
    assert want(as_hoa, " Hoa@Thu.vn ") == 303
    letter = box.next()
    assert letter["To"] == EMAIL
    text = letter.get_content()
    assert "Chào Hoa," in text and hoa.full_name not in text
    assert "đang chờ xác nhận" in as_hoa.get("/account").text
    address = LINK.search(text)
    assert address
    reader = as_hoa.application.test_client()
    # a mail program that looks at the link says no yes
    assert "Đúng, gửi thư cho tôi" in reader.get(address[1]).text
    assert rows(LetterAddress)[0].confirmed_at is None
    for _ in range(2):
        assert "Đã xác nhận" in post(reader, address[1]).text
    assert rows(LetterAddress)[0].confirmed_at
    assert EMAIL in as_hoa.get("/account").text
    verbs = [line.verb for line in rows(AuditLine, actor_id=hoa.id)]
    assert verbs == ["want_letters", "confirm_letters"]


def test_nobody_has_to_and_the_consent_is_unticked(as_hoa: FlaskClient, box: PostBox) -> None:
    page = as_hoa.get(WANT).text
    assert "Không bắt buộc" in page
    [tick] = re.findall(r'<input type="checkbox" id="consent"[^>]*>', page)
    assert "checked" not in tick
    assert post(as_hoa, WANT, email=EMAIL).status_code == 400
    assert rows(LetterAddress) == [] and box.is_empty()


@pytest.mark.parametrize("email", ["", "hoa", "hoa@thu.vn\r\nBcc: a@b.vn", "a b@c.vn"])
def test_what_is_no_address_is_told(as_hoa: FlaskClient, box: PostBox, email: str) -> None:
    assert want(as_hoa, email) == 400


def test_the_consent_can_be_shown_and_is_withdrawn_with_one_tap(
    as_hoa: FlaskClient, box: PostBox, hoa: Person
) -> None:
    confirmed(as_hoa, box)
    [given] = rows(Consent, person_id=hoa.id, purpose="letters")
    assert given.withdrawn_at is None
    assert post(as_hoa, LEAVE).location == "/account"
    assert rows(LetterAddress) == []
    assert rows(Consent, person_id=hoa.id, purpose="letters")[0].withdrawn_at
    # what was said once
    as_hoa.get("/account")
    assert EMAIL not in as_hoa.get("/account").text
    post(as_hoa, LEAVE)
    assert len(rows(AuditLine, verb="leave_letters")) == 1


def test_sent_twice_is_one_letter(as_hoa: FlaskClient, box: PostBox) -> None:
    op_id = operation_id()
    assert {want(as_hoa, op_id=op_id) for _ in range(2)} == {303}
    box.next()
    assert box.is_empty()


def test_another_address_takes_its_place_and_the_old_link_is_void(
    as_hoa: FlaskClient, box: PostBox
) -> None:
    want(as_hoa)
    first = link(box)
    want(as_hoa, "khac@thu.vn")
    second = link(box)
    assert as_hoa.get(first).status_code == 404
    post(as_hoa, second)
    assert [one.email for one in rows(LetterAddress)] == ["khac@thu.vn"]


def test_the_link_lasts_three_days(as_hoa: FlaskClient, box: PostBox) -> None:
    want(as_hoa)
    address = link(box)
    with clock.frozen(clock.now() + timedelta(days=2, hours=23)):
        assert as_hoa.application.test_client().get(address).status_code == 200
    with clock.frozen(clock.now() + timedelta(days=3, minutes=1)):
        assert post(as_hoa.application.test_client(), address).status_code == 404
    assert rows(LetterAddress)[0].confirmed_at is None


def test_nobody_s_letter_box_is_filled(as_hoa: FlaskClient, box: PostBox) -> None:
    assert [want(as_hoa) for _ in range(6)] == [303] * 5 + [429]


def test_only_the_fingerprint_of_the_link_is_kept(as_hoa: FlaskClient, box: PostBox) -> None:
    want(as_hoa)
    assert link(box).rpartition("/")[2] not in str(vars(rows(LetterAddress)[0]))


def test_signed_out_one_is_asked_to_sign_in(client: FlaskClient, box: PostBox) -> None:
    for address in (WANT, LEAVE):
        assert post(client, address).location.startswith("/login")


def test_without_a_post_office_nothing_is_offered(as_hoa: FlaskClient) -> None:
    assert WANT not in as_hoa.get("/account").text
    assert want(as_hoa) == 303
    assert rows(LetterAddress) == []


def test_a_pin_is_set_anew_by_it(as_hoa: FlaskClient, box: PostBox, app: Flask) -> None:
    asked = app.test_client()
    post(asked, "/forgot/letter?for=pin", email=EMAIL)
    assert box.is_empty()
    want(as_hoa)
    yes = link(box)
    post(asked, "/forgot/letter?for=pin", email=EMAIL)
    # not confirmed yet
    assert box.is_empty()
    post(as_hoa, yes)
    post(asked, "/forgot/letter?for=pin", email=EMAIL)
    address = link(box)
    assert "Đặt mã PIN" in asked.get(address).text
    assert post(asked, address, pin="593817", pin_again="593817").status_code == 303
    post(app.test_client(), "/forgot/letter?for=password", email=EMAIL)
    assert box.is_empty()


def test_a_family_that_shares_it_gets_a_letter_for_each(
    as_hoa: FlaskClient, box: PostBox, app: Flask, sign_in: SignIn
) -> None:
    confirmed(as_hoa, box)
    confirmed(sign_in(member("Nguyễn Văn Bình", phone="0905123457")), box)
    post(app.test_client(), "/forgot/letter?for=pin", email=EMAIL)
    names = {box.next().get_content().partition(",")[0] for _ in range(2)}
    assert names == {"Chào Hoa", "Chào Bình"}


def test_who_holds_a_role_is_not_let_in_by_it(
    hr: Person, sign_in: SignIn, box: PostBox, app: Flask
) -> None:
    confirmed(sign_in(hr), box)
    post(app.test_client(), "/forgot/letter?for=pin", email=EMAIL)
    assert box.is_empty()


def test_reminders_go_there(
    as_hoa: FlaskClient, box: PostBox, app: Flask, hoa: Person, course: Course
) -> None:
    confirmed(as_hoa, box)
    with clock.frozen(clock.now() - timedelta(days=8)):
        enrol(hoa, course, operation_id())
        db.session.commit()
    send = app.test_cli_runner().invoke
    assert "Đã gửi 1 thư nhắc" in send(args=["reminders", "send"]).output
    assert box.next()["To"] == EMAIL
    post(as_hoa, LEAVE)
    with clock.frozen(clock.now() + timedelta(days=20)):
        assert "Đã gửi 0 thư nhắc" in send(args=["reminders", "send"]).output
