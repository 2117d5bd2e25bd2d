"""Files of a course as they lie on disk: found, read safely, and hashed into a version."""

import codecs
import hashlib
import re
import unicodedata
from pathlib import Path

from app.content.problems import Findings

LARGEST_FILE = 1024 * 1024  # bytes; a lesson of 850 words is about 8 KiB
LONGEST_LINE = 10_000  # characters; patterns may take quadratic time in the length of a line

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NUMBERED = re.compile(r"(\d{1,4})-(.+)\Z")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")


def files_of(folder: Path) -> list[Path]:
    """All files of a course in a full order; hidden ones, and links that lead out, left aside."""
    root = folder.resolve()
    return sorted(
        path
        for path in folder.rglob("*")
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
        and path.resolve().is_relative_to(root)
    )


def version_of(folder: Path) -> str:
    """12 hex digits over names and bytes of the course's files. OSError if one is unreadable."""
    digest = hashlib.sha256()
    for path in files_of(folder):
        name = path.relative_to(folder).as_posix().encode()
        digest.update(len(name).to_bytes(4, "big") + name)
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def numbered(name: str) -> tuple[int, str] | None:
    """(2, "bai-hai") of the name "02-bai-hai" or "02-bai-hai.md"; None without a number."""
    match = _NUMBERED.match(name.removesuffix(".md"))
    return (int(match[1]), match[2]) if match else None


def read_text(path: Path, findings: Findings) -> str | None:
    """The file's text in NFC with plain line ends, or None with the reason in `findings`."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError:
        findings.error(1, "Không đọc được tệp.", "Kiểm tra tệp còn đó và quyền đọc tệp.")
        return None
    if size > LARGEST_FILE:
        findings.error(1, "Tệp lớn hơn 1 MB.", "Chia thành nhiều bài ngắn hơn.")
        return None
    return decode(data, findings)


def decode(data: bytes, findings: Findings) -> str | None:
    """The bytes as NFC text with plain line ends, or None with the reason in `findings`."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        findings.error(1, "Tệp lưu bằng bảng mã UTF-16.", _SAVE_AS_UTF8)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        findings.error(
            data.count(b"\n", 0, problem.start) + 1,
            "Tệp không lưu bằng bảng mã UTF-8 (có thể là TCVN3, VNI hoặc Windows-1258).",
            _SAVE_AS_UTF8,
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text))
    return text if _lines_bounded(text, findings) else None


_SAVE_AS_UTF8 = "Mở tệp, chọn Lưu thành (Save as), chọn bảng mã UTF-8, rồi xem lại dấu tiếng Việt."


def _lines_bounded(text: str, findings: Findings) -> bool:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            findings.error(number, "Dòng quá dài.", "Ngắt thành nhiều đoạn ngắn.")
            return False
    return True
