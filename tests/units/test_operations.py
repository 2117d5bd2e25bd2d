"""Merge, split, rename, move, dissolve: everything follows, no total changes, undo restores."""

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.actions import grant_role
from app.accounts.models import AuditLine, Grant, Role
from app.accounts.queries import signed_in
from app.extensions import db
from app.lib.ids import operation_id
from app.units import planning
from app.units.actions import Contact, UnitProblem, add_team_member, join
from app.units.carrying_out import carry_out
from app.units.confirming import place
from app.units.models import TeamMember, Unit
from app.units.operation_models import Kind, Placement, UnitOperation
from app.units.operation_queries import preview
from app.units.planning import Named
from app.units.plans import Facts
from app.units.queries import memberships, scope, team, today, unit_by_code
from app.units.standing import Standing
from app.units.undoing import BuiltOn, UndoneAlready, undo
from tests.acts import rows
from tests.units.world import World, act, build, count, leaves, people_of, person, picture


@pytest.fixture
def world(app: Flask) -> World:
    """A small province."""
    return build()


def merged(world: World, days_ago: int = 10) -> tuple[UnitOperation, Unit]:
    """Xã An and Xã Bình become Xã Mới, which takes over the code of Xã An."""
    plan = planning.merge([world.an, world.binh], Named("A", "Xã Mới", "Xã"), act(days_ago))
    done = carry_out(plan, None)
    (new,) = rows(Unit, name="Xã Mới", withdrawn_at=None)
    return done, new


def test_people_go_along_and_keep_their_history(world: World) -> None:
    one, late = person(world.an), person(world.binh, on=today())
    done, new = merged(world)
    assert people_of(new) == {one.id, late.id}
    (before,) = memberships(one.id, today() - timedelta(days=11))
    assert before.unit is world.an and before.valid_to == today() - timedelta(days=11)
    assert done.counts["memberships"] == 2


def test_subunits_come_under_the_new_unit(world: World) -> None:
    inside = person(world.village)
    _, new = merged(world)
    db.session.expire_all()
    assert world.village.path == f"{new.path}{world.village.id}/"
    assert people_of(world.village) == {inside.id}


def test_the_code_names_the_new_unit_from_that_day_on(world: World) -> None:
    _, new = merged(world)
    assert unit_by_code("A") is new
    assert unit_by_code("A", today() - timedelta(days=11)) is world.an


def test_no_total_changes_and_every_leaf_goes_along(world: World) -> None:
    for home in (world.an, world.an, world.binh, world.office, None):
        count(person(world.root), home.id if home else None)
    before = leaves()
    _, _ = merged(world, days_ago=0)
    assert before == leaves(today() - timedelta(days=1)) | before
    assert leaves() == {"Xã Mới": 3, "Văn phòng xã An": 1, "": 1}


def test_a_report_of_a_day_before_shows_the_units_of_then(world: World) -> None:
    count(person(world.an), world.an.id, today() - timedelta(days=30))
    merged(world)
    assert leaves(today() - timedelta(days=11)) == {"Xã An": 1}
    assert leaves(today() - timedelta(days=10)) == {"Xã Mới": 1}
    then = Standing(today() - timedelta(days=11))
    assert [place.name for place in then.communes().values()] == ["Xã An", "Xã Bình"]
    assert then.path(world.village.id) == f"/{world.root.id}/{world.an.id}/{world.village.id}/"


def test_hr_of_an_old_unit_sees_the_staff_of_the_new_one(world: World) -> None:
    hr = person(world.root)
    grant_role(None, hr, Role.HR, world.an.id)
    merged(world)
    known = signed_in(hr.id)
    assert known and scope(known, Role.HR) == (rows(Unit, name="Xã Mới")[0].path,)
    old, new = rows(Grant, person_id=hr.id)
    assert old.ended_at and new.ended_at is None


def test_an_office_keeps_its_hr_when_its_commune_ends(world: World) -> None:
    hr = person(world.root)
    grant_role(None, hr, Role.HR, world.office.id)
    merged(world)
    known = signed_in(hr.id)
    assert known and scope(known, Role.HR) == (rows(Unit, code="CQ")[0].path,)


def test_contacts_follow_and_a_shared_telephone_stands_once(world: World) -> None:
    for home, phone in ((world.an, "0905000001"), (world.binh, "0905000001")):
        add_team_member(person(home), home, Contact("Trần Thị Lan", phone, ""), operation_id())
    _, new = merged(world)
    assert [one.phone for one in team(new.id)] == ["0905000001"]


