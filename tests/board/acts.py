"""What the board's tests do, in one line each."""

from datetime import date
from itertools import count

from flask.testing import FlaskClient

from app.accounts.actions import add_person
from app.counts.actions import attain
from app.counts.models import Evidence
from app.units.models import Unit

ADULTS = "nguoi-truong-thanh"
_awards = count(1)


def attained(
    unit: Unit | None, evidence: Evidence = Evidence.SELF, persons: int = 1, indicator: str = ADULTS
) -> None:
    """So many new people reach an indicator in a unit (None: unknown)."""
    for _ in range(persons):
        person = add_person("Nguyễn Văn An", birth_date=date(1970, 1, 1))
        on = date(2026, 11, 1)
        attain(person.id, indicator, unit.id if unit else None, evidence, next(_awards), on)


def text_of(client: FlaskClient, url: str) -> str:
    """The page at an address as text, spaces squeezed."""
    response = client.get(url)
    assert response.status_code == 200, response.status
    return " ".join(response.text.split())
