"""One text against another, line by line, as the history shows it."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

AROUND = 3  # lines alike that are shown beside a change


class Line(NamedTuple):
    """A line. `kind`: same · added · removed, or skipped, whose text is how many lines are left
    out; `old` and `new`: its numbers in the two texts, from 1, None where it is not."""

    kind: str
    old: int | None
    new: int | None
    text: str


def differences(before: str, after: str) -> list[Line]:
    """What leads from one text to the other, with a few lines around each change."""
    old, new = before.rstrip("\n").split("\n"), after.rstrip("\n").split("\n")
    changes = SequenceMatcher(None, old, new).get_opcodes()
    shown: list[Line] = []
    for place, (kind, start, end, first, last) in enumerate(changes):
        if kind == "equal":
            begins, ends = place == 0, place == len(changes) - 1
            shown += _alike(old[start:end], start + 1, first + 1, begins, ends)
            continue
        shown += [Line("removed", at + 1, None, old[at]) for at in range(start, end)]
        shown += [Line("added", None, at + 1, new[at]) for at in range(first, last)]
    return shown


def is_changed(lines: list[Line]) -> bool:
    """Whether the two texts differ at all."""
    return any(line.kind in ("added", "removed") for line in lines)


def _alike(texts: list[str], old: int, new: int, begins: bool, ends: bool) -> Iterator[Line]:
    head = 0 if begins else AROUND
    tail = 0 if ends else AROUND
    left_out = len(texts) - head - tail
    for at, text in enumerate(texts):
        if left_out <= 1 or at < head or at >= len(texts) - tail:
            yield Line("same", old + at, new + at, text)
        elif at == head:
            yield Line("skipped", None, None, str(left_out))
