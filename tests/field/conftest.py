"""Chị Nhàn helps the people of Bàn Thạch; bác Tám has neither telephone nor PIN."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actions import add_credential, add_person, grant_role
from app.accounts.consents import give_consent
from app.accounts.models import Person, Role
from app.config import Settings
from app.content.shelf import shelf
from app.extensions import db
from app.field.actions.people import help_from_now_on
from app.units.actions import join
from app.units.models import Unit
from tests.cast import SINCE
from tests.field.acts import PIN

SignIn = Callable[[Person], FlaskClient]
PRACTICAL = """---
title: Thực hành có người xem
kind: practical
minutes: 20
instead_of: kiem-tra
---
Làm trên máy của mình, không vội.

- [ ] Tự mở khóa máy. {#mo-khoa}
- [ ] Tự gọi cho con. {#goi-con}
"""


@pytest.fixture
def helper(commune: Unit) -> Person:
    """Chị Nhàn, a helper of the commune."""
    person = add_person("Alăng Thị Nhàn", birth_date=date(1994, 2, 14), phone="0905000111")
    grant_role(None, person, Role.HELPER, commune.id)
    db.session.commit()
    return person


@pytest.fixture
def as_helper(sign_in: SignIn, helper: Person) -> FlaskClient:
    """Her browser."""
    return sign_in(helper)


@pytest.fixture
def elder(commune: Unit, helper: Person) -> Person:
    """Bác Tám, one of her own people: a birth year, no telephone, no PIN; he said yes."""
    return _own("Huỳnh Văn Tám", commune, helper, None)


@pytest.fixture
def aunt(commune: Unit, helper: Person) -> Person:
    """Cô Sáu, one of her own people, who has a telephone and a PIN."""
    person = _own("Lê Thị Sáu", commune, helper, "0905777888")
    add_credential(person, "pin", "0905777888", PIN)
    db.session.commit()
    return person


def _own(name: str, commune: Unit, helper: Person, phone: str | None) -> Person:
    person = add_person(
        name,
        birth_date=date(1956, 1, 1),
        birth_precision="year",
        phone=phone,
        group="nguoi-cao-tuoi",
    )
    join(person, commune, "residence", on=SINCE)
    give_consent(person, "learning", "voice", witness="Vợ bác", recorded_by=helper.id)
    help_from_now_on(helper, person.id, "registered", "Thôn 2")
    db.session.commit()
    return person


@pytest.fixture
def observable(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The small course with a practical that may stand for its test; the practical's slug."""
    folder = tmp_path / "courses"
    shutil.copytree(settings.courses, folder)
    (folder / "thu-nghiem" / "98-thuc-hanh.md").write_text(PRACTICAL, encoding="utf-8")
    shelf.open(folder, None, 0)
    yield "thuc-hanh"
    shelf.open(settings.courses, settings.instance / "cache", 0)
