"""Lists that were made: numbers without a gap, codes, what is kept, and checking a file."""

import io
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from app.accounts.models import AuditLine, Person
from app.content.models import Course
from app.jobs.models import Job
from app.jobs.worker import Worker
from app.lib import clock
from app.staff.models import MadeList
from app.units.models import Unit
from tests.acts import post, rows
from tests.staff.acts import employ, words
from tests.staff.test_lists import download, text_of_pdf


def checked(client: FlaskClient, data: bytes = b"", code: str = "", status: int = 200) -> str:
    file = {"file": (io.BytesIO(data), "ds.bin")} if data else {}
    answer = client.post("/staff/lists/check", data={"code": code, **file})
    assert answer.status_code == status
    return words(answer)


def test_each_list_is_kept_with_its_number_code_and_facts(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit
) -> None:
    data = download(as_hr, "csv", state="not-begun").data
    made = rows(MadeList)[0]
    assert (made.number, made.printed_number, made.unit_id) == (1, "01/DS", office.id)
    assert (made.people, made.size, made.actor_id) == (1, len(data), hr.id)
    assert made.wanted == {
        "course": "thu-nghiem", "unit": None, "state": "not-begun", "words": ""
    }  # fmt: skip
    assert "01/DS" in words(as_hr.get("/staff/lists/made"))


def test_numbers_have_no_gap_and_begin_anew_each_year(as_hr: FlaskClient, learner: Person) -> None:
    download(as_hr, "csv")
    assert download(as_hr, "exe").status_code == 400
    download(as_hr, "xlsx")
    next_year = clock.now().replace(year=clock.now().year + 1)
    with clock.frozen(next_year):
        download(as_hr, "csv")
    found = [(made.year, made.number) for made in rows(MadeList)]
    this = clock.now().year
    assert found == [(this, 1), (this, 2), (this + 1, 1)]


def test_the_same_form_twice_is_one_list_and_each_format_its_own(
    as_hr: FlaskClient, learner: Person
) -> None:
    first = download(as_hr, "csv", op_id="c" * 32).data
    assert download(as_hr, "csv", op_id="c" * 32).data == first
    download(as_hr, "xlsx", op_id="c" * 32)
    assert [made.form for made in rows(MadeList)] == ["csv", "xlsx"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_the_file_itself_tells_whether_it_was_changed(
    as_hr: FlaskClient, learner: Person, form: str
) -> None:
    data = download(as_hr, form).data
    assert "Đúng là tệp đã lập" in checked(as_hr, data)
    code = rows(MadeList)[0].code
    spoilt = data[:-9] + b"x" + data[-8:]
    assert "Không tìm thấy" in checked(as_hr, spoilt, status=404)
    assert "Tệp này đã khác" in checked(as_hr, spoilt, code)


def test_a_pdf_that_was_signed_since_is_still_the_same(as_hr: FlaskClient, learner: Person) -> None:
    data = download(as_hr, "pdf").data
    code = rows(MadeList)[0].code
    assert "Đúng là tệp đã lập" in checked(as_hr, data + b"\n% signed\n%%EOF", code)


def test_a_code_alone_tells_what_was_made(as_hr: FlaskClient, learner: Person) -> None:
    download(as_hr, "csv")
    code = rows(MadeList)[0].code
    page = words(as_hr.get(f"/staff/lists/check?code={code[:5].lower()} {code[5:]}"))
    assert "Mã này có thật" in page and "01/DS" in page
    assert as_hr.get("/staff/lists/check?code=KHONGCO").status_code == 404


def test_paper_and_sheet_name_number_code_and_where_to_check(
    as_hr: FlaskClient, learner: Person
) -> None:
    text = " ".join(text_of_pdf(download(as_hr, "pdf").data, "-raw").split())
    made = rows(MadeList)[0]
    assert "Số: 01/DS" in text
    assert f"Mã kiểm tra: {made.code[:5]} {made.code[5:]}" in text
    assert f"/staff/lists/check?code={made.code}" in text.replace(" ", "")
    sheet = download(as_hr, "xlsx").data
    cells = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    code = rows(MadeList)[1].code
    assert cells[-1][0].startswith(f"Số 02/DS. Mã kiểm tra: {code}. Kiểm tra tại http")


def test_a_file_is_handed_out_again_while_it_is_kept(as_hr: FlaskClient, learner: Person) -> None:
    data = download(as_hr, "csv").data
    made = rows(MadeList)[0]
    again = post(as_hr, f"/staff/lists/made/{made.id}/file")
    assert again.data == data
    assert len(rows(AuditLine, verb="export")) == 2


def test_files_go_after_a_month(as_hr: FlaskClient, learner: Person, app: object) -> None:
    download(as_hr, "csv")
    made = rows(MadeList)[0]
    with clock.frozen(clock.now() + timedelta(days=32)):
        Worker(as_hr.application.extensions["jobs_folder"]).run_once()
        assert "Tệp hết hạn giữ" in words(as_hr.get("/staff/lists/made"))
        assert post(as_hr, f"/staff/lists/made/{made.id}/file").status_code == 404
    assert rows(MadeList)[0].digest != ""


def test_a_long_pdf_is_printed_by_a_job(
    as_hr: FlaskClient, office: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    employ(office, "Lê Văn Ba", "Lê Thị Bé")
    monkeypatch.setattr("app.staff.exports.PRINTED_AT_ONCE", 1)
    answer = download(as_hr, "pdf")
    assert re.fullmatch(r"/jobs/\d+", answer.location)
    Worker(as_hr.application.extensions["jobs_folder"]).run_once()
    with as_hr.get(f"{answer.location}/file") as file:
        assert file.data.startswith(b"%PDF")
        assert "Đúng là tệp đã lập" in checked(as_hr, file.data)
    assert rows(Job)[0].message == "Danh sách này có 2 người."


def test_lists_of_others_are_not_found(
    as_hr: FlaskClient, as_learner: FlaskClient, hr: Person, learner: Person, course: Course
) -> None:
    download(as_hr, "csv")
    made = rows(MadeList)[0]
    assert post(as_learner, f"/staff/lists/made/{made.id}/file").status_code == 404
    assert as_learner.get("/staff/lists/check").status_code == 404
    assert post(as_hr, "/staff/lists/made/999999/file").status_code == 404
