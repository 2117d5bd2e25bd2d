"""Units change between the merging of two records and its undoing."""

import pytest

from app.accounts.models import Person
from app.extensions import db
from app.units import planning
from app.units.actions import join
from app.units.carrying_out import carry_out
from app.units.models import Membership, Unit
from app.units.operation_models import Placement
from app.units.planning import Act, Named
from app.units.queries import memberships, today
from app.units.undoing import undo
from tests.acts import rows
from tests.cast import SINCE
from tests.persons.acts import everything, ledgers_agree, merge, part, twin_of


@pytest.fixture
def twin(learner: Person, other_commune: Unit, other_office: Unit) -> Person:
    """Bà Hoa's other record lives and works elsewhere."""
    twin = twin_of(learner)
    join(twin, other_commune, "residence", on=SINCE)
    join(twin, other_office, "work", on=SINCE)
    db.session.commit()
    return twin


def places(person: Person) -> dict[str, str]:
    """Where somebody belongs today: unit by kind."""
    db.session.expire_all()
    return {place.kind: place.unit.name for place in memberships(person.id)}


def merged_units(one: Unit, other: Unit, name: str) -> int:
    """The two become one; the number of the operation."""
    plan = planning.merge([one, other], Named(name, name, one.kind), Act("12/QĐ", today()))
    done = carry_out(plan, None)
    db.session.commit()
    return done.id


def test_what_was_put_away_and_what_moved_follow_their_units(
    admin: Person, learner: Person, twin: Person, commune: Unit, other_commune: Unit,
    office: Unit, other_office: Unit,
) -> None:  # fmt: skip
    merged = merge(admin, twin, learner)
    merged_units(commune, other_commune, "Xã Mới")
    merged_units(office, other_office, "Văn phòng mới")
    part(admin, merged)
    for person in (learner, twin):
        assert places(person) == {"residence": "Xã Mới", "work": "Văn phòng mới"}
    assert ledgers_agree()


def test_undoing_both_restores_everything(
    admin: Person, learner: Person, twin: Person, commune: Unit, other_commune: Unit,
    office: Unit, other_office: Unit,
) -> None:  # fmt: skip
    before = everything()["membership"]
    merged = merge(admin, twin, learner)
    numbers = [merged_units(commune, other_commune, "M"), merged_units(office, other_office, "V")]
    part(admin, merged)
    for number in reversed(numbers):
        undo(number, None)
    db.session.commit()
    assert everything()["membership"] == before


def test_an_operation_undone_meanwhile_never_was(
    admin: Person, learner: Person, twin: Person, commune: Unit, other_commune: Unit,
    office: Unit, other_office: Unit,
) -> None:  # fmt: skip
    before = everything()["membership"]
    numbers = [merged_units(commune, other_commune, "M"), merged_units(office, other_office, "V")]
    merged = merge(admin, twin, learner)
    for number in reversed(numbers):
        undo(number, None)
    db.session.commit()
    part(admin, merged)
    assert everything()["membership"] == before
    assert places(twin) == {"residence": "Xã La Êê", "work": "Văn phòng xã La Êê"}


def test_who_comes_back_to_a_divided_unit_waits(
    admin: Person, learner: Person, twin: Person, other_commune: Unit
) -> None:
    merged = merge(admin, twin, learner)
    parts = [Named("S1", "Xã Một", "Xã"), Named("S2", "Xã Hai", "Xã")]
    plan = planning.split(other_commune, parts, {}, Act("12/QĐ", today()))
    carry_out(plan, None)
    db.session.commit()
    part(admin, merged)
    assert places(twin)["residence"] == "Xã Một"
    assert [row.person_id for row in rows(Placement, confirmed_at=None)] == [twin.id]


def test_a_division_undone_meanwhile_lets_nobody_wait(
    admin: Person, learner: Person, twin: Person, other_commune: Unit
) -> None:
    parts = [Named("S1", "Xã Một", "Xã"), Named("S2", "Xã Hai", "Xã")]
    plan = planning.split(other_commune, parts, {}, Act("12/QĐ", today()))
    done = carry_out(plan, None)
    db.session.commit()
    merged = merge(admin, twin, learner)
    undo(done.id, None)
    db.session.commit()
    part(admin, merged)
    assert places(twin)["residence"] == "Xã La Êê"
    standing = {unit.id for unit in rows(Unit) if unit.withdrawn_at is None}
    assert not [row for row in rows(Placement) if row.old_id in standing]


def test_who_came_only_after_the_operation_follows_too(
    admin: Person, learner: Person, other_commune: Unit, commune: Unit
) -> None:
    twin = twin_of(learner)
    join(twin, other_commune, "residence")
    db.session.commit()
    merged = merge(admin, twin, learner)
    number = merged_units(commune, other_commune, "Xã Mới")
    part(admin, merged)
    assert places(twin) == {"residence": "Xã Mới"}
    undo(number, None)
    assert places(twin) == {"residence": "Xã La Êê"}
    assert len(rows(Membership, person_id=twin.id)) == 1
