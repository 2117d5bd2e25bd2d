"""What administrators do: give and end roles, let people in who hold one."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from sqlalchemy import delete

from app.accounts import audit, operations, second_factor
from app.accounts.actions import add_hashed, add_person, end_grant, grant_role
from app.accounts.models import Credential, Grant, Person, Role
from app.accounts.queries import credentials, people
from app.accounts.secrets import hash_secret
from app.accounts.signed_in import Someone
from app.db import step_back, take_turns
from app.extensions import db
from app.lib import phones
from app.lib.dates import day_begins
from app.lib.messages import message
from app.ops import queries
from app.units.models import Unit
from app.units.queries import EVERYWHERE, today, unit_by_code, unit_named, unit_within

# no letters that look alike: the password is read off a screen once
PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PASSWORD_PARTS, PART_LENGTH = 4, 5
HELD_OTHERWISE = message(
    "Người này đang giữ quyền ấy với ngày khác. Hãy thôi giao quyền cũ trước, rồi giao lại."
)


class GrantProblem(ValueError):
    """Role or sign-in cannot be given; `field` is the form's field, the text what to mend."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class NewPassword:
    """A password as it is told once, and as it is kept."""

    text: str
    hashed: str

    @classmethod
    def made(cls) -> Self:
        """A random one, easy to read off a screen."""
        letters = range(PART_LENGTH)
        text = "-".join(
            "".join(secrets.choice(PASSWORD_LETTERS) for _ in letters)
            for _ in range(PASSWORD_PARTS)
        )
        return cls(text, hash_secret(text))


class LastAdministrator(Exception):
    """Ending this role would leave nobody who administers the whole province."""


@dataclass(frozen=True)
class Wish:
    """A role to give, as typed: `person` by phone, e-mail or id; `unit` by code or name.

    `unit` None means the whole province. From `first_day` (None: at once) to the end of
    `last_day` (None: until it is ended).
    """

    person: str
    role: Role
    unit: str | None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def begins_at(self) -> datetime | None:
        """The first moment at which the role is held; None: at once."""
        return day_begins(self.first_day) if self.first_day else None

    @property
    def ends_at(self) -> datetime | None:
        """The first moment at which it is not held any more; None: not known yet."""
        return day_begins(self.last_day + timedelta(days=1)) if self.last_day else None


def give_role(actor: Someone, wish: Wish, paths: tuple[str, ...], op_id: str) -> Person:
    """Give a role inside the subtrees that the actor administers; returns who holds it now.

    A role held already stays one role. Once per `op_id`; raises GrantProblem, having changed
    nothing, and OperationConflict.
    """
    person = _person(wish.person)
    unit = _unit(wish.unit, paths)
    if wish.role is Role.REGISTRAR and unit is not None:
        raise GrantProblem(
            "reach", message("Sổ giấy chứng nhận là một sổ chung: hãy chọn toàn tỉnh.")
        )
    unit_id, begins, ends = unit.id if unit else None, wish.begins_at, wish.ends_at
    content = [person.id, str(wish.role), unit_id, str(begins), str(ends)]
    if operations.begin(op_id, actor.id, "grant", content) is None:
        known = queries.held(person, wish.role, unit)
        if known and (known.begins_at, known.ended_at) != (begins, ends):
            operations.release(op_id)
            raise GrantProblem("last_day", HELD_OTHERWISE)
        if known is None:
            grant_role(actor.id, person, wish.role, unit_id, begins_at=begins, ends_at=ends)
    return person


def _person(text: str) -> Person:
    text = " ".join(text.split())
    if "@" in text:
        found = people([c.person_id for c in credentials("password", text.lower())])
    elif text.isascii() and text.isdigit() and len(text) < 9:
        found = people([int(text)])
    else:
        found = _by_phone(text)
    if not found:
        raise GrantProblem(
            "person", message("Không có ai như vậy. Hãy xem lại số, hoặc ghi mã người.")
        )
    if len(found) > 1:
        names = "; ".join(f"{one.full_name} (mã {one.id})" for one in found)
        raise GrantProblem(
            "person",
            message("Nhiều người dùng chung số này: %(names)s. Hãy ghi mã người.", names=names),
        )
    return found[0]


def _by_phone(text: str) -> list[Person]:
    try:
        return queries.people_by_phone(phones.normalise(text))
    except phones.PhoneProblem as problem:
        told = message("%(problem)s Cũng có thể ghi thư điện tử.", problem=problem.args[0])
        raise GrantProblem("person", told) from problem


