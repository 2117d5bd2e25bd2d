"""Guessing is slowed; a victim waits minutes, never for good."""

from datetime import timedelta

from flask import Flask

from app.accounts import actions, entry
from app.accounts.models import Person
from app.extensions import db
from app.lib import clock

PHONE, PIN = "0905123456", "258046"


def attempt(pin: str, address: str = "here") -> entry.SignIn:
    """One try at the learner's phone."""
    outcome = entry.sign_in("pin", PHONE, pin, "account", address)
    db.session.commit()
    return outcome


def test_the_right_pin_signs_in(learner: Person) -> None:
    actions.add_credential(learner, "pin", PHONE, PIN)
    assert attempt(PIN).people == [learner]


def test_ten_wrong_pins_ask_to_wait_and_the_right_one_works_later(learner: Person) -> None:
    actions.add_credential(learner, "pin", PHONE, PIN)
    start = clock.now()
    with clock.frozen(start):
        outcomes = [attempt("000000") for _ in range(10)]
        assert outcomes[3].wait_minutes == 0
        assert outcomes[9].wait_minutes == 15
        assert attempt(PIN).people == []
    with clock.frozen(start + timedelta(minutes=16)):
        assert attempt(PIN).people == [learner]


def test_wrong_tries_elsewhere_do_not_keep_the_owner_out_at_once(learner: Person) -> None:
    actions.add_credential(learner, "pin", PHONE, PIN)
    for _ in range(6):
        attempt("000000", "a stranger's address")
    assert attempt(PIN, "home").people == [learner]


def test_an_unknown_phone_is_refused_like_a_wrong_pin(app: Flask) -> None:
    assert attempt(PIN) == entry.SignIn([], 0)


def test_a_family_shares_phone_and_pin(learner: Person, stranger: Person) -> None:
    for person in (learner, stranger):
        actions.add_credential(person, "pin", PHONE, PIN)
    assert {person.id for person in attempt(PIN).people} == {learner.id, stranger.id}
