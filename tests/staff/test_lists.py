"""A list as a file: the programme's columns in their order, frozen facts, no formula."""

import csv
import io
import subprocess
import zipfile
from datetime import date

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from app.accounts.actions import rename
from app.accounts.models import AuditLine, Person
from app.content.models import Course
from app.counts.actions import confirm_vneid
from app.extensions import db
from app.staff import pdf
from app.units.models import Membership, Unit
from tests.acts import finish_lessons, pass_course, post, rows
from tests.staff.acts import employ

HEADER = [
    "STT", "Họ và tên", "Ngày sinh", "Chức vụ/chức danh", "Đơn vị", "Khóa học", "Thời lượng",
    "Kết quả", "Số giấy chứng nhận", "Ngày cấp", "Xác nhận VNeID", "Ghi chú",
]  # fmt: skip


def download(client: FlaskClient, form: str, **asked: object) -> TestResponse:
    return post(client, "/staff/lists", format=form, **asked)


def lines_of_csv(answer: TestResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def text_of_pdf(data: bytes, *options: str) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", *options, "-", "-"], input=data, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_csv_opens_right_in_excel(as_hr: FlaskClient, learner: Person, course: Course) -> None:
    award = pass_course(learner, course, score=87)
    confirm_vneid(None, learner.id, date(2026, 2, 5), "Công văn 12")
    db.session.commit()
    answer = download(as_hr, "csv")
    assert answer.data.startswith(b"\xef\xbb\xbfSTT,")
    assert answer.data.endswith("Danh sách này có 1 người.\r\n".encode())
    header, line, _ = lines_of_csv(answer)
    assert header == HEADER
    assert line == [
        "1", "Nguyễn Thị Hoa", "05/02/1985", "Chuyên viên", "Văn phòng phường Bàn Thạch",
        course.title, "1,5 giờ", "Đạt, 87/100 điểm", award.printed_number,
        f"{award.awarded_on:%d/%m/%Y}", "Có, 05/02/2026", "",
    ]  # fmt: skip


def test_what_is_left_stands_in_the_last_column(
    as_hr: FlaskClient, learner: Person, office: Unit, course: Course
) -> None:
    employ(office, "Trần Văn An")
    finish_lessons(learner, course)
    _, first, second, _ = lines_of_csv(download(as_hr, "csv"))
    assert (first[1], first[7], first[11]) == (
        "Trần Văn An", "Chưa bắt đầu", "Còn 3 bài và bài kiểm tra"
    )  # fmt: skip
    assert (second[7], second[8], second[10], second[11]) == (
        "Đang học", "", "Chưa", "Còn bài kiểm tra"
    )  # fmt: skip


def test_a_renamed_person_has_the_name_of_today_and_a_note(
    as_hr: FlaskClient, learner: Person, course: Course
) -> None:
    pass_course(learner, course)
    rename(learner, "Nguyễn Thị Hoài")
    db.session.commit()
    line = lines_of_csv(download(as_hr, "csv"))[1]
    assert (line[1], line[11]) == ("Nguyễn Thị Hoài", "Tên trên giấy: Nguyễn Thị Hoa")


def test_xlsx_reads_back(as_hr: FlaskClient, learner: Person, course: Course) -> None:
    award = pass_course(learner, course)
    answer = download(as_hr, "xlsx")
    assert answer.headers["Content-Disposition"].endswith(".xlsx")
    table = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0)
    cells = table.to_python()
    assert cells[0][0] == "Văn phòng phường Bàn Thạch"
    assert cells[3] == HEADER
    assert cells[4][1:4] == ["Nguyễn Thị Hoa", date(1985, 2, 5), "Chuyên viên"]
    assert cells[4][8:10] == [award.printed_number, award.awarded_on]
    assert cells[5][0] == "Danh sách này có 1 người."


