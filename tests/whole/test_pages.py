"""Every page: GET never writes, wrong methods are refused, unknown things are 404."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actions import grant_role
from app.accounts.models import Person, Role
from app.extensions import Base, db
from tests.whole.conftest import SignIn, World

# the one thing that looking at a page leaves behind (app.accounts.access_log)
NOTED = "sensitive_view"


def everything() -> dict[str, list[Any]]:
    """All rows of all tables, but of who looked at what."""
    return {
        table.name: sorted(map(str, db.session.execute(select(table))))
        for table in Base.metadata.sorted_tables
        if table.name != NOTED
    }


@pytest.mark.parametrize("who", ["nobody", "learner", "holder of all roles"])
def test_get_never_writes(
    app: Flask, world: World, sign_in: SignIn, learner: Person, who: str
) -> None:
    if who == "holder of all roles":
        for role in Role:
            grant_role(None, learner, role, None)
    db.session.commit()
    browser = world.browsers.get(who) or sign_in(learner)
    before = everything()
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            answer = browser.get(world.url(app, rule))
            assert answer.status_code < 500, rule.endpoint
    assert everything() == before


def test_a_method_that_a_page_does_not_know_is_refused(app: Flask, world: World) -> None:
    browser = world.browsers["admin"]
    for rule in app.url_map.iter_rules():
        answer = browser.delete(world.url(app, rule))
        assert answer.status_code == 405, rule.endpoint
        assert answer.headers["Allow"], rule.endpoint


def test_unknown_addresses_and_things_are_pages_that_help(app: Flask, world: World) -> None:
    unknown = {
        "slug": "khong-co",
        "step_slug": "khong-co",
        "path": "khong-co.svg",
        "code": "KHONGCO",
        "attempt_id": 999999,
        "submitted_id": 999999,
        "number": 99,
        "indicator_id": "khong-co",
        "person_id": 999999,
        "grant_id": 999999,
        "unit_id": 999999,
        "ask_id": 999999,
        "job_id": 999999,
        "import_id": 999999,
        "assignment_id": 999999,
        "departure_id": 999999,
        "list_id": 999999,
        "monthly_id": 999999,
        "place_id": 999999,
        "member_id": 999999,
        "merge_id": 999999,
        "one_id": 999998,
        "other_id": 999999,
        "old_id": 999999,
        "operation_id": 999999,
        "act": "khong-co",
        "secret": "khong-co",
        "request_id": 999999,
        "incident_id": 999999,
        "wish": "khong-co",
        "purpose": "learning",
        "version": "khong-co",
        "step": "reported",
        "file_id": 999999,
        "revision_id": 999999,
    }
    lost = World(unknown)
    with app.app_context():
        rules = [rule for rule in app.url_map.iter_rules() if rule.arguments]
    for rule in rules:
        if "GET" not in (rule.methods or ()):
            continue
        answer = world.browsers["admin"].get(lost.url(app, rule))
        assert answer.status_code == 404, rule.endpoint
    assert "<h1>" in world.browsers["nobody"].get("/khong/co/trang/nay").text
