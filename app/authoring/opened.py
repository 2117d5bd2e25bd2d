"""An open draft as its pages name it, for somebody who may write it."""

from dataclasses import dataclass

from app.accounts.signed_in import SignedIn
from app.authoring import draft_queries as queries
from app.authoring.arrangement import Arrangement, Leaf, arranged
from app.authoring.meeting import folders_of
from app.authoring.models import Draft, DraftState


@dataclass(frozen=True)
class OpenDraft:
    """The draft of a course and its files as a course."""

    row: Draft
    parts: Arrangement

    @property
    def slug(self) -> str:
        """The course."""
        return self.row.course_slug

    @property
    def title(self) -> str:
        """What the draft calls the course."""
        return self.parts.course.title if self.parts.course else self.slug

    @property
    def state(self) -> DraftState:
        """Where it stands."""
        return self.row.state

    @property
    def locked(self) -> bool:
        """Whether its texts may not be changed now."""
        return self.row.locked

    @property
    def folders(self) -> dict[str, str]:
        """The folders of modules by what they are called on disk."""
        return folders_of(self.parts.rows)

    def beside(self, leaf: Leaf) -> tuple[Leaf | None, Leaf | None]:
        """The files before and after one in the order of reading; None where there is none."""
        leaves = self.parts.leaves
        if leaf not in leaves:
            return None, None
        at = leaves.index(leaf)
        return leaves[at - 1] if at else None, leaves[at + 1] if at + 1 < len(leaves) else None


def opened(person: SignedIn, slug: str) -> OpenDraft | None:
    """The open draft of a course; None when there is none, or not for this person."""
    row = queries.open_draft(slug) if queries.may_write(person, slug) else None
    return OpenDraft(row, arranged(queries.files(row))) if row else None
