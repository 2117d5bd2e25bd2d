"""The tree of units: dated codes, subtrees, who sees what."""

from datetime import date

import pytest
from flask import Flask

from app.accounts.actions import grant_role
from app.accounts.models import Person, Role
from app.accounts.queries import signed_in
from app.extensions import db
from app.units import queries
from app.units.actions import UnitProblem, UnitRow, add_unit, import_units, join
from app.units.models import Membership, Unit
from tests.acts import rows


def test_rows_come_in_any_order(app: Flask) -> None:
    rows_ = [
        UnitRow("CQ1", "Văn phòng", "Cơ quan", "20335"),
        UnitRow("20335", "Phường Bàn Thạch", "Phường", "48"),
        UnitRow("48", "Đà Nẵng", "Thành phố"),
    ]
    assert import_units(rows_) == (3, 0)
    assert import_units(rows_) == (0, 3)
    office = queries.unit_by_code("CQ1")
    assert office is not None and office.path.count("/") == 4


def test_a_missing_parent_is_named(app: Flask) -> None:
    with pytest.raises(UnitProblem, match="mã 99"):
        import_units([UnitRow("1", "Xã A", "Xã", "99")])


def test_parents_in_a_circle_are_refused(app: Flask) -> None:
    with pytest.raises(UnitProblem, match="xoay vòng"):
        import_units([UnitRow("1", "A", "Xã", "2"), UnitRow("2", "B", "Xã", "1")])


def test_a_code_names_another_unit_on_another_day(province: Unit) -> None:
    old = UnitRow(
        "20335", "Phường Tân Thạnh", "Phường",
        valid_from=date(2000, 1, 1), valid_to=date(2025, 6, 30),
    )  # fmt: skip
    add_unit(old, province)
    add_unit(UnitRow("20335", "Phường Bàn Thạch", "Phường"), province)
    before, after = (
        queries.unit_by_code("20335", day) for day in (date(2025, 6, 30), date(2025, 7, 1))
    )
    assert before is not None and before.name == "Phường Tân Thạnh"
    assert after is not None and after.name == "Phường Bàn Thạch"


def test_a_grant_reaches_the_subtree_and_no_further(
    hr: Person, office: Unit, other_office: Unit
) -> None:
    person = signed_in(hr.id)
    assert person is not None
    paths = queries.scope(person, Role.HR)
    assert queries.unit_within(office.id, paths) is office
    assert queries.unit_within(other_office.id, paths) is None
    assert queries.scope(person, Role.ADMIN) == ()


def test_a_path_is_not_a_prefix_of_a_longer_id(province: Unit, hr: Person) -> None:
    units = [add_unit(UnitRow(f"X{n}", f"Xã {n}", "Xã"), province) for n in range(12)]
    grant_role(None, hr, Role.OFFICER, units[0].id)
    db.session.commit()
    person = signed_in(hr.id)
    assert person is not None
    assert queries.units_in(queries.scope(person, Role.OFFICER)) == [units[0]]


def test_moving_house_ends_the_residence_before(learner: Person, other_commune: Unit) -> None:
    join(learner, other_commune, "residence")
    places = [m.unit.name for m in queries.memberships(learner.id) if m.kind == "residence"]
    assert places == [other_commune.name]
    assert len(rows(Membership, person_id=learner.id, kind="residence")) == 2


def test_joining_twice_is_one_membership(learner: Person, office: Unit) -> None:
    join(learner, office, "work", "Trưởng phòng")
    (work,) = rows(Membership, person_id=learner.id, kind="work")
    assert work.position == "Trưởng phòng"
