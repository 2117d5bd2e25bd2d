"""The `///` blocks of a lesson as its lines show them: where one opens, its options, its end.

What they become is in `block_html`; whether they are written as they should be, in `block_check`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

DEVICES = {
    "android": ("Máy Android", "Trên máy Android"),
    "iphone": ("Máy iPhone", "Trên máy iPhone"),
    "may-tinh": ("Máy tính", "Trên máy tính"),
}
SCENES = {"message": "Tin nhắn", "call": "Cuộc gọi", "post": "Bài đăng trên mạng"}
# by its code: how speakers call it, how Vietnamese does
LANGUAGES = {
    "en": ("English", "tiếng Anh"),
    "fr": ("Français", "tiếng Pháp"),
    "lo": ("ພາສາລາວ", "tiếng Lào"),
    "zh": ("中文", "tiếng Trung"),
    "ko": ("한국어", "tiếng Hàn"),
    "ja": ("日本語", "tiếng Nhật"),
    "ktv": ("Cơ Tu", "tiếng Cơ Tu"),
    "sed": ("Xơ Đăng", "tiếng Xơ Đăng"),
    "jeh": ("Giẻ Triêng", "tiếng Giẻ Triêng"),
    "cua": ("Cor", "tiếng Cor"),
}
MOST_OPTIONS = 6

_OPENING = re.compile(r" {0,3}(/{3,})( *)([\w-]+) *(?:\|(.*))?$")
_CLOSING = re.compile(r" {0,3}(/{3,}) *$")
_MISPLACED = re.compile(r"[\s>*+\-\d.)]+/{3,} *([\w-]+) *(?:\||$)")
_OPTION = re.compile(r" {4,}([\w-]+):(?:\s+(.*))?$")
_COMMENT = re.compile(r"(?:^|\s+)#.*$")
_QUOTED = re.compile(r"([\"'])(.*)\1\s*(?:#.*)?$")


@dataclass(frozen=True)
class Form:
    """How a kind of block is written. `argument` shows what stands behind its `|`, `options`
    which option lines may follow, `required` which must; `holds` names the blocks inside it."""

    argument: str
    options: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


FORMS: Mapping[str, Form] = {
    "device": Form("android", holds=("for", "lang", "steps", "listen")),
    "for": Form("nguoi-cao-tuoi", holds=("device", "lang", "steps", "listen")),
    "lang": Form("en", ("reviewer",), ("reviewer",), ("device", "for", "steps", "listen")),
    "steps": Form("Bật kích thước chữ lớn"),
    "drill": Form("Tin nhắn từ số lạ", ("kind", "from"), ("kind", "from")),
    "listen": Form("am-thanh/ten.mp3", ("lang",)),
}


@dataclass(frozen=True)
class Opening:
    """The first line of a block."""

    slashes: int
    name: str
    argument: str


def opening(line: str) -> Opening | None:
    """The block that this line opens, of a known kind or not; None when it opens none."""
    match = _OPENING.match(line)
    if match is None or not (match[2] or match[3].lower() in FORMS):
        return None
    return Opening(len(match[1]), match[3].lower(), (match[4] or "").strip())


def closing(line: str) -> int | None:
    """The number of slashes of a line that closes a block, or None."""
    match = _CLOSING.match(line)
    return len(match[1]) if match else None


def misplaced(line: str) -> str | None:
    """The kind of block that opens inside a list or a quote, where it must not, or None."""
    match = _MISPLACED.match(line)
    if match is None or opening(line) or match[1].lower() not in FORMS:
        return None
    return match[1].lower()


def is_option(line: str) -> bool:
    """Whether a line straight below an opening is meant as an option."""
    return line.startswith("    ") and bool(line.strip())


def option(line: str) -> tuple[str, str] | None:
    """(name, value) of an option line: `name: value`, quotes and a comment left aside."""
    match = _OPTION.match(line)
    if match is None:
        return None
    value = (match[2] or "").strip()
    quoted = _QUOTED.match(value)
    return match[1], quoted[2] if quoted else _COMMENT.sub("", value).strip()
