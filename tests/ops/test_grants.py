"""/admin/grants: give a role, end a role, each once and only where one administers."""

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_credential, grant_role
from app.accounts.models import AuditLine, Grant, Person, Role
from app.extensions import db
from app.lib.ids import operation_id
from app.units.models import Unit
from tests.acts import post, rows
from tests.cast import SignIn


@pytest.fixture
def local_admin(sign_in: SignIn, stranger: Person, other_commune: Unit) -> FlaskClient:
    """The stranger administers the own commune, and nothing else."""
    grant_role(None, stranger, Role.ADMIN, other_commune.id)
    db.session.commit()
    return sign_in(stranger)


def _give(client: FlaskClient, person: object, **other: str) -> int:
    wish = {"person": str(person), "role": "hr", "reach": "unit", "unit": "CQ01"}
    return post(client, "/admin/grants", **wish | other).status_code


def _held(person: Person) -> list[tuple[str, int | None]]:
    return [(g.role, g.unit_id) for g in rows(Grant, person_id=person.id) if g.in_force]


@pytest.mark.parametrize("who", ["0905 123 456", "+84905123456", "HOA@demo.vn"])
def test_a_role_is_given_to_a_person_however_named(
    as_admin: FlaskClient, learner: Person, office: Unit, who: str
) -> None:
    add_credential(learner, "password", "hoa@demo.vn", "mật khẩu dài")
    assert _give(as_admin, who) == 303
    assert _held(learner) == [("hr", office.id)]
    page = as_admin.get("/admin/grants").text
    assert "Đã giao quyền “Cán bộ nhân sự” cho Nguyễn Thị Hoa" in page


def test_by_id_for_the_whole_province(as_admin: FlaskClient, learner: Person) -> None:
    assert _give(as_admin, learner.id, role="officer", reach="province", unit="") == 303
    assert _held(learner) == [("officer", None)]


def test_a_unit_may_be_given_by_name(as_admin: FlaskClient, learner: Person, office: Unit) -> None:
    assert _give(as_admin, learner.id, unit="van phong phuong ban thach") == 303
    assert _held(learner) == [("hr", office.id)]


def test_sent_twice_it_is_one_role(as_admin: FlaskClient, learner: Person) -> None:
    op_id = operation_id()
    assert _give(as_admin, learner.id, op_id=op_id) == 303
    assert _give(as_admin, learner.id, op_id=op_id) == 303
    assert _give(as_admin, learner.id) == 303
    assert len(_held(learner)) == 1
    assert len(rows(AuditLine, verb="grant", actor_id=rows(Grant)[-1].granted_by)) == 1


def test_the_same_operation_for_something_else_is_refused(
    as_admin: FlaskClient, learner: Person
) -> None:
    op_id = operation_id()
    assert _give(as_admin, learner.id, op_id=op_id) == 303
    assert _give(as_admin, learner.id, op_id=op_id, role="trainer") == 409
    assert len(_held(learner)) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person": "0987654321"}, "Không có ai như vậy"),
        ({"person": "999999"}, "Không có ai như vậy"),
        ({"person": "khong@co.vn"}, "Không có ai như vậy"),
        ({"person": "02363123456"}, "số máy bàn"),
        ({"person": ""}, "Chưa ghi người nhận quyền"),
        ({"role": "vua"}, "Hãy chọn một mục"),
        ({"role": ""}, "Hãy chọn một"),
        ({"reach": "?"}, "Hãy chọn một"),
        ({"unit": ""}, "Chưa ghi đơn vị"),
        ({"unit": "Phường Không Có"}, "Không có đơn vị"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    as_admin: FlaskClient, learner: Person, wrong: dict[str, str], told: str
) -> None:
    wish = {"person": str(learner.id), "role": "hr", "reach": "unit", "unit": "CQ01"}
    answer = post(as_admin, "/admin/grants", **wish | wrong)
    assert answer.status_code == 400
    assert told in answer.text
    assert _held(learner) == []


