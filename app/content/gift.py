"""Questions in Moodle's GIFT: choices, true or false, short answers, numbers and matching."""

import html
import re
from collections.abc import Iterator

from app.content.asked import Asked, Unusable

_NAME = re.compile(r"\s*::((?:[^:\\]|\\.|:(?!:))*)::")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"</(?:p|div|li)>|<br\s*/?>", re.IGNORECASE)
_TRUE = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#.*)?\Z", re.IGNORECASE | re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?[\d.]{1,9})%")
_ESCAPES = {"n": "\n"}
# a sign after a backslash stands for itself; moved out of the way while the text is cut
_ESCAPED = re.compile(r"\\([~=#{}:n\\])")
_AWAY = 0xE100
_BLOCKS = re.compile(r"\n[ \t]*\n")
_SIGN = re.compile(r"(?<!\\)\{[^{}=~#]*[=~#][^{}]*\}|\{\s*(?:T|F|TRUE|FALSE)\b[^{}]*\}")


def is_gift(text: str) -> bool:
    """Whether a text is a file of GIFT questions."""
    return bool(_SIGN.search(text[:100_000]))


def read_gift(text: str) -> Iterator[Asked | Unusable]:
    """The questions of a file in order; what is no question of ours comes with its reason."""
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("//")]
    kept = [line for line in lines if not line.startswith("$CATEGORY")]
    away = _ESCAPED.sub(lambda found: chr(_AWAY + ord(found[1])), "\n".join(kept))
    for place, block in enumerate(_BLOCKS.split(away), 1):
        if block.strip():
            yield _question(block.strip(), f"câu {place}")


def _question(block: str, where: str) -> Asked | Unusable:
    if name := _NAME.match(block):
        where, block = f"“{_back(name[1])[:60]}”", block[name.end() :]
    form = _FORMAT.match(block)
    block = block[form.end() :] if form else block
    start, end = block.find("{"), block.rfind("}")
    if start < 0 or end < start:
        return Unusable(where, "không có phần trả lời")
    before, inside, after = block[:start].strip(), block[start + 1 : end], block[end + 1 :].strip()
    prompt = _words(f"{before} _____ {after}" if after else before)
    inside, _, general = inside.partition("####")
    return _answered(where, prompt, inside.strip(), _words(general))


def _answered(where: str, prompt: str, inside: str, told: str) -> Asked | Unusable:
    if not inside:
        return Unusable(where, "câu tự luận, không chấm bằng máy")
    if match := _TRUE.match(inside):
        true = match[1].upper().startswith("T")
        return Asked(where, prompt, (("Đúng", true), ("Sai", not true)), explanation=told)
    if inside.startswith("#"):
        return _number(where, prompt, inside[1:], told)
    parts = re.findall(r"([=~])([^=~]*)", inside)
    if not parts:
        return Unusable(where, "không hiểu phần trả lời")
    rights = [part for sign, part in parts if sign == "="]
    if len(rights) == len(parts) and all("->" in part for part in rights):
        pairs = (part.partition("#")[0].partition("->") for part in rights)
        matched = tuple((_words(left), _words(right)) for left, _, right in pairs)
        return Asked(where, prompt, pairs=matched, explanation=told)
    if len(rights) == len(parts):
        accepted = tuple(_option(part)[0] for part in rights)
        return Asked(where, prompt, accepted=accepted, explanation=told)
    return _choices(where, prompt, parts, told)


def _choices(where: str, prompt: str, parts: list[tuple[str, str]], told: str) -> Asked:
    choices, feedback = [], []
    for sign, part in parts:
        text, weight, comment = _option(part)
        right = sign == "=" or weight > 0
        choices.append((text, right))
        feedback += [comment] if right and comment else []
    return Asked(where, prompt, tuple(choices), explanation=told or " ".join(feedback))


def _number(where: str, prompt: str, inside: str, told: str) -> Asked | Unusable:
    first = inside.lstrip(" =").partition("=")[0].partition("#")[0].strip()
    low, dots, high = first.partition("..")
    value, _, margin = first.partition(":")
    try:
        if dots:
            value = f"{(float(low) + float(high)) / 2:g}"
            margin = f"{abs(float(high) - float(low)) / 2:g}"
        float(value), float(margin or 0)
    except ValueError:
        return Unusable(where, "không đọc được đáp số")
    answer = f"{value.strip()} ± {margin.strip() or 0}"
    return Asked(where, prompt, accepted=(answer,), explanation=told)


def _option(part: str) -> tuple[str, float, str]:
    """(text, weight in percent, comment) of an option."""
    text, _, comment = part.partition("#")
    weight = 0.0
    if match := _WEIGHT.match(text):
        text = text[match.end() :]
        weight = float(match[1]) if re.fullmatch(r"-?\d+(?:\.\d+)?", match[1]) else 0.0
    return _words(text), weight, _words(comment)


def _back(text: str) -> str:
    """The text with the signs that stood behind a backslash."""
    found = (chr(ord(c) - _AWAY) if _AWAY <= ord(c) < _AWAY + 128 else c for c in text)
    return "".join(
        _ESCAPES.get(own, own) if own != given else own
        for given, own in zip(text, found, strict=True)
    )


def _words(text: str) -> str:
    """A piece of a question as plain text, without HTML."""
    plain = _TAG.sub("", _BREAK.sub("\n", text))
    return html.unescape(_back(plain)).strip()
