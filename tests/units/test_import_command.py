"""`units import FILE`: the whole file or nothing, with reasons in Vietnamese."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

import app as product
from app.extensions import db
from app.lib.spreadsheets import write_xlsx
from app.units.models import Unit, UnitSuccession
from app.units.queries import unit_by_code
from tests.acts import rows

HEAD = "code,name,kind,parent_code,valid_from,valid_to,successor_codes,population\n"
TODAY = HEAD + (
    "48,Thành phố Đà Nẵng,Thành phố,,2025-07-01,,,\n"
    "20335,Phường Bàn Thạch,Phường,48,2025-07-01,,,36.800\n"
    "20194,Phường Hải Vân,Phường,48,2025-07-01,,,đang cập nhật\n"
)
BEFORE = (
    "code,name,kind,parent_code,successor_codes,valid_to\n"
    "P49,Tỉnh Quảng Nam,Tỉnh,,48,2025-06-30\n"
    "20335,Phường Tân Thạnh,Phường,P49,20335,2025-06-30\n"
    "20296,Xã Hòa Liên,Xã,P49,20194 20335,2025-06-30\n"
)
Import = Callable[[str], Result]


@pytest.fixture
def take(app: Flask, tmp_path: Path) -> Import:
    """Import a file with this text."""

    def take(text: str, name: str = "don-vi.csv") -> Result:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return app.test_cli_runner().invoke(args=["units", "import", str(file)])

    return take


def test_the_shipped_file_is_taken_whole(app: Flask) -> None:
    file = Path(product.__path__[0]) / "units" / "data" / "da-nang.csv"
    told = app.test_cli_runner().invoke(args=["units", "import", str(file)])
    assert told.exit_code == 0, told.output
    assert "thêm 95 đơn vị" in told.output
    assert len(rows(Unit)) == 95


def test_a_file_is_taken_and_remarks_are_told(take: Import) -> None:
    told = take(TODAY)
    assert told.exit_code == 0, told.output
    assert "dân số “đang cập nhật” không phải số" in told.output
    assert [unit.population for unit in rows(Unit)] == [None, 36800, None]


def test_twice_adds_nothing(take: Import) -> None:
    take(TODAY)
    assert "thêm 0 đơn vị, cập nhật 3" in take(TODAY).output
    assert len(rows(Unit)) == 3


def test_extra_columns_are_told_and_left(take: Import) -> None:
    told = take(TODAY.replace("population", "population,ghi_chu", 1))
    assert (told.exit_code, "Không dùng đến cột: ghi_chu" in told.output) == (0, True)


def test_ended_units_are_linked_to_what_they_became(take: Import) -> None:
    take(TODAY)
    told = take(BEFORE)
    assert told.exit_code == 0, told.output
    assert "nối 4 đơn vị" in told.output
    old, new = unit_by_code("20335", date(2025, 6, 30)), unit_by_code("20335", date(2025, 7, 1))
    assert old and new
    assert old.name == "Phường Tân Thạnh"
    assert [link.new_id for link in rows(UnitSuccession, old_id=old.id)] == [new.id]
    (split,) = rows(Unit, code="20296")
    assert len(rows(UnitSuccession, old_id=split.id)) == 2


def test_successors_still_to_come_are_told_and_linked_later(take: Import) -> None:
    assert "Chưa nối được" in take(BEFORE).output
    take(TODAY)
    assert "nối 4 đơn vị" in take(BEFORE).output
    assert len(rows(Unit)) == 6


def test_a_workplace_without_a_first_day_begins_today_and_stays_one(take: Import) -> None:
    take(TODAY)
    agency = "code,name,kind,parent_code\nCQ9,Trung tâm Bến Xuân,Cơ quan,20335\n"
    assert take(agency).exit_code == 0
    assert "cập nhật 1" in take(agency).output
    assert len(rows(Unit, code="CQ9")) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("77,Xã Mới,Xa,48,2025-07-01,,,", "Dòng 5, cột kind: “Xa” không có trong các loại"),
        ("77,Xã Mới,Phương,48,2025-07-01,,,", "Có phải “Phường” không?"),
        ("77,,Xã,48,2025-07-01,,,", "Dòng 5, cột name: để trống"),
        (",Xã Mới,Xã,48,2025-07-01,,,", "Dòng 5, cột code: để trống"),
        ("77,Xã Mới,Xã,48,31/02/2025,,,", "Dòng 5, cột valid_from"),
        ("77,Xã Mới,Xã,48,2025,,,", "chỉ có năm"),
        ("77,Xã Mới,Xã,48,2025-07-01,2025-06-30,,", "trước ngày bắt đầu"),
        ("77,Xã Mới,Xã,99,2025-07-01,,,", "chưa có đơn vị cấp trên mã 99"),
        ("20335,Xã Mới,Xã,48,2025-07-01,,,", "mã 20335 đã có ở dòng 3"),
        (f"{'7' * 21},Xã Mới,Xã,48,2025-07-01,,,", "dài 21 ký tự"),
    ],
)
def test_one_bad_line_and_nothing_is_taken(take: Import, line: str, told: str) -> None:
    answer = take(TODAY + line + "\n")
    assert answer.exit_code == 1
    assert "Chưa nhập dòng nào" in answer.output
    assert told in answer.output
    db.session.rollback()
    assert rows(Unit) == []


def test_a_missing_column_is_named_with_those_found(take: Import) -> None:
    told = take("code,kind,ten\n1,Xã,A\n")
    assert told.exit_code == 1
    assert "Thiếu cột name. Tệp có các cột: code, kind, ten" in told.output


@pytest.mark.parametrize("content", ["", HEAD, "xin chào\n", "\x00\x01"])
def test_a_file_without_units_is_refused(take: Import, content: str) -> None:
    assert take(content).exit_code == 1


def test_a_file_that_is_not_there_is_told(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["units", "import", "khong-co.csv"]).exit_code == 2


def test_a_spreadsheet_is_taken_too(app: Flask, tmp_path: Path) -> None:
    header = ("code", "name", "kind", "valid_from")
    table = write_xlsx((), header, [("48", "Đà Nẵng", "Thành phố", date(2025, 7, 1))], [9] * 4, {0})
    file = tmp_path / "don-vi.xlsx"
    file.write_bytes(table)
    told = app.test_cli_runner().invoke(args=["units", "import", str(file)])
    assert told.exit_code == 0, told.output
    assert rows(Unit)[0].valid_from == date(2025, 7, 1)
