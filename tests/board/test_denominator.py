"""A denominator is typed in: dated, with its source, once."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import AuditLine, Person
from app.counts.models import Denominator
from app.lib.ids import operation_id
from app.units.models import Unit
from tests.acts import post, rows
from tests.board.acts import text_of
from tests.cast import SignIn

FORM = "/board/nguoi-truong-thanh/denominator"


def enter(browser: FlaskClient, unit: Unit, /, **changed: Any) -> TestResponse:
    """Type in 67.400 people for a unit."""
    typed = {"value": "67.400", "source": "Niên giám 2025", "as_of": "01/07/2026"}
    return post(browser, f"{FORM}?don-vi={unit.id}", **{"unit": unit.id, **typed, **changed})


def test_it_is_entered_with_source_and_day(
    as_officer: FlaskClient, officer: Person, commune: Unit
) -> None:
    answer = enter(as_officer, commune)
    assert answer.location == f"/board/nguoi-truong-thanh#don-vi-{commune.id}"
    (row,) = rows(Denominator)
    assert (row.unit_id, row.value, row.source) == (commune.id, 67_400, "Niên giám 2025")
    assert (row.as_of, row.entered_by) == (date(2026, 7, 1), officer.id)


def test_it_leaves_an_audit_line(as_officer: FlaskClient, officer: Person, commune: Unit) -> None:
    enter(as_officer, commune)
    (line,) = rows(AuditLine, verb="denominator")
    assert (line.actor_id, line.subject) == (officer.id, f"unit {commune.id}")
    assert line.detail == "nguoi-truong-thanh: 67400 (Niên giám 2025)"


def test_the_form_shows_what_is_used_now(as_officer: FlaskClient, commune: Unit) -> None:
    enter(as_officer, commune)
    page = text_of(as_officer, f"{FORM}?don-vi={commune.id}")
    assert "<strong>67.400 người</strong>, tính đến 01/07/2026" in page
    assert f'<option selected value="{commune.id}">' in page


def test_sent_twice_it_is_entered_once(as_officer: FlaskClient, commune: Unit) -> None:
    once = operation_id()
    assert enter(as_officer, commune, op_id=once).status_code == 303
    assert enter(as_officer, commune, op_id=once).status_code == 303
    assert len(rows(AuditLine, verb="denominator")) == 1


def test_the_same_id_with_another_number_is_refused(as_officer: FlaskClient, commune: Unit) -> None:
    once = operation_id()
    enter(as_officer, commune, op_id=once)
    assert enter(as_officer, commune, op_id=once, value="1").status_code == 409
    assert rows(Denominator)[0].value == 67_400


def test_the_same_day_again_corrects_it(as_officer: FlaskClient, commune: Unit) -> None:
    enter(as_officer, commune)
    enter(as_officer, commune, value="67500")
    assert [row.value for row in rows(Denominator)] == [67_500]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"value": ""}, "Chưa có số người."),
        ({"value": "0"}, "từ 1 đến 100.000.000"),
        ({"value": "-5"}, "Hãy ghi một số nguyên"),
        ({"value": "1,5"}, "Hãy ghi một số nguyên"),
        ({"value": "67.40"}, "Hãy ghi một số nguyên"),
        ({"value": "٣"}, "Hãy ghi một số nguyên"),
        ({"value": "100.000.001"}, "từ 1 đến 100.000.000"),
        ({"value": "9" * 21}, "từ 1 đến 100.000.000"),
        ({"source": "  "}, "Chưa ghi nguồn"),
        ({"source": "x" * 201}, "Nguồn dài quá 200 ký tự"),
        ({"as_of": "31/02/2026"}, "không có ngày này trong lịch"),
        ({"as_of": "2026"}, "Hãy ghi đủ ngày, tháng, năm"),
        ({"as_of": "01/01/2099"}, "Ngày này chưa tới"),
        ({"as_of": ""}, "Chưa có ngày."),
        ({"unit": "x"}, "Hãy chọn một mục trong danh sách."),
    ],
)
def test_bad_input_says_what_to_mend_and_keeps_the_rest(
    as_officer: FlaskClient, commune: Unit, changed: dict[str, str], message: str
) -> None:
    answer = enter(as_officer, commune, **changed)
    assert answer.status_code == 400
    assert message in answer.text
    assert changed.get("source", "Niên giám 2025").strip() in answer.text
    assert rows(Denominator) == []


def test_decomposed_text_is_stored_composed(as_officer: FlaskClient, commune: Unit) -> None:
    enter(as_officer, commune, source="Nie\u0302n   gia\u0301m 2025")
    assert rows(Denominator)[0].source == "Niên giám 2025"


def test_a_unit_outside_the_scope_is_refused(
    sign_in: SignIn, commune_officer: Person, commune: Unit, other_commune: Unit
) -> None:
    browser = sign_in(commune_officer)
    assert enter(browser, commune, unit=other_commune.id).status_code == 400
    assert enter(browser, other_commune).status_code == 404
    assert rows(Denominator) == []


def test_a_workplace_of_the_scope_can_have_its_own(as_officer: FlaskClient, office: Unit) -> None:
    assert enter(as_officer, office).status_code == 303


def test_signed_out(client: FlaskClient, commune: Unit) -> None:
    assert client.get(FORM).location == f"/login?next={FORM}"
    assert enter(client, commune).location == "/login"


@pytest.mark.parametrize("who", ["as_learner", "as_hr", "as_trainer", "as_registrar"])
def test_wrong_role(who: str, request: pytest.FixtureRequest, commune: Unit) -> None:
    browser = request.getfixturevalue(who)
    assert browser.get(FORM).status_code == enter(browser, commune).status_code == 404


def test_unknown_indicator(as_officer: FlaskClient) -> None:
    assert as_officer.get("/board/khong-co/denominator").status_code == 404


def test_wrong_method(as_officer: FlaskClient) -> None:
    assert as_officer.delete(FORM).status_code == 405
