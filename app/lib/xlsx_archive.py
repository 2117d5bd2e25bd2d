"""The XLSX container weighed before it is read.

The reader takes memory for the rectangle between the outermost cells, for as many strings as a
count promises, and anew for each cell that repeats a shared text; the process dies when there is
none. Five kilobytes with one cell at the far corner are enough. So every part is unpacked and
measured here, and the reader is given only what was measured.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from xml.parsers import expat

from app.lib.messages import message

UNPACKED_LIMIT = 64 * 1024 * 1024
CELL_LIMIT = 2_000_000
COLUMN_LIMIT = 1_000
MERGED_LIMIT = 20_000
TEXT_LIMIT = 32_767

_MARGIN = 1_000_000
_PARTS = re.compile(r"(?:\[content_types\]\.xml|_rels/\.rels|xl/.+\.(?:xml|rels))", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_BROKEN = message("Không mở được tệp Excel này. Hãy mở tệp bằng Excel rồi lưu lại dạng .xlsx.")
TOO_LARGE = message(
    "Tệp Excel có quá nhiều dữ liệu. Hãy chép riêng phần danh sách sang một tệp mới rồi gửi lại."
)


class ArchiveProblem(ValueError):
    """The file is broken or too large to read; the message says in Vietnamese what to mend."""


def weighed_xlsx(data: bytes) -> bytes:
    """The same workbook holding only parts that were measured, without pictures and macros.

    Raises ArchiveProblem when it is no XLSX file, when its XML is broken, when it unpacks to
    more than 64 MiB, when a sheet spans more than 2,000,000 cells or 1,000 columns, or when a
    shared text is longer than a cell may hold (32,767 characters).
    """
    parts = _unpacked(data)
    if "xl/workbook.xml" not in parts:
        raise ArchiveProblem(_BROKEN)
    for content in parts.values():
        _measure(content)
    return _packed(parts)


def weighed_rows(rows: Iterable[Sequence[object]]) -> list[Sequence[object]]:
    """The rows the reader gives, held in memory only while their text is within 64 MiB.

    Raises ArchiveProblem.
    """
    kept: list[Sequence[object]] = []
    left = UNPACKED_LIMIT
    for row in rows:
        left -= sum(len(value) for value in row if isinstance(value, str))
        if left < 0:
            raise ArchiveProblem(TOO_LARGE)
        kept.append(row)
    return kept


def _unpacked(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = UNPACKED_LIMIT
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                name = entry.filename.replace("\\", "/").removeprefix("/")
                if _PARTS.fullmatch(name):
                    parts[name] = _content(archive, entry, left)
                    left -= len(parts[name])
    # What zipfile raises on damaged and encrypted archives is this mixture.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, ArchiveProblem):
            raise
        raise ArchiveProblem(_BROKEN) from error
    return parts


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    # The size in the directory may lie; what comes out is what counts. The room above the limit
    # keeps zipfile from taking a part cut at the limit for a broken one.
    entry.file_size = limit + _MARGIN
    with archive.open(entry) as part:
        content = part.read(limit + 1)
    if len(content) > limit:
        raise ArchiveProblem(TOO_LARGE)
    return content


def _packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _measure(part: bytes) -> None:
    scale = _Scale()
    # Whatever encoding it declares, the reader takes it as UTF-8, and so must we.
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = scale.refuse_doctype
    parser.StartElementHandler = scale.start
    parser.EndElementHandler = scale.end
    parser.CharacterDataHandler = scale.text
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise ArchiveProblem(_BROKEN) from error


class _Scale:
    """Follows the cells and shared texts of a part and stops when they are too much.

    Empty cells that only carry a format do not count: the reader leaves them too.
    """

    def __init__(self) -> None:
        self.row = self.column = 0
        self.last_row = self.last_column = 0
        self.shared_depth = self.shared_length = 0
        self.merged = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        _refuse_large_counts(attributes)
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row = _whole_number(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
        elif name == "c":
            self.column += 1
            if "r" in attributes:
                self.row, self.column = _place(attributes["r"])
        elif name in ("v", "is", "f"):
            self.fill()
        elif name == "si":
            self.shared_depth += 1
        elif name == "mergeCell":
            self.merge()

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "si":
            self.shared_depth -= 1
        if not self.shared_depth:
            self.shared_length = 0

    def text(self, characters: str) -> None:
        if self.shared_depth:
            self.shared_length += len(characters)
        if self.shared_length > TEXT_LIMIT:
            raise ArchiveProblem(TOO_LARGE)

    def fill(self) -> None:
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.last_row * self.last_column > CELL_LIMIT or self.last_column > COLUMN_LIMIT:
            raise ArchiveProblem(TOO_LARGE)

    def merge(self) -> None:
        self.merged += 1
        if self.merged > MERGED_LIMIT:
            raise ArchiveProblem(TOO_LARGE)

    def refuse_doctype(self, *_: object) -> None:
        raise ArchiveProblem(_BROKEN)


def _refuse_large_counts(attributes: dict[str, str]) -> None:
    counts = (value for key, value in attributes.items() if key.lower().endswith("count"))
    for digits in (count.strip().removeprefix("+") for count in counts):
        # Its length first: int() itself refuses thousands of digits.
        if digits.isdecimal() and (len(digits) > 7 or int(digits) > CELL_LIMIT):
            raise ArchiveProblem(TOO_LARGE)


def _whole_number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", text):
        raise ArchiveProblem(_BROKEN)
    return int(text)


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ArchiveProblem(_BROKEN)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
