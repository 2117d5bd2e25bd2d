"""A draft as its page shows it: the outline, what is new in it, what is amiss, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from app.authoring.arrangement import Arrangement, Leaf
from app.authoring.changes import Change, changes_of
from app.authoring.meeting import Clash, News
from app.authoring.models import Draft, DraftFile
from app.content.loader import Loaded
from app.content.problems import Problem


@dataclass(frozen=True)
class DraftPage:
    """`loaded`: the course that the draft makes; `news`, `clashes`: what changed on disk since;
    `aside`: by file, a text that waits to be merged; `pictures`: names of those added."""

    draft: Draft
    found: Arrangement
    loaded: Loaded
    news: list[News]
    clashes: list[Clash]
    aside: Mapping[int, int]
    pictures: list[str]
    on_disk: bool

    @property
    def slug(self) -> str:
        """The course's slug."""
        return self.draft.course_slug

    @property
    def title(self) -> str:
        """What the course is called in the draft."""
        return self.found.course.title if self.found.course else self.slug

    @property
    def state(self) -> str:
        """editing, submitted or approved."""
        return str(self.draft.state)

    @property
    def locked(self) -> bool:
        """Whether the texts may not be changed now."""
        return self.draft.locked

    @cached_property
    def changes(self) -> list[Change]:
        """What differs from the disk, in the order of reading."""
        places = {leaf.id: place for place, leaf in enumerate(self.found.leaves)}
        last = len(places)
        found = changes_of(self.found.rows)
        return sorted(found, key=lambda change: places.get(change.file.id, last))

    @property
    def removed(self) -> list[DraftFile]:
        """Files taken out that may be brought back."""
        return self.found.removed

    @property
    def errors(self) -> list[Problem]:
        """What keeps the draft from being handed in and published."""
        return [problem for problem in self.loaded.problems if problem.severity == "error"]

    @property
    def remarks(self) -> list[Problem]:
        """What is worth a look."""
        return [problem for problem in self.loaded.problems if problem.severity != "error"]

    @cached_property
    def _marks(self) -> dict[int, str]:
        return {change.file.id: change.kind for change in self.changes}

    @cached_property
    def _wrong(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for problem in self.errors:
            name = problem.file.partition("/")[2]
            counts[name] = counts.get(name, 0) + 1
        return counts

    def mark(self, leaf: Leaf) -> str:
        """How a file differs from the disk: new, edited, moved or ""."""
        return self._marks.get(leaf.id, "")

    def wrong(self, leaf: Leaf) -> int:
        """How many errors a file has."""
        return self._wrong.get(leaf.name, 0)

    def file_of(self, problem: Problem) -> Leaf | None:
        """The file that a problem is in, or None."""
        name = problem.file.partition("/")[2]
        return next((leaf for leaf in self.found.leaves if leaf.name == name), None)

    @property
    def step(self) -> Literal["mend", "settle", "submit", "wait", "publish"]:
        """What has to be done next."""
        if self.state == "approved":
            return "publish"
        if self.state == "submitted":
            return "wait"
        if self.clashes:
            return "settle"
        return "mend" if self.errors else "submit"
