"""/certificates/register: the registrar leafs through the book."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import grant_role
from app.accounts.models import Person, Role
from app.certificates import book
from app.certificates.models import Award
from app.content.models import Course
from app.extensions import db
from app.lib import clock
from app.units.models import Unit
from tests.acts import pass_course
from tests.certificates.conftest import REASON

BOOK = "/certificates/register"


@pytest.fixture
def last_years(stranger: Person, course: Course) -> Award:
    """Anh Liếc's certificate of 2025."""
    with clock.frozen(datetime(2025, 12, 31, 10, tzinfo=UTC)):
        return pass_course(stranger, course)


def test_the_registrar_reads_it_newest_first(
    as_registrar: FlaskClient, last_years: Award, award: Award
) -> None:
    page = as_registrar.get(BOOK).text
    assert page.index(award.printed_number) < page.index(last_years.printed_number)
    assert "Nguyễn Thị Hoa" in page and "Có hiệu lực" in page


def test_an_empty_book(as_registrar: FlaskClient) -> None:
    assert "Sổ chưa có dòng nào" in as_registrar.get(BOOK).text


def test_signed_out_leads_to_sign_in(client: FlaskClient) -> None:
    assert client.get(BOOK).location.startswith("/login")


def test_for_others_it_does_not_exist(
    as_learner: FlaskClient, as_hr: FlaskClient, as_admin: FlaskClient
) -> None:
    for browser in (as_learner, as_hr, as_admin):
        assert browser.get(BOOK).status_code == 404


def test_only_get(as_registrar: FlaskClient) -> None:
    assert as_registrar.post(BOOK).status_code == 405


def test_one_year(as_registrar: FlaskClient, last_years: Award, award: Award) -> None:
    page = as_registrar.get(BOOK, query_string={"year": "2025"}).text
    assert last_years.printed_number in page and award.printed_number not in page


@pytest.mark.parametrize("written", ["1", "000001", "1/2025", "000001/2025/GCN-BDHVS", " 1/2025 "])
def test_a_number_is_found_as_people_write_it(
    as_registrar: FlaskClient, last_years: Award, written: str
) -> None:
    page = as_registrar.get(BOOK, query_string={"number": written}).text
    assert "Tìm thấy 1 giấy" in page and last_years.printed_number in page


def test_a_code_is_found(as_registrar: FlaskClient, award: Award, last_years: Award) -> None:
    page = as_registrar.get(BOOK, query_string={"number": award.code.lower()}).text
    assert award.printed_number in page and last_years.printed_number not in page


def test_a_number_without_a_year_is_found_in_each_year(
    as_registrar: FlaskClient, award: Award, last_years: Award
) -> None:
    page = as_registrar.get(BOOK, query_string={"number": "1"}).text
    assert award.printed_number in page and last_years.printed_number in page


@pytest.mark.parametrize(
    "written", ["7", "0", "không", "1/1999", "9" * 30, "%", "' OR 1=1", "\x007"]
)
def test_what_is_not_in_the_book_is_not_found(
    as_registrar: FlaskClient, award: Award, written: str
) -> None:
    page = as_registrar.get(BOOK, query_string={"number": written})
    assert page.status_code == 200
    assert award.printed_number not in page.text


@pytest.mark.parametrize("odd", ["", "abc", "0", "99999999999999999999", "-1"])
def test_an_odd_page_or_year_is_no_fault(as_registrar: FlaskClient, award: Award, odd: str) -> None:
    for name in ("page", "year"):
        assert as_registrar.get(BOOK, query_string={name: odd}).status_code == 200


def test_long_books_come_in_pages(
    as_registrar: FlaskClient, award: Award, last_years: Award, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "LINES", 1)
    first, second = (as_registrar.get(BOOK, query_string={"page": n}).text for n in (1, 2))
    assert award.printed_number in first and last_years.printed_number not in first
    assert last_years.printed_number in second and award.printed_number not in second
    assert "Trang 1 trên 2" in first


def test_a_revoked_line_stays_with_its_reason(as_registrar: FlaskClient, revoked: Award) -> None:
    page = as_registrar.get(BOOK).text
    assert "Đã thu hồi" in page and REASON in page
    assert f"{revoked.code}/revocation" not in page


def test_a_registrar_of_one_unit_does_not_see_the_provinces_book(
    sign_in: Callable[[Person], FlaskClient], stranger: Person, other_office: Unit, award: Award
) -> None:
    grant_role(None, stranger, Role.REGISTRAR, other_office.id)
    db.session.commit()
    browser = sign_in(stranger)
    revocation = f"/certificates/{award.code}/revocation"
    for address in (BOOK, revocation, f"/certificates/{award.code}.pdf"):
        assert browser.get(address).status_code == 404
    assert BOOK not in browser.get("/learn").text
