"""The cast: people known by name in every test, their units, and their browsers."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actions import add_person, grant_role
from app.accounts.models import Person, Role
from app.extensions import db
from app.units.actions import UnitRow, add_unit, join
from app.units.models import Unit

SignIn = Callable[[Person], FlaskClient]
SINCE = date(2025, 7, 1)


@pytest.fixture
def province(app: Flask) -> Unit:
    """The root of the tree."""
    unit = add_unit(UnitRow("48", "Thành phố Đà Nẵng", "Thành phố"), None)
    db.session.commit()
    return unit


@pytest.fixture
def commune(province: Unit) -> Unit:
    """Where the learner lives."""
    return _unit("20335", "Phường Bàn Thạch", "Phường", province)


@pytest.fixture
def other_commune(province: Unit) -> Unit:
    """Where the stranger lives."""
    return _unit("20698", "Xã La Êê", "Xã", province)


@pytest.fixture
def office(commune: Unit) -> Unit:
    """Where the learner works; the HR officer's unit."""
    return _unit("CQ01", "Văn phòng phường Bàn Thạch", "Cơ quan", commune)


@pytest.fixture
def other_office(other_commune: Unit) -> Unit:
    """Where the stranger works."""
    return _unit("CQ02", "Văn phòng xã La Êê", "Cơ quan", other_commune)


@pytest.fixture
def school(commune: Unit) -> Unit:
    """A school in the learner's commune."""
    return _unit("TH01", "Trường THPT Bàn Thạch", "Trường học", commune)


def _unit(code: str, name: str, kind: str, parent: Unit) -> Unit:
    unit = add_unit(UnitRow(code, name, kind, valid_from=SINCE), parent)
    db.session.commit()
    return unit


@pytest.fixture
def learner(office: Unit, commune: Unit) -> Person:
    """Bà Hoa works in the office and lives in the commune."""
    person = add_person(
        "Nguyễn Thị Hoa", birth_date=date(1985, 2, 5), phone="0905123456", group="can-bo"
    )
    join(person, commune, "residence", on=SINCE)
    join(person, office, "work", "Chuyên viên", on=SINCE)
    db.session.commit()
    return person


@pytest.fixture
def stranger(other_office: Unit, other_commune: Unit) -> Person:
    """Anh Liếc works and lives elsewhere."""
    person = add_person(
        "Bh'riu Liếc", birth_date=date(1979, 9, 2), phone="0914222333", group="nguoi-dan"
    )
    join(person, other_commune, "residence", on=SINCE)
    join(person, other_office, "work", "Cán bộ", on=SINCE)
    db.session.commit()
    return person


def _staff(name: str, role: Role, unit: Unit | None) -> Person:
    person = add_person(name, birth_date=date(1980, 1, 1))
    grant_role(None, person, role, unit.id if unit else None)
    db.session.commit()
    return person


@pytest.fixture
def trainer(province: Unit) -> Person:
    """Thầy Sơn writes courses."""
    return _staff("Lê Hồng Sơn", Role.TRAINER, None)


@pytest.fixture
def hr(office: Unit) -> Person:
    """Chị Lan keeps the staff list of the office."""
    return _staff("Trần Thị Lan", Role.HR, office)


@pytest.fixture
def officer(province: Unit) -> Person:
    """Ông Bình watches the targets of the province."""
    return _staff("Phạm Văn Bình", Role.OFFICER, None)


@pytest.fixture
def registrar(province: Unit) -> Person:
    """Cô Thu keeps the register."""
    return _staff("Võ Thị Thu", Role.REGISTRAR, None)


@pytest.fixture
def admin(province: Unit) -> Person:
    """Anh Đức administers."""
    return _staff("Hoàng Minh Đức", Role.ADMIN, None)


@pytest.fixture
def as_learner(sign_in: SignIn, learner: Person) -> FlaskClient:
    """The learner's browser."""
    return sign_in(learner)


@pytest.fixture
def as_stranger(sign_in: SignIn, stranger: Person) -> FlaskClient:
    """The stranger's browser."""
    return sign_in(stranger)


@pytest.fixture
def as_trainer(sign_in: SignIn, trainer: Person) -> FlaskClient:
    """The trainer's browser."""
    return sign_in(trainer)


@pytest.fixture
def as_hr(sign_in: SignIn, hr: Person) -> FlaskClient:
    """The HR officer's browser."""
    return sign_in(hr)


@pytest.fixture
def as_officer(sign_in: SignIn, officer: Person) -> FlaskClient:
    """The province officer's browser."""
    return sign_in(officer)


@pytest.fixture
def as_registrar(sign_in: SignIn, registrar: Person) -> FlaskClient:
    """The registrar's browser."""
    return sign_in(registrar)


@pytest.fixture
def as_admin(sign_in: SignIn, admin: Person) -> FlaskClient:
    """The administrator's browser."""
    return sign_in(admin)
