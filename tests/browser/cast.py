"""People at every stage of learning, so that every state of every page can be looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.accounts.actions import add_person
from app.accounts.models import Grant, Person, Role
from app.authoring.actions.beginning import begin_writing
from app.authoring.actions.texts import Conflict, Typed, save_text
from app.authoring.models import DraftFile
from app.certificates.actions import revoke
from app.certificates.models import Award
from app.config import ROOT
from app.content.models import Course, QuestionKind
from app.content.shelf import shelf
from app.extensions import db
from app.field.actions.people import help_from_now_on
from app.jobs import actions as jobs
from app.jobs.models import State as JobState
from app.learning.asks import ask
from app.learning.models import Ask, Assignment
from app.lib import clock
from app.lib.ids import operation_id
from app.quizzes.actions import start, submit
from app.quizzes.models import Attempt
from app.staff import takings, tray
from app.staff.looks import written
from app.staff.models import MadeList, RosterImport
from app.staff.tray import Slip
from app.units import planning
from app.units.actions import UnitRow, add_unit, join
from app.units.carrying_out import carry_out
from app.units.models import Unit
from app.units.planning import Act, Named
from app.units.queries import today, unit_by_code
from tests.acts import finish_lessons, pass_course, rows
from tests.browser.every_kind import RESIDENTS, number_of, one_of_each_kind, right_answer
from tests.browser.personal import personal_data
from tests.browser.site import SINCE, Site, Who
from tests.staff.acts import staff_things

HOME = "20335"
ELDERS = "c5-nguoi-cao-tuoi"
FIRST = "bat-tat-sac-pin"
PHONE_OF_A_FAMILY = "0900111222"
# as the office's roster will name them: known exactly, with another post, maybe somebody else
BORN = date(1984, 3, 9)
STAFF = (
    ("Mai Thị Giống", "0900666001", ""),
    ("Mai Thị Khác", "0900666002", "Trưởng phòng"),
    ("Mai Thị Ngờ", "0900666003", ""),
)


@dataclass
class Cast:
    """Who there is by name, and what stands in addresses."""

    people: dict[str, Who] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)


def assembled(site: Site) -> Cast:
    """The whole cast, put into the site's world."""
    cast = Cast()
    office = site.office("CQ-THU", "Trung tâm Văn hóa Bàn Thạch", HOME)
    site.office("CQ-TRONG", "Nhà văn hóa thôn Một", HOME)
    _add_officers(cast, site)
    _add_learners(cast, site)
    with site.app.app_context():
        _let_them_learn(cast)
        cast.values |= {
            "slug": ELDERS,
            "step_slug": FIRST,
            "indicator_id": "nguoi-truong-thanh",
            "person_id": cast.people["learner"].id,
            "grant_id": rows(Grant)[0].id,
            "unit_id": office,
            "number": 1,
            "job_id": jobs.start(_person(cast, "learner"), "test", {}, operation_id()).id,
            "import_id": _roster_taken(office),
            **_staff_things(cast, office),
            "one_id": cast.people["twin"].id,
            "other_id": cast.people["other twin"].id,
            **personal_data(cast.states, _person(cast, "learner"), _person(cast, "admin")),
            **_draft(cast),
            **_divided(office),
        }
        db.session.commit()
    return cast


def _draft(cast: Cast) -> dict[str, int]:
    """A lesson on which two trainers wrote at once; one text waits to be merged."""
    trainer: Any = _person(cast, "trainer")
    other: Any = _person(cast, "admin")
    file_id = begin_writing(operation_id(), trainer, ELDERS, FIRST, ROOT / "courses")
    text = db.session.get_one(DraftFile, file_id).text
    theirs = text.replace("\n\n", "\n\nMột đoạn mở đầu khác.\n\n", 1)
    mine = text.replace("\n\n", "\n\nĐoạn mở đầu của tôi.\n\n", 1) + "\nMột dòng cuối bài.\n"
    save_text(operation_id(), other, ELDERS, file_id, Typed(theirs, 0))
    parted = save_text(operation_id(), trainer, ELDERS, file_id, Typed(mine, 0))
    assert isinstance(parted, Conflict)
    test = rows(DraftFile, name="99-kiem-tra-cuoi-khoa.md")[0].id
    return {"file_id": file_id, "test_file_id": test, "revision_id": parted.aside}


