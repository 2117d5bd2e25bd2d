"""`demo load`: a whole world by the real verbs, once; it stands up to every check."""

from collections import Counter
from datetime import timedelta

from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from app.accounts.field_session import FieldSession
from app.accounts.models import Consent, Grant, Person, Role
from app.certificates.models import Award, Revocation
from app.content.shelf import shelf
from app.counts.models import Attainment, Denominator, Evidence, Target, VneidConfirmation
from app.extensions import Base, db
from app.field.models import HelpedPerson
from app.learning.models import Ask, StepCredit
from app.learning.queries import progress
from app.lib import clock
from app.lib.vietnamese import fold, tidy_name
from app.ops.demo.cast import ADMIN, CAST, MISTAKEN
from app.ops.demo.helping import OWN, VISITS
from app.ops.demo.names import PUBLIC_PERSONS
from app.quizzes.models import Attempt
from app.units.models import WORKPLACE_KINDS, TeamMember, Unit
from app.units.queries import communes
from tests.acts import post, rows
from tests.ops.conftest import Command, drop_guards


def _counted() -> dict[str, int]:
    return {
        name: db.session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
        for name in Base.metadata.tables
    }


def test_it_says_who_signs_in_how(loaded: Result) -> None:
    assert loaded.exit_code == 0, loaded.output
    for member in CAST:
        assert f"{member.login} " in loaded.output
        assert member.secret in loaded.output


def test_there_are_about_300_people_with_names_as_they_should_be(demo: Command) -> None:
    people = rows(Person)
    assert 290 <= len(people) <= 320
    assert all(tidy_name(person.full_name) == person.full_name for person in people)
    assert not PUBLIC_PERSONS & {fold(person.full_name) for person in people}
    assert all((p.phone or "0900000").startswith(("0900000", "09050000")) for p in people)


def test_there_are_workplaces_of_every_kind(demo: Command) -> None:
    kinds = {unit.kind for unit in rows(Unit)}
    assert kinds >= set(WORKPLACE_KINDS)
    assert len(communes()) == 94


def test_twice_changes_nothing(demo: Command) -> None:
    before = _counted()
    again = demo("demo", "load")
    assert again.exit_code == 0
    assert "không thay đổi gì" in again.output
    assert _counted() == before


def test_the_count_equals_its_rebuild(demo: Command) -> None:
    assert demo("counts", "check").exit_code == 0


def test_the_register_is_whole(demo: Command) -> None:
    assert demo("register", "check").exit_code == 0


def test_a_count_that_was_tampered_with_is_noticed(demo: Command) -> None:
    db.session.execute(text("UPDATE attainment SET unit_id = NULL WHERE unit_id IS NOT NULL"))
    told = demo("counts", "check")
    assert (told.exit_code, "Bảng đếm khác sổ" in told.output) == (1, True)


def test_a_register_that_was_tampered_with_is_noticed(demo: Command) -> None:
    drop_guards("award")
    db.session.execute(text("UPDATE award SET full_name = 'Người Khác' WHERE number = 5"))
    told = demo("register", "check")
    assert told.exit_code == 1
    assert "nội dung đã bị sửa" in told.output


