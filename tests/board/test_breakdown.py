"""An indicator by commune: the leaves sum to the total, whoever is counted wherever."""

from datetime import date

import pytest

from app.board.queries import Place, breakdown, overview, place_of
from app.content.programme import Indicator
from app.content.shelf import shelf
from app.counts.models import Attainment
from app.counts.queries import rollups
from app.extensions import db
from app.units.actions import UnitRow, add_unit
from app.units.models import Unit, UnitSuccession
from tests.acts import rows
from tests.board.acts import ADULTS, attained
from tests.proof_reader import counted_queries


@pytest.fixture
def adults(app: object) -> Indicator:
    """The indicator of the tests."""
    found = shelf.programme.indicator(ADULTS)
    assert found is not None
    return found


def persons(place: Place, indicator: Indicator) -> dict[str, int]:
    """Row title to persons; the rows sum to the total."""
    table = breakdown(place, indicator)
    found = {row.title: row.figure.persons for row in table.rows}
    assert sum(found.values()) == table.total.persons
    return found


@pytest.mark.usefixtures("reached")
def test_leaves_sum_to_the_province(province: Unit, adults: Indicator) -> None:
    assert persons(place_of(province), adults) == {
        "Phường Bàn Thạch": 5,
        "Xã La Êê": 2,
        "Thuộc thẳng Thành phố Đà Nẵng": 1,
        "Chưa rõ xã, phường": 2,
    }


@pytest.mark.usefixtures("reached")
def test_the_total_is_the_rollup_and_the_distinct_persons(
    province: Unit, adults: Indicator
) -> None:
    total = breakdown(place_of(province), adults).total
    people = {row.person_id for row in rows(Attainment, indicator=ADULTS)}
    assert total.persons == len(people) == sum(row.persons for row in rollups())


@pytest.mark.usefixtures("reached")
def test_a_commune_is_broken_down_by_its_workplaces(commune: Unit, adults: Indicator) -> None:
    assert persons(place_of(commune), adults) == {
        "Văn phòng phường Bàn Thạch": 1,
        "Thuộc thẳng Phường Bàn Thạch": 4,
    }


@pytest.mark.usefixtures("reached")
def test_the_commune_says_the_same_on_both_boards(
    province: Unit, commune: Unit, adults: Indicator
) -> None:
    row = next(r for r in breakdown(place_of(province), adults).rows if r.unit is commune)
    ((_, figure),) = overview(place_of(commune), [adults])
    assert figure == row.figure


@pytest.mark.usefixtures("reached")
def test_evidence_levels_stay_apart(province: Unit, adults: Indicator) -> None:
    levels = breakdown(place_of(province), adults).total.evidence
    assert {str(level): n for level, n in levels.items()} == {
        "self": 7,
        "assisted": 1,
        "class": 1,
        "external": 1,
    }


def test_a_workplace_below_a_workplace_counts_for_the_commune(
    province: Unit, office: Unit, adults: Indicator
) -> None:
    attained(add_unit(UnitRow("CQ01A", "Tổ một cửa", "Cơ quan"), office))
    assert persons(place_of(province), adults)["Phường Bàn Thạch"] == 1


def test_an_old_commune_counts_for_the_one_it_was_merged_into(
    province: Unit, commune: Unit, adults: Indicator
) -> None:
    attained(_old_commune(commune))
    assert persons(place_of(province), adults)["Phường Bàn Thạch"] == 1
    assert persons(place_of(commune), adults)["Thuộc thẳng Phường Bàn Thạch"] == 1


def test_of_an_old_commune_that_was_split_the_main_part_counts_whom_nobody_placed(
    province: Unit, commune: Unit, other_commune: Unit, adults: Indicator
) -> None:
    attained(_old_commune(commune, other_commune))
    assert persons(place_of(province), adults)["Phường Bàn Thạch"] == 1


@pytest.mark.usefixtures("reached")
def test_before_the_first_award_nobody_was_counted(province: Unit, adults: Indicator) -> None:
    then = place_of(province, date(2026, 10, 31))
    assert set(persons(then, adults).values()) == {0}
    assert persons(place_of(province, date(2026, 11, 1)), adults) == persons(
        place_of(province), adults
    )


def _old_commune(*successors: Unit) -> Unit:
    old_province = add_unit(_ended("49", "Tỉnh Quảng Nam", "Tỉnh"), None)
    old = add_unit(_ended("20335", "Phường Tân Thạnh", "Phường"), old_province)
    db.session.add_all(
        UnitSuccession(old_id=old.id, new_id=unit.id, rank=rank)
        for rank, unit in enumerate(successors)
    )
    db.session.flush()
    return old


def _ended(code: str, name: str, kind: str) -> UnitRow:
    return UnitRow(code, name, kind, valid_from=date(2004, 1, 1), valid_to=date(2025, 6, 30))


@pytest.mark.usefixtures("measured")
def test_a_commune_takes_the_percentage_of_the_province(
    province: Unit, commune: Unit, other_commune: Unit, adults: Indicator
) -> None:
    table = breakdown(place_of(province), adults)
    own, other = (row.figure for row in table.rows if row.unit in (commune, other_commune))
    assert (own.missing, table.total.missing) == (8, 32)
    assert (other.target_percent, other.missing) == (80, None)


def test_queries_stay_flat_as_units_grow(province: Unit, adults: Indicator) -> None:
    place = place_of(province)

    def queries() -> int:
        with counted_queries() as statements:
            breakdown(place, adults)
        return len(statements)

    before = queries()
    for number in range(100):
        attained(add_unit(UnitRow(f"X{number}", f"Xã Thử {number}", "Xã"), province))
    assert queries() == before == 4
