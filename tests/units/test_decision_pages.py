"""Merge, split, rename, move, dissolve as pages: looked at first, done once, undone."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_person, grant_role
from app.accounts.models import AuditLine, Role
from app.extensions import db
from app.lib.dates import short_date
from app.lib.ids import operation_id
from app.units.models import Unit
from app.units.operation_models import UnitOperation
from app.units.queries import today
from tests.acts import post, rows
from tests.cast import SignIn
from tests.units.world import World, build, count, leaves, people_of, person, picture

DECISION = {"decision": "12/QĐ-UBND", "on": short_date(today())}


@pytest.fixture
def world(app) -> World:
    """A small province."""
    world = build()
    db.session.commit()
    return world


@pytest.fixture
def as_admin(sign_in: SignIn, world: World) -> FlaskClient:
    """The administrator of the province."""
    one = add_person("Hoàng Minh Đức")
    grant_role(None, one, Role.ADMIN, None)
    db.session.commit()
    return sign_in(one)


def merger(world: World) -> dict[str, str]:
    """Xã An and Xã Bình become Xã Mới."""
    return {**DECISION, "others": str(world.binh.id), "code": "A", "name": "Xã Mới"}


def done(client: FlaskClient, unit: Unit, act: str, **data: str):
    """Send the form of an act and carry it out."""
    more = {"unit_kind": unit.kind, "into": "new"} if act == "merge" else {}
    return post(client, f"/units/{unit.id}/{act}", step="do", **{**more, **data})


def test_a_merger_is_looked_at_done_and_undone(as_admin: FlaskClient, world: World) -> None:
    people = {person(world.an).id, person(world.binh).id}
    worker = person(world.office, "work")
    count(worker, world.office.id)
    before, counted = picture(), leaves()
    data = {**merger(world), "unit_kind": "Xã", "into": "new"}
    seen = post(as_admin, f"/units/{world.an.id}/merge", step="preview", **data)
    assert seen.status_code == 200 and "<strong>2 người</strong>" in seen.text
    assert "Thôn Một → Xã Mới" in seen.text and picture() == before
    answer = done(as_admin, world.an, "merge", **merger(world))
    assert answer.status_code == 303
    (new,) = rows(Unit, name="Xã Mới")
    assert people_of(new) == people and leaves() == counted
    page = as_admin.get(answer.location).text
    assert "12/QĐ-UBND" in page and "Hoàng Minh Đức" in page and "Hoàn tác việc này" in page
    assert "Xã Mới" in as_admin.get("/units/operations").text
    assert post(as_admin, f"{answer.location}/undo").status_code == 303
    assert picture() == before and leaves() == counted
    assert "Đã hoàn tác ngày" in as_admin.get(answer.location).text
    verbs = [line.verb for line in rows(AuditLine) if line.subject.startswith("unit_operation")]
    assert verbs == ["merge_units", "undo_units"]
    assert "Sáp nhập đơn vị" in as_admin.get("/admin/audit").text


def test_units_elsewhere_are_named_by_code_or_name(as_admin: FlaskClient, world: World) -> None:
    data = {**DECISION, "elsewhere": "B, văn phòng xã an", "into": "stays"}
    assert done(as_admin, world.village, "merge", **data).status_code == 303
    assert not [u for u in rows(Unit, code="B") if u.valid_to is None]
    assert rows(Unit, code="A-1")[0].valid_to is None


def test_a_division_sends_villages_and_lists_the_others(
    as_admin: FlaskClient, world: World
) -> None:
    one = person(world.an)
    data = {
        **DECISION, "code_1": "S1", "name_1": "Xã Một", "kind_1": "Xã", "code_2": "B",
        f"child_{world.village.id}": "1", f"child_{world.office.id}": "0",
    }  # fmt: skip
    seen = post(as_admin, f"/units/{world.an.id}/split", step="preview", **data)
    assert "1 người chưa rõ thuộc phần nào" in seen.text
    assert done(as_admin, world.an, "split", **data).status_code == 303
    (first,) = rows(Unit, code="S1")
    assert people_of(first) == {one.id}
    assert rows(Unit, code="A-1")[0].path.startswith(rows(Unit, code="B")[0].path)
    assert "Xã Một" in as_admin.get("/units/waiting").text


def test_a_new_name_with_the_mark_of_a_remote_area(as_admin: FlaskClient, world: World) -> None:
    page = as_admin.get(f"/units/{world.an.id}/rename").text
    assert 'value="Xã An"' in page
    data = {**DECISION, "code": "A", "name": "Xã An", "unit_kind": "Xã", "remote": "y"}
    assert done(as_admin, world.an, "rename", **data).status_code == 303
    assert "vùng sâu, vùng xa" in as_admin.get(f"/units/{world.an.id}").text


def test_a_move_and_a_dissolution(as_admin: FlaskClient, world: World) -> None:
    assert done(as_admin, world.village, "move", into="Xã Bình", **DECISION).status_code == 303
    assert rows(Unit, code="A-1")[0].parent_id == world.binh.id
    assert done(as_admin, world.an, "dissolve", into="B", **DECISION).status_code == 303
    assert rows(Unit, code="A")[0].valid_to == today() - timedelta(days=1)


@pytest.mark.parametrize(
    ("act", "wrong", "told"),
    [
        ("merge", {"others": []}, "ít nhất hai"),
        ("merge", {"others": "999999"}, "không còn trong cây"),
        ("merge", {"others": "hai"}, "Hãy chọn một mục"),
        ("merge", {"code": "CQ"}, "Mã CQ đang là mã"),
        ("merge", {"name": ""}, "mã và tên của đơn vị mới"),
        ("merge", {"decision": ""}, "Chưa ghi số quyết định"),
        ("merge", {"on": "hôm qua"}, "không phải ngày tháng"),
        ("merge", {"on": "2025"}, "đủ ngày, tháng, năm"),
        ("merge", {"on": short_date(today() + timedelta(days=1))}, "Ngày hiệu lực chưa tới"),
        ("merge", {"elsewhere": "Xã Không Có"}, "Không có đơn vị “Xã Không Có”"),
        ("split", {"code_1": "S1", "name_1": "Xã Một"}, "ít nhất hai đơn vị mới"),
        ("split", {"code_1": "S1", "name_1": "X", "code_2": "Z"}, "Không có đơn vị “Z”"),
        ("move", {"into": ""}, "Chưa ghi đơn vị"),
        ("move", {"into": "A-1"}, "bên trong chính nó"),
        ("dissolve", {"into": "Z"}, "Không có đơn vị “Z”"),
        ("rename", {"code": "A", "name": "Xã An", "unit_kind": "Xã"}, "Chưa có gì thay đổi"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "do"])
def test_what_cannot_be_is_refused_in_words(
    as_admin: FlaskClient, world: World, act: str, wrong: dict[str, str], told: str, step: str
) -> None:
    before = picture()
    own = merger(world) if act == "merge" else DECISION
    more = {"unit_kind": "Xã", "into": "new"} if act == "merge" else {}
    if act == "split":
        more = {f"child_{one.id}": "0" for one in (world.village, world.office)}
        more |= {f"kind_{n}": "Xã" for n in range(1, 5)}
    data = {**more, **own, **wrong}
    answer = post(as_admin, f"/units/{world.an.id}/{act}", step=step, **data)
    assert answer.status_code == 400 and told in answer.text
    assert picture() == before and rows(UnitOperation) == []


def test_a_refused_form_may_be_mended_and_sent_again(as_admin: FlaskClient, world: World) -> None:
    op_id = operation_id()
    assert (
        done(as_admin, world.village, "move", into="A", op_id=op_id, **DECISION).status_code == 400
    )
    assert (
        done(as_admin, world.village, "move", into="B", op_id=op_id, **DECISION).status_code == 303
    )


def test_sent_twice_it_is_done_once(as_admin: FlaskClient, world: World) -> None:
    op_id = operation_id()
    first = done(as_admin, world.an, "merge", op_id=op_id, **merger(world))
    again = done(as_admin, world.an, "merge", op_id=op_id, **merger(world))
    assert first.location == again.location and len(rows(UnitOperation)) == 1
    other = {**merger(world), "name": "Xã Khác"}
    assert done(as_admin, world.an, "merge", op_id=op_id, **other).status_code == 409


def test_a_division_sent_twice_is_done_once(as_admin: FlaskClient, world: World) -> None:
    data = {
        **DECISION, "code_1": "S1", "name_1": "Xã Một", "code_2": "B", "op_id": operation_id(),
        f"child_{world.village.id}": "1", f"child_{world.office.id}": "0",
    }  # fmt: skip
    first, again = (done(as_admin, world.an, "split", **data) for _ in range(2))
    assert first.location == again.location and len(rows(UnitOperation)) == 1


def test_undo_twice_and_what_is_built_on(as_admin: FlaskClient, world: World) -> None:
    first = done(as_admin, world.an, "merge", **merger(world)).location
    later = done(as_admin, world.village, "move", into="48", **DECISION).location
    assert "việc khác dựa vào nó" in as_admin.get(first).text
    post(as_admin, f"{first}/undo")
    assert "Hãy hoàn tác việc sau trước" in as_admin.get(first).text
    for address in (later, first):
        op_id = operation_id()
        for _ in range(2):
            assert post(as_admin, f"{address}/undo", op_id=op_id).status_code == 303
    post(as_admin, f"{first}/undo")
    assert "đã được hoàn tác từ trước" in as_admin.get(first).text
    assert all(one.undone_at for one in rows(UnitOperation))


def test_only_who_administers_all_decides(
    as_learner: FlaskClient, as_hr: FlaskClient, sign_in: SignIn, world: World, client: FlaskClient
) -> None:
    one = add_person("Đỗ Thị Xuân")
    grant_role(None, one, Role.ADMIN, world.an.id)
    db.session.commit()
    own = sign_in(one)
    page = own.get(f"/units/{world.an.id}").text
    assert "Thêm đơn vị vào đây" in page and "Sáp nhập" not in page
    for browser in (as_learner, as_hr, own):
        assert browser.get(f"/units/{world.an.id}/merge").status_code == 404
        assert done(browser, world.an, "merge", **merger(world)).status_code == 404
        assert browser.get("/units/operations").status_code == 404
        assert post(browser, "/units/operations/1/undo").status_code == 404
    assert client.get("/units/operations").status_code == 302
    assert rows(UnitOperation) == []


@pytest.mark.parametrize(
    "address", ["/units/999999/merge", "/units/{0}/khong-co", "/units/{0}/restructure"]
)
def test_missing_and_unknown(as_admin: FlaskClient, world: World, address: str) -> None:
    assert as_admin.get(address.format(world.an.id)).status_code == 404
    assert post(as_admin, address.format(world.an.id)).status_code == 404


@pytest.mark.parametrize("act", ["merge", "split", "rename", "move", "dissolve"])
def test_each_form_opens(as_admin: FlaskClient, world: World, act: str) -> None:
    page = as_admin.get(f"/units/{world.an.id}/{act}")
    assert page.status_code == 200 and re.search(r'name="step" value="preview"', page.text)


def test_undo_on_the_command_line(app, as_admin: FlaskClient, world: World) -> None:
    before = picture()
    number = done(as_admin, world.an, "merge", **merger(world)).location.rpartition("/")[2]
    told = app.test_cli_runner().invoke(args=["units", "undo", number])
    assert told.exit_code == 0 and "Đã hoàn tác việc số" in told.output
    assert picture() == before
    told = app.test_cli_runner().invoke(args=["units", "undo", number])
    assert told.exit_code == 1 and "từ trước" in told.output
    told = app.test_cli_runner().invoke(args=["units", "undo", "999999"])
    assert told.exit_code == 1 and "Không có việc số 999999" in told.output


def test_the_command_line_names_what_is_built_on(app, as_admin: FlaskClient, world: World) -> None:
    number = done(as_admin, world.an, "merge", **merger(world)).location.rpartition("/")[2]
    done(as_admin, world.village, "move", into="48", **DECISION)
    told = app.test_cli_runner().invoke(args=["units", "undo", number])
    assert told.exit_code == 1 and "hoàn tác việc sau trước" in told.output
