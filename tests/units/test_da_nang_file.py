"""The units of Đà Nẵng today, as they are shipped."""

import csv
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import app

COLUMNS = "code name kind parent_code valid_from valid_to successor_codes population"


@pytest.fixture(scope="module")
def units():
    path = Path(app.__path__[0]) / "units" / "data" / "da-nang.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert " ".join(reader.fieldnames) == COLUMNS
        return list(reader)


def test_one_province_and_its_94_communes(units):
    kinds = Counter(unit["kind"] for unit in units)
    assert kinds == {"Thành phố": 1, "Phường": 23, "Xã": 70, "Đặc khu": 1}


def test_codes_are_unique_and_every_commune_stands_under_the_province(units):
    province, *communes = units
    assert (province["code"], province["name"]) == ("48", "Thành phố Đà Nẵng")
    assert {unit["parent_code"] for unit in communes} == {"48"}
    assert len({unit["code"] for unit in units}) == 95
    assert all(len(unit["code"]) == 5 for unit in communes)


def test_names_are_composed_unique_and_begin_with_their_kind(units):
    assert len({unit["name"] for unit in units}) == 95
    for unit in units:
        assert unicodedata.is_normalized("NFC", unit["name"])
        assert unit["name"].lower().startswith(unit["kind"].lower())


def test_all_are_in_force_since_the_merger(units):
    assert {date.fromisoformat(unit["valid_from"]) for unit in units} == {date(2025, 7, 1)}
    assert not any(unit["valid_to"] or unit["successor_codes"] for unit in units)


def test_populations_are_whole_numbers_or_not_known(units):
    unknown = [unit["name"] for unit in units if not unit["population"]]
    assert unknown == ["Thành phố Đà Nẵng", "Xã Avương"]
    assert all(int(unit["population"]) > 0 for unit in units if unit["population"])
