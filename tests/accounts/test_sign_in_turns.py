"""Comparing a secret takes no writer's turn, and what happened meanwhile still counts."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts import entry, secrets
from app.accounts.models import Credential, Person, SignInFailure
from app.extensions import db
from tests.accounts.acts import PIN, member
from tests.acts import rows

PHONE = "0905123456"


@pytest.fixture
def hoa(app: Flask) -> Person:
    """Bà Hoa signs in with phone and PIN."""
    return member("Nguyễn Thị Hoa")


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Something another process does, and commits, while a secret is compared."""

    def does(act: Callable[[], None]) -> None:
        def slowly(secret: str, known: str | None) -> bool:
            assert not db.session.registry().in_transaction()
            act()
            db.session.commit()
            return secrets.matches(secret, known)

        monkeypatch.setattr(entry, "matches", slowly)

    return does


def attempt(pin: str) -> entry.SignIn:
    """One try at the phone, committed as after a request."""
    outcome = entry.sign_in("pin", PHONE, pin, "account", "here")
    db.session.commit()
    return outcome


def five_failures() -> None:
    """Somebody else uses up the tries."""
    for _ in range(5):
        entry.throttle.note_failure("account", "here")


def test_others_write_while_a_pin_is_compared(hoa, meanwhile) -> None:
    db.session.commit()
    meanwhile(lambda: db.session.execute(text("UPDATE person SET full_name = 'Hoa'")))
    assert attempt(PIN).people == [hoa]
    assert hoa.full_name == "Hoa"


@pytest.mark.parametrize("pin", [PIN, "000000"])
def test_tries_used_up_meanwhile_are_not_answered_nor_counted(hoa, meanwhile, pin) -> None:
    db.session.commit()
    meanwhile(five_failures)
    outcome = attempt(pin)
    assert (outcome.people, outcome.wait_minutes) == ([], 15)
    assert len(rows(SignInFailure)) == 5


def test_a_secret_changed_meanwhile_opens_nothing(hoa, meanwhile) -> None:
    db.session.commit()

    def change() -> None:
        (known,) = rows(Credential)
        known.secret_hash = secrets.hash_secret("381946")

    meanwhile(change)
    assert attempt(PIN).people == []


def test_inside_a_transaction_it_stays_in_that_one(hoa: Person) -> None:
    hoa.full_name = "Chưa ghi"
    db.session.flush()
    assert attempt(PIN).people == [hoa]
    assert hoa.full_name == "Chưa ghi"