def test_no_cell_becomes_a_formula(as_hr: FlaskClient, learner: Person, office: Unit) -> None:
    place = rows(Membership, person_id=learner.id, unit_id=office.id)[0]
    place.position = '=HYPERLINK("http://x","y")'
    db.session.commit()
    assert lines_of_csv(download(as_hr, "csv"))[1][3] == '\'=HYPERLINK("http://x","y")'
    with zipfile.ZipFile(io.BytesIO(download(as_hr, "xlsx").data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"=HYPERLINK" in sheet
    assert b"<f>" not in sheet


def test_pdf_has_what_decree_30_asks_for(
    as_hr: FlaskClient, learner: Person, office: Unit, course: Course
) -> None:
    names = ["Bh'riu Liếc", "Zơrâm Thị Nhươm", "Coor Lắc", "Trần Thị Ŏn"]
    employ(office, *names)
    award = pass_course(learner, course)
    data = download(as_hr, "pdf").data
    text = text_of_pdf(data)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "PHƯỜNG BÀN THẠCH" in text
    assert "VĂN PHÒNG PHƯỜNG BÀN THẠCH" in text
    assert "DANH SÁCH KẾT QUẢ HỌC TẬP" in text
    assert "Danh sách này có 5 người." in text
    assert "THỦ TRƯỞNG ĐƠN VỊ" in text
    raw = " ".join(text_of_pdf(data, "-raw").split())
    for name in [*names, "Nguyễn Thị Hoa"]:
        assert name in raw
    assert award.printed_number.replace("-", "") in raw.replace(" ", "").replace("-", "")


def test_pdf_is_a4_landscape_and_numbers_pages_from_the_second(
    as_hr: FlaskClient, office: Unit
) -> None:
    employ(office, *(f"Trần Văn {'A' * n}" for n in range(1, 41)))
    data = download(as_hr, "pdf").data
    info = subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, check=True).stdout
    assert b"841.89 x 595.276" in info
    pages = text_of_pdf(data).split("\f")
    assert pages[0].split()[0] != "1"
    assert pages[1].split()[0] == "2"
    assert "Họ và tên" in pages[1]


def test_a_very_long_pdf_is_refused_with_advice(
    as_hr: FlaskClient, learner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_LINES", 0)
    answer = download(as_hr, "pdf")
    assert answer.status_code == 303
    assert "tải bản Excel" in as_hr.get(answer.location).text
    assert rows(AuditLine, verb="export") == []


@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf"])
def test_each_download_leaves_a_line(
    as_hr: FlaskClient, hr: Person, learner: Person, office: Unit, form: str
) -> None:
    download(as_hr, form, state="not-begun")
    line = rows(AuditLine, verb="export")[0]
    assert (line.actor_id, line.subject) == (hr.id, f"unit {office.id}")
    assert line.detail == f"{form} · thu-nghiem · not-begun"


def test_twice_is_two_files_and_two_lines(as_hr: FlaskClient, learner: Person) -> None:
    assert download(as_hr, "csv").data == download(as_hr, "csv").data
    assert len(rows(AuditLine, verb="export")) == 2


def test_only_the_state_asked_for(
    as_hr: FlaskClient, learner: Person, office: Unit, course: Course
) -> None:
    employ(office, "Trần Văn An")
    pass_course(learner, course)
    names = [line[1] for line in lines_of_csv(download(as_hr, "csv", state="done"))[1:-1]]
    assert names == ["Nguyễn Thị Hoa"]


def test_people_elsewhere_are_in_no_file(
    as_hr: FlaskClient, learner: Person, stranger: Person
) -> None:
    assert stranger.full_name not in download(as_hr, "csv").data.decode()


def test_someone_elses_unit_is_not_found(as_hr: FlaskClient, other_office: Unit) -> None:
    assert download(as_hr, "csv", unit=other_office.id).status_code == 404


def test_an_unknown_course_is_not_found(as_hr: FlaskClient) -> None:
    assert download(as_hr, "csv", course="khong-co").status_code == 404


@pytest.mark.parametrize("form", ["", "exe", "../x"])
def test_an_unknown_format_is_refused(as_hr: FlaskClient, form: str) -> None:
    assert download(as_hr, form).status_code == 400


def test_signed_out_gets_nothing(client: FlaskClient) -> None:
    assert download(client, "csv").status_code == 302


def test_other_roles_get_nothing(as_learner: FlaskClient) -> None:
    assert download(as_learner, "csv").status_code == 404


def test_a_list_is_not_fetched_by_get(as_hr: FlaskClient) -> None:
    assert as_hr.get("/staff/lists").status_code == 405