def test_people_stand_at_every_stage(demo: Command) -> None:
    tried = {(a.person_id, a.course_slug) for a in rows(Attempt)}
    passed = {(a.person_id, a.course_slug) for a in rows(Attempt, passed=True)}
    awarded = {(a.person_id, a.course_slug) for a in rows(Award)}
    for slug in ("c4-nguoi-dan", "c5-nguoi-cao-tuoi"):
        course = shelf.course(slug)
        assert course is not None
        done = Counter(
            min(progress(p.id, course).done_count * 4 // len(course.steps), 3) for p in rows(Person)
        )
        assert min(done[quarter] for quarter in range(4)) >= 1
    assert len(tried - passed) >= 10
    assert len(passed - awarded) >= 2
    assert len(awarded) >= 100


def test_nothing_happened_in_the_future_and_numbers_follow_time(demo: Command) -> None:
    awards = list(db.session.scalars(select(Award).order_by(Award.year, Award.number)))
    moments = [award.awarded_at for award in awards]
    assert moments == sorted(moments)
    assert moments[-1] < clock.now()
    assert moments[-1] - moments[0] > timedelta(days=60)


def test_one_certificate_was_revoked_and_issued_anew(demo: Command) -> None:
    old, new = rows(Award, full_name=MISTAKEN.name)
    assert [r.award_id for r in rows(Revocation)] == [old.id]
    assert (old.birth_date.year, new.birth_date.year) == (1968, 1986)
    counted = rows(Attainment, person_id=new.person_id)
    assert {attainment.award_id for attainment in counted} == {new.id}


def test_every_indicator_has_its_target_and_denominators_that_hold_the_people(
    demo: Command,
) -> None:
    targets = {target.indicator: int(target.value) for target in rows(Target)}
    assert targets == {i.id: targets[i.id] for i in shelf.programme.indicators}
    assert sorted(targets.values()) == [80, 80, 80, 100]
    measures = {(row.indicator, row.unit_id): row.value for row in rows(Denominator)}
    reached = Counter((a.indicator, a.unit_id) for a in rows(Attainment) if a.unit_id)
    assert all(count <= measures[key] for key, count in reached.items())
    adults = [measures["nguoi-truong-thanh", commune.id] for commune in communes()]
    assert len(adults) == 94
    (province,) = rows(Unit, code="48")
    assert measures["nguoi-truong-thanh", province.id] == sum(adults)


def test_most_learn_by_themselves_and_some_with_help_or_in_class(demo: Command) -> None:
    known = Counter(attainment.evidence for attainment in rows(Attainment))
    assert known[Evidence.SELF] > known[Evidence.CLASS] > known[Evidence.ASSISTED] > 0
    assert len(rows(VneidConfirmation)) > 30


def test_every_role_is_held_by_somebody(demo: Command) -> None:
    assert {grant.role for grant in rows(Grant)} == set(Role)
    assert len(rows(Consent)) == len(CAST) + len(OWN)


def test_the_helper_has_her_own_people_and_sessions(demo: Command) -> None:
    helped = {link.person_id for link in rows(HelpedPerson)}
    assert len(helped) == len(OWN)
    sessions = rows(FieldSession)
    assert len(sessions) == len(VISITS) and all(one.ended_at for one in sessions)
    credits = [credit for credit in rows(StepCredit) if credit.helped_in]
    assert {credit.person_id for credit in credits} == helped
    assert {credit.evidence for credit in credits} == {Evidence.ASSISTED}
    assert [bool(one.answered_at) for one in rows(Ask)] == [True, False]
    assert len(rows(TeamMember)) == 4


def test_nobody_is_stored_by_origin_or_health(demo: Command) -> None:
    groups = {person.group for person in rows(Person)}
    assert not groups & {"dan-toc-thieu-so", "nguoi-khuyet-tat"}


def test_the_cast_can_sign_in(demo: Command, migrated_app: Flask) -> None:
    for member in CAST:
        client: FlaskClient = migrated_app.test_client()
        if member.email:
            sent = {"email": member.email, "password": member.secret}
        else:
            sent = {"phone": member.login, "pin": member.secret}
        answer = post(client, "/login/staff" if member.email else "/login", **sent)
        shared = member.login == "0905000003"
        assert answer.location == ("/login/person" if shared else "/learn"), member.title


def test_the_administrator_sees_the_world(demo: Command, migrated_app: Flask) -> None:
    client = migrated_app.test_client()
    post(client, "/login/staff", email=ADMIN.email, password=ADMIN.secret)
    assert "Alăng Thị Nhàn" in client.get("/admin/grants").text
    assert "Thu hồi giấy chứng nhận" in client.get("/admin/audit?verb=revoke").text
