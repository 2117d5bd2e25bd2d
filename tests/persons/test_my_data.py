"""/account/data: what is kept about me, to read, to take along, and to nobody else."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts import audit, consents, notices, numbers
from app.accounts.actions import add_credential
from app.accounts.models import AuditLine, Consent, Person
from app.content.models import Course
from app.extensions import db
from app.field.actions.people import help_from_now_on
from app.learning.asks import ask
from app.lib.ids import operation_id
from app.persons.holdings import HOLDINGS
from app.persons.own import ATTAINMENT, AWARD, PERSON, collected, without_secrets
from app.persons.own_words import COLUMNS
from app.quizzes.actions import start
from tests.acts import pass_course, post, rows
from tests.persons.acts import merge, twin_of

NUMBER = "049185000123"


@pytest.fixture
def hoa(learner: Person, trainer: Person, course: Course) -> Person:
    """Bà Hoa has a number, a certificate, a consent, an open test, a helper and a question."""
    for name, value in numbers.stored(NUMBER)._asdict().items():
        setattr(learner, name, value)
    add_credential(learner, "pin", "0905123456", "246802")
    consents.give_consent(
        learner, "learning", "voice", witness="Vợ Bác Tám", recorded_by=trainer.id
    )
    help_from_now_on(trainer, learner.id, "agreed", "Thôn Bốn")
    ask(learner, course, course.steps[0], "Chưa rõ chỗ này", operation_id())
    start(learner, course, course.steps[-1], operation_id())
    pass_course(learner, course)
    db.session.commit()
    return learner


@pytest.fixture
def as_hoa(sign_in, hoa: Person) -> FlaskClient:
    return sign_in(hoa)


def test_the_page_tells_what_is_kept(as_hoa: FlaskClient, hoa: Person, course: Course) -> None:
    page = as_hoa.get("/account/data").text
    for fact in (
        hoa.full_name,
        "05/02/1985",
        "0905123456",
        NUMBER,
        "Chưa rõ chỗ này",
        course.title,
    ):
        assert fact in page
    assert "Văn phòng phường Bàn Thạch" in page
    assert "Giấy chứng nhận (1)" in page


def test_no_secret_no_right_answer_and_nobody_else(
    as_hoa: FlaskClient, hoa: Person, trainer: Person
) -> None:
    page = as_hoa.get("/account/data").text
    taken = post(as_hoa, "/account/data/file", format="json").text
    secrets = [
        row.secret_hash for row in db.session.execute(db.text("SELECT secret_hash FROM credential"))
    ]
    for text in (page, taken):
        assert trainer.full_name not in text
        assert "Vợ Bác Tám" not in text
        assert hoa.number_hash not in text and hoa.number_sealed not in text
        assert hoa.session_stamp not in text
        assert not any(secret in text for secret in secrets)
        assert '"right"' not in text and '"correct"' not in text


def test_only_the_owner_reads_it(
    as_stranger: FlaskClient, as_hr: FlaskClient, client: FlaskClient, hoa: Person
) -> None:
    for browser in (as_stranger, as_hr):
        page = browser.get("/account/data").text
        assert hoa.full_name not in page
        assert NUMBER not in page
    assert "/login" in client.get("/account/data").location
    assert client.post("/account/data/file").status_code == 302


def test_json_holds_every_table_that_has_a_row(as_hoa: FlaskClient, hoa: Person) -> None:
    answer = post(as_hoa, "/account/data/file", format="json")
    told = json.loads(answer.text)
    assert told["person"]["full_name"] == "Nguyễn Thị Hoa"
    assert told["person"]["birth_date"] == "1985-02-05"
    assert told["person"]["personal_number"] == NUMBER
    kept = {one["table"]: one["rows"] for one in told["kept"]}
    assert kept["consent.person_id"][0]["witness"] is True
    assert {row["unit"] for row in kept["membership.person_id"]} == {
        "Phường Bàn Thạch",
        "Văn phòng phường Bàn Thạch",
    }
    assert kept["award"][0]["full_name"] == "Nguyễn Thị Hoa"
    assert {"step_credit.person_id", "attempt.person_id", "ask.person_id"} <= set(kept)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_paper_has_the_exact_names(as_hoa: FlaskClient, hoa: Person, tmp_path: Path) -> None:
    hoa.full_name = "Bh’riu Thị Ƀŏĕŭ Zơrâm"
    db.session.commit()
    answer = post(as_hoa, "/account/data/file", format="pdf")
    (tmp_path / "own.pdf").write_bytes(answer.data)
    done = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "own.pdf", "-"], capture_output=True, check=True
    )
    text = done.stdout.decode()
    assert "Bh’riu Thị Ƀŏĕŭ Zơrâm" in text
    assert NUMBER in text
    assert "DỮ LIỆU CÁ NHÂN ĐANG ĐƯỢC LƯU" in text


def test_taking_it_along_is_noted_once_per_form(as_hoa: FlaskClient, hoa: Person) -> None:
    for _ in range(2):
        post(as_hoa, "/account/data/file", format="json", op_id="2" * 32)
    assert [line.subject for line in rows(AuditLine, verb="export_own")] == [f"person {hoa.id}"]
    assert post(as_hoa, "/account/data/file", format="exe").status_code == 400
    assert as_hoa.get("/account/data/file").status_code == 405


def test_records_that_were_merged_are_told_too(
    sign_in, admin: Person, hoa: Person, course: Course
) -> None:
    twin = twin_of(hoa, phone="0905999888")
    ask(twin, course, course.steps[0], "Hỏi từ hồ sơ cũ", operation_id())
    merge(admin, twin, hoa)
    page = sign_in(hoa).get("/account/data").text
    assert "Hỏi từ hồ sơ cũ" in page
    assert "Hồ sơ đã gộp vào hồ sơ này (1)" in page
    assert "0905999888" in page


def test_who_looked_and_what_was_done_is_told_without_a_name(
    as_hoa: FlaskClient, as_hr: FlaskClient, hr: Person, hoa: Person
) -> None:
    as_hr.get(f"/staff/people/{hoa.id}")
    audit.record(hr.id, "issue_card", f"person {hoa.id}", hr.full_name)
    page = as_hoa.get("/account/data").text
    assert "Cán bộ đã mở trang về người này (1)" in page
    assert "Người khác đã làm gì với hồ sơ này" in page
    assert hr.full_name not in page


def test_a_number_sealed_with_another_key_is_said(as_hoa: FlaskClient, hoa: Person) -> None:
    hoa.number_hash = "0" * 64
    db.session.commit()
    assert "không đọc được" in as_hoa.get("/account/data").text
    assert collected(hoa.id).number is None


def test_secrets_in_facts_are_left_out_however_deep() -> None:
    facts = {"phone": "0905", "number_hash": "x", "places": [{"number_sealed": "y", "unit": 1}]}
    assert without_secrets(facts) == {"phone": "0905", "places": [{"unit": 1}]}


def test_every_column_that_is_told_has_words() -> None:
    names = {name for one in HOLDINGS for name in one.told.split()}
    names |= {*PERSON, *AWARD, *ATTAINMENT, "revoked_at", "at", "verb", "quarter", "page"}
    assert names - set(COLUMNS) == set()


@pytest.mark.parametrize("purpose", notices.PURPOSES)
def test_a_yes_is_given_and_taken_back_by_one_tap(
    as_learner: FlaskClient, learner: Person, purpose: str
) -> None:
    assert post(as_learner, f"/account/data/consents/{purpose}").status_code == 303
    given = rows(Consent, purpose=purpose)
    assert [(one.person_id, one.channel, one.withdrawn_at) for one in given] == [
        (learner.id, "web", None)
    ]
    assert given[0].text_version == notices.current(purpose).version
    assert "Đang đồng ý" in as_learner.get("/account/data").text
    assert post(as_learner, f"/account/data/consents/{purpose}/end").status_code == 303
    assert rows(Consent, purpose=purpose)[0].withdrawn_at is not None
    assert "Đang đồng ý" not in as_learner.get("/account/data").text
    assert (
        len(rows(AuditLine, verb="consent")) == len(rows(AuditLine, verb="withdraw_consent")) == 1
    )


def test_saying_yes_twice_is_one_yes(as_learner: FlaskClient) -> None:
    for _ in range(2):
        post(as_learner, "/account/data/consents/letters")
    assert len(rows(Consent)) == 1


def test_the_text_that_was_agreed_to_can_be_read(
    client: FlaskClient, as_learner: FlaskClient
) -> None:
    notice = notices.current("learning")
    page = client.get(f"/privacy/notices/learning/{notice.version}").text
    assert notice.title in page
    assert client.get("/privacy/notices/learning/1999-01").status_code == 404
    assert client.get("/privacy/notices/spam/2026-11").status_code == 404
    assert post(as_learner, "/account/data/consents/spam").status_code == 404


def test_a_child_does_not_agree_alone(as_learner: FlaskClient, learner: Person) -> None:
    learner.birth_date = date(2015, 3, 1)
    db.session.commit()
    asked = post(as_learner, "/account/data/consents/learning")
    assert asked.location == "/account/consent?next=/account/data"
    assert post(as_learner, "/account/data/consents/letters").location == "/account/data"
    assert rows(Consent) == []