def _divided(office: int) -> dict[str, Any]:
    """An office that was divided; somebody of it waits in the office of the cast."""
    home, heir = unit_by_code(HOME), db.session.get_one(Unit, office)
    old = add_unit(UnitRow("CQ-CU", "Nhà văn hóa cũ", "Cơ quan", valid_from=SINCE), home)
    join(add_person("Alăng Thị Chờ", birth_date=BORN), old, "work", on=SINCE)
    parts = [heir, Named("CQ-MOI", "Nhà văn hóa mới", "Cơ quan")]
    done = carry_out(planning.split(old, parts, {}, Act("12/QĐ-UBND", today())), None)
    return {"old_id": old.id, "operation_id": done.id, "act": "merge"}


def _staff_things(cast: Cast, office: int) -> dict[str, int]:
    course, unit = shelf.library.course(RESIDENTS), db.session.get_one(Unit, office)
    assert course
    things = staff_things(_person(cast, "hr"), _person(cast, "learner"), unit, course)
    long_ago = today() - timedelta(days=30)
    db.session.get_one(Assignment, things["assignment_id"]).due_on = long_ago
    cast.states["list_code"] = db.session.get_one(MadeList, things["list_id"]).code
    _jobs_of_every_state(cast, office)
    return things


def _jobs_of_every_state(cast: Cast, office: int) -> None:
    hr = _person(cast, "hr")
    for state in JobState:
        job = jobs.start(hr, "staff.export", {"n": state.value}, operation_id(), back="/staff")
        job.state, job.due_at = state, clock.now() + timedelta(days=9)
        job.done, job.total = 40, 100
        job.message = "Danh sách này có 3 người." if state is JobState.DONE else "Đĩa đầy."
        cast.states[f"job_{state.value}"] = f"/jobs/{job.id}"
    cast.states["looked"] = f"/staff/rosters/looks/{_looked(hr, office)}"
    undone = RosterImport(unit_id=office, kind="work", filename="nham.xlsx", words="Đã thêm.")
    undone.undone_by, undone.undone_at = hr.id, clock.now()
    db.session.add(undone)
    db.session.flush()
    cast.states["import_undone"] = f"/staff/rosters/imports/{undone.id}"


def _looked(hr: Person, office: int) -> int:
    """A job of HR's that looked at a roster with a good row and a wrong one."""
    data = "Họ và tên,Ngày sinh\nHồ Thị Nhìn,05/02/1990\nHồ Văn Sai,31/02/1990".encode()
    name, digest = tray.keep(takings.folder(), data)
    slip = Slip(name, digest, "lon.csv", office, "work", hr.id)
    job = jobs.start(hr, takings.LOOK, takings.facts_of(slip), operation_id())
    job.state = JobState.DONE
    kept = takings.jobs_folder(job.id) / takings.LOOK_FILE
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(written(takings.drawn(data, slip).look()), "utf-8")
    return job.id


def _roster_taken(office: int) -> int:
    taken = RosterImport(unit_id=office, kind="work", filename="danh-sach.xlsx", words="Đã thêm.")
    db.session.add(taken)
    db.session.flush()
    return taken.id


def _add_officers(cast: Cast, site: Site) -> None:
    for name, full_name, role, unit in (
        ("helper", "Đinh Thị Giúp", Role.HELPER, HOME),
        ("hr", "Trần Thị Lan", Role.HR, "CQ-THU"),
        ("hr of nobody", "Đỗ Thị Vắng", Role.HR, "CQ-TRONG"),
        ("trainer", "Lê Hồng Sơn", Role.TRAINER, None),
        ("officer", "Phạm Văn Bình", Role.OFFICER, None),
        ("officer of a commune", "Ngô Thị Phường", Role.OFFICER, HOME),
        ("registrar", "Võ Thị Thu", Role.REGISTRAR, None),
        ("admin", "Hoàng Minh Đức", Role.ADMIN, None),
    ):
        cast.people[name] = site.officer(full_name, role, unit)


