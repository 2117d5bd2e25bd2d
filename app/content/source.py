"""Files of a course as they lie on disk: found, read safely, and hashed into a version."""

import codecs
import hashlib
import os
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from app.content.problems import Findings

LARGEST_FILE = 1024 * 1024  # bytes; a lesson of 850 words is about 8 KiB
LONGEST_LINE = 10_000  # characters; patterns may take quadratic time in the length of a line

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NUMBERED = re.compile(r"(\d{1,4})-(.+)\Z")
_LONG_LINE = re.compile(rf"[^\n]{{{LONGEST_LINE + 1}}}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")


def files_of(folder: Path) -> dict[str, Path]:
    """All files of a course by name in it, in a full order; hidden ones, and links that lead
    out, left aside. OSError if a folder is unreadable."""
    return {name: Path(path) for name, path in _found(folder)}


def _found(folder: Path) -> list[tuple[str, str]]:
    entries = [(name, entry) for name, entry in _entries(str(folder)) if _belongs(folder, entry)]
    entries.sort(key=lambda found: found[0].split("/"))
    return [(name, entry.path) for name, entry in entries]


def signature_of(folder: Path) -> str:
    """What the file system says of a course without reading a file, in 32 hex digits: others
    mean a change. OSError if a folder is unreadable."""
    signed = []
    for name, entry in _entries(str(folder)):
        try:
            status = entry.stat()
        except OSError:
            continue  # gone meanwhile, or a link to nowhere
        signed.append(f"{name}\0{status.st_mtime_ns} {status.st_size} {status.st_ino}\0")
    signed.sort()
    return hashlib.sha256("".join(signed).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _entries(folder: str) -> list[tuple[str, os.DirEntry[str]]]:
    """The files of a folder at every depth; a path object for each would cost ten times as
    much."""
    files = []
    folders = [("", folder)]
    while folders:
        prefix, path = folders.pop()
        with os.scandir(path) as found:
            for entry in found:
                name = entry.name
                if name[0] == ".":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{prefix}{name}/", entry.path))
                else:
                    files.append((prefix + name, entry))
    return files


def _belongs(folder: Path, entry: os.DirEntry[str]) -> bool:
    if not entry.is_file():
        return False
    return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(folder.resolve())


def digests_of(folder: Path) -> dict[str, bytes]:
    """SHA-256 of each file of a course by its name in it, in a full order. OSError if one is
    unreadable."""
    return {name: digest_of(path) for name, path in _found(folder)}


def digest_of(path: Path | str) -> bytes:
    """SHA-256 of a file. OSError if it is unreadable."""
    with open(path, "rb", buffering=0) as file:
        return hashlib.sha256(file.read()).digest()


def version_of(digests: Mapping[str, bytes]) -> str:
    """12 hex digits over names and bytes of a course's files."""
    whole = hashlib.sha256()
    for name, digest in digests.items():
        encoded = name.encode()
        whole.update(len(encoded).to_bytes(4, "big") + encoded)
        whole.update(digest)
    return whole.hexdigest()[:12]


def tag(digest: bytes) -> str:
    """What names the content of a file in addresses: 16 hex digits."""
    return digest.hex()[:16]


def tag_of(path: Path) -> str:
    """The tag of a file as it lies there; read again only when it changed."""
    status = path.stat()
    return _tag_of(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4096)
def _tag_of(path: Path, _changed: int, _size: int) -> str:
    with path.open("rb") as file:
        return tag(hashlib.file_digest(file, "sha256").digest())


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
    long = _LONG_LINE.search(text)
    if long:
        line = text.count("\n", 0, long.start()) + 1
        findings.error(line, "Dòng quá dài.", "Ngắt thành nhiều đoạn ngắn.")
    return long is None
