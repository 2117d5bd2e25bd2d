"""Places within other people's pages, by whatever name their links call them.

Every generator makes the id of a heading in its own way: GitHub drops signs ("Node.js" gives
`nodejs`) and numbers twins `-1`, others `_1`; some let the author name it, or put an `<a name>`
above. All of them lead to the id that the heading gets here.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from app.content.foreign_text import plain_words
from app.content.lines import Fences
from app.content.markup import heading_id

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_NAMED = re.compile(r"\{:?[^{}]{0,99}?#([\w:.-]{1,200})[^{}]{0,99}\}[ \t#]*$")
_TAG = re.compile(
    r"<\w{1,9}\b[^<>]{0,300}?\s(?:id|name)\s*=\s*[\"']?([\w:.-]{1,200})", re.IGNORECASE
)


def anchors_of(body: str, title: str = "") -> dict[str, str]:
    """By each name, in small letters, that a link may use: the id of the heading here, "" for the
    one that becomes the title of the page (which has no other, or says the same)."""
    found: dict[str, str] = {}
    ids, plain_ids, github, waiting = Counter[str](), Counter[str](), Counter[str](), list[str]()
    title, top = plain_words(title), True
    for line, level in _headings(body):
        waiting += [name.lower() for name in _TAG.findall(line)]
        if not level:
            continue
        named = _NAMED.search(line)
        words = plain_words(_NAMED.sub("", line).rstrip("# \t"))
        is_title = top and level == 1 and title in ("", words)
        top = top and level > 1
        own = "" if is_title else _numbered(heading_id(words), ids, "_")
        names = [*waiting, *([named[1].lower()] if named else [])]
        names += [_numbered(_github(words), github, "-"), _numbered(_ascii(words), plain_ids, "_")]
        for name in (own or heading_id(words), *names):
            found.setdefault(name, own)
        waiting.clear()
    return found


def _headings(body: str) -> Iterator[tuple[str, int]]:
    """Lines that hold a heading's words, with its level, and (level 0) those that name a place."""
    fences, before = Fences(), ""
    for line in body.split("\n"):
        if fences.inside(line):
            before = ""
        elif match := _HEADING.match(line):
            yield match[2], len(match[1])
            before = ""
        elif before and (under := _UNDERLINE.match(line)):
            yield before, 1 if under[1][0] == "=" else 2
            before = ""
        else:
            if "<" in line:
                yield line, 0
            before = line if line[:1].strip() and line[0] not in "-*+>|<" else ""


def _numbered(name: str, seen: Counter[str], sign: str) -> str:
    seen[name] += 1
    count = seen[name] - 1
    return f"{name}{sign}{count}" if count else name


def _github(words: str) -> str:
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def _ascii(words: str) -> str:
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", bare).strip().lower())
