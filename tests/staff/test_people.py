"""The list of one's own staff: who is done, under way, not begun; nobody else's."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import end_grant, grant_role
from app.accounts.models import Grant, Person, Role
from app.content.models import Course
from app.extensions import db
from app.units.actions import UnitRow, add_unit, join
from app.units.models import Membership, Unit
from tests.acts import finish_lessons, pass_course, rows
from tests.staff.acts import employ, words

SignIn = Callable[[Person], FlaskClient]


def test_the_summary_comes_in_words(
    as_hr: FlaskClient, learner: Person, office: Unit, course: Course
) -> None:
    begun, _ = employ(office, "Trần Văn An", "Lê Thị Bé")
    pass_course(learner, course)
    finish_lessons(begun, course)
    page = words(as_hr.get("/staff"))
    assert "3 người : 1 đã hoàn thành, 1 đang học, 1 chưa bắt đầu." in page
    assert "Còn bài kiểm tra" in page
    assert "Còn 3 bài và bài kiểm tra" in page


def test_a_certificate_is_shown_with_number_and_day(
    as_hr: FlaskClient, learner: Person, course: Course
) -> None:
    award = pass_course(learner, course)
    assert f"Số {award.printed_number}" in words(as_hr.get("/staff"))


def test_names_stand_in_vietnamese_order(as_hr: FlaskClient, office: Unit) -> None:
    employ(office, "Lê Văn Ế", "Nguyễn Văn Ân", "Trần Thị Ăn", "Đỗ Đức Dũng", "Lê Đăng Đạt")
    page = words(as_hr.get("/staff"))
    order = ["Trần Thị Ăn", "Nguyễn Văn Ân", "Đỗ Đức Dũng", "Lê Đăng Đạt", "Lê Văn Ế"]
    assert sorted(order, key=page.index) == order


@pytest.mark.parametrize("words_of_name", ["hoa", "Nguyễn thi", "NGUYEN THỊ HOA", "Hoa"])
def test_search_is_with_or_without_marks(
    as_hr: FlaskClient, learner: Person, office: Unit, words_of_name: str
) -> None:
    employ(office, "Trần Văn An")
    page = as_hr.get("/staff", query_string={"q": words_of_name}).text
    assert "Nguyễn Thị Hoa" in page
    assert "Trần Văn An" not in page


def test_wildcards_are_letters(as_hr: FlaskClient, learner: Person) -> None:
    assert "Không có ai khớp" in as_hr.get("/staff?q=%25").text


@pytest.mark.parametrize(
    ("state", "name"),
    [("done", "Nguyễn Thị Hoa"), ("under-way", "Trần Văn An"), ("not-begun", "Lê Thị Bé")],
)
def test_states_are_filters(
    as_hr: FlaskClient, learner: Person, office: Unit, course: Course, state: str, name: str
) -> None:
    begun, _ = employ(office, "Trần Văn An", "Lê Thị Bé")
    pass_course(learner, course)
    finish_lessons(begun, course)
    page = as_hr.get(f"/staff?state={state}")
    assert name in page.text
    assert ": 1 người" in words(page)


def test_a_unit_below_is_a_filter(as_hr: FlaskClient, learner: Person, office: Unit) -> None:
    below = add_unit(UnitRow("CQ01-P1", "Phòng Kinh tế", "Cơ quan"), office)
    employ(below, "Trần Văn An")
    page = as_hr.get(f"/staff?unit={below.id}").text
    assert "Trần Văn An" in page
    assert "Nguyễn Thị Hoa" not in page


def test_who_works_in_two_units_is_one_person(
    as_hr: FlaskClient, learner: Person, office: Unit
) -> None:
    below = add_unit(UnitRow("CQ01-P1", "Phòng Kinh tế", "Cơ quan"), office)
    join(learner, below, "work")
    db.session.commit()
    assert "1 người :" in words(as_hr.get("/staff"))


def test_people_elsewhere_are_not_listed(
    as_hr: FlaskClient, learner: Person, stranger: Person
) -> None:
    assert stranger.full_name not in as_hr.get("/staff").text


def test_residents_are_not_staff(
    sign_in: SignIn, commune: Unit, learner: Person, stranger: Person, hr: Person
) -> None:
    join(stranger, commune, "residence")
    grant_role(None, hr, Role.HR, commune.id)
    db.session.commit()
    assert stranger.full_name not in sign_in(hr).get("/staff").text


def test_who_left_is_no_longer_listed(as_hr: FlaskClient, learner: Person, office: Unit) -> None:
    membership = next(m for m in rows(Membership, person_id=learner.id) if m.unit_id == office.id)
    membership.valid_to = membership.valid_from
    db.session.commit()
    assert learner.full_name not in as_hr.get("/staff").text


def test_an_empty_unit_offers_the_import(as_hr: FlaskClient, office: Unit) -> None:
    page = as_hr.get("/staff").text
    assert "Chưa có ai trong danh sách" in page
    assert "/staff/rosters/new" in page


def test_long_lists_are_paged(as_hr: FlaskClient, office: Unit) -> None:
    employ(office, *(f"Trần Văn {'A' * n}" for n in range(1, 53)))
    assert "Trang 1 trên 2" in words(as_hr.get("/staff"))
    assert words(as_hr.get("/staff?page=2")).count("Chưa bắt đầu") < 10


def test_queries_do_not_grow_with_people(as_hr: FlaskClient, office: Unit) -> None:
    employ(office, *(f"Trần Văn {'A' * n}" for n in range(1, 11)))
    as_hr.get("/staff")
    few = as_hr.queries
    for number in range(5):
        below = add_unit(UnitRow(f"P{number}", f"Phòng {number}", "Cơ quan"), office)
        employ(below, *(f"Lê Thị {'B' * n}" for n in range(1, 39)))
    as_hr.get("/staff")
    assert as_hr.queries == few <= 10


@pytest.mark.parametrize(
    "address", ["/staff?page=x", "/staff?page=999", "/staff?state=khac", "/staff?unit=x"]
)
def test_odd_addresses_are_tolerated(as_hr: FlaskClient, learner: Person, address: str) -> None:
    assert as_hr.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/staff?course=khong-co", "/staff?unit=999999"])
def test_what_is_not_there_is_not_found(as_hr: FlaskClient, office: Unit, address: str) -> None:
    assert as_hr.get(address).status_code == 404


def test_someone_elses_unit_is_not_found(as_hr: FlaskClient, other_office: Unit) -> None:
    assert as_hr.get(f"/staff?unit={other_office.id}").status_code == 404


def test_signed_out_goes_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/staff")
    assert answer.status_code == 302
    assert "/login" in answer.location


def test_other_roles_see_nothing(
    as_learner: FlaskClient, as_trainer: FlaskClient, as_officer: FlaskClient, as_admin: FlaskClient
) -> None:
    for browser in (as_learner, as_trainer, as_officer, as_admin):
        assert browser.get("/staff").status_code == 404


def test_a_role_that_ended_sees_nothing(as_hr: FlaskClient, hr: Person, admin: Person) -> None:
    end_grant(admin.id, rows(Grant, person_id=hr.id)[0])
    db.session.commit()
    assert as_hr.get("/staff").status_code == 404


def test_the_list_is_only_read(as_hr: FlaskClient) -> None:
    assert as_hr.post("/staff").status_code == 405


def test_doubled_records_are_one_link_away(as_hr: FlaskClient, as_admin: FlaskClient) -> None:
    assert 'href="/people/twins"' in as_hr.get("/staff").text
    assert 'href="/people/twins"' in as_admin.get("/admin").text
    assert 'href="/people/merges"' in as_hr.get("/people/twins").text
