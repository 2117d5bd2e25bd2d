"""What became of each file of an import, told in Vietnamese to whoever brought it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class ImportRefused(ValueError):
    """Nothing was imported; the message says why, in Vietnamese, and what to do."""


class Verdict(StrEnum):
    """What was done with a file."""

    TAKEN = "taken"
    CHANGED = "changed"
    LEFT = "left"


WORDS = {
    Verdict.TAKEN: "lấy nguyên",
    Verdict.CHANGED: "lấy, có sửa",
    Verdict.LEFT: "để lại",
}


@dataclass(frozen=True)
class FileReport:
    """One file of the source. `notes`: what was changed, or why it was left."""

    file: str
    verdict: Verdict
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f": {'; '.join(self.notes)}" if self.notes else ""
        return f"{self.file}: {WORDS[self.verdict]}{told}"


@dataclass
class Tally:
    """How many links and pictures of ordinary pages led somewhere, and how many did not."""

    links: int = 0
    broken_links: int = 0
    images: int = 0
    broken_images: int = 0


@dataclass
class ImportReport:
    """All files of a source in order, with the numbers of the whole."""

    lines: list[FileReport] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def taken(self, file: str, notes: Iterable[str] = ()) -> None:
        """A file was taken; with notes: changed."""
        told = tuple(dict.fromkeys(notes))
        self.lines.append(FileReport(file, Verdict.CHANGED if told else Verdict.TAKEN, told))

    def left(self, file: str, reason: str) -> None:
        """A file was left aside."""
        self.lines.append(FileReport(file, Verdict.LEFT, (reason,)))

    @property
    def counts(self) -> dict[str, int]:
        """Number of files by verdict, none left out."""
        found = Counter(line.verdict for line in self.lines)
        return {verdict.value: found[verdict] for verdict in Verdict}

    def summary(self) -> str:
        """The whole in one sentence."""
        numbers = ", ".join(f"{self.counts[verdict]} {WORDS[verdict]}" for verdict in Verdict)
        return (
            f"{len(self.lines)} tệp: {numbers}. "
            f"Liên kết: {self.tally.links} giữ, {self.tally.broken_links} chỉ còn chữ. "
            f"Hình: {self.tally.images} giữ, {self.tally.broken_images} thay bằng chữ."
        )
