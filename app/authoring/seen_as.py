"""A lesson as one group of learners, or the owner of one kind of machine, sees it.

What the learner's page does with a choice in the browser, done beforehand on the safe HTML.
"""

import re
from dataclasses import dataclass
from itertools import accumulate

_TAG = re.compile(r"<section\b[^>]*>|</section>")
_VARIANT = re.compile(r'\sdata-(device|for)="([^"]*)"')


@dataclass(frozen=True)
class _Section:
    kind: str
    value: str
    start: int
    end: int


def seen_as(html: str, group: str = "", device: str = "") -> str:
    """The HTML without the passages for other groups and other machines; "" leaves all of a kind.

    Of passages that stand one after the other and all mean others, all stay, as learners get to
    choose there; a single one goes.
    """
    wanted = {"for": group, "device": device}
    hidden = [
        section
        for run in _runs(html, _sections(html))
        if (value := wanted[run[0].kind])
        for section in _others(run, value)
    ]
    return _without(html, sorted(hidden, key=lambda section: section.start))


def _sections(html: str) -> list[_Section]:
    """The variants in an order in which the outer ones come first."""
    found, open_ones = [], []
    for tag in _TAG.finditer(html):
        if tag[0] != "</section>":
            variant = _VARIANT.search(tag[0])
            open_ones.append((variant, tag.start()))
        elif open_ones:
            variant, start = open_ones.pop()
            if variant:
                found.append(_Section(variant[1], variant[2], start, tag.end()))
    return sorted(found, key=lambda section: section.start)


def _runs(html: str, sections: list[_Section]) -> list[list[_Section]]:
    runs: list[list[_Section]] = []
    ends: dict[tuple[str, int], list[_Section]] = {}
    for section in sections:
        gap = len(html[: section.start].rstrip())
        run = ends.pop((section.kind, gap), None)
        if run is None:
            run = []
            runs.append(run)
        run.append(section)
        ends[section.kind, section.end] = run
    return runs


def _others(run: list[_Section], value: str) -> list[_Section]:
    others = [section for section in run if section.value != value]
    return others if len(others) < len(run) or len(run) == 1 else []


def _without(html: str, hidden: list[_Section]) -> str:
    ends = accumulate((section.end for section in hidden), max, initial=0)
    pieces = [
        html[end : section.start]
        for end, section in zip(ends, hidden, strict=False)
        if section.start >= end
    ]
    last = max((section.end for section in hidden), default=0)
    return "".join(pieces) + html[last:]
