"""What the board's tests start from."""

from datetime import date
from decimal import Decimal

import pytest

from app.accounts.actions import add_person, grant_role
from app.accounts.models import Person, Role
from app.counts.actions import set_denominator, set_target
from app.counts.models import Evidence
from app.extensions import db
from app.units.models import Unit
from tests.board.acts import ADULTS, attained


@pytest.fixture
def commune_officer(commune: Unit) -> Person:
    """Chị Hạnh watches the targets of one commune only."""
    person = add_person("Đặng Thị Hạnh", birth_date=date(1988, 3, 8))
    grant_role(None, person, Role.OFFICER, commune.id)
    db.session.commit()
    return person


@pytest.fixture
def reached(province: Unit, commune: Unit, other_commune: Unit, office: Unit) -> None:
    """Ten adults: 4 in the commune, 1 in its office, 2 elsewhere, 1 of the province, 2 unknown."""
    attained(commune, Evidence.SELF, 3)
    attained(commune, Evidence.ASSISTED, 1)
    attained(office, Evidence.CLASS, 1)
    attained(other_commune, Evidence.SELF, 2)
    attained(province, Evidence.EXTERNAL, 1)
    attained(None, Evidence.SELF, 2)
    db.session.commit()


@pytest.fixture
def measured(province: Unit, commune: Unit) -> None:
    """Denominators of the province (40) and the commune (10), and the province's 80 percent."""
    set_denominator(None, ADULTS, province, 40, "Niên giám 2025", date(2026, 7, 1))
    set_denominator(None, ADULTS, commune, 10, "Công văn 15", date(2026, 2, 3))
    set_target(ADULTS, province, 2025, "percent", Decimal(80), "Kế hoạch 17/4/2025")
    db.session.commit()
