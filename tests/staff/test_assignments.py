"""Courses given to units with a day: who gives, who is asked, who is overdue, taking it back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_person
from app.accounts.models import AuditLine, Person
from app.content.models import Course
from app.extensions import db
from app.learning.assignments import assign
from app.learning.models import Assignment
from app.lib import clock
from app.lib.dates import short_date
from app.lib.ids import operation_id
from app.units.actions import UnitRow, add_unit, join
from app.units.models import Unit
from app.units.queries import today
from tests.acts import finish_lessons, pass_course, post, rows
from tests.staff.acts import employ, words
from tests.staff.test_lists import download, lines_of_csv

SignIn = Callable[[Person], FlaskClient]


def give(client: FlaskClient, unit: Unit, days: int = 30, **more: object) -> object:
    data = {"course": "thu-nghiem", "unit": unit.id, "group": "", "due_on": day_in(days)} | more
    return post(client, "/staff/assignments", **data)


def day_in(days: int) -> str:
    return short_date(today() + timedelta(days=days))


def given(hr: Person, unit: Unit, course: Course, days: int, group: str = "") -> Assignment:
    """What was given on a day before its own."""
    made = assign(hr, unit, course, today() + timedelta(days=days), group, operation_id())
    db.session.commit()
    return made


def test_a_course_is_given_with_a_day(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit
) -> None:
    assert give(as_hr, office).status_code == 303
    made = rows(Assignment)[0]
    assert (made.unit_id, made.due_on, made.assigned_by) == (
        office.id, today() + timedelta(days=30), hr.id
    )  # fmt: skip
    assert rows(AuditLine, verb="assign")[0].subject == f"unit {office.id}"
    page = words(as_hr.get("/staff/assignments"))
    assert "Khóa học thử nghiệm" in page and day_in(30) in page
    assert f"Hạn {day_in(30)}" in words(as_hr.get("/staff"))


@pytest.mark.parametrize(
    ("field", "value"),
    [("due_on", ""), ("due_on", "31/02/2027"), ("due_on", "2027"), ("due_on", "01/01/2020"),
     ("due_on", "01/01/2090"), ("course", "khong-co"), ("group", "nguoi-khuyet-tat")],
)  # fmt: skip
def test_what_cannot_be_given_is_said_beside_the_field(
    as_hr: FlaskClient, office: Unit, field: str, value: str
) -> None:
    answer = give(as_hr, office, **{field: value})
    assert answer.status_code == 400
    assert "field-error" in answer.text
    assert rows(Assignment) == []


def test_twice_is_once(as_hr: FlaskClient, office: Unit) -> None:
    for _ in range(2):
        give(as_hr, office, op_id="a" * 32)
    give(as_hr, office)
    assert len(rows(Assignment)) == 1


def test_another_day_is_no_second_assignment(as_hr: FlaskClient, office: Unit) -> None:
    give(as_hr, office, 30)
    answer = give(as_hr, office, 60)
    assert answer.status_code == 400
    assert day_in(30) in answer.text
    assert len(rows(Assignment)) == 1


def test_who_is_overdue_is_counted_filtered_and_named(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit, course: Course
) -> None:
    done, begun, _ = employ(office, "Lê Văn Xong", "Lê Thị Dở", "Lê Văn Chưa")
    with clock.frozen(clock.now() - timedelta(days=9)):
        given(hr, office, course, 5)
    pass_course(done, course)
    finish_lessons(begun, course)
    page = words(as_hr.get("/staff"))
    assert "4 người : 1 đã hoàn thành, 1 đang học, 2 chưa bắt đầu. 3 người quá hạn" in page
    late = as_hr.get("/staff?state=overdue").text
    assert "Lê Thị Dở" in late and "Lê Văn Chưa" in late and "Lê Văn Xong" not in late
    lines = lines_of_csv(download(as_hr, "csv", state="overdue"))
    notes = {line[1]: line[11] for line in lines[1:-1]}
    day = day_in(-4)
    assert notes["Lê Thị Dở"] == f"Còn bài kiểm tra. Quá hạn {day}"
    assert len(notes) == 3


def test_today_is_not_too_late(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit, course: Course
) -> None:
    given(hr, office, course, 0)
    assert "quá hạn" not in words(as_hr.get("/staff"))
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert "1 người quá hạn" in words(as_hr.get("/staff"))


def test_what_is_given_above_holds_below_and_the_first_day_counts(
    as_hr: FlaskClient, hr: Person, learner: Person, commune: Unit, office: Unit, course: Course
) -> None:
    given(hr, commune, course, 10)
    given(hr, office, course, 20)
    assert f"Hạn {day_in(10)}" in words(as_hr.get("/staff"))
    page = words(as_hr.get("/staff/assignments"))
    assert "Phường Bàn Thạch" in page and "Cấp trên giao" in page


def test_only_the_group_is_asked(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit, course: Course
) -> None:
    employ(office, "Lê Văn Khác")
    with clock.frozen(clock.now() - timedelta(days=9)):
        given(hr, office, course, 1, group="can-bo")
    late = as_hr.get("/staff?state=overdue").text
    assert "Nguyễn Thị Hoa" in late and "Lê Văn Khác" not in late


def test_who_works_twice_is_late_once(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit, course: Course
) -> None:
    below = add_unit(UnitRow("P1", "Phòng Một", "Cơ quan"), office)
    join(learner, below, "work")
    with clock.frozen(clock.now() - timedelta(days=9)):
        given(hr, below, course, 1)
    page = words(as_hr.get("/staff"))
    assert "1 người : 0 đã hoàn thành, 0 đang học, 1 chưa bắt đầu. 1 người quá hạn" in page
    assert "Quá hạn" in words(as_hr.get("/staff?state=overdue"))


def test_the_learner_sees_a_calm_line(
    as_learner: FlaskClient, hr: Person, office: Unit, course: Course
) -> None:
    given(hr, office, course, 3)
    for address in ("/learn", f"/courses/{course.slug}"):
        assert f"hẹn học xong chậm nhất ngày {day_in(3)}" in words(as_learner.get(address))
    with clock.frozen(clock.now() + timedelta(days=9)):
        assert "học xong lúc nào cũng vẫn được tính" in words(as_learner.get("/learn"))


def test_the_line_goes_when_the_course_is_done(
    as_learner: FlaskClient, hr: Person, learner: Person, office: Unit, course: Course
) -> None:
    given(hr, office, course, 3)
    pass_course(learner, course)
    for address in ("/learn", f"/courses/{course.slug}"):
        assert "chậm nhất ngày" not in words(as_learner.get(address))


def test_residents_and_strangers_are_not_asked(
    sign_in: SignIn, as_stranger: FlaskClient, hr: Person, office: Unit, course: Course
) -> None:
    given(hr, office, course, 3)
    resident = add_person("Lê Thị Ở", birth_date=date(1980, 1, 1))
    join(resident, office, "residence")
    db.session.commit()
    for browser in (as_stranger, sign_in(resident)):
        assert "chậm nhất ngày" not in words(browser.get("/learn"))


def test_it_is_taken_back_and_given_again(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit, course: Course
) -> None:
    made = given(hr, office, course, 3)
    for _ in range(2):
        post(as_hr, f"/staff/assignments/{made.id}/end", op_id="b" * 32)
    assert rows(Assignment)[0].ended_by == hr.id
    assert "Hạn" not in words(as_hr.get("/staff"))
    post(as_hr, f"/staff/assignments/{made.id}/again")
    assert rows(Assignment)[0].ended_at is None
    assert len(rows(AuditLine, verb="end_assignment")) == 1
    assert len(rows(AuditLine, verb="give_again")) == 1


def test_it_is_not_given_again_beside_another(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit, course: Course
) -> None:
    made = given(hr, office, course, 3)
    post(as_hr, f"/staff/assignments/{made.id}/end")
    given(hr, office, course, 8)
    post(as_hr, f"/staff/assignments/{made.id}/again")
    assert [one.ended_at is None for one in rows(Assignment)] == [False, True]


@pytest.mark.parametrize("act", ["end", "again"])
def test_what_was_given_elsewhere_is_not_found(
    as_hr: FlaskClient, hr: Person, other_office: Unit, course: Course, act: str
) -> None:
    made = given(hr, other_office, course, 3)
    assert post(as_hr, f"/staff/assignments/{made.id}/{act}").status_code == 404
    assert post(as_hr, f"/staff/assignments/999999/{act}").status_code == 404


def test_nothing_is_given_to_units_of_others(as_hr: FlaskClient, other_office: Unit) -> None:
    assert give(as_hr, other_office).status_code == 400
    assert rows(Assignment) == []


def test_signed_out_and_other_roles_give_nothing(
    client: FlaskClient, as_learner: FlaskClient, office: Unit
) -> None:
    assert give(client, office).status_code == 302
    assert give(as_learner, office).status_code == 404
    assert as_learner.get("/staff/assignments/new").status_code == 404
