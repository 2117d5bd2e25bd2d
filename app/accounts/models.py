"""Tables of people: persons, credentials, grants, consents, sign-in failures."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock
from app.lib.phones import masked as masked_phone
from app.ui.i18n import lazy_gettext as _l


class Role(StrEnum):
    """What a person may do beside learning; always granted for a unit or the whole province."""

    TRAINER = "trainer"
    HELPER = "helper"
    HR = "hr"
    OFFICER = "officer"
    REGISTRAR = "registrar"
    ADMIN = "admin"


ROLE_TITLES = {
    Role.TRAINER: _l("Người dạy"),
    Role.HELPER: _l("Người hỗ trợ"),
    Role.HR: _l("Cán bộ nhân sự"),
    Role.OFFICER: _l("Cán bộ theo dõi chỉ tiêu"),
    Role.REGISTRAR: _l("Người giữ sổ giấy chứng nhận"),
    Role.ADMIN: _l("Quản trị"),
}


class Person(Base):
    """A human being, counted once; `name_fold` and `name_sort` serve search and order."""

    # what a session asks of the one it belongs to
    is_authenticated = is_active = True
    is_anonymous = False

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_match", "phone", "name_fold"),
        Index("ix_person_twins", "name_fold", "birth_date"),
        Index("ix_person_name_sort", "name_sort", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str] = mapped_column(String(80))
    name_fold: Mapped[str] = mapped_column(String(160), index=True)
    name_sort: Mapped[str] = mapped_column(String(400))
    birth_date: Mapped[date | None]
    birth_precision: Mapped[str] = mapped_column(String(4), default="day")
    phone: Mapped[str | None] = mapped_column(String(10))
    group: Mapped[str | None] = mapped_column(String(40))
    number_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    number_tail: Mapped[str | None] = mapped_column(String(3))
    # the whole number, for its owner alone (app.accounts.numbers)
    number_sealed: Mapped[str | None] = mapped_column(String(80))
    # two records of one human being: this one is not used any more, that one is
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    session_stamp: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # stands for what is counted

    def get_id(self) -> str:
        """The session's name for this person; a new stamp ends every open session."""
        return f"{self.id}.{self.session_stamp}"

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, or an empty text."""
        return masked_phone(self.phone) if self.phone else ""


class Credential(Base):
    """One way to sign in. A phone is shared in families, so only e-mail logins are unique."""

    __tablename__ = "credential"
    __table_args__ = (
        CheckConstraint("kind IN ('pin', 'password')", name="kind"),
        Index(
            "uq_credential_password_login",
            "login",
            unique=True,
            sqlite_where=text("kind = 'password'"),
            postgresql_where=text("kind = 'password'"),
        ),
        Index("ix_credential_login", "login", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    login: Mapped[str] = mapped_column(String(120))
    secret_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class Grant(Base):
    """A role given to a person for one unit (and all below it) or, without unit, everywhere.

    `begins_at` None: at once. An `ended_at` to come is the end that was set. `handed_from`: the
    grant of whoever handed the role on for a while, with the `reason`.
    """

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(String(20))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    begins_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    handed_from: Mapped[int | None] = mapped_column(ForeignKey("role_grant.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300), default="", server_default="")

    @property
    def in_force(self) -> bool:
        """Whether the grant holds at this moment."""
        return self.is_open and (self.begins_at is None or self.begins_at <= clock.now())

    @property
    def is_open(self) -> bool:
        """Whether it holds now or will."""
        return self.ended_at is None or self.ended_at > clock.now()


class Consent(Base):
    """A person's yes to one purpose, provable: which text, when, through which channel.

    Not given in writing by themselves, `recorded_by` noted it and `witness` was there.
    """

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    text_version: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
    guardian_name: Mapped[str | None] = mapped_column(String(80))
    witness: Mapped[str | None] = mapped_column(String(80))
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SignInFailure(Base):
    """One wrong PIN or password; account and address only as keyed hashes."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_account", "account_key", "at"),
        Index("ix_sign_in_failure_address", "address_key", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_key: Mapped[str] = mapped_column(String(64))
    address_key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class Operation(Base):
    """One act of a client, kept so that the same act sent again counts once (rule 2)."""

    __tablename__ = "operation"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[int | None]
    verb: Mapped[str] = mapped_column(String(40))
    content_hash: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now, index=True)


class AuditLine(Base):
    """Who did what to what; only ever added to."""

    __tablename__ = "audit_line"
    __table_args__ = (Index("ix_audit_line_verb", "verb", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    verb: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    detail: Mapped[str] = mapped_column(String(500), default="")


class Card(Base):
    """A printed card: QR code or typed code, then the PIN. One person has at most one in force.

    With `first_use_until` it takes an account over: until then its first use sets the PIN.
    """

    __tablename__ = "card"
    __table_args__ = (
        Index(
            "uq_card_in_force",
            "person_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    first_use_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ResetKey(Base):
    """Lets one person set a new PIN or password, once and not for long.

    Asked for by e-mail under an unknown address it stands for nobody, so that both ways cost
    the same.
    """

    __tablename__ = "reset_key"
    __table_args__ = (CheckConstraint("kind IN ('pin', 'password')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now, index=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class LetterAddress(Base):
    """Where a learner wants letters, once whoever reads there said yes; families may share one."""

    __tablename__ = "letter_address"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    email: Mapped[str] = mapped_column(String(120), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DeviceProfile(Base):
    """A person known on a shared device; the device is known only by a hash of its cookie."""

    __tablename__ = "device_profile"
    __table_args__ = (UniqueConstraint("device_hash", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    device_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    shown_name: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    used_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now, index=True)


class LearningNeed(Base):
    """What somebody chose to learn by: larger letters, reading aloud, captions, their own tongue.

    Chosen by themselves; never why.
    """

    __tablename__ = "learning_need"
    __table_args__ = (
        CheckConstraint(
            "need IN ('large_text', 'read_aloud', 'captions', 'own_language')", name="need"
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    need: Mapped[str] = mapped_column(String(20), primary_key=True)
    chosen_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
