"""Register somebody on the spot, help them from now on, stop helping."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from app.accounts import audit, operations
from app.accounts.actions import PEOPLE, add_person
from app.accounts.consents import give_consent
from app.accounts.models import Person
from app.accounts.queries import people
from app.accounts.signed_in import Someone
from app.db import insert_once, take_turns
from app.extensions import db
from app.field.models import HelpedPerson
from app.field.queries import look_alikes
from app.lib import clock
from app.units.actions import join
from app.units.models import Unit

BY_PHONE = "số điện thoại và tên"
BY_BIRTH = "tên và năm sinh hoặc số điện thoại"


@dataclass(frozen=True)
class Yes:
    """A learner's yes that was not typed by themselves: "voice" or "paper", and who was there."""

    channel: str
    witness: str
    guardian: str | None = None


@dataclass(frozen=True)
class Newcomer:
    """Somebody to register: `birth` is (date, precision), `phone` normalised or None."""

    full_name: str
    birth: tuple[date, str]
    group: str
    phone: str | None
    village: str


class LooksKnown(Exception):
    """People of this name and birth year or phone live there already; nothing was changed."""

    def __init__(self, person_ids: list[int]) -> None:
        super().__init__(person_ids)
        self.person_ids = person_ids


def register_beside(
    helper: Someone, who: Newcomer, home: Unit, yes: Yes, op_id: str, *, another: bool = False
) -> Person:
    """A helper registers somebody who has no sign-in and lives in `home`; returns the person.

    `another`: the helper looked and says that it is nobody who is known already. The same form
    sent twice registers once. Raises LooksKnown and OperationConflict.
    """
    take_turns(PEOPLE, shared=True)
    take_turns(f"person in unit {home.id}")
    content = [who.full_name, who.birth[0].isoformat(), who.phone, home.id]
    replay = operations.begin(op_id, helper.id, "register_beside", content)
    if replay:
        return people([int(replay.outcome)])[0]
    known = look_alikes(who.full_name, who.birth[0], who.phone, home, helper.id)
    if known and not another:
        operations.release(op_id)
        raise LooksKnown(known)
    person = _added(who, home)
    note_yes(helper, person, yes)
    help_from_now_on(helper, person.id, "registered", who.village)
    audit.record(
        helper.id, "register_beside", f"person {person.id}", f"{home.name} · {yes.channel}"
    )
    operations.conclude(op_id, str(person.id))
    return person


def _added(who: Newcomer, home: Unit) -> Person:
    born, precision = who.birth
    person = add_person(
        who.full_name, birth_date=born, birth_precision=precision, phone=who.phone, group=who.group
    )
    join(person, home, "residence")
    return person


def note_yes(helper: Someone, person: Person, yes: Yes) -> None:
    """Record what somebody agreed to by voice or on paper."""
    give_consent(
        person,
        "learning",
        yes.channel,
        yes.guardian,
        witness=yes.witness,
        recorded_by=helper.id,
    )


def help_from_now_on(helper: Someone, person_id: int, how: str, village: str = "") -> None:
    """Somebody is one of the helper's own people from now on, however often it is said."""
    link = {"helper_id": helper.id, "person_id": person_id}
    new = insert_once(HelpedPerson, **link, how=how, village=village, since=clock.now())
    if not new:
        db.session.execute(
            update(HelpedPerson)
            .where(
                HelpedPerson.helper_id == helper.id,
                HelpedPerson.person_id == person_id,
                HelpedPerson.ended_at.is_not(None),
            )
            .values(ended_at=None, since=clock.now(), how=how)
        )


def stop_helping(helper: Someone, person_id: int, op_id: str) -> None:
    """Somebody is not one of the helper's own people any more; what was recorded stays."""
    if operations.begin(op_id, helper.id, "stop_helping", person_id):
        return
    db.session.execute(
        update(HelpedPerson)
        .where(HelpedPerson.helper_id == helper.id, HelpedPerson.person_id == person_id)
        .values(ended_at=clock.now())
    )
    audit.record(helper.id, "stop_helping", f"person {person_id}")


def note_texts(helper: Someone, number: int, shown: int, op_id: str) -> None:
    """Texts to send, with the telephones of those who rest, leave a line; once per form."""
    if operations.begin(op_id, helper.id, "reminder_texts", number) is None:
        audit.record(helper.id, "reminder_texts", "people", f"trang {number} · {shown} người")


def note_search(helper: Someone, found: int, by: str) -> None:
    """Looking for somebody outside one's own people leaves a line; `by`: what was asked for."""
    audit.record(helper.id, "look_up", "people", f"{by} · thấy {found}")
