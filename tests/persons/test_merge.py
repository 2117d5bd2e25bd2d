"""Merging two records of one human being: everything moves, and undoing restores it exactly."""

from datetime import date

import pytest

from app.accounts import cards, entry, numbers
from app.accounts.actions import add_credential, register
from app.accounts.consents import give_consent
from app.accounts.models import AuditLine, Card, Consent, Person
from app.accounts.operations import OperationConflict
from app.accounts.queries import session_person
from app.certificates.models import Award, AwardInForce, AwardSetAside
from app.content.models import Course
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step, enrol
from app.learning.models import Enrolment, StepCredit
from app.lib.ids import operation_id
from app.persons.actions import merging
from app.persons.models import PersonMerge
from app.quizzes.actions import start, submit
from app.quizzes.models import Attempt
from app.units.actions import join
from app.units.models import Membership, Unit
from tests.acts import finish_lessons, pass_course, rows
from tests.persons.acts import counted, everything, ledgers_agree, merge, part, twin_of


@pytest.fixture
def twin(learner: Person) -> Person:
    """Bà Hoa once more: she registered by herself before her office sent its list."""
    return twin_of(learner)


def test_everything_moves(admin: Person, learner: Person, twin: Person, course: Course) -> None:
    give_consent(twin, "learning", "web")
    finish_lessons(twin, course)
    merge(admin, twin, learner)
    assert {row.person_id for row in rows(StepCredit)} == {learner.id}
    assert [row.person_id for row in rows(Enrolment)] == [learner.id]
    assert [row.person_id for row in rows(Consent)] == [learner.id]
    assert rows(Person, id=twin.id)[0].merged_into == learner.id
    assert [line.subject for line in rows(AuditLine, verb="merge_people")] == [
        f"person {learner.id}"
    ]


def test_undoing_restores_every_row(
    admin: Person, learner: Person, twin: Person, course: Course, commune: Unit, school: Unit
) -> None:
    add_credential(twin, "pin", "0905123456", "246802")
    join(twin, commune, "residence", on=date(2025, 8, 1))
    join(twin, school, "school", on=date(2025, 8, 1))
    test = course.steps[-1]
    submit(start(twin, course, test, operation_id()), course, test, operation_id())
    start(learner, course, test, operation_id())
    finish_lessons(twin, course)
    finish_lessons(learner, course)
    numbers_of_twin = numbers.stored("049185000123")
    for name, value in numbers_of_twin._asdict().items():
        setattr(twin, name, value)
    db.session.commit()
    before = everything()
    merged = merge(admin, twin, learner)
    assert everything() != before
    part(admin, merged)
    assert everything() == before
    assert not merged.facts or merged.undone_by == admin.id


def test_one_award_stays_in_force_and_the_count_falls_by_the_twin(
    admin: Person, learner: Person, twin: Person, course: Course, commune: Unit
) -> None:
    join(twin, commune, "residence")
    first, second = pass_course(twin, course), pass_course(learner, course)
    before = counted()
    merged = merge(admin, twin, learner)
    assert [row.award_id for row in rows(AwardInForce)] == [first.id]
    assert [(row.award_id, row.kept_id) for row in rows(AwardSetAside)] == [(second.id, first.id)]
    assert {person for person, _ in counted()[0]} == {learner.id}
    assert len(counted()[0]) < len(before[0])
    assert ledgers_agree()
    part(admin, merged)
    assert counted() == before
    assert len(rows(AwardInForce)) == 2
    assert rows(AwardSetAside) == []
    assert ledgers_agree()


def test_the_only_award_keeps_number_code_and_name(
    admin: Person, learner: Person, twin: Person, course: Course
) -> None:
    award = pass_course(twin, course)
    facts = (award.printed_number, award.code, award.full_name, award.hash)
    merged = merge(admin, twin, learner)
    line = rows(Award)[0]
    assert (line.printed_number, line.code, line.full_name, line.hash) == facts
    assert [row.person_id for row in rows(AwardInForce)] == [learner.id]
    assert ledgers_agree()
    part(admin, merged)
    assert [row.person_id for row in rows(AwardInForce)] == [twin.id]
    assert ledgers_agree()


def test_what_both_learnt_together_completes_the_course(
    admin: Person, learner: Person, twin: Person, course: Course
) -> None:
    finish_lessons(twin, course)
    test = course.steps[-1]
    complete_step(learner, course, test, Evidence.SELF, operation_id(), score=90)
    db.session.commit()
    merged = merge(admin, twin, learner)
    assert [row.person_id for row in rows(AwardInForce)] == [learner.id]
    assert ledgers_agree()
    part(admin, merged)
    assert rows(AwardInForce) == []
    assert counted()[0] == {}
    assert ledgers_agree()
    # each goes on, and earns a paper of their own
    assert pass_course(twin, course)
    assert ledgers_agree()


def test_old_sign_ins_lead_to_the_record_that_stays(
    admin: Person, learner: Person, twin: Person
) -> None:
    add_credential(learner, "pin", "0905123456", "135791")
    add_credential(twin, "pin", "0905999888", "246802")
    card = cards.issue_card(twin, admin, None, operation_id())
    other = cards.issue_card(learner, admin, None, operation_id())
    db.session.commit()
    session_id = twin.get_id()
    merge(admin, twin, learner)
    assert card is not None
    assert other is not None
    for outcome in (
        entry.sign_in("pin", "0905999888", "246802", "a", "b"),
        entry.sign_in_with_card(card.secret, "246802", "c", "d"),
        entry.sign_in_with_card(other.secret, "135791", "e", "f"),
    ):
        assert [person.id for person in outcome.people] == [learner.id]
    known = session_person(session_id)
    assert known is not None
    assert known.id == learner.id


