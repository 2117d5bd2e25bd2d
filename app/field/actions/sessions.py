"""Study together: begin and end a session, hand the device over for a test and take it back."""

from dataclasses import dataclass

from sqlalchemy import update

from app.accounts import audit, operations
from app.accounts.field_session import FieldSession
from app.accounts.secrets import hash_secret
from app.accounts.signed_in import Helper, SignedIn, Someone
from app.content.models import Course, Step
from app.db import take_turns
from app.extensions import db
from app.field import queries
from app.field.actions.people import Yes, help_from_now_on, note_yes
from app.field.models import HandOver
from app.field.queries import Resident
from app.lib import clock


@dataclass(frozen=True)
class Meeting:
    """Where a helper and a learner sit down, and how the learner agreed.

    `agreed`: "pin", "card", "voice" or "paper"; `witness` for the last two. `yes`: the consent to
    learning, where none was on record.
    """

    place: str
    agreed: str
    witness: str | None = None
    yes: Yes | None = None


def begin_session(helper: Someone, learner: Resident, meeting: Meeting, op_id: str) -> FieldSession:
    """A helper studies with a learner from now on; a session left open ends.

    The learner becomes one of the helper's own people. Raises OperationConflict.
    """
    take_turns(f"sessions of {helper.id}")
    content = [learner.person.id, meeting.place, meeting.agreed]
    replay = operations.begin(op_id, helper.id, "study_together", content)
    if replay:
        return queries.field_session(int(replay.outcome))
    _end_open(helper.id)
    if meeting.yes:
        note_yes(helper, learner.person, meeting.yes)
    help_from_now_on(helper, learner.person.id, "agreed")
    session = _opened(helper, learner, meeting)
    operations.conclude(op_id, str(session.id))
    detail = f"buổi {session.id} · {meeting.agreed} · {learner.unit_name}"
    audit.record(helper.id, "study_together", f"person {learner.person.id}", detail)
    return session


def _end_open(helper_id: int) -> None:
    db.session.execute(
        update(FieldSession)
        .where(FieldSession.helper_id == helper_id, FieldSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def _opened(helper: Someone, learner: Resident, meeting: Meeting) -> FieldSession:
    session = FieldSession(
        helper_id=helper.id,
        learner_id=learner.person.id,
        unit_id=learner.unit_id,
        place=meeting.place,
        agreed=meeting.agreed,
        witness=meeting.witness,
        began_at=clock.now(),
    )
    db.session.add(session)
    db.session.flush()
    return session


def end_session(helper: Helper, op_id: str) -> None:
    """The session is over; ending it again changes nothing. Raises OperationConflict."""
    if operations.begin(op_id, helper.id, "end_session", helper.session_id) is None:
        session = queries.field_session(helper.session_id)
        session.ended_at = session.ended_at or clock.now()


def hand_over(
    learner: SignedIn, course: Course, test: Step, proof: str, op_id: str, pin: str | None = None
) -> None:
    """The device is the learner's alone from now on, for a test; the helper is shut out.

    `proof`: how the learner showed that it is them; "once" by the `pin` chosen for this test.
    The learner is beside a helper. Raises OperationConflict.
    """
    helper = beside(learner)
    content = [helper.session_id, course.slug, test.slug, proof]
    if operations.begin(op_id, learner.id, "hand_over", content):
        return
    db.session.add(
        HandOver(
            session_id=helper.session_id,
            course_slug=course.slug,
            step_slug=test.slug,
            proof=proof,
            pin_hash=hash_secret(pin) if pin else None,
        )
    )
    queries.field_session(helper.session_id).alone_since = clock.now()
    detail = f"buổi {helper.session_id} · {course.slug}/{test.slug} · {proof}"
    audit.record(helper.id, "hand_over", f"person {learner.id}", detail)


def give_back(learner: SignedIn, handed: HandOver, op_id: str) -> None:
    """The learner, who has just shown that it is them, gives the device back to the helper."""
    if operations.begin(op_id, learner.id, "give_back", handed.id):
        return
    handed.ended_at = clock.now()
    queries.field_session(handed.session_id).alone_since = None
    detail = f"buổi {handed.session_id} · {handed.course_slug}/{handed.step_slug} · {handed.proof}"
    audit.record(learner.id, "give_back", f"person {learner.id}", detail)


def beside(learner: SignedIn) -> Helper:
    """The helper beside a learner; ValueError for somebody who learns by themselves."""
    if learner.helper is None:
        raise ValueError("no helper's session")
    return learner.helper
