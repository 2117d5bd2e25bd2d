"""A world of two communes, in which every fact about every person is a canary."""

from datetime import timedelta
from typing import Any

from flask import current_app

from app.accounts import cards, devices, keys, notices, second_factor
from app.accounts.actions import grant_role
from app.accounts.consents import give_consent
from app.accounts.factors import Passkey, SecondFactor
from app.accounts.field_session import FieldSession
from app.accounts.identity import OutsideIdentity
from app.accounts.models import Grant, LearningNeed, LetterAddress, Person, Role
from app.authoring.models import CourseEditor
from app.content.models import Course
from app.counts.models import VneidConfirmation
from app.extensions import db
from app.field.models import HelpedPerson, ObservedAct
from app.jobs import actions as jobs
from app.jobs.models import State as JobState
from app.learning.asks import answer, ask
from app.learning.models import Ask, Enrolment
from app.learning.reminders import turn_on
from app.lessons.actions import read_on, save_note
from app.lib import clock
from app.lib.ids import operation_id
from app.persons.actions.requests import file_request
from app.persons.actions.twins import look
from app.persons.models import Wish
from app.quizzes.actions import start, submit
from app.staff.models import Departure, RosterImport, RosterLine
from app.sync.models import DeviceTicket, State, SyncedOperation
from app.units.actions import UnitRow, add_unit, join
from app.units.models import Membership, Unit
from app.units.queries import today
from tests.acts import finish_lessons, pass_course, rows
from tests.cast import SINCE
from tests.persons.acts import merge, twin_of
from tests.whole.canary_cast import CanaryWorld, Side


def made(course: Course) -> CanaryWorld:
    """The world: in each commune somebody of whom everything is known, and cases on the border.

    "mai" lives and works here, "ban" there. "nam" lives here and works there. "cu" worked here
    until yesterday. "song" is a second record of mai that belongs nowhere, "kep" one of mai that
    works there.
    """
    province = add_unit(UnitRow("48", "Thành phố Đà Nẵng", "Thành phố"), None)
    world = CanaryWorld(course, *(_side(province, *names) for names in SIDES))
    for side in (world.here, world.there):
        side.helper = world.holder(Role.HELPER, side.commune)
        world.keep("unit_id", side.commune.id, side.office.id)
    _everything(world, world.add("mai"), world.here, world.here, world.here)
    before = {name: set(kept) for name, kept in world.values.items()}
    _everything(world, world.add("ban"), world.there, world.there, world.there)
    world.foreign = {name: kept - before[name] for name, kept in world.values.items()}
    _everything(world, world.add("nam"), world.here, world.there, world.there)
    _stand_ins(world)
    _former(world, world.add("cu"))
    _twins(world)
    world.keep("slug", course.slug)
    world.keep("step_slug", *(step.slug for step in course.steps))
    world.keep("path", "hinh.svg")
    world.keep("indicator_id", "nguoi-truong-thanh", "can-bo")
    world.keep("number", 1)
    world.keep("wish", *Wish)
    world.keep("purpose", "learning")
    world.keep("version", notices.current("learning").version)
    world.keep("step", "reported")
    db.session.commit()
    return world


SIDES = (
    ("20335", "Phường Bàn Thạch", "CQ01", "Văn phòng phường Bàn Thạch"),
    ("20698", "Xã La Êê", "CQ02", "Văn phòng xã La Êê"),
)


def _side(province: Unit, code: str, name: str, office_code: str, office_name: str) -> Side:
    commune = add_unit(UnitRow(code, name, name.split()[0], valid_from=SINCE), province)
    office = add_unit(UnitRow(office_code, office_name, "Cơ quan", valid_from=SINCE), commune)
    return Side(commune, office, Person())


