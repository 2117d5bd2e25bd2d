"""/account/roles: a colleague stands in until a day that is set, and hands nothing on."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_credential, end_grant, grant_role
from app.accounts.models import AuditLine, Grant, Person, Role
from app.accounts.queries import holders_of_roles
from app.extensions import db
from app.lib import clock
from app.lib.ids import operation_id
from app.units.actions import join
from app.units.models import Unit
from app.units.queries import today
from tests.acts import post, rows
from tests.cast import SignIn

URL = "/account/roles"


@pytest.fixture(autouse=True)
def known(learner: Person, stranger: Person) -> None:
    """Bà Hoa of the office and anh Liếc of another one sign in by e-mail."""
    add_credential(learner, "password", "hoa@demo.vn", "mật khẩu dài")
    add_credential(stranger, "password", "liec@demo.vn", "mật khẩu dài")
    db.session.commit()


def ask(client: FlaskClient, hr: Person, **other: object) -> int:
    """Ask bà Hoa to stand in for a week."""
    return post(client, URL, **wish(hr, **other)).status_code


def wish(hr: Person, **other: object) -> dict[str, object]:
    day = today() + timedelta(days=7)
    typed = {"full_name": "nguyen thi hoa", "email": "Hoa@demo.vn", "reason": "nghỉ phép"}
    grant = rows(Grant, person_id=hr.id)[0].id
    return {"grant": grant, **typed, "last_day": f"{day:%d/%m/%Y}", **other}


def handed(person: Person) -> Grant:
    found: Grant = rows(Grant, person_id=person.id)[-1]
    return found


def test_who_stands_in_works_at_the_same_desk_until_the_day(
    as_hr: FlaskClient, hr: Person, as_learner: FlaskClient, learner: Person, monkeypatch
) -> None:
    assert as_learner.get("/staff").status_code == 404
    assert ask(as_hr, hr) == 303
    assert as_learner.get("/staff").status_code == 200
    assert "Trần Thị Lan" in as_learner.get(URL).text
    page = as_hr.get(URL).text
    assert "Nguyễn Thị Hoa" in page and "nghỉ phép" in page
    (line,) = rows(AuditLine, verb="hand_role_on")
    assert line.actor_id == hr.id and "đến trước" in line.detail
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=9))
    assert as_learner.get("/staff").status_code == 404
    assert as_hr.get("/staff").status_code == 200
    assert "đã hết" in as_hr.get(URL).text


def test_it_is_ended_early_and_leaves_a_line(
    as_hr: FlaskClient, hr: Person, as_learner: FlaskClient, learner: Person
) -> None:
    ask(as_hr, hr)
    end = f"{URL}/{handed(learner).id}/end"
    op_id = operation_id()
    assert [post(as_hr, end, op_id=op_id).status_code for _ in range(2)] == [303, 303]
    assert as_learner.get("/staff").status_code == 404
    assert [line.actor_id for line in rows(AuditLine, verb="end_grant")] == [hr.id]


def test_with_the_role_ends_what_was_handed_on(
    as_hr: FlaskClient, hr: Person, as_learner: FlaskClient, admin: Person
) -> None:
    ask(as_hr, hr)
    end_grant(admin.id, rows(Grant, person_id=hr.id)[0])
    assert as_learner.get("/staff").status_code == 404


def test_it_never_lasts_longer_than_the_role_itself(
    as_hr: FlaskClient, hr: Person, learner: Person
) -> None:
    end = clock.now() + timedelta(days=2)
    rows(Grant, person_id=hr.id)[0].ended_at = end
    assert ask(as_hr, hr) == 303
    assert handed(learner).ended_at == end


def test_it_cannot_be_handed_on_again(
    as_hr: FlaskClient, hr: Person, as_learner: FlaskClient, learner: Person, office: Unit
) -> None:
    join(hr, office, "work")
    add_credential(hr, "password", "lan@demo.vn", "mật khẩu dài")
    ask(as_hr, hr)
    assert "Nhờ làm thay" not in as_learner.get(URL).text
    again = {"grant": handed(learner).id, "full_name": "Trần Thị Lan", "email": "lan@demo.vn"}
    assert ask(as_learner, hr, **again) == 400
    assert len(rows(Grant)) == 2


@pytest.mark.parametrize("role", [Role.HELPER, Role.ADMIN])
def test_helpers_and_administrators_hand_nothing_on(
    sign_in: SignIn, hr: Person, role: Role, office: Unit, learner: Person
) -> None:
    grant = grant_role(None, hr, role, office.id)
    assert ask(sign_in(hr), hr, grant=grant.id) == 400
    assert rows(Grant, person_id=learner.id) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"full_name": "Nguyễn Thị Mai"}, "Không có ai trong đơn vị"),
        ({"email": "khong@demo.vn"}, "Không có ai trong đơn vị"),
        ({"full_name": "Bh'riu Liếc", "email": "liec@demo.vn"}, "Không có ai trong đơn vị"),
        ({"last_day": "01/01/2020"}, "đã qua"),
        ({"last_day": "01/01/2099"}, "nhiều nhất 90 ngày"),
        ({"last_day": "2027"}, "Hãy ghi đủ ngày"),
        ({"last_day": ""}, "Chưa có ngày"),
        ({"reason": " "}, "Chưa ghi lý do"),
        ({"grant": "999"}, "Hãy chọn một mục"),
    ],
)
def test_what_is_wrong_is_said(
    as_hr: FlaskClient, hr: Person, wrong: dict[str, str], told: str
) -> None:
    answer = post(as_hr, URL, **wish(hr, **wrong))
    assert (answer.status_code, told in answer.text) == (400, True)
    assert len(rows(Grant)) == 1


def test_asked_twice_it_is_one(as_hr: FlaskClient, hr: Person, learner: Person) -> None:
    op_id = operation_id()
    assert [ask(as_hr, hr, op_id=op_id) for _ in range(2)] == [303, 303]
    assert ask(as_hr, hr, op_id=op_id, reason="khác") == 409
    assert ask(as_hr, hr) == 400
    assert len(rows(Grant, person_id=learner.id)) == 1


def test_signed_out_without_a_role_and_for_anothers(
    client: FlaskClient,
    as_stranger: FlaskClient,
    as_officer: FlaskClient,
    as_hr: FlaskClient,
    hr: Person,
    learner: Person,
) -> None:
    ask(as_hr, hr)
    end = f"{URL}/{handed(learner).id}/end"
    assert "/login" in client.get(URL).location
    assert as_stranger.get(URL).status_code == 404
    for browser in (as_stranger, as_officer):
        assert post(browser, end).status_code == 404
    assert post(as_officer, f"{URL}/999/end").status_code == 404
    assert as_hr.get(end).status_code == 405
    assert handed(learner).in_force


def test_a_role_is_given_from_a_day_to_a_day(
    as_admin: FlaskClient, as_learner: FlaskClient, learner: Person, monkeypatch
) -> None:
    first, last = today() + timedelta(days=3), today() + timedelta(days=5)
    wanted = {"person": learner.id, "role": "hr", "reach": "unit", "unit": "CQ01"}
    days = {"first_day": f"{first:%d/%m/%Y}", "last_day": f"{last:%d/%m/%Y}"}
    assert post(as_admin, "/admin/grants", **wanted, **days).status_code == 303
    assert f"{last:%d/%m/%Y}" in as_admin.get("/admin/grants").text
    assert as_learner.get("/staff").status_code == 404
    now = clock.now()
    for later, status in ((4, 200), (7, 404)):
        monkeypatch.setattr(clock, "now", lambda later=later: now + timedelta(days=later))
        assert as_learner.get("/staff").status_code == status


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"last_day": "01/01/2020"}, "đã qua"),
        ({"first_day": "31/02/2027"}, "không có ngày này"),
        ({"first_day": "02/02/2099", "last_day": "01/02/2099"}, "Ngày cuối phải sau"),
    ],
)
def test_days_that_cannot_be_are_refused(
    as_admin: FlaskClient, learner: Person, days: dict[str, str], told: str
) -> None:
    wanted = {"person": learner.id, "role": "hr", "reach": "unit", "unit": "CQ01"}
    answer = post(as_admin, "/admin/grants", **wanted, **days)
    assert (answer.status_code, told in answer.text) == (400, True)
    assert rows(Grant, person_id=learner.id) == []


def test_the_same_role_with_other_days_is_a_question(
    as_admin: FlaskClient, learner: Person
) -> None:
    wanted = {"person": learner.id, "role": "hr", "reach": "unit", "unit": "CQ01"}
    post(as_admin, "/admin/grants", **wanted)
    answer = post(as_admin, "/admin/grants", **wanted, last_day="01/01/2099")
    assert "thôi giao quyền cũ trước" in answer.text
    assert len(rows(Grant, person_id=learner.id)) == 1


def test_an_end_that_was_set_may_come_earlier(
    as_admin: FlaskClient, learner: Person, office: Unit
) -> None:
    end = clock.now() + timedelta(days=9)
    grant = grant_role(None, learner, Role.HR, office.id, ends_at=end)
    assert post(as_admin, f"/admin/grants/{grant.id}/end").status_code == 303
    assert not rows(Grant, id=grant.id)[0].is_open


def test_a_person_promised_a_role_is_nobody_elses_to_claim(learner: Person, office: Unit) -> None:
    grant_role(None, learner, Role.HR, office.id, begins_at=clock.now() + timedelta(days=9))
    assert holders_of_roles([learner.id]) == {learner.id}