def _add_learners(cast: Cast, site: Site) -> None:
    for name, full_name, facts in (
        ("learner", "Nguyễn Thị Hoa", {"group": "nguoi-cao-tuoi", "home": HOME, "work": "CQ-THU"}),
        ("newcomer", "Lê Văn Mới", {"group": "nguoi-dan", "work": "CQ-THU"}),
        ("waiting", "Bh'riu Liếc", {"home": HOME, "work": "CQ-THU"}),
        ("exhausted", "Zơrâm Thị Nhơn", {"home": HOME}),
        ("revoked", "Đinh Văn Thôi", {"home": HOME}),
        ("asked", "Mai Thị Hỏi", {"home": HOME}),
        ("same", STAFF[0][0], {"phone": STAFF[0][1], "birth_date": BORN, "work": "CQ-THU"}),
        ("changed", STAFF[1][0], {"phone": STAFF[1][1], "birth_date": BORN, "work": "CQ-THU"}),
        ("in doubt", STAFF[2][0], {"birth_date": BORN, "home": HOME}),
        ("twin", "Hồ Thị Trùng", {"birth_date": BORN, "work": "CQ-THU"}),
        ("other twin", "Hồ Thị Trùng", {"birth_date": BORN}),
        ("grandmother", "Phan Thị Bà", {"login": PHONE_OF_A_FAMILY}),
        ("grandchild", "Phan Thị Cháu", {"login": PHONE_OF_A_FAMILY}),
    ):
        cast.people[name] = site.person(full_name, **facts)


def _let_them_learn(cast: Cast) -> None:
    elders, residents = shelf.library.course(ELDERS), shelf.library.course(RESIDENTS)
    assert elders and residents
    learner = _person(cast, "learner")
    help_from_now_on(_person(cast, "helper"), learner.id, "agreed")
    ask(learner, elders, elders.steps[0], "Bấm nút nào?", operation_id())
    finish_lessons(learner, residents)
    passed = _handed_in(learner, residents, right=True)
    opened = start(learner, elders, elders.steps[-1], operation_id())
    failed = _handed_in(_person(cast, "waiting"), elders, right=False)
    _exhaust(_person(cast, "exhausted"), elders)
    award = pass_course(_person(cast, "revoked"), residents)
    revoke(_person(cast, "registrar"), award.id, "Cấp nhầm cho người cùng tên")
    paper = _paper_of_every_kind(_person(cast, "asked"), elders)
    cast.values |= {"code": rows(Award, person_id=learner.id)[0].code, "attempt_id": opened.id}
    cast.values["ask_id"] = rows(Ask, person_id=learner.id)[0].id
    cast.states |= {
        "passed": f"/attempts/{passed.id}",
        "failed": f"/attempts/{failed.id}",
        "revoked": f"/v/{award.code}",
        "paper": f"/attempts/{paper.id}",
        "test": elders.steps[-1].slug,
        "number_question": str(number_of(paper, QuestionKind.NUMBER)),
    }


def _person(cast: Cast, name: str) -> Person:
    return db.session.get_one(Person, cast.people[name].id)


def _handed_in(person: Person, course: Course, right: bool) -> Attempt:
    attempt = start(person, course, course.steps[-1], operation_id())
    if right:
        attempt.answers = {item.id: right_answer(item) for item in attempt.questions}
        db.session.flush()
    submit(attempt, course, course.steps[-1], operation_id())
    db.session.commit()
    return attempt


def _exhaust(person: Person, course: Course) -> None:
    rule = course.steps[-1].test
    assert rule and rule.attempts
    for turn in range(rule.attempts, 0, -1):
        with _hours_ago(turn * 5):
            _handed_in(person, course, right=False)


@contextmanager
def _hours_ago(hours: int) -> Iterator[None]:
    with clock.frozen(clock.now() - timedelta(hours=hours)):
        yield


def _paper_of_every_kind(person: Person, course: Course) -> Attempt:
    """An open attempt whose paper has one question of each kind."""
    attempt = start(person, course, course.steps[-1], operation_id())
    attempt.paper = [item.model_dump(mode="json") for item in one_of_each_kind()]
    db.session.commit()
    return attempt
