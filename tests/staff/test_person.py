"""One member of the staff: each course in words, and nothing that is no matter of the office."""

from datetime import date

from flask.testing import FlaskClient

from app.accounts.actions import rename
from app.accounts.models import Person
from app.certificates.actions import revoke
from app.content.models import Course
from app.counts.actions import confirm_vneid
from app.extensions import db
from app.units.models import Unit
from tests.acts import finish_lessons, pass_course
from tests.staff.acts import words


def test_facts_are_shown_and_the_phone_is_masked(as_hr: FlaskClient, learner: Person) -> None:
    page = words(as_hr.get(f"/staff/people/{learner.id}"))
    assert "09•• ••• 456" in page
    assert "0905123456" not in page
    assert "Chuyên viên" in page
    assert "Chưa ghi nhận" in page


def test_what_is_left_is_said(as_hr: FlaskClient, learner: Person, course: Course) -> None:
    finish_lessons(learner, course)
    page = words(as_hr.get(f"/staff/people/{learner.id}"))
    assert "Đang học Còn bài kiểm tra." in page


def test_the_certificate_keeps_the_name_as_issued(
    as_hr: FlaskClient, learner: Person, course: Course
) -> None:
    award = pass_course(learner, course)
    rename(learner, "Nguyễn Thị Hoài")
    db.session.commit()
    page = words(as_hr.get(f"/staff/people/{learner.id}"))
    assert award.printed_number in page
    assert "Tên trên giấy: Nguyễn Thị Hoa." in page


def test_a_revoked_certificate_is_said_to_be_so(
    as_hr: FlaskClient, learner: Person, course: Course, registrar: Person
) -> None:
    award = pass_course(learner, course)
    number = award.printed_number
    revoke(registrar, award.id, "Cấp nhầm người, đã kiểm tra lại")
    db.session.commit()
    page = words(as_hr.get(f"/staff/people/{learner.id}"))
    assert f"Giấy số {number} không còn hiệu lực" in page
    assert "Cấp nhầm người" not in page


def test_vneid_is_shown_with_its_source(as_hr: FlaskClient, learner: Person) -> None:
    confirm_vneid(None, learner.id, date(2026, 2, 5), "Công văn 12")
    db.session.commit()
    assert "Có, 05/02/2026 (Công văn 12)" in words(as_hr.get(f"/staff/people/{learner.id}"))


def test_only_places_of_ones_own_units_are_shown(
    as_hr: FlaskClient, learner: Person, commune: Unit, office: Unit
) -> None:
    page = words(as_hr.get(f"/staff/people/{learner.id}"))
    assert f"{office.name} · Chuyên viên" in page
    assert f"{commune.name} ·" not in page


def test_someone_of_another_unit_is_not_found(as_hr: FlaskClient, stranger: Person) -> None:
    assert as_hr.get(f"/staff/people/{stranger.id}").status_code == 404


def test_nobody_is_not_found(as_hr: FlaskClient) -> None:
    assert as_hr.get("/staff/people/999999").status_code == 404
    assert as_hr.get("/staff/people/x").status_code == 404


def test_signed_out_goes_to_sign_in(client: FlaskClient, learner: Person) -> None:
    assert client.get(f"/staff/people/{learner.id}").status_code == 302


def test_other_roles_see_nothing(as_officer: FlaskClient, learner: Person) -> None:
    assert as_officer.get(f"/staff/people/{learner.id}").status_code == 404


def test_it_is_only_read(as_hr: FlaskClient, learner: Person) -> None:
    assert as_hr.post(f"/staff/people/{learner.id}").status_code == 405


def test_a_number_beyond_every_column_is_nobody(as_hr: FlaskClient) -> None:
    assert as_hr.get(f"/staff/people/{10**20}").status_code == 404
