"""Requests about personal data: filed, acknowledged, answered in time, carried out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import consents
from app.accounts.actions import add_credential, grant_role
from app.accounts.models import AuditLine, Credential, Person, Role
from app.certificates.models import Award
from app.content.models import Course
from app.extensions import db
from app.field.actions.people import help_from_now_on
from app.lib import clock
from app.lib.ids import operation_id
from app.persons.actions.requests import file_request
from app.persons.models import DataRequest, Wish
from app.units.models import Unit
from tests.accounts import post_office
from tests.acts import pass_course, post, rows
from tests.cast import SignIn

FRIDAY = datetime(2026, 8, 28, 3, tzinfo=UTC)


@pytest.fixture
def keeper(sign_in: SignIn, commune: Unit) -> FlaskClient:
    """Chị Mai answers for the data of the learner's commune."""
    person = Person(full_name="Mai", name_fold="mai", name_sort="mai", session_stamp="x")
    db.session.add(person)
    db.session.flush()
    grant_role(None, person, Role.OFFICER, commune.id)
    db.session.commit()
    return sign_in(person)


def asks(person: Person, wish: Wish, **said: object) -> DataRequest:
    """The person files a request by themselves."""
    asked = file_request(person, person.id, wish, "self", {"text": "", **said}, operation_id())
    db.session.commit()
    return asked


def test_a_person_files_one(as_learner: FlaskClient, learner: Person) -> None:
    assert as_learner.get("/account/data/requests/erase").status_code == 200
    with clock.frozen(FRIDAY):
        done = post(as_learner, "/account/data/requests/erase", text="Tôi không học nữa")
    assert done.status_code == 303
    asked = rows(DataRequest)[0]
    assert (asked.person_id, asked.kind, asked.channel) == (learner.id, "erase", "self")
    assert (asked.acknowledge_by, asked.answer_by) == (date(2026, 9, 4), date(2026, 9, 30))
    assert [line.detail for line in rows(AuditLine, verb="file_request")] == ["erase · self"]
    assert "30/09/2026" in as_learner.get("/account/data").text


def test_the_same_form_files_once(as_learner: FlaskClient) -> None:
    for _ in range(2):
        post(as_learner, "/account/data/requests/copy", text="x", op_id="3" * 32)
    assert len(rows(DataRequest)) == 1
    assert (
        post(as_learner, "/account/data/requests/copy", text="y", op_id="3" * 32).status_code == 409
    )


def test_what_nobody_can_ask_is_not_there(as_learner: FlaskClient, client: FlaskClient) -> None:
    assert as_learner.get("/account/data/requests/spy").status_code == 404
    assert "/login" in client.get("/account/data/requests/copy").location
    assert post(as_learner, "/account/data/requests/copy", text="a" * 1001).status_code == 400
    assert rows(DataRequest) == []


def test_a_correction_says_what_is_wanted(as_learner: FlaskClient, learner: Person) -> None:
    page = as_learner.get("/account/data/requests/correct").text
    assert 'value="Nguyễn Thị Hoa"' in page and 'value="05/02/1985"' in page
    wrong = post(as_learner, "/account/data/requests/correct", full_name="", birth="31/02/1985")
    assert wrong.status_code == 400
    assert "Chưa có họ và tên" in wrong.text and "không có ngày này" in wrong.text
    post(
        as_learner, "/account/data/requests/correct",
        full_name=" Nguyễn  Thị Hoà ", birth="06/02/1985", phone="0905 123 457",
    )  # fmt: skip
    assert rows(DataRequest)[0].wanted == {
        "full_name": "Nguyễn Thị Hoà",
        "birth_date": "1985-02-06",
        "birth_precision": "day",
        "phone": "0905123457",
    }
    assert learner.full_name == "Nguyễn Thị Hoa"


def test_the_inbox_holds_what_ones_own_people_ask(
    keeper: FlaskClient, as_officer: FlaskClient, learner: Person, stranger: Person
) -> None:
    mine, other = asks(learner, Wish.COPY), asks(stranger, Wish.COPY)
    page = keeper.get("/people/requests").text
    assert learner.full_name in page and "Liếc" not in page
    assert keeper.get(f"/people/requests/{mine.id}").status_code == 200
    for path in ("", "/acknowledgement", "/answer"):
        method = "GET" if not path else "POST"
        data = {"op_id": operation_id(), "outcome": "done", "answer": "x"}
        url = f"/people/requests/{other.id}{path}"
        assert keeper.open(url, method=method, data=data).status_code == 404
    assert "Liếc" in as_officer.get("/people/requests").text


