"""The log of incidents with personal data, and its clock of 72 hours."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import grant_role
from app.accounts.models import AuditLine, Person, Role
from app.lib import clock
from app.persons.models import DataIncident
from app.units.models import Unit
from tests.acts import post, rows
from tests.cast import SignIn

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
FACTS = {
    "title": "Gửi nhầm danh sách", "day": "02/11/2026", "hour": "14:05",
    "happened": "Tệp của văn phòng gửi cho người ngoài", "people": "1.200",
}  # fmt: skip


@pytest.fixture
def incident(as_admin: FlaskClient) -> DataIncident:
    """An incident, found on 2 November at 14:05."""
    with clock.frozen(NOW):
        assert post(as_admin, "/admin/incidents", **FACTS).status_code == 303
    found: DataIncident = rows(DataIncident)[0]
    return found


def test_one_is_noted(as_admin: FlaskClient, admin: Person, incident: DataIncident) -> None:
    assert incident.found_at == datetime(2026, 11, 2, 7, 5, tzinfo=UTC)
    assert (incident.people, incident.recorded_by) == (1200, admin.id)
    assert [line.subject for line in rows(AuditLine, verb="new_incident")] == [
        f"incident {incident.id}"
    ]


def test_the_clock_runs(as_admin: FlaskClient, incident: DataIncident) -> None:
    with clock.frozen(NOW):
        # found 20 hours ago, by a little less
        assert "Còn 52 giờ để báo" in as_admin.get("/admin/incidents").text
    with clock.frozen(NOW + timedelta(days=3)):
        assert "Quá 72 giờ chưa báo" in as_admin.get(f"/admin/incidents/{incident.id}").text


def test_it_is_worked_on_and_closed(as_admin: FlaskClient, incident: DataIncident) -> None:
    url = f"/admin/incidents/{incident.id}"
    assert post(as_admin, url, happened="", measures="x").status_code == 400
    post(as_admin, url, happened="Đã rõ", people="", measures="Đã gọi thu hồi tệp")
    with clock.frozen(NOW + timedelta(hours=4)):
        for step in ("reported", "told", "closed"):
            assert post(as_admin, f"{url}/{step}").status_code == 303
    with clock.frozen(NOW + timedelta(hours=9)):
        post(as_admin, f"{url}/reported")
    known = rows(DataIncident)[0]
    assert (known.people, known.measures) == (None, "Đã gọi thu hồi tệp")
    assert known.reported_at == NOW + timedelta(hours=4)
    assert known.closed_at and not known.is_late
    assert "Đã khép lại" in as_admin.get(url).text
    assert len(rows(AuditLine, verb="change_incident")) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""}, {"happened": ""}, {"day": "2026"}, {"day": "04/11/2026"}, {"hour": "25:00"},
        {"people": "nhiều"}, {"title": "a" * 201},
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(as_admin: FlaskClient, wrong: dict[str, str]) -> None:
    with clock.frozen(NOW):
        assert post(as_admin, "/admin/incidents", **{**FACTS, **wrong}).status_code == 400
    assert rows(DataIncident) == []


def test_the_same_form_notes_one(as_admin: FlaskClient) -> None:
    with clock.frozen(NOW):
        for _ in range(2):
            post(as_admin, "/admin/incidents", **FACTS, op_id="5" * 32)
    assert len(rows(DataIncident)) == 1


def test_only_who_administers_everything(
    sign_in: SignIn,
    stranger: Person,
    other_commune: Unit,
    as_officer: FlaskClient,
    client: FlaskClient,
    incident: DataIncident,
) -> None:
    grant_role(None, stranger, Role.ADMIN, other_commune.id)
    for browser in (sign_in(stranger), as_officer):
        assert browser.get("/admin/incidents").status_code == 404
        assert browser.get(f"/admin/incidents/{incident.id}").status_code == 404
        assert post(browser, f"/admin/incidents/{incident.id}/closed").status_code == 404
    assert "/login" in client.get("/admin/incidents").location
