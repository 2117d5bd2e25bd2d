"""Two texts that grew out of one: what each changed, and both together where they agree."""

import re
from dataclasses import dataclass
from typing import Literal

from merge3 import Merge3

Kind = Literal["same", "mine", "theirs", "both", "conflict"]
_WITH_ANCESTOR = ("unchanged", "conflict")
_KINDS: dict[str, Kind] = {"a": "mine", "b": "theirs", "same": "both"}


@dataclass(frozen=True)
class Chunk:
    """A run of lines in the three texts. `kind`: who changed it, "both" when alike."""

    kind: Kind
    ancestor: str
    mine: str
    theirs: str

    @property
    def merged(self) -> str:
        """The run in the merged text; of a conflict both, mine first: marks between them would
        be read by learners when nobody takes them out."""
        if self.kind == "conflict":
            return self.mine + self.theirs
        return self.theirs if self.kind == "theirs" else self.mine


@dataclass(frozen=True)
class Merge:
    """All of two texts, run by run."""

    chunks: tuple[Chunk, ...]

    @property
    def text(self) -> str:
        """The merged text: whatever either side wrote is in it."""
        return "".join(chunk.merged for chunk in self.chunks)

    @property
    def conflicts(self) -> int:
        """In how many places somebody has to choose."""
        return sum(chunk.kind == "conflict" for chunk in self.chunks)


def merge(ancestor: str, mine: str, theirs: str) -> Merge:
    """What became of `ancestor` in two hands, by lines; every text ends with a line's end."""
    base, ours, other = (_lines(_ended(text)) for text in (ancestor, mine, theirs))
    regions = list(Merge3(base, ours, other).merge_regions())
    # where each stretch begins in the ancestor; one that only one side has says it by the next
    starts = [int(r[1]) if r[0] in _WITH_ANCESTOR else None for r in regions] + [len(base)]
    chunks, at = [], 0
    for (name, *spans), start, after in zip(regions, starts, starts[1:], strict=False):
        if start is not None and start > at:
            chunks.append(Chunk("both", "".join(base[at:start]), "", ""))
            at = start
        end = int(spans[1]) if start is not None else after if after is not None else at
        chunks.append(_chunk(name, list(map(int, spans)), "".join(base[at:end]), ours, other))
        at = end
    if at < len(base):
        chunks.append(Chunk("both", "".join(base[at:]), "", ""))
    return Merge(tuple(chunks))


def _chunk(name: str, spans: list[int], before: str, ours: list[str], other: list[str]) -> Chunk:
    if name == "conflict":
        _, _, start, end, first, last = spans
        return Chunk("conflict", before, "".join(ours[start:end]), "".join(other[first:last]))
    if name == "unchanged":
        return Chunk("same", before, before, before)
    start, end = spans
    text = "".join((other if name == "b" else ours)[start:end])
    kind = _KINDS[name]
    return Chunk(kind, before, before if name == "b" else text, before if name == "a" else text)


def _lines(text: str) -> list[str]:
    # not splitlines: a form feed ends no line of a file
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
