"""A forgotten PIN or password by a letter with a link: once, for 30 minutes, telling nobody."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from pydantic import SecretStr

from app.accounts.actions import add_credential
from app.accounts.consents import give_consent
from app.accounts.models import Person, ResetKey
from app.config import Settings
from app.extensions import db
from app.lib import clock
from app.lib.ids import operation_id
from tests.accounts import post_office
from tests.accounts.acts import PIN, sign_in, signed_in_as
from tests.accounts.post_office import PostBox
from tests.acts import post, rows

EMAIL, PASSWORD, NEW = "lan@banthach.vn", "mật khẩu dài của Lan", "đèn dầu và trang vở"


@pytest.fixture
def box(app: Flask, settings: Settings) -> Iterator[PostBox]:
    """The site sends letters, to a server of this test."""
    with post_office.opened() as box:
        where = SecretStr(f"smtp://127.0.0.1:{box.port}")
        sender = "Bình dân học vụ số <khong-tra-loi@hoc.vn>"
        app.extensions["settings"] = settings.model_copy(
            update={"smtp_url": where, "mail_from": sender}
        )
        yield box
        app.extensions["settings"] = settings


@pytest.fixture
def lan(hr: Person) -> Person:
    add_credential(hr, "password", EMAIL, PASSWORD)
    db.session.commit()
    return hr


def ask(client, email=EMAIL, kind="password"):
    return post(client, f"/forgot/letter?for={kind}", email=email)


def link(box: PostBox) -> str:
    """The path of the link in the next letter."""
    text = box.next().get_content()
    return re.search(r"http://127.0.0.1:8000(/reset/\S+)", text)[1]


def enters(client, password):
    return post(client, "/login/staff", email=EMAIL, password=password).status_code == 303


def test_the_link_sets_a_new_password_and_lets_in(client, app, box, lan):
    assert "Xem thư của mình" in ask(client, " Lan@BanThach.vn ").text
    address = link(box)
    assert "Đặt mật khẩu mới" in client.get(address).text
    assert post(client, address, password=NEW).location == "/learn"
    assert signed_in_as(client) == rows(Person, id=lan.id)[0].get_id()
    assert enters(app.test_client(), NEW)
    assert not enters(app.test_client(), PASSWORD)


def test_the_letter_is_plain_and_says_little(client, box, lan):
    ask(client)
    letter = box.next()
    assert letter["To"] == EMAIL
    assert "khong-tra-loi@hoc.vn" in letter["From"]
    assert letter["Subject"] == "Đặt lại mật khẩu · Bình dân học vụ số"
    text = letter.get_content()
    assert letter.get_content_type() == "text/plain"
    assert "Chào Lan," in text
    assert lan.full_name not in text
    assert "30 phút" in text


def test_the_same_answer_for_an_unknown_address_and_no_letter(client, app, box, lan):
    known, unknown = ask(client), ask(app.test_client(), "ai-do@banthach.vn")
    assert known.status_code == unknown.status_code == 200
    told = [re.sub(r'value="\w+"', "", page.text) for page in (known, unknown)]
    assert told[0] == told[1]
    box.next()
    assert box.is_empty()
    assert [key.person_id for key in rows(ResetKey)] == [lan.id, None]


def test_the_answer_does_not_wait_for_the_letter(client, box, lan):
    box.refusing = True
    assert ask(client).status_code == 200
    assert box.is_empty()


def test_who_has_a_pin_too_sets_it_by_letter(client, app, box, learner):
    learner.phone = "0905123456"
    give_consent(learner, "learning", "web")
    add_credential(learner, "password", EMAIL, PASSWORD)
    add_credential(learner, "pin", "0905123456", "381946")
    db.session.commit()
    ask(client, kind="pin")
    address = link(box)
    assert "Đặt mã PIN" in client.get(address).text
    assert post(client, address, pin=PIN, pin_again=PIN).location == "/learn"
    assert sign_in(app.test_client()).status_code == 303


def test_who_never_had_a_pin_gets_a_password_and_no_weaker_way_in(client, box, lan):
    ask(client, kind="pin")
    assert "Đặt mật khẩu mới" in client.get(link(box)).text


def test_a_link_opens_once(client, app, box, lan):
    ask(client)
    address = link(box)
    post(client, address, password=NEW)
    finder = app.test_client()
    page = finder.get(address)
    assert page.status_code == 404
    assert "không dùng được nữa" in page.text
    assert post(finder, address, password="một mật khẩu khác").status_code == 404
    assert enters(app.test_client(), NEW)


def test_for_thirty_minutes(client, box, lan):
    start = clock.now()
    with clock.frozen(start):
        ask(client)
    address = link(box)
    with clock.frozen(start + timedelta(minutes=29)):
        assert client.get(address).status_code == 200
    with clock.frozen(start + timedelta(minutes=30)):
        assert client.get(address).status_code == 404
        assert post(client, address, password=NEW).status_code == 404


def test_sent_twice_it_is_set_once(client, box, lan):
    ask(client)
    address, op_id = link(box), operation_id()
    answers = [post(client, address, op_id=op_id, password=NEW) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]


def test_open_sessions_end(client, app, box, lan):
    thief = app.test_client()
    assert enters(thief, PASSWORD)
    ask(client)
    post(client, link(box), password=NEW)
    assert thief.get("/learn").status_code == 302


@pytest.mark.parametrize(
    ("password", "words"),
    [("", "Chưa có mật khẩu."), ("ngắn quá", "từ 12 ký tự"), ("abababababab", "dễ đoán")],
)
def test_says_what_to_mend(client, box, lan, password, words):
    ask(client)
    page = post(client, link(box), password=password)
    assert page.status_code == 400
    assert words in page.text


def test_nobody_s_letter_box_is_filled(client, app, box, lan):
    answers = [ask(client).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


@pytest.mark.parametrize("email", ["", "lan", "lan@banthach.vn\r\nBcc: a@b.vn", "a b@c.vn"])
def test_what_is_no_address_is_told(client, box, email):
    assert ask(client, email).status_code == 400


def test_only_the_fingerprint_is_kept(client, box, lan):
    ask(client)
    secret = link(box).rpartition("/")[2]
    assert secret not in str([vars(key) for key in rows(ResetKey)])


def test_without_a_post_office_nothing_is_promised(client, lan):
    assert ask(client).location == "/forgot"
    page = client.get("/forgot").text
    assert "1022" in page
    assert "/forgot/letter" not in page


def test_who_can_help_is_said(client, box):
    page = client.get("/forgot").text
    assert "/forgot/letter" in page
    assert "/login/code" in page


def test_an_unknown_link_is_a_page_that_helps(client):
    page = client.get("/reset/" + "a" * 22)
    assert page.status_code == 404
    assert 'href="/forgot"' in page.text


def test_a_post_office_of_another_kind_is_told_at_the_start():
    with pytest.raises(ValueError, match="smtp://"):
        Settings(smtp_url=SecretStr("https://hoc.vn"))
