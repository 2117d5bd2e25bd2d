"""Who looks at a page with data of others is noted, once in a quarter of an hour."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app.accounts import sensitive
from app.accounts.guard import Permission
from app.accounts.models import Person
from app.accounts.trail_models import SensitiveView
from app.lib import clock
from app.ops.sensitive_views import SENSITIVE_VIEWS
from app.permissions import PERMISSIONS
from tests.acts import rows
from tests.whole.conftest import World

NOW = datetime(2026, 11, 3, 8, 20, tzinfo=UTC)
# open to roles, and show nobody's data: figures, courses, units, one's own forms and files
SHOWS_NOBODY = {
    "certificates.revoke", "field.newcomer", "field.begin", "field.remove", "field.search",
    "field.team", "lessons.script", "ops.admin", "persons.incidents", "persons.one_incident",
    "persons.processing", "staff.dry_run", "staff.imports", "staff.looked", "staff.roster",
    "ops.my_roles", "staff.sample", "staff.bad_rows", "staff.assignments",
    "staff.assign_form", "staff.made", "staff.check", "units.add", "units.decide",
    "units.operation",
    "units.operations", "units.take_file", "units.tree", "units.unit", "units.waiting",
}  # fmt: skip
ROOMS_OF_NOBODY = ("authoring.", "board.")


def by_role(permission: Permission) -> bool:
    """Whether only those who hold some role may call it."""
    return permission.roles is not None


def test_every_page_of_staff_says_whether_it_shows_others(app: Flask) -> None:
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and by_role(PERMISSIONS[rule.endpoint])
        if not rule.endpoint.startswith(ROOMS_OF_NOBODY)
    }
    assert pages - SHOWS_NOBODY - set(SENSITIVE_VIEWS) == set()
    assert set(SENSITIVE_VIEWS) - pages == set()


def test_every_sensitive_page_is_noted(app: Flask, world: World) -> None:
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    for endpoint in SENSITIVE_VIEWS:
        for browser in world.browsers.values():
            if browser.get(world.url(app, rules[endpoint])).status_code == 200:
                break
        assert rows(SensitiveView, page=endpoint), endpoint


def test_a_page_of_a_person_names_them(as_hr: FlaskClient, hr: Person, learner: Person) -> None:
    as_hr.get(f"/staff/people/{learner.id}")
    seen = rows(SensitiveView)
    assert [(one.viewer_id, one.page, one.subject) for one in seen] == [
        (hr.id, "staff.person", f"person {learner.id}")
    ]


def test_a_list_names_its_unit(as_hr: FlaskClient, learner: Person, office: object) -> None:
    as_hr.get("/staff?unit=")
    as_hr.get(f"/staff?unit={office.id}")  # type: ignore[attr-defined]
    assert [one.subject for one in rows(SensitiveView)] == ["", f"unit {office.id}"]  # type: ignore[attr-defined]


def test_one_quarter_of_an_hour_is_one_line(as_hr: FlaskClient, learner: Person) -> None:
    for minutes in (0, 5, 9):
        with clock.frozen(NOW + timedelta(minutes=minutes)):
            as_hr.get("/staff")
    with clock.frozen(NOW + timedelta(minutes=10)):
        as_hr.get("/staff")
    assert [one.quarter.strftime("%H:%M") for one in rows(SensitiveView)] == ["08:15", "08:30"]


def test_what_is_not_shown_is_not_noted(
    as_hr: FlaskClient, as_learner: FlaskClient, stranger: Person
) -> None:
    assert as_hr.get(f"/staff/people/{stranger.id}").status_code == 404
    assert as_learner.get("/staff").status_code == 404
    assert as_learner.get("/certificates").status_code == 200
    assert rows(SensitiveView) == []


def test_reading_goes_on_where_it_cannot_be_noted(
    as_hr: FlaskClient, learner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("INSERT", None, Exception("database or disk is full"))

    monkeypatch.setattr(sensitive, "_write", full)
    assert as_hr.get("/staff").status_code == 200


def test_the_administrator_reads_who_looked(
    as_hr: FlaskClient, as_admin: FlaskClient, hr: Person, learner: Person
) -> None:
    as_hr.get(f"/staff/people/{learner.id}")
    page = as_admin.get(f"/admin/views?thing=person&which={learner.id}").text
    assert hr.full_name in page
    assert f"Người {learner.id}" in page
    assert "Chưa có dòng nào" in as_admin.get("/admin/views?actor=khong+co").text
    assert as_admin.get("/admin/views?since=x").status_code == 400
    assert as_hr.get("/admin/views").status_code == 404