def test_a_shared_telephone_names_everybody_behind_it(
    as_admin: FlaskClient, learner: Person, stranger: Person
) -> None:
    stranger.phone = learner.phone
    wish = {"person": "0905123456", "role": "hr", "reach": "unit", "unit": "CQ01"}
    answer = post(as_admin, "/admin/grants", **wish)
    assert answer.status_code == 400
    assert f"Nguyễn Thị Hoa (mã {learner.id})" in answer.text


def test_a_role_is_ended_once(as_admin: FlaskClient, hr: Person, admin: Person) -> None:
    (grant,) = rows(Grant, person_id=hr.id)
    url = f"/admin/grants/{grant.id}/end"
    assert [post(as_admin, url).status_code for _ in range(2)] == [303, 303]
    assert _held(hr) == []
    assert [line.actor_id for line in rows(AuditLine, verb="end_grant")] == [admin.id]
    assert "Trần Thị Lan thôi giữ quyền" in as_admin.get("/admin/grants").text


def test_the_last_administrator_stays(as_admin: FlaskClient, admin: Person, hr: Person) -> None:
    (grant,) = rows(Grant, person_id=admin.id)
    assert post(as_admin, f"/admin/grants/{grant.id}/end").status_code == 303
    assert _held(admin) == [("admin", None)]
    assert "người quản trị cuối cùng" in as_admin.get("/admin/grants").text
    grant_role(None, hr, Role.ADMIN, None)
    assert post(as_admin, f"/admin/grants/{grant.id}/end").status_code == 303
    assert _held(admin) == []


def test_an_unknown_grant_is_not_there(as_admin: FlaskClient) -> None:
    assert post(as_admin, "/admin/grants/999/end").status_code == 404


def test_ending_without_an_operation_id_is_refused(as_admin: FlaskClient, hr: Person) -> None:
    (grant,) = rows(Grant, person_id=hr.id)
    assert as_admin.post(f"/admin/grants/{grant.id}/end", data={"op_id": "x"}).status_code == 400
    assert _held(hr) != []


def test_a_local_administrator_sees_and_gives_only_at_home(
    local_admin: FlaskClient, learner: Person, hr: Person, other_office: Unit
) -> None:
    page = local_admin.get("/admin/grants").text
    assert "Xã La Êê" in page
    assert "Văn phòng phường Bàn Thạch" not in page
    assert _give(local_admin, learner.id, unit="CQ01") == 400
    assert _give(local_admin, learner.id, reach="province") == 400
    assert _give(local_admin, learner.id, unit="CQ02") == 303
    assert _held(learner) == [("hr", other_office.id)]
    (elsewhere,) = rows(Grant, person_id=hr.id)
    assert post(local_admin, f"/admin/grants/{elsewhere.id}/end").status_code == 404


def test_the_register_is_kept_for_the_whole_province_only(
    as_admin: FlaskClient, local_admin: FlaskClient, learner: Person, stranger: Person
) -> None:
    assert _give(as_admin, learner.id, role="registrar") == 400
    assert _give(local_admin, stranger.id, role="registrar", unit="CQ02") == 400
    assert _held(learner) == []
    assert _give(as_admin, learner.id, role="registrar", reach="province", unit="") == 303


def test_signed_out_it_asks_to_sign_in(client: FlaskClient) -> None:
    assert "/login" in client.get("/admin/grants").location
    assert "/login" in post(client, "/admin/grants/1/end").location


def test_for_other_roles_it_is_not_there(
    as_hr: FlaskClient, as_officer: FlaskClient, learner: Person
) -> None:
    for client in (as_hr, as_officer):
        assert client.get("/admin/grants").status_code == 404
        assert _give(client, learner.id) == 404
    assert _held(learner) == []


def test_ending_is_no_get(as_admin: FlaskClient) -> None:
    assert as_admin.get("/admin/grants/1/end").status_code == 405


def test_queries_do_not_grow_with_roles(as_admin: FlaskClient, learner: Person) -> None:
    as_admin.get("/admin/grants")
    few = as_admin.queries
    for role in Role:
        grant_role(None, learner, role, None)
    as_admin.get("/admin/grants")
    assert as_admin.queries == few
