"""Marks the first use of each glossary term in a lesson and lists their meanings at its end.

Each marked word is a link to its entry, so it works without a script.
"""

import html
import re
from collections.abc import Iterable
from html.parser import HTMLParser

from app.content.markup import heading_id
from app.content.models import Term

TITLE = "Từ mới trong bài"

_VOID = frozenset({"br", "col", "hr", "img", "input"})
_SKIPPED_TAGS = frozenset(
    {"a", "h2", "h3", "h4", "h5", "h6", "code", "pre", "kbd", "samp", "var", "math", "label"}
    | {"summary", "figcaption", "audio", "th", "dt", "caption", "q"}
)
_SKIPPED_CLASSES = frozenset(
    {"scene", "math", "callout-title", "device-name", "for-name", "lang-name", "lang-reviewer"}
    | {"walk-title", "listen-size"}
)

Variant = tuple[str, ...]


class Marker:
    """Marks terms through the stretches of one lesson, in order; `used` are the words found."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {_key(term.word): term for term in terms}
        self._ids: dict[str, str] = {}
        for key in self._terms:
            name = heading_id(key)
            taken = name in self._ids.values()
            self._ids[key] = f"{name}_{len(self._ids)}" if taken else name
        longest_first = sorted(self._terms, key=len, reverse=True)
        words = "|".join(re.escape(html.escape(key, False)) for key in longest_first)
        pattern = words.replace(r"\ ", r"\s+")
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) if words else None
        self._seen: set[tuple[str, Variant]] = set()
        self.used: list[str] = []

    def mark(self, text: str) -> str:
        """A stretch of sanitised HTML with the terms that it uses first as links."""
        if self._pattern is None or not self._pattern.search(text):
            return text
        walker = _Walker(self)
        walker.feed(text)
        walker.close()
        return "".join(walker.out)

    def entries(self) -> str:
        """The list of the terms marked, as HTML; empty when none was."""
        if not self.used:
            return ""
        rows = "\n".join(self._entry(_key(word)) for word in self.used)
        return (
            f'<section class="terms" aria-labelledby="tu_moi"><h2 id="tu_moi">{TITLE}</h2>\n'
            f"<dl>\n{rows}\n</dl></section>"
        )

    def words(self, text: str, variant: Variant) -> str:
        """Words between two tags, with the terms not yet explained to readers of `variant`."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._link(match[0], variant), text)

    def _link(self, written: str, variant: Variant) -> str:
        key = _key(html.unescape(written))
        if key not in self._terms:
            return written
        if any((key, variant[:length]) in self._seen for length in range(len(variant) + 1)):
            return written
        self._seen.add((key, variant))
        name = self._ids[key]
        own_id = ""
        if self._terms[key].word not in self.used:
            self.used.append(self._terms[key].word)
            own_id = f' id="dung_{name}"'
        return f'<a class="term" href="#tu_{name}"{own_id}>{written}</a>'

    def _entry(self, key: str) -> str:
        term, name = self._terms[key], self._ids[key]
        word, meaning = html.escape(term.word), html.escape(term.meaning)
        back = f'<a class="term-back" href="#dung_{name}" aria-label="Về chỗ có từ {word}">↩</a>'
        return f'<dt id="tu_{name}">{word}</dt>\n<dd>{meaning} {back}</dd>'


def _key(word: str) -> str:
    return " ".join(word.lower().split())


class _Walker(HTMLParser):
    """Copies HTML and hands the words where a term may stand to the marker."""

    def __init__(self, marker: Marker) -> None:
        super().__init__(convert_charrefs=False)
        self.marker = marker
        self.out: list[str] = []
        self.open: list[tuple[str, bool, Variant]] = []  # tag, skipped, variant

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")
        if tag in _VOID:
            return
        found = dict(attrs)
        skipped, variant = self.open[-1][1:] if self.open else (False, ())
        skipped = skipped or tag in _SKIPPED_TAGS or found.get("lang") not in (None, "vi")
        skipped = skipped or bool(_SKIPPED_CLASSES & set((found.get("class") or "").split()))
        for name in ("data-device", "data-for"):
            variant += (f"{name}={found[name]}",) if name in found else ()
        self.open.append((tag, skipped, variant))

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        skipped, variant = self.open[-1][1:] if self.open else (False, ())
        self.out.append(data if skipped else self.marker.words(data, variant))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")
