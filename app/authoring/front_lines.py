"""Entries of a file's front matter, changed in its text; the rest stays as it was written."""

import json
import re
from collections.abc import Iterable

from app.content import frontmatter
from app.content.problems import Findings

_FENCE = "---"


def value(text: str, key: str) -> object:
    """What stands under a key: a str, list or dict of the strict YAML; "" when nothing does."""
    silent = Findings("")
    parts = frontmatter.split(text, silent)
    document = frontmatter.parse(parts.yaml, silent) if parts else None
    return document.value.get(key, "") if document else ""


def title(text: str, otherwise: str) -> str:
    """The title of a file, or what it is called without one."""
    found = value(text, "title")
    return found if isinstance(found, str) and found.strip() else otherwise


def formerly(text: str) -> list[str]:
    """The names that a step had before."""
    found = value(text, "formerly")
    return [str(name) for name in found] if isinstance(found, list) else []


def with_words(text: str, key: str, words: str) -> str:
    """The text with a line of words under a key."""
    return _with(text, key, quoted(words))


def with_names(text: str, key: str, names: Iterable[str]) -> str:
    """The text with a list of names under a key; without the key when there is none."""
    listed = ", ".join(dict.fromkeys(names))
    return _with(text, key, f"[{listed}]" if listed else None)


def quoted(words: str) -> str:
    """Words as a value of YAML, whatever signs they hold."""
    plain = " ".join(words.split())
    if re.fullmatch(r"\w[\w ,.!?()–/-]*", plain):
        return plain
    return json.dumps(plain, ensure_ascii=False)


def _with(text: str, key: str, entry: str | None) -> str:
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        lines = [_FENCE, _FENCE, *lines]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), 0)
    if not end:
        return text
    head = lines[1:end]
    start = next((n for n, line in enumerate(head) if _is_key(line, key)), len(head))
    stop = start + 1
    while start < len(head) and stop < len(head) and _continues(head[stop]):
        stop += 1
    head[start:stop] = [] if entry is None else [f"{key}: {entry}"]
    return "\n".join([lines[0], *head, *lines[end:]])


def _is_key(line: str, key: str) -> bool:
    return re.match(rf"[\"']?{re.escape(key)}[\"']?[ \t]*:", line) is not None


def _continues(line: str) -> bool:
    return line.startswith((" ", "\t", "- ")) or line.rstrip() == "-"
