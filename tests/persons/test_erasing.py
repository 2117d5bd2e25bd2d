"""Erasing what is kept about somebody: nothing of theirs is left, and no count moves."""

import re
from pathlib import Path

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import consents, numbers, queries
from app.accounts.actions import add_credential, grant_role
from app.accounts.models import AuditLine, Credential, Person, Role
from app.certificates.models import Award
from app.content.models import Course
from app.counts.models import Attainment
from app.extensions import Base, db
from app.field.actions.people import help_from_now_on
from app.jobs import actions as jobs
from app.jobs.models import Job
from app.learning.asks import ask
from app.learning.models import StepCredit
from app.lib.ids import operation_id
from app.persons.actions import twins
from app.persons.actions.requests import file_request
from app.persons.models import DataRequest, PersonMerge, TwinProposal, Wish
from app.quizzes.actions import start, submit
from app.units.models import Membership
from tests.accounts.post_office import PostBox
from tests.acts import pass_course, post, rows
from tests.cast import SignIn
from tests.persons.acts import counted, ledgers_agree, merge, twin_of

CANARY = re.compile(r"Nguyễn|Hoa\b|nguyen|0905123456|0905777888|1985|Canary", re.IGNORECASE)
# what is published nowhere, and may not be changed
STANDS = {"award"}


@pytest.fixture
def hoa(admin: Person, learner: Person, trainer: Person, course: Course) -> Person:
    """Bà Hoa did everything one can do, under two records that are one now."""
    for name, value in numbers.stored("049185000123")._asdict().items():
        setattr(learner, name, value)
    add_credential(learner, "pin", "0905123456", "246802")
    add_credential(learner, "password", "hoa-canary@banthach.vn", "mật khẩu dài của Hoa")
    consents.give_consent(learner, "learning", "voice", "Canary giám hộ", witness="Canary chứng")
    help_from_now_on(trainer, learner.id, "agreed", "Thôn Canary")
    ask(learner, course, course.steps[0], "Canary hỏi", operation_id())
    test = course.steps[-1]
    submit(start(learner, course, test, operation_id()), course, test, operation_id())
    pass_course(learner, course)
    old = twin_of(learner, phone="0905777888")
    merge(admin, old, learner)
    twin_of(learner)
    twins.look()
    db.session.commit()
    return learner


@pytest.fixture
def asked(hoa: Person) -> DataRequest:
    """She wants everything erased."""
    said = {"text": "Canary: xóa hết cho tôi"}
    found = file_request(hoa, hoa.id, Wish.ERASE, "self", said, operation_id())
    db.session.commit()
    return found


def erase(browser: FlaskClient, asked: DataRequest, **data: str) -> int:
    """Carry it out; the status of the answer."""
    return post(browser, f"/people/requests/{asked.id}/erasure", sure="y", **data).status_code


