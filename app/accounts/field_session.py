"""A helper's session with a learner: in it the pages act for the learner, and both are known.

The session's cookie belongs to the helper and holds the number of the row; the person of such a
browser is the learner, without any role, with the helper named beside them.
"""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, bindparam, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Person, Role
from app.accounts.signed_in import Helper, SignedIn
from app.content.shelf import shelf
from app.db import UTCDateTime
from app.extensions import Base, db
from app.lib import clock
from app.lib.vietnamese import addressed

# who forgot to end it yesterday does not go on for somebody today
LONGEST = timedelta(hours=12)


class FieldSession(Base):
    """A helper and a learner study together: where, when, and how the learner agreed.

    `alone_since`: the device is in the learner's hands for a test, and shut to the helper.
    """

    __tablename__ = "field_session"
    __table_args__ = (
        CheckConstraint("helper_id <> learner_id", name="two_people"),
        CheckConstraint("agreed IN ('pin', 'card', 'voice', 'paper')", name="agreed"),
        Index(
            "uq_field_session_open",
            "helper_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_field_session_history", "helper_id", "learner_id", "id"),
        Index("ix_field_session_learner", "learner_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    helper_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    place: Mapped[str] = mapped_column(String(120))
    agreed: Mapped[str] = mapped_column(String(10))
    witness: Mapped[str | None] = mapped_column(String(80))
    began_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    alone_since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


_COMPANY = (
    select(
        Person.id,
        Person.full_name,
        Person.group,
        Person.session_stamp,
        FieldSession.alone_since,
    )
    .join(FieldSession, FieldSession.learner_id == Person.id)
    .where(
        FieldSession.id == bindparam("session_id"),
        FieldSession.helper_id == bindparam("helper_id"),
        FieldSession.ended_at.is_(None),
        FieldSession.began_at > bindparam("not_before"),
    )
)


def learner_beside(person: SignedIn, session_id: int) -> SignedIn | None:
    """The learner for whom this person acts in an open session of theirs, holding no role.

    None when that session has ended or the person is no helper any more.
    """
    if Role.HELPER not in person.roles:
        return None
    known = {
        "session_id": session_id,
        "helper_id": person.id,
        "not_before": clock.now() - LONGEST,
    }
    row = db.session.execute(_COMPANY, known).one_or_none()
    if row is None:
        return None
    spoken_of = addressed(shelf.programme.address((row.group or "",)), row.full_name)
    alone = row.alone_since is not None
    helper = Helper(person.id, person.full_name, session_id, spoken_of, alone)
    return SignedIn(row.id, row.full_name, row.group, row.session_stamp, (), helper)