def _unit(text: str | None, paths: tuple[str, ...]) -> Unit | None:
    if text is None:
        if EVERYWHERE not in paths:
            raise GrantProblem("reach", message("Chỉ giao được quyền trong đơn vị mình quản trị."))
        return None
    text = " ".join(text.split())
    if not text:
        raise GrantProblem("unit", message("Chưa ghi đơn vị."))
    coded = unit_by_code(text, today())
    unit = unit_within(coded.id, paths) if coded else unit_named(text, paths)
    if unit is None:
        raise GrantProblem(
            "unit",
            message(
                "Không có đơn vị “%(unit)s”, hoặc nhiều đơn vị cùng tên. Hãy ghi mã đơn vị.",
                unit=text[:60],
            ),
        )
    return unit


def end_role(actor: Someone, grant: Grant, op_id: str) -> None:
    """End a role now; once per `op_id`.

    Raises LastAdministrator, having changed nothing, and OperationConflict.
    """
    if queries.locked_administrators() == [grant.id]:
        raise LastAdministrator
    if operations.begin(op_id, actor.id, "end_grant", grant.id) is None:
        end_grant(actor.id, grant)


def make_password(
    actor: Someone, wanted: str, email: str, paths: tuple[str, ...], op_id: str
) -> tuple[Person, str | None]:
    """Let somebody who holds a role sign in by e-mail; returns them and the password, told once.

    `wanted` names the person as in Wish, `email` is lower case. It becomes the person's only
    password and ends every open session. Their roles must all lie inside the actor's subtrees:
    a password is every role its owner has. None instead of the password: this `op_id` was done
    before. Raises GrantProblem, having changed nothing, and OperationConflict.
    """
    # a password is slow to hash, and nothing was written yet
    step_back()
    new = NewPassword.made()
    person = _person(wanted)
    _within_reach(person, paths)
    take_turns(f"e-mail {email}")
    owners = {known.person_id for known in credentials("password", email)}
    if owners - {person.id}:
        raise GrantProblem("email", message("Thư điện tử này đã có người khác dùng để đăng nhập."))
    if operations.begin(op_id, actor.id, "make_password", [person.id, email]):
        return person, None
    audit.record(actor.id, "make_password", f"person {person.id}")
    _renew(person, email, new)
    return person, new.text


def reset_second_factor(actor: Someone, wanted: str, paths: tuple[str, ...], op_id: str) -> Person:
    """Let somebody who lost telephone and recovery codes take up the second factor anew.

    Their roles must all lie inside the actor's subtrees; every open session of theirs ends.
    Once per `op_id`; raises GrantProblem, having changed nothing, and OperationConflict.
    """
    person = _person(wanted)
    _within_reach(person, paths)
    if operations.begin(op_id, actor.id, "reset_second_factor", person.id) is None:
        second_factor.reset(actor.id, person)
    return person


def _within_reach(person: Person, paths: tuple[str, ...]) -> None:
    held = queries.reach(person)
    if not held:
        raise GrantProblem("person", message("Người này chưa giữ quyền nào. Hãy giao quyền trước."))
    if not all(path.startswith(paths) for path in held):
        raise GrantProblem(
            "person",
            message(
                "Người này giữ quyền cả ở ngoài đơn vị mình quản trị. "
                "Hãy nhờ người quản trị cấp trên."
            ),
        )


def _renew(person: Person, email: str, new: NewPassword) -> None:
    """The new and only password of a person, under this e-mail; open sessions end."""
    person.session_stamp = secrets.token_hex(8)
    # the person's row is locked first: two renewals at once leave one password
    db.session.flush()
    db.session.execute(
        delete(Credential).where(Credential.person_id == person.id, Credential.kind == "password")
    )
    add_hashed(person, "password", email, new.hashed)


class AdminProblem(ValueError):
    """An administrator cannot be made or let in; the text says why, in Vietnamese."""


def create_admin(full_name: str, email: str) -> str:
    """A new person who administers the whole province; returns the password, told only once.

    Raises AdminProblem when the e-mail is taken.
    """
    if credentials("password", email):
        raise AdminProblem(
            f"{email} đã có người dùng. Quên mật khẩu thì chạy: "
            f"admin reset-password --email {email}"
        )
    person = add_person(full_name)
    new = NewPassword.made()
    add_hashed(person, "password", email, new.hashed)
    grant_role(None, person, Role.ADMIN, None)
    return new.text


def reset_password(email: str) -> str:
    """A new password for an e-mail login; every open session of that person ends.

    Raises AdminProblem for an unknown e-mail.
    """
    person, new = _owner(email), NewPassword.made()
    audit.record(None, "reset_password", f"person {person.id}")
    _renew(person, email, new)
    return new.text


def forget_second_factor(email: str) -> None:
    """As `reset_second_factor`, from the command line; raises AdminProblem for no such e-mail."""
    second_factor.reset(None, _owner(email))


def _owner(email: str) -> Person:
    found: list[Credential] = credentials("password", email)
    if not found:
        raise AdminProblem(f"Không có ai đăng nhập bằng {email}.")
    return db.session.get_one(Person, found[0].person_id)
