"""Nobody reads about a person outside their scope: every page, export, header and log line.

Every fact about every person of a small world is a canary. Each actor asks every address of the
app for everything there is, and no canary may be seen outside the scope that app/permissions.py
gives the endpoint (rule 10).
"""

import itertools
import logging
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from app.accounts.models import Role
from app.content.models import Course
from app.extensions import db
from app.jobs.models import Job
from app.jobs.worker import Worker
from app.lib.ids import operation_id
from app.persons.holdings import HOLDINGS
from tests import databases
from tests.acts import post, rows
from tests.cast import SignIn
from tests.whole.canary_actors import ACTORS, UNIT_ROLES, WHOLE_ROLES, Actor
from tests.whole.canary_cast import CanaryWorld
from tests.whole.canary_eyes import MARK, seen
from tests.whole.canary_world import made

# what a page tells is decided above the database: once is enough for a walk of a minute
pytestmark = pytest.mark.skipif(databases.POSTGRESQL, reason="the same pages on both databases")
SHARED = {"slug", "step_slug", "path", "indicator_id"}


@pytest.fixture
def canary_world(app: Flask, course: Course) -> CanaryWorld:
    """The world with one holder of each role."""
    world = made(course)
    for role in UNIT_ROLES.values():
        if role is not Role.HELPER:
            world.holder(role, world.here.commune)
    for role in WHOLE_ROLES.values():
        world.holder(role, None)
    db.session.commit()
    return world


@pytest.fixture
def actor(
    request: pytest.FixtureRequest, app: Flask, canary_world: CanaryWorld, sign_in: SignIn
) -> Iterator[Actor]:
    before = app.test_client_class
    yield Actor(app, canary_world, request.param, sign_in)
    app.test_client_class = before


def addresses(
    app: Flask, world: CanaryWorld, rule: Rule, chosen: dict[str, set[Any]] | None = None
) -> Iterable[str]:
    """Every address of a rule in this world, with one's own, another's and foreign things.

    `chosen`: values to take instead, where there are some.
    """
    names = sorted(rule.arguments)
    kept = {**world.values, **{name: some for name, some in (chosen or {}).items() if some}}
    choices = [sorted(_values(kept, rule, name), key=str) for name in names]
    with app.test_request_context():
        # lessons are the same for everybody: two of them show what a page tells of its reader
        few = 2 if set(names) <= SHARED else None
        for values in itertools.islice(itertools.product(*choices), few):
            yield app.url_for(rule.endpoint, **dict(zip(names, values, strict=True)))


def _values(kept: dict[str, set[Any]], rule: Rule, name: str) -> set[Any]:
    if name in kept:
        return kept[name]
    # a room that is newer than this world: whatever stands under the first numbers
    number = isinstance(rule._converters.get(name), IntegerConverter)
    return set(range(1, 13)) if number else {"1", "khong-co"}


def questions(world: CanaryWorld) -> list[dict[str, Any]]:
    """What may be asked behind an address: nothing; everybody; a foreign unit."""
    foreign = world.there.commune.id
    return [
        {},
        {"q": MARK, "all": 1, "answered": 1, "who": 1, "other": 1, "page": 1},
        {"unit": foreign, "don-vi": foreign, "q": MARK},
    ]


