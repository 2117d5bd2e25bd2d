"""Who is known here under another's sign-in (OpenID Connect): issuer and subject, linked to one
person after proof."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Person
from app.accounts.queries import survivor
from app.db import UTCDateTime
from app.extensions import Base, db
from app.lib import clock


class OutsideIdentity(Base):
    """A person signs in here as this subject of that issuer; unlinking takes the row away."""

    __tablename__ = "outside_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


def person_known_as(issuer: str, subject: str) -> Person | None:
    """Who signs in as this subject, or None."""
    linked = select(OutsideIdentity.person_id).where(
        OutsideIdentity.issuer == issuer, OutsideIdentity.subject == subject
    )
    owner = select(survivor()).where(Person.id.in_(linked))
    return db.session.scalars(select(Person).where(Person.id.in_(owner))).one_or_none()


def identities_of(person_id: int) -> list[OutsideIdentity]:
    """Under what a person is known elsewhere, oldest first."""
    mine = select(OutsideIdentity).where(OutsideIdentity.person_id == person_id)
    return list(db.session.scalars(mine.order_by(OutsideIdentity.id)))
