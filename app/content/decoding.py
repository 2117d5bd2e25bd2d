"""Bytes of anyone's text file as text, whatever it was saved as."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
_SAMPLE = 4096
_WIDE_SHARE = 0.3


@dataclass(frozen=True)
class Decoded:
    """NFC text with plain line ends; `notes` say in Vietnamese what was done to get it."""

    text: str
    notes: tuple[str, ...] = ()


def decoded(data: bytes) -> Decoded | None:
    """The bytes as text: UTF-8, UTF-16 or Windows-1258; None when they are no text."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        return None
    notes = [] if encoding == "utf-8" else [_NOTES[encoding or ""]]
    if "\r" in text:
        notes.append("đổi dấu xuống dòng kiểu Windows")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text.removeprefix("\ufeff")))
    return Decoded(text, tuple(notes))


_NOTES = {
    "utf-8-sig": "bỏ dấu BOM đầu tệp",
    "utf-16": "đổi từ UTF-16 sang UTF-8",
    "utf-16-le": "đổi từ UTF-16 sang UTF-8",
    "utf-16-be": "đổi từ UTF-16 sang UTF-8",
    "cp1258": "đổi từ Windows-1258 sang UTF-8, nên đọc lại dấu",
}


def _encoding(data: bytes) -> str | None:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in data:
        return _wide(data[:_SAMPLE])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1258"
    return "utf-8"


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte of plain letters is zero."""
    half = max(len(sample) // 2, 1)
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) / half > _WIDE_SHARE:
            return encoding
    return None
