"""Whoever guesses is slowed by all processes alike; nobody is locked out by it for good."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app import create_app
from app.accounts import throttle
from app.accounts.models import SignInFailure
from app.accounts.secrets import fingerprint
from app.config import Settings
from app.extensions import db
from app.lib import clock
from tests.accounts.acts import PIN, member, sign_in, signed_in_as
from tests.acts import post, rows

PHONE, WRONG = "0905123456", "999888"
HERE = "127.0.0.1"


@pytest.fixture
def another_process(app: Flask, settings: Settings) -> Iterator[Flask]:
    """The site started anew on the same database: another worker, or after a restart."""
    other = create_app(settings)
    other.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield other
    with other.app_context():
        db.engine.dispose()


def attack(times: int, address: str = "198.51.100.7", phone: str = PHONE) -> None:
    """Somebody elsewhere tries so many wrong PINs at this phone."""
    for _ in range(times):
        throttle.note_failure(fingerprint("account", phone), fingerprint("address", address))
    db.session.commit()


def test_wrong_pins_count_in_every_process_and_after_a_restart(client, app, another_process):
    member("Nguyễn Thị Hoa")
    for _ in range(5):
        sign_in(client, pin=WRONG)
    with another_process.app_context():
        assert sign_in(another_process.test_client()).status_code == 429


def test_a_phone_under_attack_from_everywhere_makes_new_devices_wait(client, app):
    member("Nguyễn Thị Hoa")
    attack(20)
    assert sign_in(client).status_code == 429


def test_but_never_the_device_that_knows_its_owner(client, app):
    person = member("Nguyễn Thị Hoa")
    sign_in(client)
    post(client, "/switch")
    for hour in range(3):
        with clock.frozen(clock.now() + timedelta(hours=hour)):
            attack(40)
            attack(80, HERE, "0914222333")
            assert sign_in(client).status_code == 303
    assert signed_in_as(client) == person.get_id()


def test_nor_the_name_on_its_button(client, app):
    member("Nguyễn Thị Hoa")
    sign_in(client)
    post(client, "/switch")
    attack(40)
    attack(80, HERE, "0914222333")
    link = client.get("/login").text.split("/login/pin?who=")[1].split('"')[0]
    assert post(client, f"/login/pin?who={link}", pin=PIN).status_code == 303


def test_the_device_that_knows_one_person_is_new_to_all_others(client, app):
    member("Nguyễn Thị Hoa")
    member("Trần Văn Tư", phone="0914222333")
    sign_in(client)
    attack(20, phone="0914222333")
    assert sign_in(client, "0914222333").status_code == 429


def test_a_stolen_device_is_slowed_by_itself(client, app):
    member("Nguyễn Thị Hoa")
    sign_in(client)
    post(client, "/switch")
    pages = [sign_in(client, pin=WRONG) for _ in range(5)]
    assert pages[-1].status_code == 429
    assert sign_in(client).status_code == 429
    # and its owner elsewhere does not wait for it
    assert sign_in(app.test_client()).status_code == 303


def test_after_a_quarter_of_an_hour_everybody_is_heard_again(client, app):
    member("Nguyễn Thị Hoa")
    attack(500)
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert sign_in(client).status_code == 303


def test_what_is_older_than_a_day_is_forgotten(client, app):
    attack(3)
    with clock.frozen(clock.now() + timedelta(days=2)):
        sign_in(client, pin=WRONG)
        assert len(rows(SignInFailure)) == 1


def test_failures_tell_neither_phone_nor_address_nor_pin(client, app):
    sign_in(client, pin=WRONG)
    stored = str(vars(rows(SignInFailure)[0]))
    assert not any(told in stored for told in (PHONE, HERE, WRONG))
