"""Cards in tests: issued, scanned, typed."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.cards import NewCard, issue_card
from app.accounts.models import Person
from app.extensions import db
from app.lib.ids import operation_id
from tests.accounts.acts import PIN
from tests.acts import post


def card_for(person: Person, by: Person) -> NewCard:
    """A new card of this person, issued and committed."""
    card = issue_card(person, by, None, operation_id())
    assert card is not None
    db.session.commit()
    return card


def scan(client: FlaskClient, card: NewCard | str) -> TestResponse:
    """Scan the QR code; the page to which it leads."""
    secret = card if isinstance(card, str) else card.secret
    return client.get(f"/c/{secret}", follow_redirects=True)


def enter(client: FlaskClient, pin: str = PIN) -> TestResponse:
    """Send the PIN on the page to which a card led."""
    return post(client, "/login/card", pin=pin)


def take_over(client: FlaskClient, pin: str = PIN, again: str | None = None) -> TestResponse:
    """Set the PIN on the page to which a new card led."""
    return post(client, "/login/card", pin=pin, pin_again=again or pin)


def type_code(client: FlaskClient, code: str) -> TestResponse:
    """Type the code of a card by hand."""
    return post(client, "/login/code", code=code)