def test_others_have_no_inbox(
    as_learner: FlaskClient, as_hr: FlaskClient, as_trainer: FlaskClient, client: FlaskClient
) -> None:
    for browser in (as_learner, as_hr, as_trainer):
        assert browser.get("/people/requests").status_code == 404
    assert "/login" in client.get("/people/requests").location


def test_what_is_due_first_stands_first_and_late_is_marked(
    keeper: FlaskClient, learner: Person
) -> None:
    with clock.frozen(FRIDAY):
        erase, copy = asks(learner, Wish.ERASE), asks(learner, Wish.COPY)
        page = keeper.get("/people/requests").text
        assert page.count("Chưa báo đã nhận") == 2
        for one in (erase, copy):
            post(keeper, f"/people/requests/{one.id}/acknowledgement")
        page = keeper.get("/people/requests").text
        assert page.index(f"/requests/{copy.id}") < page.index(f"/requests/{erase.id}")
        assert "Còn 10 ngày làm việc" in page and "Còn 20 ngày làm việc" in page
    with clock.frozen(FRIDAY + timedelta(days=20)):
        page = keeper.get("/people/requests").text
        assert page.count("Quá hạn trả lời") == 1


def test_not_acknowledged_in_two_days_is_late(keeper: FlaskClient, learner: Person) -> None:
    with clock.frozen(FRIDAY):
        asks(learner, Wish.COPY)
    with clock.frozen(datetime(2026, 9, 5, 3, tzinfo=UTC)):
        assert "Quá hạn báo đã nhận" in keeper.get("/people/requests").text


def test_an_answer_is_read_by_whoever_asked(
    keeper: FlaskClient, as_learner: FlaskClient, learner: Person
) -> None:
    asked = asks(learner, Wish.OBJECT)
    url = f"/people/requests/{asked.id}/answer"
    assert post(keeper, url, outcome="done").status_code == 400
    assert post(keeper, url, outcome="refused", answer="Luật buộc phải giữ sổ.").status_code == 303
    asked = rows(DataRequest)[0]
    assert (asked.outcome, asked.answer) == ("refused", "Luật buộc phải giữ sổ.")
    assert asked.acknowledged_at == asked.answered_at
    assert "Luật buộc phải giữ sổ." in as_learner.get("/account/data").text
    assert "Luật buộc" in keeper.get(f"/people/requests/{asked.id}").text
    assert f"/requests/{asked.id}" in keeper.get("/people/requests?answered=1").text
    # a second answer changes nothing
    assert post(keeper, url, outcome="done", answer="Khác").status_code == 303
    assert rows(DataRequest)[0].answer == "Luật buộc phải giữ sổ."
    assert len(rows(AuditLine, verb="answer_request")) == 1


def test_an_answer_that_comes_late_is_noted(keeper: FlaskClient, learner: Person) -> None:
    with clock.frozen(FRIDAY):
        asked = asks(learner, Wish.COPY)
    with clock.frozen(FRIDAY + timedelta(days=40)):
        post(keeper, f"/people/requests/{asked.id}/answer", outcome="done", answer="Đã giao.")
    assert rows(AuditLine, verb="answer_request")[0].detail == "done · quá hạn"


def test_an_answer_goes_by_letter_too(
    app: Flask, keeper: FlaskClient, learner: Person, letters: post_office.PostBox
) -> None:
    add_credential(learner, "password", "hoa@banthach.vn", "mật khẩu dài của Hoa")
    asked = asks(learner, Wish.COPY)
    post(keeper, f"/people/requests/{asked.id}/acknowledgement")
    assert "Chậm nhất ngày" in letters.next().get_content()
    post(keeper, f"/people/requests/{asked.id}/answer", outcome="done", answer="Mời ra phường lấy.")
    letter = letters.next()
    assert letter["To"] == "hoa@banthach.vn"
    assert "Mời ra phường lấy." in letter.get_content()


