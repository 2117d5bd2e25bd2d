"""A program of its own: reads an XLS or ODS file from its input, gives its rows as JSON.

It limits its memory and its time before it looks at the file, and imports nothing of the app.
Exit status 3: more than is read.
"""

import io
import json
import resource
import sys
from datetime import date, datetime

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY = 768 * 1024 * 1024
SECONDS = 10
MOST_ROWS = 20_100
MOST_COLUMNS = 1_000
MOST_CHARACTERS = 32 * 1024 * 1024
MOST_MERGED = 20_000
TOO_MUCH = 3


def main() -> int:
    """Read the workbook; returns the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        text = json.dumps([_sheet(workbook, name) for name in _visible(workbook)])
    except (MemoryError, OverflowError):
        return TOO_MUCH
    if len(text) > MOST_CHARACTERS:
        return TOO_MUCH
    sys.stdout.write(text)
    return 0


def _visible(workbook: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if (sheet.typ, sheet.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    ]


def _sheet(workbook: CalamineWorkbook, name: str) -> dict[str, object]:
    sheet = workbook.get_sheet_by_name(name)
    rows: list[list[object]] = []
    for row in sheet.iter_rows():
        if len(row) > MOST_COLUMNS or len(rows) >= MOST_ROWS:
            raise OverflowError
        rows.append([_cell(value) for value in row])
    return {"rows": rows, "merged": list(sheet.merged_cell_ranges or ())[:MOST_MERGED]}


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return [value.isoformat()]
    if isinstance(value, date):
        return [value.isoformat() + "T00:00:00"]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


if __name__ == "__main__":
    sys.exit(main())
