"""/certificates/<code>.pdf: the owner's and the registrar's."""

from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.certificates.models import Award
from app.content.models import Course
from app.extensions import db
from app.lib.ids import verification_code
from app.units.models import Unit
from tests.acts import rows
from tests.certificates.conftest import REASON, words


def url(award: Award) -> str:
    return f"/certificates/{award.code}.pdf"


def test_the_owner_opens_it(as_learner: FlaskClient, award: Award) -> None:
    page = as_learner.get(url(award))
    assert page.mimetype == "application/pdf"
    assert page.headers["Content-Disposition"] == (
        f'inline; filename="giay-chung-nhan-000001-{award.year}.pdf"'
    )
    assert page.headers["Cache-Control"] == "private, no-store"
    assert f"Cấp cho Nguyễn Thị Hoa Sinh ngày 05 tháng 02 năm 1985 Đơn vị: {award.unit_name}" in (
        words(page.data)
    )


def test_the_address_in_it_is_the_sites_own(
    app: Flask, as_learner: FlaskClient, award: Award
) -> None:
    site = app.extensions["settings"].base_url
    assert f"{site}/v/{award.code}" in words(as_learner.get(url(award)).data)


def test_small_letters_in_the_address_are_the_same_code(
    as_learner: FlaskClient, award: Award
) -> None:
    assert as_learner.get(url(award).lower()).status_code == 200


def test_the_registrar_opens_it(as_registrar: FlaskClient, award: Award) -> None:
    assert as_registrar.get(url(award)).status_code == 200


def test_signed_out_leads_to_sign_in(client: FlaskClient, award: Award) -> None:
    assert client.get(url(award)).location.startswith("/login")


def test_for_others_it_does_not_exist(
    as_stranger: FlaskClient, as_hr: FlaskClient, as_admin: FlaskClient, award: Award
) -> None:
    for browser in (as_stranger, as_hr, as_admin):
        assert browser.get(url(award)).status_code == 404


def test_an_unknown_code_is_not_found(as_registrar: FlaskClient) -> None:
    assert as_registrar.get(f"/certificates/{verification_code()}.pdf").status_code == 404
    for odd in ("abc", "x" * 500):
        assert as_registrar.get(f"/certificates/{odd}.pdf").status_code == 404


def test_only_get(as_learner: FlaskClient, award: Award) -> None:
    assert as_learner.post(url(award)).status_code == 405


def test_a_revoked_one_says_so_and_why(as_learner: FlaskClient, revoked: Award) -> None:
    page = as_learner.get(url(revoked))
    assert page.status_code == 410
    assert "đã thu hồi" in page.text and REASON in page.text


def test_what_was_issued_does_not_change(
    as_learner: FlaskClient, award: Award, learner: Person, office: Unit, course: Course
) -> None:
    before = as_learner.get(url(award)).data
    learner.full_name, learner.birth_date = "Trần Thị Tên Mới", None
    office.name = "Văn phòng đã sáp nhập"
    db.session.commit()
    assert as_learner.get(url(award)).data == before
    assert rows(Award)[0].course_title == course.title