def left_over(ids: list[int]) -> dict[str, list[str]]:
    """Rows of any table in which something of hers can still be read, but of the register."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name in STANDS or table.name == "person":
            continue
        lines = [str(row) for row in db.session.execute(select(table)) if CANARY.search(str(row))]
        if lines:
            found[table.name] = lines
    hers = db.session.execute(select(Person.__table__).where(Person.id.in_(ids)))
    found["person"] = [str(row) for row in hers if CANARY.search(str(row))]
    return found


def test_nothing_of_hers_is_left(as_admin: FlaskClient, hoa: Person, asked: DataRequest) -> None:
    assert rows(TwinProposal)
    ids = [hoa.id, rows(PersonMerge)[0].old_id]
    assert erase(as_admin, asked) == 303
    assert left_over(ids) == {"person": []}
    blanked = rows(Person, id=ids[0])[0]
    assert blanked.full_name == "(đã xóa dữ liệu)"
    assert blanked.erased_at and blanked.number_sealed is None
    assert rows(TwinProposal) == []
    assert rows(PersonMerge)[0].facts is None
    assert rows(Credential) == []


def test_no_count_moves_and_the_register_is_whole(
    as_admin: FlaskClient, hoa: Person, asked: DataRequest, course: Course
) -> None:
    before, credits = counted(), len(rows(StepCredit))
    assert before[0]
    assert erase(as_admin, asked) == 303
    assert counted() == before
    assert ledgers_agree()
    assert len(rows(StepCredit)) == credits
    assert rows(Attainment)
    assert [one.full_name for one in rows(Award)] == ["Nguyễn Thị Hoa"]


def test_the_public_check_shows_no_name_any_more(
    as_admin: FlaskClient, client: FlaskClient, hoa: Person, asked: DataRequest
) -> None:
    award = rows(Award)[0]
    assert "N. T. Hoa" in client.get(f"/v/{award.code}").text
    erase(as_admin, asked)
    page = client.get(f"/v/{award.code}")
    assert page.status_code == 200
    assert "Hoa" not in page.text
    assert "Tên đã rút" in page.text and award.printed_number in page.text
    told = client.get(f"/v/{award.code}.json").json
    assert "name" not in told and told["name_withdrawn"] is True
    assert told["state"] == "valid"


def test_she_is_on_no_list_and_signed_out(
    sign_in: SignIn, as_admin: FlaskClient, as_hr: FlaskClient, hoa: Person, asked: DataRequest
) -> None:
    as_hoa = sign_in(hoa)
    assert hoa.full_name in as_hr.get("/staff").text
    number = hoa.id
    erase(as_admin, asked)
    assert as_hoa.get("/account/data").status_code == 302
    assert queries.credentials("pin", "0905123456") == []
    assert all(one.valid_to for one in rows(Membership, person_id=number))
    assert as_admin.get(f"/people/requests?who={number}").text.count("requests/erase") == 0
    noted = rows(AuditLine, verb="erase_person")
    assert [(one.subject, one.detail) for one in noted] == [
        (f"person {number}", f"yêu cầu {asked.id}")
    ]


def test_files_of_jobs_go(
    app: Flask, as_admin: FlaskClient, hoa: Person, asked: DataRequest
) -> None:
    job = jobs.start(hoa, "test", {}, operation_id())
    db.session.commit()
    folder: Path = current_app.extensions["jobs_folder"] / str(job.id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "danh-sach.csv").write_text("Nguyễn Thị Hoa")
    erase(as_admin, asked)
    assert rows(Job) == []
    assert not folder.exists()


def test_she_hears_of_it_before_her_address_goes(
    as_admin: FlaskClient, asked: DataRequest, letters: PostBox
) -> None:
    erase(as_admin, asked)
    letter = letters.next()
    assert letter["To"] == "hoa-canary@banthach.vn"
    assert "không lấy lại được" in letter.get_content()


def test_it_is_shown_first_and_must_be_sure(
    as_admin: FlaskClient, hoa: Person, asked: DataRequest
) -> None:
    page = as_admin.get(f"/people/requests/{asked.id}/erasure").text
    assert "không lấy lại được" in page and hoa.full_name in page
    assert post(as_admin, f"/people/requests/{asked.id}/erasure").status_code == 400
    assert rows(Person, id=hoa.id)[0].erased_at is None


def test_twice_is_once(as_admin: FlaskClient, asked: DataRequest) -> None:
    assert erase(as_admin, asked, op_id="4" * 32) == 303
    assert erase(as_admin, asked, op_id="4" * 32) == 303
    assert erase(as_admin, asked) == 303
    assert len(rows(AuditLine, verb="erase_person")) == 1


def test_who_works_here_is_not_erased(
    as_admin: FlaskClient, hoa: Person, asked: DataRequest
) -> None:
    grant_role(None, hoa, Role.HELPER, None)
    page = post(as_admin, f"/people/requests/{asked.id}/erasure", sure="y")
    assert "Hãy thôi giao quyền trước" in page.text
    assert rows(Person, id=hoa.id)[0].erased_at is None


def test_a_merge_is_not_undone_any_more(
    as_admin: FlaskClient, hoa: Person, asked: DataRequest
) -> None:
    erase(as_admin, asked)
    merged = rows(PersonMerge)[0]
    answer = as_admin.post(
        f"/people/merges/{merged.id}/undo", data={"op_id": operation_id()}, follow_redirects=True
    )
    assert "Đã quá hạn hủy" in answer.text
    assert ledgers_agree()


def test_others_cannot(
    as_learner: FlaskClient, as_hr: FlaskClient, client: FlaskClient, asked: DataRequest
) -> None:
    assert erase(as_learner, asked) == 404
    assert erase(as_hr, asked) == 404
    assert erase(client, asked) == 302