def _everything(world: CanaryWorld, person: Person, home: Side, work: Side, helped: Side) -> None:
    """All that can be known about a person who lives and works on these sides."""
    word = world.facts[_who(world, person)].word
    join(person, home.commune, "residence", on=SINCE)
    join(person, work.office, "work", word("position"), on=SINCE)
    give_consent(
        person, "learning", "voice", word("guardian"), witness=word("witness"),
        recorded_by=home.helper.id,
    )  # fmt: skip
    address = world.facts[_who(world, person)].email
    letters = {"email": address, "secret_hash": f"{person.id:064d}", "confirmed_at": clock.now()}
    db.session.add(LetterAddress(person_id=person.id, **letters))
    db.session.add(LearningNeed(person_id=person.id, need="read_aloud"))
    seen = {"confirmed_on": SINCE, "source": word("source")}
    db.session.add(VneidConfirmation(person_id=person.id, **seen))
    db.session.add(CourseEditor(course_slug="khong-ai-soan", person_id=person.id))
    _devices(world, person, word("device"))
    _studies(world, person, word)
    _asks_about_data(world, person, word)
    _is_helped(world, person, home, word)
    _was_worked_on(world, person, work, word)


def _who(world: CanaryWorld, person: Person) -> str:
    return next(who for who, one in world.people.items() if one.id == person.id)


def _devices(world: CanaryWorld, person: Person, shown: str) -> None:
    card = cards.issue_card(person, person, None, operation_id())
    assert card
    world.keep("secret", card.secret, keys.new_key(person.id, "password").secret)
    devices.remember(f"máy của {person.id}", person)
    devices.show_as(devices.devices_of(person.id)[0], shown)
    ticket = DeviceTicket(
        person_id=person.id, secret_hash=f"{person.id:064d}", session_stamp=person.session_stamp,
        expires_at=clock.now() + timedelta(days=9),
    )  # fmt: skip
    db.session.add(ticket)
    known = {"issuer": "https://noi-khac.vn", "subject": f"{person.id}"}
    identity = OutsideIdentity(person_id=person.id, **known)
    db.session.add(identity)
    db.session.add(SecondFactor(person_id=person.id, nonce=f"{person.id:032x}", last_step=0))
    second_factor.renew_codes(person.id)
    key = {"credential_id": f"{person.id:043d}", "public_key": b"k", "sign_count": 0}
    db.session.add(Passkey(person_id=person.id, name=shown, **key))


def _studies(world: CanaryWorld, person: Person, word: Any) -> None:
    course, lesson, test = world.course, world.course.steps[0], world.course.steps[-1]
    done = start(person, course, test, operation_id())
    submit(done, course, test, operation_id())
    world.keep("attempt_id", done.id)
    if _who(world, person) == "nam":
        # under way, so that there is something to remind of
        finish_lessons(person, course)
    else:
        world.keep("code", pass_course(person, course).code)
    read_on(person, course, lesson, 1)
    save_note(person, course, lesson, word("note"), operation_id())
    turn_on(person.id, operation_id())
    for text in (word("ask"), f"{word('ask')} nữa"):
        ask(person, course, lesson, text, operation_id())
    db.session.flush()
    world.keep("ask_id", *(one.id for one in rows(Ask, person_id=person.id)))


def _asks_about_data(world: CanaryWorld, person: Person, word: Any) -> None:
    """A request of each kind that is carried out in its own way."""
    for wish in (Wish.COPY, Wish.CORRECT, Wish.ERASE):
        said = {"text": word("request")}
        asked = file_request(person, person.id, wish, "self", said, operation_id())
        db.session.flush()
        world.keep("request_id", asked.id)


