"""Width and height of image files, read from their first bytes; and drawings that hide code."""

import re
import struct
from pathlib import Path

_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*\Z")
_SVG_ROOT = re.compile(r"<svg\b[^>]{0,2000}>", re.IGNORECASE)
_SVG_CODE = re.compile(
    r"<\s*(?:\w+:)?(?:script|foreignObject|iframe)\b|\son\w+\s*=|<!ENTITY"
    r"|(?:href|src)\s*=\s*[\"']\s*(?!#|data:image/)|url\(\s*[\"']?\s*(?!#|[\"']?#)|@import",
    re.IGNORECASE,
)
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
LARGEST_SVG = 1024 * 1024
_HEAD = 64 * 1024


def size_of(path: Path) -> tuple[int, int] | None:
    """(width, height) in pixels of an SVG, PNG, GIF or JPEG; None where it does not tell."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    if path.suffix.lower() == ".svg":
        return _svg_size(head.decode("utf-8", "replace"))
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        return struct.unpack(">II", head[16:24])
    if head[:4] == b"GIF8" and len(head) >= 10:
        return struct.unpack("<HH", head[6:10])
    return _jpeg_size(head) if head[:2] == b"\xff\xd8" else None


def problem_of(path: Path) -> str | None:
    """What keeps a drawing from being served ("có mã chạy …"), or None."""
    if path.suffix.lower() != ".svg":
        return None
    try:
        if path.stat().st_size > LARGEST_SVG:
            return "lớn hơn 1 MB"
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return "không đọc được"
    if not _SVG_ROOT.search(text):
        return "không phải là hình SVG"
    return "có mã chạy hoặc lấy thứ khác từ bên ngoài" if _SVG_CODE.search(text) else None


def _svg_size(text: str) -> tuple[int, int] | None:
    root = _SVG_ROOT.search(text)
    if root is None:
        return None
    width, height = (_length(root[0], name) for name in ("width", "height"))
    box = re.search(r"\sviewBox\s*=\s*[\"']([^\"']*)[\"']", root[0])
    if width is None or height is None:
        numbers = re.findall(r"-?\d+(?:\.\d+)?", box[1]) if box else []
        if len(numbers) != 4:
            return None
        width, height = float(numbers[2]), float(numbers[3])
    return (round(width), round(height)) if width >= 1 and height >= 1 else None


def _length(tag: str, name: str) -> float | None:
    found = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)[\"']", tag)
    match = _LENGTH.match(found[1]) if found else None
    return float(match[1]) if match else None


def _jpeg_size(head: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4], "big")
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
