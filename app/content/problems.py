"""What is wrong with a course file, in words its author understands."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

MOST = 500  # errors, and warnings, of one course; who has more mends these first

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `file` is relative to the courses folder, `line` counts from 1,
    `message` says what is wrong and `mend` what to do, both in Vietnamese."""

    file: str
    line: int
    severity: Severity
    message: str
    mend: str

    def __str__(self) -> str:
        word = "LỖI" if self.severity == "error" else "Lưu ý"
        return f"{self.file}:{self.line}: {word}: {self.message} {self.mend}"


@dataclass
class Findings:
    """Collects the problems of one file; `found` may be shared by the files of a course."""

    file: str
    found: list[Problem] = field(default_factory=list)
    noted: dict[Severity, set[Problem]] = field(
        default_factory=lambda: {"error": set(), "warning": set()}
    )

    def error(self, line: int, message: str, mend: str) -> None:
        """Note something that keeps the course from being served."""
        self._note(line, "error", message, mend)

    def warning(self, line: int, message: str, mend: str) -> None:
        """Note something that the author should look at."""
        self._note(line, "warning", message, mend)

    def beside(self, file: str) -> "Findings":
        """Findings of another file, collected in the same list."""
        return Findings(file, self.found, self.noted)

    def take(self, problems: Iterable[Problem]) -> None:
        """Note what was found in a file of the same text."""
        for problem in problems:
            self._note(problem.line, problem.severity, problem.message, problem.mend)

    def _note(self, line: int, severity: Severity, message: str, mend: str) -> None:
        problem = Problem(self.file, max(line, 1), severity, message, mend)
        noted = self.noted[severity]
        if len(noted) < MOST and problem not in noted:
            noted.add(problem)
            self.found.append(problem)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file, then line; errors before warnings of the same line."""
    return sorted(problems, key=lambda p: (p.file, p.line, p.severity, p.message))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them keeps the course from being served."""
    return any(problem.severity == "error" for problem in problems)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, or None."""
    close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def listed(words: Iterable[str]) -> str:
    """The words as a sentence shows them: “a”, “b”."""
    return ", ".join(f"“{word}”" for word in words)