def _is_helped(world: CanaryWorld, person: Person, home: Side, word: Any) -> None:
    first = rows(Ask, person_id=person.id)[0]
    answer(home.helper, first.id, word("answer"), operation_id())
    both = {"helper_id": home.helper.id, "person_id": person.id}
    db.session.add(HelpedPerson(**both, how="agreed", village=word("village")))
    course = world.course
    practical = {"course_slug": course.slug, "step_slug": course.steps[0].slug}
    db.session.add(
        ObservedAct(
            **both, **practical, item_id="viec", version=course.version, place=word("place"),
            observed_on=SINCE,
        )
    )  # fmt: skip
    db.session.add(
        FieldSession(
            helper_id=home.helper.id, learner_id=person.id, unit_id=home.commune.id,
            place=word("place"), agreed="voice", witness=word("witness"), ended_at=clock.now(),
        )
    )  # fmt: skip


def _was_worked_on(world: CanaryWorld, person: Person, work: Side, word: Any) -> None:
    job = jobs.start(person, "test", {"words": word("words")}, operation_id())
    job.state, job.result, job.message = JobState.DONE, f"{word('made')}.txt", word("message")
    job.finished_at = clock.now()
    db.session.flush()
    folder = current_app.extensions["jobs_folder"] / str(job.id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / job.result).write_text(word("made"))
    world.keep("job_id", job.id)
    taken = RosterImport(
        unit_id=work.office.id, kind="work", filename=f"{word('file')}.csv", words=word("words")
    )
    db.session.add(taken)
    db.session.flush()
    world.keep("import_id", taken.id)
    left = {"membership_id": 0, "unit_id": work.office.id, "reason": "moved", "last_day": SINCE}
    db.session.add(Departure(person_id=person.id, ended_by=person.id, **left))
    before = {"phone": world.facts[_who(world, person)].phone}
    line = {"import_id": taken.id, "person_id": person.id, "made": "facts"}
    db.session.add(RosterLine(**line, before=before, after=before))
    waiting = SyncedOperation(
        op_id=operation_id(), person_id=person.id, kind="note", course_slug=world.course.slug,
        step_slug="mat-tich", version=world.course.version, content_hash="0" * 64,
        payload={"text": word("payload")}, state=State.QUARANTINED, reason="step_gone",
        note=word("reason"),
    )  # fmt: skip
    db.session.add(waiting)
    db.session.flush()
    world.keep("waiting_id", waiting.op_id)


def _stand_ins(world: CanaryWorld) -> None:
    """On both sides somebody stands in for an officer."""
    for who, side in (("ban", world.there), ("nam", world.here)):
        officer, person = world.add(f"officer of {who}"), world.people[who]
        source = grant_role(None, officer, Role.OFFICER, side.commune.id)
        reason = world.facts[who].word("reason")
        handed = {"handed_from": source.id, "reason": reason}
        grant_role(officer.id, person, Role.OFFICER, side.commune.id, **handed)


def _former(world: CanaryWorld, person: Person) -> None:
    _everything(world, person, world.there, world.there, world.there)
    place = join(person, world.here.office, "work", "Nhân viên", on=SINCE)
    db.session.flush()
    assert isinstance(place, Membership)
    place.valid_to = today() - timedelta(days=1)


def _twins(world: CanaryWorld) -> None:
    """Records of mai: one that belongs nowhere, one that works there, one of before."""
    mai = world.people["mai"]
    twins = {who: twin_of(mai, phone=None) for who in ("song", "kep", "gop")}
    join(twins["kep"], world.there.office, "work", "Nhân viên", on=SINCE)
    merged = merge(world.here.helper, twins["gop"], mai)
    ban = world.people["ban"]
    merged_there = merge(world.there.helper, twin_of(ban), ban)
    db.session.commit()
    look()
    ids = [one.id for one in (mai, ban, twins["song"], twins["kep"])]
    world.keep("one_id", *ids)
    world.keep("other_id", *ids)
    world.keep("merge_id", merged.id, merged_there.id)
    world.foreign |= {"one_id": {mai.id}, "other_id": {ban.id}, "merge_id": {merged_there.id}}
    # somebody whose course rests, so that they are reminded
    long_ago = clock.now() - timedelta(days=40)
    for line in rows(Enrolment):
        line.active_at = long_ago
    assert rows(Grant)
