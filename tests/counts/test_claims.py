"""For whom an indicator counts a person, and that the count equals its rebuild."""

from datetime import date

from app.accounts.actions import add_person
from app.accounts.models import Person
from app.certificates.actions import expected_attainments, revoke
from app.content.models import Course
from app.content.shelf import shelf
from app.counts.models import Attainment
from app.counts.queries import attainments, claims, rollups
from app.extensions import db
from app.units.models import Unit
from app.units.queries import memberships
from tests.acts import pass_course, rows

TODAY = date(2026, 11, 23)


def claimed(person: Person, on: date = TODAY) -> set[str]:
    """The indicators a person counts for by the test course."""
    indicators = shelf.programme.qualifying("thu-nghiem")
    return {c.indicator for c in claims(person, indicators, memberships(person.id), on)}


def test_an_adult_who_works_in_an_office_counts_for_both(learner: Person) -> None:
    assert claimed(learner) == {"khu-vuc-cong", "nguoi-truong-thanh"}


def test_a_child_is_no_adult(learner: Person) -> None:
    learner.birth_date = date(2012, 5, 1)
    assert claimed(learner) == set()


def test_eighteen_counts_from_the_birthday_on(learner: Person) -> None:
    learner.birth_date = date(2008, 11, 24)
    assert "nguoi-truong-thanh" not in claimed(learner)
    assert "nguoi-truong-thanh" in claimed(learner, date(2026, 11, 24))


def test_an_adult_of_unknown_commune_counts_for_the_province(
    app: object, province: Unit, course: Course
) -> None:
    person = add_person("Y Zơrâm", birth_date=date(1970, 1, 1))
    pass_course(person, course)
    (row,) = rows(Attainment)
    assert (row.indicator, row.unit_id) == ("nguoi-truong-thanh", None)
    assert sum(r.persons for r in rollups()) == 1


def test_the_count_equals_its_rebuild(learner: Person, stranger: Person, course: Course) -> None:
    pass_course(learner, course)
    pass_course(stranger, course)
    assert attainments() == expected_attainments()
    assert len(attainments()) == 4


def test_a_revoked_award_counts_no_more(learner: Person, registrar: Person, course: Course) -> None:
    award = pass_course(learner, course)
    revoke(registrar, award.id, "Cấp nhầm người, đã kiểm tra lại.")
    db.session.commit()
    assert attainments() == expected_attainments() == {}
