"""Whom a helper sees: their own people, and others only by exactly their phone and name."""

from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Person
from app.accounts.needs import choose
from app.content.models import Course
from app.extensions import db
from app.field.actions.people import help_from_now_on
from app.field.models import HelpedPerson
from app.lib.ids import operation_id
from app.units.actions import join
from app.units.models import Unit
from tests.acts import finish_lessons, post, rows

SEARCH = "/field/people/search"


def test_own_people(as_helper: FlaskClient, elder: Person, learner: Person) -> None:
    page = as_helper.get("/field").text
    assert "Huỳnh Văn Tám" in page and "Sinh năm 1956" in page and "Thôn 2" in page
    assert "Nguyễn Thị Hoa" not in page


def test_by_name(as_helper: FlaskClient, elder: Person, aunt: Person) -> None:
    page = as_helper.get("/field?q=tam").text
    assert "Huỳnh Văn Tám" in page and "Lê Thị Sáu" not in page
    assert "Không có ai tên như vậy" in as_helper.get("/field?q=%25").text


def test_nobody_yet(as_helper: FlaskClient) -> None:
    assert "Đăng ký mới" in as_helper.get("/field").text


def test_who_moved_away_is_not_seen(
    as_helper: FlaskClient, elder: Person, other_commune: Unit
) -> None:
    join(elder, other_commune, "residence")
    assert "Huỳnh Văn Tám" not in as_helper.get("/field").text
    assert as_helper.get(f"/field/people/{elder.id}").status_code == 404


def test_one_person(as_helper: FlaskClient, aunt: Person, course: Course) -> None:
    finish_lessons(aunt, course)
    page = as_helper.get(f"/field/people/{aunt.id}").text
    assert "Lê Thị Sáu" in page and "0905777888" in page
    assert "Khóa học thử nghiệm" in page and "bài kiểm tra" in page


def test_somebody_elses(as_helper: FlaskClient, admin: Person, learner: Person) -> None:
    help_from_now_on(admin, learner.id, "agreed")
    assert as_helper.get(f"/field/people/{learner.id}").status_code == 404


def test_search_shows_little_and_leaves_a_line(
    as_helper: FlaskClient, helper: Person, learner: Person
) -> None:
    page = post(as_helper, SEARCH, phone="+84 905 123 456", full_name="Nguyen Thi Hoa").text
    assert "Nguyễn Thị Hoa" in page and "Sinh năm 1985" in page
    assert "05/02/1985" not in page and "Văn phòng" not in page
    line = rows(AuditLine, verb="look_up")[0]
    assert (line.actor_id, line.subject) == (helper.id, "people")
    assert "0905" not in line.detail and "Hoa" not in line.detail


def test_search_is_exact(as_helper: FlaskClient, learner: Person) -> None:
    for phone, name in ((learner.phone, "Hoa"), ("0905123457", learner.full_name)):
        assert "Không thấy ai" in post(as_helper, SEARCH, phone=phone, full_name=name).text


def test_search_elsewhere(as_helper: FlaskClient, stranger: Person) -> None:
    page = post(as_helper, SEARCH, phone=stranger.phone, full_name=stranger.full_name).text
    assert "Không thấy ai" in page


def test_search_bad_input(as_helper: FlaskClient) -> None:
    answer = post(as_helper, SEARCH, phone="12", full_name="")
    assert answer.status_code == 400 and rows(AuditLine, verb="look_up") == []


def test_stop(as_helper: FlaskClient, helper: Person, elder: Person) -> None:
    assert post(as_helper, f"/field/people/{elder.id}/stop").location == "/field"
    assert "Đã bỏ Huỳnh Văn Tám" in as_helper.get("/field").text
    assert "Huỳnh Văn Tám" not in as_helper.get("/field").text
    assert rows(HelpedPerson)[0].ended_at
    assert post(as_helper, f"/field/people/{elder.id}/stop").status_code == 404
    help_from_now_on(helper, elder.id, "agreed")
    db.session.commit()
    assert as_helper.get(f"/field/people/{elder.id}").status_code == 200


def test_signed_out(client: FlaskClient) -> None:
    assert client.get("/field").location.startswith("/login")


def test_wrong_role(as_hr: FlaskClient, as_learner: FlaskClient, elder: Person) -> None:
    for browser in (as_hr, as_learner):
        assert browser.get("/field").status_code == 404
        assert browser.get(f"/field/people/{elder.id}").status_code == 404


def test_missing(as_helper: FlaskClient) -> None:
    assert as_helper.get("/field/people/99999").status_code == 404


def test_the_desk_is_on_the_start_page(as_helper: FlaskClient, as_learner: FlaskClient) -> None:
    assert 'href="/field"' in as_helper.get("/learn").text
    assert 'href="/field"' not in as_learner.get("/learn").text


def test_how_somebody_wants_to_learn_is_told(as_helper: FlaskClient, aunt: Person) -> None:
    choose(aunt, ["own_language", "large_text"], operation_id())
    page = as_helper.get(f"/field/people/{aunt.id}").text
    assert "Muốn học bằng: Chữ to; Tiếng nói của mình" in page
