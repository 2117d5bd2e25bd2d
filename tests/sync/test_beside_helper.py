"""What was done beside a helper and what was done alone stay apart, whichever ticket is at hand."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts import profiles
from app.accounts.field_session import FieldSession
from app.accounts.models import Person
from app.content.shelf import shelf
from app.counts.models import Evidence
from app.extensions import db
from app.learning.models import StepCredit
from app.lib.ids import operation_id
from app.quizzes.models import Attempt
from app.sync.actions import give_ticket
from app.sync.models import SyncedOperation
from app.sync.people import beside_helper
from app.units.models import Unit
from tests.acts import post, rows
from tests.sync.conftest import Send
from tests.sync.device import COURSE, act, answered, profile, send, statuses

BESIDE = "ab" * 32


@pytest.fixture
def session(learner: Person, stranger: Person, commune: Unit) -> FieldSession:
    """A helper's session with the learner, over since."""
    facts = {"unit_id": commune.id, "place": "Nhà", "agreed": "voice"}
    begun = FieldSession(helper_id=stranger.id, learner_id=learner.id, **facts)
    db.session.add(begun)
    db.session.commit()
    return begun


@pytest.fixture
def company(app: object, session: FieldSession) -> str:
    """What devices call that session."""
    return profiles.company(session.id)


@pytest.fixture
def by_helpers_ticket(client: FlaskClient, learner: Person, session: FieldSession) -> Send:
    """Send by a ticket that was made in the helper's session."""
    give_ticket(beside_helper(learner, session.id), BESIDE, operation_id())
    db.session.commit()
    named = profile(client.application, learner)
    return lambda *acts, **more: send(client, named, *acts, ticket=BESIDE, **more)


def test_a_helpers_ticket_does_not_hand_in_what_was_done_alone(
    by_helpers_ticket: Send, from_device: Send, carried: Attempt
) -> None:
    paper = answered(carried)
    assert by_helpers_ticket(paper, helper="").status_code == 401
    assert statuses(from_device(paper, helper="")) == ["applied"]


def test_nor_what_was_done_beside_another(by_helpers_ticket: Send) -> None:
    assert by_helpers_ticket(act(helper="x" * 24), helper="x" * 24).status_code == 401
    assert rows(StepCredit) == []


def test_beside_that_helper_it_counts_as_such(
    by_helpers_ticket: Send, session: FieldSession, company: str
) -> None:
    assert statuses(by_helpers_ticket(act(helper=company), helper=company)) == ["applied"]
    [credit] = rows(StepCredit)
    assert (credit.evidence, credit.helped_in) == (Evidence.ASSISTED, session.id)
    assert rows(SyncedOperation)[0].helped_in == session.id


def test_by_ones_own_ticket_it_is_still_assisted(from_device: Send, company: str) -> None:
    assert statuses(from_device(act(helper=company), helper=company)) == ["applied"]
    assert rows(StepCredit)[0].evidence == Evidence.ASSISTED


def test_retried_from_quarantine_it_keeps_the_helper(
    as_admin: FlaskClient, by_helpers_ticket: Send, session: FieldSession, edited_courses: Path
) -> None:
    sent = act(step="bon")
    assert statuses(by_helpers_ticket(sent)) == ["quarantined:step_gone"]
    lesson = edited_courses / COURSE / "01-phan-mot" / "01-mot.md"
    lesson.with_name("09-bon.md").write_text("---\ntitle: Bài bốn\nminutes: 3\n---\nĐọc thêm.\n")
    shelf.library.refresh()
    post(as_admin, f"/sync/quarantine/{sent['op']}/retry")
    [credit] = rows(StepCredit)
    assert (credit.evidence, credit.helped_in) == (Evidence.ASSISTED, session.id)


def test_alone_the_device_is_told_of_no_helper(as_learner: FlaskClient, learner: Person) -> None:
    named = profile(as_learner.application, learner)
    mine = as_learner.get(f"/sync/courses/{COURSE}/mine").json
    assert (mine["profile"], mine["helper"]) == (named, "")
    assert as_learner.get(f"/courses/{COURSE}/mot/mine.json").json["profile"] == named


def test_a_page_tells_the_device_who_reads_it(
    as_learner: FlaskClient, as_stranger: FlaskClient, learner: Person, stranger: Person
) -> None:
    for browser, person in ((as_learner, learner), (as_stranger, stranger)):
        page = browser.get(f"/courses/{COURSE}/mot").text
        assert f'data-reader="{profile(browser.application, person)}"' in page
