"""CSV as offices send it: encodings, delimiters and broken quotes."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from app.lib.messages import message

DELIMITERS = ",;\t"

SAVE_AGAIN = message("Hãy mở tệp bằng Excel rồi lưu dạng .xlsx, hoặc “CSV UTF-8”.")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class CsvProblem(ValueError):
    """The file cannot be read as CSV; the message says in Vietnamese what to mend."""


def decoded(data: bytes) -> str:
    """The text of the file: UTF-8 (BOM or not), UTF-16 with BOM, else windows-1258, in NFC.

    Raises CsvProblem.
    """
    utf16 = data.startswith(_UTF16)
    if b"\x00" in data and not utf16:
        raise CsvProblem(message("Tệp này không phải bảng danh sách. %(mend)s", mend=SAVE_AGAIN))
    for encoding in ["utf-16"] if utf16 else ["utf-8-sig", "cp1258"]:
        with suppress(UnicodeDecodeError):
            return unicodedata.normalize("NFC", data.decode(encoding))
    raise CsvProblem(message("Không nhận ra bảng mã chữ Việt. %(mend)s", mend=SAVE_AGAIN))


def tables(text: str, most_records: int) -> Iterator[list[list[str]]]:
    """The records of the text, once for each delimiter that can be meant, commonest first.

    A record is a row as spreadsheets count rows, blank ones too. A delimiter whose quotes are
    broken is left out. Raises CsvProblem past `most_records`, and at the end, when no reading
    was taken, if the commonest delimiter was left out.
    """
    by_use = sorted(DELIMITERS, key=text.count, reverse=True)
    readings = [_records(text, delimiter, most_records) for delimiter in by_use]
    yield from (records for records, broken_at in readings if not broken_at)
    _, broken_at = readings[0]
    if broken_at:
        raise CsvProblem(
            message(
                "Dấu ngoặc kép ở dòng %(line)s của tệp CSV bị hỏng. %(mend)s",
                line=broken_at,
                mend=SAVE_AGAIN,
            )
        )


def _records(text: str, delimiter: str, most: int) -> tuple[list[list[str]], int]:
    # Strict: an unclosed quote would swallow the rows after it without a word.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append(record)
            if len(records) > most:
                raise CsvProblem(
                    message("Tệp có quá nhiều dòng. Hãy xóa dòng trống hoặc chia nhỏ tệp.")
                )
    except csv.Error:
        return [], len(records) + 1
    return records, 0