def test_undo_restores_everything(world: World) -> None:
    home, late = person(world.an), person(world.binh, on=today())
    grant_role(None, home, Role.HR, world.an.id)
    add_team_member(late, world.an, Contact("Trần Thị Lan", "0905000001", ""), operation_id())
    before = picture()
    done, _ = merged(world)
    undo(done.id, None)
    assert picture() == before


def test_what_happened_in_between_is_kept(world: World) -> None:
    one, mover, newcomer = person(world.an), person(world.binh), None
    done, new = merged(world)
    join(mover, world.office, "residence")
    newcomer = person(new, on=today())
    count(one, new.id), count(mover, new.id), count(newcomer, new.id)
    undo(done.id, None)
    assert leaves() == {"Xã An": 2, "Xã Bình": 1}
    assert people_of(world.an) == {one.id, newcomer.id}
    assert people_of(world.office) == {mover.id}
    assert [p.person_id for p in rows(Placement, confirmed_at=None, new_id=world.an.id)] == [
        one.id,
        newcomer.id,
    ]


def test_a_role_taken_away_in_between_stays_away(world: World) -> None:
    hr = person(world.root)
    grant_role(None, hr, Role.HR, world.an.id)
    done, _ = merged(world)
    rows(Grant, person_id=hr.id)[1].ended_at = rows(Grant, person_id=hr.id)[0].ended_at
    undo(done.id, None)
    assert not any(grant.in_force for grant in rows(Grant, person_id=hr.id))


def test_a_role_on_the_new_unit_ends_with_it(world: World) -> None:
    done, new = merged(world)
    hr = person(new, on=today())
    grant_role(None, hr, Role.HR, new.id)
    undo(done.id, None)
    assert not any(grant.in_force for grant in rows(Grant, person_id=hr.id))


def test_the_code_is_free_again_after_undo(world: World) -> None:
    done, _ = merged(world)
    undo(done.id, None)
    _, again = merged(world)
    assert unit_by_code("A") is again


def test_undone_twice_is_refused(world: World) -> None:
    done, _ = merged(world)
    undo(done.id, None)
    with pytest.raises(UndoneAlready):
        undo(done.id, None)


def test_what_a_later_operation_builds_on_stays(world: World) -> None:
    done, _ = merged(world)
    later = carry_out(planning.move(world.village, world.root, act()), None)
    named = carry_out(
        planning.rename(world.root, Facts("48", "Đà Nẵng", "Thành phố", False), act()), None
    )
    with pytest.raises(BuiltOn) as refused:
        undo(done.id, None)
    assert refused.value.later == [later]
    undo(named.id, None)
    undo(later.id, None)
    undo(done.id, None)
    assert rows(Unit, code="A")[0].valid_to is None


def test_a_split_sends_villages_and_makes_the_others_wait(world: World) -> None:
    inside, outside = person(world.village), person(world.an)
    count(inside, world.village.id), count(outside, world.an.id)
    parts = [Named("S1", "Xã Một", "Xã"), world.binh]
    done = carry_out(planning.split(world.an, parts, {world.village.id: 1}, act()), None)
    db.session.expire_all()
    (first,) = rows(Unit, code="S1")
    assert world.village.path.startswith(world.binh.path)
    assert people_of(first) == {outside.id}
    assert leaves() == {"Thôn Một": 1, "Xã Một": 1}
    assert place(inside, world.an.id, world.binh.id, [outside.id], operation_id()) == 1
    assert people_of(world.binh) == {outside.id}
    assert leaves() == {"Thôn Một": 1, "Xã Bình": 1}
    undo(done.id, None)
    assert leaves() == {"Thôn Một": 1, "Xã An": 1}


def test_hr_of_a_split_unit_gets_each_part_that_took_something(world: World) -> None:
    hr = person(world.root)
    grant_role(None, hr, Role.HR, world.an.id)
    parts = [Named("S1", "Xã Một", "Xã"), Named("S2", "Xã Hai", "Xã"), world.binh]
    carry_out(planning.split(world.an, parts, {world.office.id: 1}, act()), None)
    held = [g.unit_id for g in rows(Grant, person_id=hr.id) if g.in_force]
    assert held == [rows(Unit, code=code)[0].id for code in ("S1", "S2")]