def test_a_lost_card_of_either_record_is_withdrawn(
    admin: Person, learner: Person, twin: Person
) -> None:
    for person in (learner, twin):
        cards.issue_card(person, admin, None, operation_id())
    db.session.commit()
    merge(admin, twin, learner)
    assert cards.withdraw_card(learner, admin, operation_id())
    assert all(card.withdrawn_at for card in rows(Card))


def test_who_registers_again_is_known(admin: Person, learner: Person, twin: Person) -> None:
    twin.birth_date = date(1985, 2, 6)
    merge(admin, twin, learner)
    person = register(
        operation_id(),
        full_name="Nguyễn Thị Hoa",
        phone="0905123456",
        pin="246802",
        birth=(date(1985, 2, 6), "day"),
        group="nguoi-dan",
    )
    assert person.id == learner.id


def test_an_act_done_under_the_old_record_is_known_when_it_comes_again(
    admin: Person, learner: Person, twin: Person, course: Course
) -> None:
    op_id, step = operation_id(), course.steps[0]
    complete_step(twin, course, step, Evidence.SELF, op_id)
    db.session.commit()
    merge(admin, twin, learner)
    again = complete_step(learner, course, step, Evidence.SELF, op_id)
    assert not again.credited
    with pytest.raises(OperationConflict):
        complete_step(learner, course, course.steps[1], Evidence.SELF, op_id)


def test_memberships_of_all_kinds_stand_side_by_side(
    admin: Person, learner: Person, twin: Person, school: Unit, office: Unit
) -> None:
    join(twin, school, "school")
    join(twin, office, "work", "Chuyên viên")
    merge(admin, twin, learner)
    held = [(row.kind, row.unit_id) for row in rows(Membership, person_id=learner.id)]
    assert sorted(kind for kind, _ in held) == ["residence", "school", "work"]
    assert rows(Membership, person_id=twin.id) == []


def test_gaps_are_filled_and_nothing_is_overwritten(
    admin: Person, learner: Person, twin: Person
) -> None:
    learner.phone, learner.birth_date, learner.birth_precision = None, date(1985, 1, 1), "year"
    twin.group = "nguoi-dan"
    merged = merge(admin, twin, learner)
    assert (learner.phone, learner.birth_date) == ("0905123456", date(1985, 2, 5))
    assert learner.group == "can-bo"
    part(admin, merged)
    assert (learner.phone, learner.birth_precision) == (None, "year")


def test_two_personal_numbers_are_two_people(admin: Person, learner: Person, twin: Person) -> None:
    for person, number in ((learner, "049185000123"), (twin, "049185000456")):
        for name, value in numbers.stored(number)._asdict().items():
            setattr(person, name, value)
    db.session.commit()
    with pytest.raises(merging.MergeRefused) as refusal:
        merging.merge(admin, twin.id, learner.id, operation_id())
    assert refusal.value.reason == "numbers"


def test_twice_is_once(admin: Person, learner: Person, twin: Person) -> None:
    op_id = operation_id()
    first = merging.merge(admin, twin.id, learner.id, op_id)
    again = merging.merge(admin, twin.id, learner.id, op_id)
    assert first.id == again.id
    assert len(rows(PersonMerge)) == 1
    with pytest.raises(merging.MergeRefused):
        merging.merge(admin, twin.id, learner.id, operation_id())


def test_a_chain_is_undone_from_its_end(
    admin: Person, learner: Person, twin: Person, course: Course
) -> None:
    third = twin_of(learner)
    pass_course(third, course)
    before = everything()
    first = merge(admin, third, twin)
    second = merge(admin, twin, learner)
    assert {p.merged_into for p in rows(Person) if p.merged_into} == {learner.id}
    assert ledgers_agree()
    with pytest.raises(merging.MergeRefused):
        merging.undo(admin, first, operation_id())
    db.session.rollback()
    part(admin, second)
    assert ledgers_agree()
    part(admin, first)
    assert everything() == before


def test_what_was_written_in_the_same_moment_is_gathered(
    admin: Person, learner: Person, twin: Person, course: Course
) -> None:
    merged = merge(admin, twin, learner)
    enrol(twin, course, operation_id())
    db.session.commit()
    assert merging.gather() == 1
    assert [row.person_id for row in rows(Enrolment)] == [learner.id]
    part(admin, merged)
    assert [row.person_id for row in rows(Enrolment)] == [twin.id]


def test_the_whole_number_is_for_its_owner_alone(learner: Person) -> None:
    for name, value in numbers.stored("049185000123")._asdict().items():
        setattr(learner, name, value)
    assert "049185000123" not in str(vars(learner))
    assert numbers.unsealed(learner) == "049185000123"
    learner.number_hash = "0" * 64
    with pytest.raises(numbers.CannotUnseal):
        numbers.unsealed(learner)


def test_an_open_test_of_each_record_stays_open(
    admin: Person, learner: Person, twin: Person, course: Course
) -> None:
    for person in (learner, twin):
        start(person, course, course.steps[-1], operation_id())
    db.session.commit()
    merge(admin, twin, learner)
    assert sorted(row.person_id for row in rows(Attempt)) == sorted((learner.id, twin.id))
