"""/units: search, one unit with its history, a new unit, a whole file."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_person, grant_role
from app.accounts.models import AuditLine, Person, Role
from app.extensions import db
from app.lib.ids import operation_id
from app.units import planning
from app.units.actions import UnitRow, add_unit
from app.units.carrying_out import carry_out
from app.units.models import Unit
from app.units.planning import Named
from app.units.plans import Facts
from app.units.queries import today
from tests.acts import post, rows
from tests.cast import SignIn
from tests.units.world import World, act, build, person

HEAD = "code,name,kind,parent_code,valid_from,remote\n"


@pytest.fixture
def world(app) -> World:
    """A small province."""
    world = build()
    db.session.commit()
    return world


@pytest.fixture
def as_admin_of_an(sign_in: SignIn, world: World) -> FlaskClient:
    """Somebody who administers Xã An only."""
    one = add_person("Đỗ Thị Xuân")
    grant_role(None, one, Role.ADMIN, world.an.id)
    db.session.commit()
    return sign_in(one)


@pytest.fixture
def as_admin_of_all(sign_in: SignIn, world: World) -> FlaskClient:
    """The administrator of the province."""
    one = add_person("Hoàng Minh Đức")
    grant_role(None, one, Role.ADMIN, None)
    db.session.commit()
    return sign_in(one)


def sent(client: FlaskClient, text: str, name: str = "don-vi.csv", **more: str):
    """Upload a units file."""
    data = {"file": (BytesIO(text.encode()), name), "op_id": operation_id(), **more}
    return client.post("/units/file", data=data)


def test_one_goes_down_from_the_top(as_admin_of_all: FlaskClient, world: World) -> None:
    assert "Thành phố Đà Nẵng" in as_admin_of_all.get("/units").text
    page = as_admin_of_all.get(f"/units/{world.root.id}").text
    assert "Xã An" in page and "Thôn Một" not in page
    page = as_admin_of_all.get(f"/units/{world.an.id}").text
    assert "Thôn Một" in page and "Văn phòng xã An" in page


@pytest.mark.parametrize(
    ("asked", "found", "not_found"),
    [
        ("q=thon+mot", "Thôn Một", "Xã Bình"),
        ("q=CQ", "Văn phòng xã An", "Thôn Một"),
        ("kind=Xã", "Xã Bình", "Thôn Một"),
        ("q=xa+an&kind=Cơ quan", "Văn phòng xã An", "Thôn Một"),
        ("q=kh%C3%B4ng+c%C3%B3", "Không có đơn vị nào khớp", "Thôn Một"),
        ("q=%25", "Không có đơn vị nào khớp", "Thôn Một"),
    ],
)
def test_search(as_admin_of_all: FlaskClient, asked: str, found: str, not_found: str) -> None:
    page = as_admin_of_all.get(f"/units?{asked}").text
    assert found in page and not_found not in page


def test_ended_units_are_found_when_asked_for(as_admin_of_all: FlaskClient, world: World) -> None:
    carry_out(planning.merge([world.an, world.binh], Named("M", "Xã Mới", "Xã"), act()), None)
    db.session.commit()
    assert "Xã Bình" not in as_admin_of_all.get("/units?q=binh").text
    assert "Xã Bình" in as_admin_of_all.get("/units?q=binh&ended=1").text


def test_a_unit_tells_its_history_and_relatives(as_admin_of_all: FlaskClient, world: World) -> None:
    facts = Facts("A2", "Xã An Tây", "Xã", True)
    carry_out(planning.rename(world.an, facts, act(5)), None)
    carry_out(planning.merge([world.an, world.binh], Named("M", "Xã Mới", "Xã"), act()), None)
    person(world.office, "work")
    db.session.commit()
    page = as_admin_of_all.get(f"/units/{world.an.id}").text
    assert "Xã An Tây" in page and "vùng sâu, vùng xa" in page and "đã hết hiệu lực" in page
    assert "Tên và mã trước đây" in page and "Nay là:" in page and "12/QĐ-UBND" in page
    (new,) = rows(Unit, name="Xã Mới")
    assert "Trước đây là:" in as_admin_of_all.get(f"/units/{new.id}").text


def test_long_lists_come_in_pages(as_admin_of_all: FlaskClient, world: World) -> None:
    for number in range(60):
        add_unit(UnitRow(f"V{number}", f"Thôn Số {number:02d}", "Thôn"), world.binh)
    page = as_admin_of_all.get(f"/units/{world.binh.id}").text
    assert "Trang 1 trên 2" in page and "Thôn Số 59" not in page
    assert "Thôn Số 59" in as_admin_of_all.get(f"/units/{world.binh.id}?page=2").text
    assert "Thôn Số 59" in as_admin_of_all.get("/units?q=so&page=2").text


def test_a_unit_is_added_under_another(as_admin_of_an: FlaskClient, world: World) -> None:
    data = {"code": "A-9", "name": "Thôn  Chín", "kind": "Thôn", "remote": "y", "population": "812"}
    answer = post(
        as_admin_of_an, f"/units/{world.an.id}/below", since=f"{today():%d/%m/%Y}", **data
    )
    (made,) = rows(Unit, code="A-9")
    assert answer.location == f"/units/{made.id}"
    assert (made.name, made.remote, made.population) == ("Thôn Chín", True, 812)
    assert made.path == f"{world.an.path}{made.id}/" and made.valid_from == today()
    assert [line.verb for line in rows(AuditLine, subject=f"unit {made.id}")] == ["add_unit"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"code": "B"}, "Mã B đang là mã của Xã Bình"),
        ({"code": ""}, "Chưa ghi mã"),
        ({"name": ""}, "Chưa ghi tên"),
        ({"name": "x" * 161}, "Dài quá 160"),
        ({"kind": "Quốc gia"}, "Hãy chọn một mục"),
        ({"since": "31/02/2026"}, "không có ngày này"),
        ({"since": "2026"}, "đủ ngày, tháng, năm"),
        ({"since": "01/01/2019"}, "không có vào ngày ấy"),
        ({"population": "nhiều"}, "Hãy ghi một số nguyên"),
        ({"op_id": "?"}, "Trang mở đã lâu"),
    ],
)
def test_a_wrong_unit_is_not_added(
    as_admin_of_all: FlaskClient, world: World, wrong: dict[str, str], told: str
) -> None:
    before = len(rows(Unit))
    data = {"code": "A-9", "name": "Thôn Chín", "kind": "Thôn", "since": "01/07/2025", **wrong}
    answer = post(as_admin_of_all, f"/units/{world.an.id}/below", **data)
    assert answer.status_code == 400 and told in answer.text
    assert len(rows(Unit)) == before


def test_the_same_form_twice_adds_one(as_admin_of_all: FlaskClient, world: World) -> None:
    data = {"code": "A-9", "name": "Thôn Chín", "kind": "Thôn", "since": "01/07/2025"}
    op_id = operation_id()
    for _ in range(2):
        answer = post(as_admin_of_all, f"/units/{world.an.id}/below", op_id=op_id, **data)
        assert answer.status_code == 303
    assert len(rows(Unit, code="A-9")) == 1
    data["name"] = "Thôn Mười"
    answer = post(as_admin_of_all, f"/units/{world.an.id}/below", op_id=op_id, **data)
    assert answer.status_code == 409


def test_other_units_are_not_there(as_admin_of_an: FlaskClient, world: World) -> None:
    page = as_admin_of_an.get("/units").text
    assert "Xã An" in page and "Xã Bình" not in page
    assert "Xã Bình" not in as_admin_of_an.get("/units?kind=Xã").text
    for address in (f"/units/{world.binh.id}", f"/units/{world.root.id}"):
        assert as_admin_of_an.get(address).status_code == 404
        assert post(as_admin_of_an, f"{address}/below").status_code == 404
    assert as_admin_of_an.get("/units/file").status_code == 404
    assert sent(as_admin_of_an, HEAD).status_code == 404


def test_others_do_not_find_the_pages(
    client: FlaskClient, as_learner: FlaskClient, as_hr: FlaskClient, as_officer: FlaskClient
) -> None:
    assert client.get("/units").status_code == 302
    for browser in (as_learner, as_hr, as_officer):
        for address in ("/units", "/units/1", "/units/1/below", "/units/file"):
            assert browser.get(address).status_code == 404


def test_a_file_is_taken_whole(as_admin_of_all: FlaskClient, world: World) -> None:
    answer = sent(as_admin_of_all, HEAD + "A-2,Thôn Hai,Thôn,A,2025-07-01,x\n")
    assert answer.status_code == 303
    assert "thêm 1 đơn vị" in as_admin_of_all.get("/units").text
    (made,) = rows(Unit, code="A-2")
    assert made.remote and made.path.startswith(world.an.path)
    (line,) = rows(AuditLine, verb="import_units")
    assert line.actor_id


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "A-2,Thôn Hai,Thôn,A,2025-07-01,\nA-3,,Thôn,A,2025-07-01,\n", "Dòng 3, cột name"),
        (HEAD + "A-2,Thôn Hai,Thôn,A,2025-07-01,\nA-3,X,Thôn,Z,2025-07-01,\n", "cấp trên mã Z"),
        (HEAD, "chưa có đơn vị nào"),
        ("mã;tên\n1;2\n", ""),
        ("", ""),
    ],
)
def test_a_bad_file_changes_nothing(
    as_admin_of_all: FlaskClient, world: World, text: str, told: str
) -> None:
    before = len(rows(Unit))
    answer = sent(as_admin_of_all, text)
    assert answer.status_code == 400
    assert "Chưa nhập dòng nào" in answer.text and told in answer.text
    assert len(rows(Unit)) == before


def test_a_file_must_be_chosen(as_admin_of_all: FlaskClient) -> None:
    answer = post(as_admin_of_all, "/units/file")
    assert answer.status_code == 400 and "Chưa chọn tệp" in answer.text


def test_the_same_upload_twice_counts_once(as_admin_of_all: FlaskClient, world: World) -> None:
    text, op_id = HEAD + "A-2,Thôn Hai,Thôn,A,2025-07-01,\n", operation_id()
    assert sent(as_admin_of_all, text, op_id=op_id).status_code == 303
    assert sent(as_admin_of_all, text, op_id=op_id).status_code == 303
    assert (
        sent(as_admin_of_all, HEAD + "A-3,X,Thôn,A,2025-07-01,\n", op_id=op_id).status_code == 409
    )
    assert len(rows(Unit, code="A-2")) == 1


def test_a_mended_file_may_be_sent_with_the_same_form(as_admin_of_all: FlaskClient) -> None:
    op_id = operation_id()
    assert (
        sent(as_admin_of_all, HEAD + "A-2,X,Thôn,Z,2025-07-01,\n", op_id=op_id).status_code == 400
    )
    assert (
        sent(as_admin_of_all, HEAD + "A-2,X,Thôn,A,2025-07-01,\n", op_id=op_id).status_code == 303
    )


def test_it_is_reached_from_the_administration(as_admin_of_all: FlaskClient) -> None:
    assert 'href="/units"' in as_admin_of_all.get("/admin").text


def test_nobody_is_named(as_admin_of_all: FlaskClient, world: World) -> None:
    one: Person = person(world.an)
    assert one.full_name not in as_admin_of_all.get(f"/units/{world.an.id}").text
