"""The sheets of a workbook: XLSX, and in a process of their own XLS and ODS.

XLSX is weighed before it is read. XLS and ODS have other containers; what reads them gets a
process with little memory and little time, and only that process dies of a hostile file.
"""

import io
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from app.lib.xlsx_archive import TOO_LARGE, ArchiveProblem, weighed_rows, weighed_xlsx

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_READER = Path(__file__).parent / "sandboxed_reader.py"
_LONGEST_READ = 20
# cells that merged ranges may fill; a list has fewer
_MOST_FILLED = 200_000
Record = Sequence[object]
Merged = tuple[tuple[int, int], tuple[int, int]]


class UnreadableWorkbook(ValueError):
    """The reader gave up: broken, encrypted, or more than a list ever holds."""


def is_old(data: bytes) -> bool:
    """Whether this is an XLS or ODS file."""
    return data.startswith(OLE) or (data.startswith(ZIP) and _ODS in data[:200])


def xlsx_sheets(data: bytes) -> Iterator[Sequence[Record]]:
    """The rows of each visible sheet of an XLSX file. Raises ArchiveProblem, CalamineError."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(weighed_xlsx(data)))
    for about in workbook.sheets_metadata:
        if (about.typ, about.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible):
            sheet = workbook.get_sheet_by_name(about.name)
            yield _filled(weighed_rows(sheet.iter_rows()), sheet.merged_cell_ranges or ())


def old_sheets(data: bytes) -> Iterator[Sequence[Record]]:
    """The rows of each visible sheet of an XLS or ODS file.

    Raises ArchiveProblem for more than is read, UnreadableWorkbook for the rest.
    """
    try:
        # -I: nothing of the folder it is started in, nothing of the environment
        run = subprocess.run(
            [sys.executable, "-I", str(_READER)],
            input=data,
            capture_output=True,
            timeout=_LONGEST_READ,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ArchiveProblem(TOO_LARGE) from None
    if run.returncode == 3:
        raise ArchiveProblem(TOO_LARGE)
    if run.returncode:
        raise UnreadableWorkbook
    for sheet in json.loads(run.stdout):
        rows = [[_value(cell) for cell in row] for row in sheet["rows"]]
        yield _filled(rows, sheet["merged"])


def _value(cell: Any) -> object:
    # the only lists among the cells are moments
    return datetime.fromisoformat(cell[0]) if isinstance(cell, list) else cell


def _filled(rows: Sequence[Record], merged: Iterable[Any]) -> Sequence[Record]:
    """What is merged over several rows stands in each of them, as people read it."""
    filled: list[Record] = list(rows)
    left = _MOST_FILLED
    for (top, column), (bottom, _) in merged:
        value = _cell(filled, top, column)
        for number in range(top + 1, min(bottom, len(filled) - 1) + 1):
            left -= 1
            if left < 0:
                raise ArchiveProblem(TOO_LARGE)
            if value not in (None, "") and _cell(filled, number, column) in (None, ""):
                row = list(filled[number]) + [""] * (column + 1 - len(filled[number]))
                row[column] = value
                filled[number] = row
    return filled


def _cell(rows: Sequence[Record], number: int, column: int) -> object:
    row = rows[number] if number < len(rows) else ()
    return row[column] if column < len(row) else None
