"""Small XLS and ODS files, byte by byte: no program that writes them is needed."""

import io
import struct
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Cell = str | int | float
SECTOR = 512


def ods_file(rows: Sequence[Sequence[Cell]], repeat: int = 1) -> bytes:
    """An OpenDocument spreadsheet; the last row may say that it is repeated."""
    lines = [
        "<table:table-row{}>{}</table:table-row>".format(
            f' table:number-rows-repeated="{repeat}"' if number == len(rows) else "",
            "".join(_ods_cell(cell) for cell in row),
        )
        for number, row in enumerate(rows, start=1)
    ]
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content xmlns:office="{office}office:1.0"'
        f' xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="DS">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet"
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return file.getvalue()


def _ods_cell(cell: Cell) -> str:
    kind = "string" if isinstance(cell, str) else "float"
    value = "" if isinstance(cell, str) else f' office:value="{cell}"'
    text = f"<text:p>{escape(str(cell))}</text:p>" if cell != "" else ""
    return f'<table:table-cell office:value-type="{kind}"{value}>{text}</table:table-cell>'


def xls_file(
    rows: Sequence[Sequence[Cell]], merged: Sequence[tuple[int, int, int, int]] = ()
) -> bytes:
    """A workbook of Excel 97; `merged` holds (first row, last row, first column, last column)."""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet += _xls_cell(number, column, cell)
    ranges = b"".join(struct.pack("<HHHH", *one) for one in merged)
    sheet += _record(0xE5, struct.pack("<H", len(merged)) + ranges) + _record(0x0A, b"")
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0))
    bound = struct.pack("<IHBB", len(start) + 4 + 10 + 4, 0, 2, 0) + b"DS"
    return _container(start + _record(0x85, bound) + _record(0x0A, b"") + sheet)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _xls_cell(row: int, column: int, cell: Cell) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return _record(0x204, place + struct.pack("<HB", len(cell), 1) + text)
    return _record(0x203, place + struct.pack("<d", cell))


def _container(stream: bytes) -> bytes:
    """The stream "Workbook" in an OLE compound file."""
    stream += b"\0" * (max(4096, -(-len(stream) // SECTOR) * SECTOR) - len(stream))
    sectors = len(stream) // SECTOR
    tables = -(-(sectors + 2) * 4 // SECTOR) + 1
    first = tables + 1
    fat = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    fat += [number + 1 for number in range(first, first + sectors - 1)] + [0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (tables * SECTOR // 4 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    folder = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry(
        "Workbook", 2, first, len(stream)
    )
    body = struct.pack(f"<{len(fat)}I", *fat) + folder.ljust(SECTOR, b"\0")
    return header + body + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + b"\0" * 36
    return entry + struct.pack("<IQ", start, size)
