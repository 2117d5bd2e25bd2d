"""Tables of the second factor of staff: authenticator app, codes on paper, passkeys."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock


class SecondFactor(Base):
    """A person's authenticator app. The secret is made of `nonce` and the server's key, so that
    the database alone gives no codes; `last_step` keeps a code from being used twice."""

    __tablename__ = "second_factor"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(32))
    last_step: Mapped[int]
    confirmed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class RecoveryCode(Base):
    """One of the codes on paper that stand in for the authenticator app, each once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("person_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Passkey(Base):
    """A key in somebody's telephone, computer or on a stick, which signs what we draw.

    Only its public half is here. `sign_count` grows with every use, on keys that count.
    """

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
