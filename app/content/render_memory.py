"""Rendered files by what they were rendered from, so that an edit renders only what it touched.

In a whole course one lesson changes at a time, and courses made from one another share lessons.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from app.content.models import Step
from app.content.problems import Findings, Problem
from app.content.strict_yaml import Document

MOST = 500  # about 60 KB each
LARGEST = 100_000  # characters of a file; a larger one is rendered each time


@dataclass(frozen=True)
class Rendered:
    """What became of a file, with a token for the course's slug: a step, or HTML; its front
    matter, if it has one; the lines of its questions; the glossary words in it; how many words are
    read in it; whether its body was read at all; what was found on the way; where the token
    stands, beside the prose; and how many characters the file has (None: it changed meanwhile, so
    nothing of it is kept)."""

    step: Step | None = None
    html: str = ""
    document: Document | None = None
    lines: tuple[tuple[str, int], ...] = ()
    terms: tuple[str, ...] = ()
    words: int = 0
    bounded: bool = True
    problems: tuple[Problem, ...] = ()
    token_in_parts: bool = False
    size: int | None = 0


class RenderMemory:
    """What was rendered last, for all threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Rendered] = OrderedDict()
        self._lock = threading.Lock()

    def once(
        self, key: bytes, findings: Findings, render: Callable[[Findings], Rendered]
    ) -> Rendered:
        """What `render` makes of a file, made only if nothing is kept under this key; problems go
        to `findings` either way."""
        with self._lock:
            known = self._kept.pop(key, None)
        if known is None:
            known = render(Findings(findings.file))
        if known.size is not None and known.size <= LARGEST:
            self._keep(key, known)
        findings.take(known.problems)
        return known

    def _keep(self, key: bytes, rendered: Rendered) -> None:
        """The one that was not asked for the longest goes in its stead."""
        with self._lock:
            self._kept[key] = rendered
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)


memory = RenderMemory()