def test_a_correction_is_looked_at_and_carried_out(
    keeper: FlaskClient, as_learner: FlaskClient, learner: Person, course: Course
) -> None:
    add_credential(learner, "pin", "0905123456", "246802")
    pass_course(learner, course)
    wanted = {
        "full_name": "Nguyễn Thị Hòa", "birth_date": "1985-02-06", "birth_precision": "day",
        "phone": "0905123457",
    }  # fmt: skip
    asked = asks(learner, Wish.CORRECT, wanted=wanted)
    url = f"/people/requests/{asked.id}/correction"
    page = keeper.get(url).text
    assert "Nguyễn Thị Hoa" in page and 'value="Nguyễn Thị Hòa"' in page
    assert "05/02/1985" in page and 'value="06/02/1985"' in page
    form = {"full_name": "Nguyễn Thị Hòa", "birth": "06/02/1985", "phone": "0905123457"}
    assert post(keeper, url, **form, answer="Đã sửa.").status_code == 400
    assert post(keeper, url, **form, answer="Đã sửa.", sure="y").status_code == 303
    person = rows(Person, id=learner.id)[0]
    assert (person.full_name, person.name_fold) == ("Nguyễn Thị Hòa", "nguyen thi hoa")
    assert (person.birth_date, person.phone) == (date(1985, 2, 6), "0905123457")
    assert rows(Credential)[0].login == "0905123457"
    assert rows(Award)[0].full_name == "Nguyễn Thị Hoa"
    assert rows(DataRequest)[0].outcome == "done"
    noted = rows(AuditLine, verb="correct_person")[0]
    assert noted.detail == "full_name, birth_date, phone"
    assert keeper.get(url).status_code == 404


def test_a_correction_only_for_what_asks_for_one(keeper: FlaskClient, learner: Person) -> None:
    asked = asks(learner, Wish.COPY)
    assert keeper.get(f"/people/requests/{asked.id}/correction").status_code == 404
    assert keeper.get(f"/people/requests/{asked.id}/erasure").status_code == 404


def test_an_officer_files_for_somebody_who_comes_in_person(
    keeper: FlaskClient, learner: Person, stranger: Person
) -> None:
    found = keeper.get("/people/requests?who=0905123456").text
    assert f"/people/{learner.id}/requests/copy" in found
    assert "Không thấy ai" in keeper.get(f"/people/requests?who={stranger.id}").text
    assert "Không thấy ai" in keeper.get("/people/requests?who=%27").text
    assert (
        post(keeper, f"/people/{learner.id}/requests/copy", text="Bà đến tận nơi").status_code
        == 303
    )
    assert [one.channel for one in rows(DataRequest)] == ["office"]
    assert keeper.get(f"/people/{stranger.id}/requests/copy").status_code == 404


def test_a_helper_files_for_their_own_people_alone(
    sign_in: SignIn, learner: Person, stranger: Person, province: Unit
) -> None:
    helper = rows(Person, id=stranger.id)[0]
    grant_role(None, helper, Role.HELPER, province.id)
    browser = sign_in(helper)
    assert browser.get(f"/people/{learner.id}/requests/correct").status_code == 404
    help_from_now_on(helper, learner.id, "agreed")
    assert browser.get(f"/people/{learner.id}/requests/correct").status_code == 200
    url = f"/people/{learner.id}/requests/withdraw"
    assert post(browser, url, text="").status_code == 400
    assert post(browser, url, text="", purpose="letters").status_code == 303
    assert [(one.channel, one.filed_by) for one in rows(DataRequest)] == [("helper", helper.id)]
    assert browser.get("/people/requests").status_code == 404


def test_a_yes_is_taken_back_for_somebody_who_asks_for_it(
    keeper: FlaskClient, learner: Person
) -> None:
    for purpose in ("learning", "letters"):
        consents.give_consent(learner, purpose, "web")
    url = f"/people/{learner.id}/requests/withdraw"
    post(keeper, url, purpose="letters")
    asked = rows(DataRequest)[0]
    assert len(consents.in_force(learner.id)) == 2
    post(keeper, f"/people/requests/{asked.id}/answer", outcome="done", answer="Đã rút.")
    assert set(consents.in_force(learner.id)) == {"learning"}
