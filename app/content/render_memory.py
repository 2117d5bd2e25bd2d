"""Rendered files by what they were rendered from, so that an edit renders only what it touched.

In a whole course one lesson changes at a time, and courses made from one another share lessons.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from app.content.problems import Findings, Problem
from app.content.strict_yaml import Document

MOST = 600  # about 30 KB each


@dataclass(frozen=True)
class Rendered:
    """What became of a file, with a token for the course's slug: a step as JSON, or HTML; its
    front matter, if it has one; the lines of its questions; the glossary words in it; whether its
    body was read at all; and what was found on the way."""

    text: str
    document: Document | None = None
    lines: tuple[tuple[str, int], ...] = ()
    terms: tuple[str, ...] = ()
    bounded: bool = True
    problems: tuple[Problem, ...] = ()


class RenderMemory:
    """What was rendered last, for all threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Rendered] = OrderedDict()
        self._lock = threading.Lock()

    def once(
        self, key: bytes, findings: Findings, render: Callable[[Findings], Rendered]
    ) -> Rendered:
        """What `render` makes, made only if nothing is kept under this key; problems go to
        `findings` either way."""
        with self._lock:
            known = self._kept.pop(key, None)
        if known is None:
            known = render(Findings(findings.file))
        with self._lock:
            self._kept[key] = known  # the one that was not asked for the longest goes
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        findings.take(known.problems)
        return known


memory = RenderMemory()