@pytest.mark.parametrize("actor", ACTORS, indirect=True)
def test_no_page_tells_of_anybody_outside_the_scope(
    app: Flask, canary_world: CanaryWorld, actor: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, leaks = actor.browser(), {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in SAME_FOR_ALL:
            continue
        for address in addresses(app, canary_world, rule):
            for asked in questions(canary_world) if not rule.arguments else [{}]:
                answer = client.get(address, query_string=asked)
                if found := actor.leaks(rule.endpoint, answer):
                    leaks[f"{rule.endpoint} {address} {asked}"] = found
    assert leaks == {}
    assert {kind for _who, kind in actor.sight} >= ALIVE.get(actor.name, set())
    assert seen(caplog.text.lower(), actor.canaries) == set()


# files of the app itself
SAME_FOR_ALL = {"ui.static", "ui.components"}
# canaries that sing where they may: else a page that told nothing at all would pass for safe
ALIVE = {
    "mai": {"name", "note", "ask", "answer", "device", "made", "message"},
    "helper here": {"name", "phone", "ask", "village", "place"},
    "hr here": {"name", "birth", "position", "words"},
    "admin here": {"name", "birth"},
    "admin of all": {"name", "birth"},
    "registrar of all": {"name"},
}


@pytest.mark.parametrize("actor", ACTORS, indirect=True)
def test_no_act_on_foreign_things_tells_of_anybody_outside_the_scope(
    app: Flask, canary_world: CanaryWorld, actor: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    leaks = {}
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        client = actor.browser()
        for address in addresses(app, canary_world, rule, canary_world.foreign):
            answer = client.post(address, data=foreign(canary_world), follow_redirects=True)
            if found := actor.leaks(rule.endpoint, answer):
                leaks[f"{rule.endpoint} {address}"] = found
    assert leaks == {}
    assert seen(caplog.text.lower(), actor.canaries) == set()


def foreign(world: CanaryWorld) -> dict[str, Any]:
    """A form about somebody of the other commune; what is typed there comes back in no page."""
    unit, ban = world.there.commune.id, world.people["ban"].id
    return {
        "op_id": operation_id(), "unit": unit, "commune": unit, "person": ban, "who": ban,
        "keep": ban, "sure": "y", "format": "csv", "course": world.course.slug, "q": MARK,
    }  # fmt: skip


@pytest.mark.parametrize("actor", ["hr here", "admin here", "mai"], indirect=True)
@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
@pytest.mark.parametrize("side", ["here", "there"])
def test_lists_as_files_hold_the_staff_of_ones_own_units_alone(
    canary_world: CanaryWorld, actor: Actor, form: str, side: str
) -> None:
    unit = getattr(canary_world, side).office.id
    asked = {"unit": unit, "format": form, "course": canary_world.course.slug}
    answer = post(actor.browser(), "/staff/lists", **asked)
    assert actor.leaks("staff.download", answer) == set()
    may = actor.name == "hr here" and side == "here"
    assert answer.status_code == (200 if may else 404)
    assert {("mai", kind) for kind in LISTED} <= actor.sight if may else True
    assert may or {who for who, _kind in actor.sight} <= {actor.who}


@pytest.mark.parametrize("actor", ["hr here"], indirect=True)
def test_a_desk_that_reached_too_far_would_be_seen(
    canary_world: CanaryWorld, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.staff.desks.scope", lambda *_: ("/",))
    page = actor.browser().get(f"/staff/people/{canary_world.people['ban'].id}")
    assert ("ban", "name") in actor.leaks("staff.person", page)


@pytest.mark.parametrize("actor", ["hr here"], indirect=True)
def test_a_list_written_by_a_job_is_for_whoever_asked(
    app: Flask, canary_world: CanaryWorld, actor: Actor, monkeypatch, sign_in: SignIn
) -> None:
    monkeypatch.setattr("app.staff.exports.MANY", 0)
    client = actor.browser()
    post(client, "/staff/lists", format="xlsx", course=canary_world.course.slug)
    Worker(app.extensions["jobs_folder"]).run_once()
    made = f"/jobs/{rows(Job)[-1].id}/file"
    assert actor.leaks("jobs.file", client.get(made)) == {("mai", kind) for kind in LISTED}
    assert sign_in(canary_world.people["admin of all"]).get(made).status_code == 404


LISTED = {"name", "given", "birth", "position"}


@pytest.mark.parametrize("actor", ["helper here"], indirect=True)
@pytest.mark.parametrize(("who", "found"), [("mai", True), ("nam", True), ("ban", False)])
def test_a_helper_finds_by_phone_and_name_only_who_lives_there(
    canary_world: CanaryWorld, actor: Actor, who: str, found: bool
) -> None:
    facts, person = canary_world.facts[who], canary_world.people[who]
    answer = post(
        actor.browser(), "/field/people/search", phone=facts.phone, full_name=facts.full_name
    )
    assert (f"/field/people/{person.id}/" in answer.text) is found
    told = {kind for one, kind in actor.leaks("field.search", answer) if one == who}
    # who typed a name and a phone may read them again, and learns nothing more
    assert told <= {"name", "given", "phone"}


def test_of_everything_that_is_kept_of_a_person_somebody_outside_has_some(
    canary_world: CanaryWorld,
) -> None:
    """A new table must have a row about "ban" (canary_world), or no leak of it would be seen."""
    ban = canary_world.people["ban"].id
    empty = {
        holding.model.__tablename__
        for holding in HOLDINGS
        if not rows(holding.model, **{holding.column: ban}) and holding.column != "helper_id"
    }
    assert empty <= NO_ROW


# who confirmed a place in a divided unit: a number of a unit and a day
NO_ROW = {"placement"}
