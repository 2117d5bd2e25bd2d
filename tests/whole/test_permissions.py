"""Every endpoint has its permission in the table, and the table is what happens (rule 10)."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.accounts.guard import Permission
from app.accounts.models import Role
from app.lib.ids import operation_id
from app.permissions import PERMISSIONS
from tests.whole.conftest import World

ACTORS = ["nobody", "learner", *(role.value for role in Role)]


def calls(app: Flask) -> list[tuple[Rule, str]]:
    """Every (rule, method) that can be called."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_the_table_names_every_endpoint_and_no_other(app: Flask) -> None:
    assert set(PERMISSIONS) == {rule.endpoint for rule in app.url_map.iter_rules()}


def allowed(permission: Permission, actor: str) -> bool:
    """Whether the table lets this actor pass."""
    if permission.anyone:
        return True
    if actor == "nobody":
        return False
    held = frozenset() if actor == "learner" else frozenset({Role(actor)})
    return permission.allows(held)


@pytest.mark.parametrize("actor", ACTORS)
def test_everyone_meets_what_the_table_says(app: Flask, world: World, actor: str) -> None:
    browser = world.browsers[actor]
    for rule, method in calls(app):
        permission = PERMISSIONS[rule.endpoint]
        if allowed(permission, actor) or rule.endpoint == "ui.static":
            continue
        answer = browser.open(world.url(app, rule), method=method, data={"op_id": operation_id()})
        where = f"{actor} {method} {rule.endpoint}"
        if actor == "nobody":
            assert answer.status_code == 302, where
            assert answer.location.startswith("/login"), where
        else:
            assert answer.status_code == 404, where


@pytest.mark.parametrize("actor", ACTORS)
def test_those_allowed_are_not_turned_away(app: Flask, world: World, actor: str) -> None:
    browser = world.browsers[actor]
    for rule, method in calls(app):
        if method != "GET" or rule.endpoint in ("ui.static", "catalogue.media"):
            continue
        if not allowed(PERMISSIONS[rule.endpoint], actor) or rule.endpoint in OWN:
            continue
        answer = browser.get(world.url(app, rule))
        assert answer.status_code < 400, f"{actor} {rule.endpoint}: {answer.status_code}"


# these show only one's own: their rooms test them as their owner, a stranger and staff out of scope
OWN = {
    "persons.pair",
    "quizzes.question",
    "quizzes.review",
    "quizzes.result",
    "certificates.pdf",
    "staff.person",
    "accounts.reset",
    "home.end_letters",
    "field.person",
    "field.begin",
    "field.practical",
    "jobs.show",
    "jobs.state",
    "jobs.file",
    "staff.looked",
}


def test_an_endpoint_that_is_not_in_the_table_is_refused(app: Flask, world: World) -> None:
    permission = PERMISSIONS.pop("catalogue.courses")
    try:
        assert world.browsers["admin"].get("/courses").status_code == 404
    finally:
        PERMISSIONS["catalogue.courses"] = permission