def test_a_new_name_is_dated_and_undone(world: World) -> None:
    before = picture()
    facts = Facts("A2", "Xã An Tây", "Xã", True)
    done = carry_out(planning.rename(world.an, facts, act(5)), None)
    assert unit_by_code("A2") is world.an and world.an.remote
    then = Standing(today() - timedelta(days=6))
    assert then.places[world.an.id].name == "Xã An"
    undo(done.id, None)
    assert picture() == before


def test_a_move_takes_all_below_along_and_is_undone(world: World) -> None:
    before = picture()
    done = carry_out(planning.move(world.an, world.binh, act()), None)
    db.session.expire_all()
    assert world.village.path.startswith(world.binh.path)
    assert Standing(today() - timedelta(days=1)).places[world.an.id].parent_id == world.root.id
    undo(done.id, None)
    assert picture() == before


def test_roles_of_a_dissolved_unit_stay_with_what_stood_under_it(world: World) -> None:
    hr, one = person(world.root), person(world.an)
    grant_role(None, hr, Role.HR, world.an.id)
    before = picture()
    done = carry_out(planning.dissolve(world.an, world.root, act()), None)
    held = {g.unit_id for g in rows(Grant, person_id=hr.id) if g.in_force}
    assert held == {world.village.id, world.office.id}
    assert one.id in people_of(world.root)
    undo(done.id, None)
    assert picture() == before


def test_the_preview_says_who_goes_where(world: World) -> None:
    person(world.an), person(world.an, "work"), person(world.binh)
    plan = planning.merge([world.an, world.binh], Named("M", "Xã Mới", "Xã"), act())
    seen = preview(plan)
    assert [(line.residence, line.work, line.new) for line in seen.lines] == [
        (1, 1, ("Xã Mới",)),
        (1, 0, ("Xã Mới",)),
    ]
    assert (seen.persons, seen.waiting) == (3, 0)
    assert {name for name, _ in seen.subunits} == {"Thôn Một", "Văn phòng xã An"}
    assert rows(UnitOperation) == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda w: planning.merge([w.an], Named("M", "M", "Xã"), act()), "ít nhất hai"),
        (lambda w: planning.merge([w.an, w.village], Named("M", "M", "Xã"), act()), "bên trong"),
        (lambda w: planning.merge([w.an], w.village, act()), "vào một đơn vị nằm bên trong"),
        (lambda w: planning.merge([w.an, w.binh], Named("CQ", "M", "Xã"), act()), "Mã CQ"),
        (lambda w: planning.merge([w.an, w.binh], Named("M", "M", "Xã"), act(-1)), "chưa tới"),
        (lambda w: planning.merge([w.an, w.binh], Named("M", "M", "Xã"), act(9999)), "chỉ có từ"),
        (lambda w: planning.split(w.an, [w.binh], {}, act()), "hai đơn vị mới"),
        (lambda w: planning.split(w.an, [w.binh, w.binh], {}, act()), "trùng"),
        (lambda w: planning.split(w.an, [w.binh, Named("", "X", "Xã")], {}, act()), "mã và tên"),
        (lambda w: planning.rename(w.an, Facts.of(w.an), act()), "Chưa có gì"),
        (lambda w: planning.rename(w.an, Facts("B", "X", "Xã", False), act()), "Mã B"),
        (lambda w: planning.move(w.an, w.village, act()), "chính nó"),
        (lambda w: planning.move(w.an, w.root, act()), "đã thuộc"),
        (lambda w: planning.dissolve(w.an, w.office, act()), "không nằm bên trong"),
    ],
)
def test_what_cannot_be_is_refused(world: World, asked: object, told: str) -> None:
    with pytest.raises(UnitProblem, match=told):
        asked(world)


def test_an_ended_unit_takes_part_in_nothing_more(world: World) -> None:
    merged(world)
    with pytest.raises(UnitProblem, match="không còn hiệu lực"):
        planning.move(world.an, world.root, act())


def test_nothing_is_dated_before_what_was_done_later(world: World) -> None:
    carry_out(planning.move(world.village, world.root, act(5)), None)
    with pytest.raises(UnitProblem, match="việc sau ngày này"):
        planning.move(world.village, world.binh, act(9))


def test_it_is_audited(world: World) -> None:
    done, _ = merged(world)
    undo(done.id, None)
    lines = [line.verb for line in rows(AuditLine, subject=f"unit_operation {done.id}")]
    assert lines == ["merge_units", "undo_units"]
    assert done.kind == Kind.MERGE and rows(TeamMember) == []
