"""/units/waiting: people of a divided unit are confirmed where they belong."""

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_person, grant_role
from app.accounts.models import AuditLine, Person, Role
from app.extensions import db
from app.lib.ids import operation_id
from app.units import planning
from app.units.actions import join
from app.units.carrying_out import carry_out
from app.units.models import Unit
from app.units.operation_models import Placement
from app.units.planning import Named
from tests.acts import post, rows
from tests.cast import SignIn
from tests.units.world import World, act, build, count, leaves, people_of, person


@pytest.fixture
def world(app) -> World:
    """Xã An was divided into Xã Một, where everybody waits, and Xã Hai."""
    return build()


@pytest.fixture
def resident(world: World) -> Person:
    """Lives in Xã An and was counted there."""
    one = person(world.an)
    count(one, world.an.id)
    return one


@pytest.fixture
def worker(world: World, resident: Person) -> Person:
    """Works for Xã An itself and lives elsewhere."""
    one = person(world.binh)
    one.full_name = "Coor Lắc"
    join(one, world.an, "work", on=world.an.valid_from)
    return one


@pytest.fixture
def parts(world: World, worker: Person) -> tuple[Unit, Unit]:
    """The two new communes."""
    named = [Named("S1", "Xã Một", "Xã"), Named("S2", "Xã Hai", "Xã")]
    carry_out(planning.split(world.an, named, {}, act()), None)
    db.session.commit()
    return rows(Unit, code="S1")[0], rows(Unit, code="S2")[0]


def officer(sign_in: SignIn, role: Role, unit: Unit | None) -> FlaskClient:
    """The browser of somebody who holds a role there."""
    one = add_person("Đỗ Thị Xuân")
    grant_role(None, one, role, unit.id if unit else None)
    db.session.commit()
    return sign_in(one)


def address(world: World, parts: tuple[Unit, Unit]) -> str:
    """Where those of Xã An wait."""
    return f"/units/waiting/{world.an.id}/{parts[0].id}"


def test_the_commune_confirms_its_people(
    sign_in: SignIn, world: World, parts: tuple[Unit, Unit], resident: Person, worker: Person
) -> None:
    browser = officer(sign_in, Role.ADMIN, parts[0])
    page = browser.get("/units/waiting").text
    assert "Xã Một" in page and "Xã An" in page
    page = browser.get(address(world, parts)).text
    assert resident.full_name.replace("'", "&#39;") in page and "Coor Lắc" in page
    assert leaves() == {"Xã Một": 1}
    ids = [str(resident.id), str(worker.id)]
    answer = post(browser, address(world, parts), person=ids, unit=str(parts[1].id))
    assert answer.status_code == 303
    assert people_of(parts[1]) == {resident.id, worker.id} and people_of(parts[0]) == set()
    assert leaves() == {"Xã Hai": 1}
    assert "Đã xác nhận hết" in browser.get(address(world, parts)).text
    assert "Không ai phải xác nhận" in browser.get("/units/waiting").text
    assert rows(AuditLine, verb="place_people", subject=f"unit {parts[1].id}")


def test_staying_where_one_is_is_confirmed_too(
    sign_in: SignIn, world: World, parts: tuple[Unit, Unit], resident: Person
) -> None:
    browser = officer(sign_in, Role.ADMIN, parts[0])
    post(browser, address(world, parts), person=str(resident.id), unit=str(parts[0].id))
    assert resident.id in people_of(parts[0])
    assert [one.person_id for one in rows(Placement) if one.confirmed_at] == [resident.id]


def test_a_personnel_officer_sees_staff_only(
    sign_in: SignIn, world: World, parts: tuple[Unit, Unit], resident: Person, worker: Person
) -> None:
    browser = officer(sign_in, Role.HR, parts[0])
    page = browser.get(address(world, parts)).text
    assert "Coor Lắc" in page and resident.full_name.replace("'", "&#39;") not in page
    assert "Cây đơn vị" not in page
    to = str(parts[1].id)
    refused = post(browser, address(world, parts), person=str(resident.id), unit=to)
    assert refused.status_code == 404
    assert post(browser, address(world, parts), person=str(worker.id), unit=to).status_code == 303
    assert worker.id in people_of(parts[1]) and resident.id in people_of(parts[0])


def test_another_communes_list_is_not_there(
    sign_in: SignIn, world: World, parts: tuple[Unit, Unit], resident: Person
) -> None:
    for unit in (parts[1], world.binh):
        browser = officer(sign_in, Role.ADMIN, unit)
        assert "Không ai phải xác nhận" in browser.get("/units/waiting").text
        assert browser.get(address(world, parts)).status_code == 404
        data = {"person": str(resident.id), "unit": str(parts[1].id)}
        assert post(browser, address(world, parts), **data).status_code == 404
    assert rows(Placement)[0].confirmed_at is None


def test_bad_input_changes_nothing(
    sign_in: SignIn, world: World, parts: tuple[Unit, Unit], resident: Person
) -> None:
    browser, here = officer(sign_in, Role.ADMIN, parts[0]), address(world, parts)
    stranger = person(world.binh)
    for sent, told in (
        ({"person": str(resident.id)}, "Chưa chọn đơn vị"),
        ({"person": str(resident.id), "unit": str(world.binh.id)}, "Chưa chọn đơn vị"),
        ({"unit": str(parts[1].id)}, "Chưa chọn ai"),
    ):
        assert post(browser, here, **sent).status_code == 303
        assert told in browser.get(here).text
    ids = [str(resident.id), str(stranger.id)]
    assert post(browser, here, person=ids, unit=str(parts[1].id)).status_code == 404
    assert post(browser, here, op_id="?", person=ids[:1]).status_code == 400
    assert post(browser, f"/units/waiting/{world.an.id}/999999").status_code == 404
    assert browser.get(f"/units/waiting/{world.binh.id}/{parts[0].id}").status_code == 404
    assert browser.put(here).status_code == 405
    assert not [one for one in rows(Placement) if one.confirmed_at]


def test_sent_twice_it_counts_once(
    sign_in: SignIn, world: World, parts: tuple[Unit, Unit], resident: Person
) -> None:
    browser, op_id = officer(sign_in, Role.ADMIN, parts[0]), operation_id()
    sent = {"person": str(resident.id), "unit": str(parts[1].id), "op_id": op_id}
    for _ in range(2):
        assert post(browser, address(world, parts), **sent).status_code == 303
    assert len(rows(AuditLine, verb="place_people")) == 1
    other = {**sent, "unit": str(parts[0].id)}
    assert post(browser, address(world, parts), **other).status_code == 409


def test_long_lists_come_in_pages(sign_in: SignIn, world: World, worker: Person) -> None:
    for _ in range(60):
        person(world.an)
    named = [Named("S1", "Xã Một", "Xã"), Named("S2", "Xã Hai", "Xã")]
    carry_out(planning.split(world.an, named, {}, act()), None)
    (part,) = rows(Unit, code="S1")
    browser = officer(sign_in, Role.ADMIN, part)
    page = browser.get(f"/units/waiting/{world.an.id}/{part.id}?all=1")
    assert 'name="person" value="' in page.text and " checked>" in page.text
    assert page.text.count('name="person"') == 50 and "Trang 1 trên 2" in page.text


def test_others_do_not_find_it(
    client: FlaskClient, as_learner: FlaskClient, as_officer: FlaskClient
) -> None:
    assert client.get("/units/waiting").status_code == 302
    for browser in (as_learner, as_officer):
        assert browser.get("/units/waiting").status_code == 404
        assert browser.get("/units/waiting/1/2").status_code == 404
