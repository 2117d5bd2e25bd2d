"""Saving the text of a file: once, over the text it was made from, and never over another."""

from dataclasses import dataclass
from datetime import datetime

from app.accounts import operations
from app.accounts.signed_in import SignedIn
from app.authoring import draft_queries as queries
from app.authoring.actions.drafts import put, writable
from app.authoring.actions.whole import whole
from app.authoring.merging import Merge, merge
from app.authoring.models import DraftFile, Revision
from app.authoring.problems import NotThere
from app.extensions import db
from app.lib import clock
from app.lib.hashing import digest
from app.lib.messages import message

SAVED, ASIDE = "saved", "aside"


@dataclass(frozen=True)
class Typed:
    """A text as somebody sent it. `base`: the revision it was made from; `merges`: the text set
    aside that went into it, 0 for none."""

    text: str
    base: int
    merges: int = 0


@dataclass(frozen=True)
class Saved:
    """The text stands. `revision`: its number; `changed`: False when it stood before."""

    revision: int
    at: datetime
    changed: bool = True


@dataclass(frozen=True)
class Conflict:
    """Another text was saved meanwhile, by `writer` (None: it came from the disk). `aside`: the
    number of the text that was set aside."""

    aside: int
    revision: int
    writer: str | None
    writer_id: int | None
    at: datetime
    ancestor: str
    mine: str
    theirs: str

    @property
    def merge(self) -> Merge:
        """Both texts against the one they were made from."""
        return merge(self.ancestor, self.mine, self.theirs)


@whole
def save_text(
    op_id: str, person: SignedIn, slug: str, file_id: int, typed: Typed
) -> Saved | Conflict:
    """Save a text made from revision `typed.base`; over a newer one it is set aside instead.

    Raises Locked and NotThere; then the operation id is free again.
    """
    content = [slug, file_id, typed.base, typed.merges, digest(typed.text)]
    replay = operations.begin(op_id, person.id, "save_text", content)
    if replay:
        return _again(replay.outcome, file_id)
    file = _file(slug, file_id)
    _mark_merged(file, typed.merges)
    if file.text == typed.text:
        outcome: Saved | Conflict = Saved(file.revision, clock.now(), changed=False)
    elif file.revision == typed.base:
        put(file, typed.text, person.id)
        outcome = Saved(file.revision, clock.now())
    else:
        outcome = conflict(file, _put_aside(file, typed, person))
    done = (SAVED, outcome.revision) if isinstance(outcome, Saved) else (ASIDE, outcome.aside)
    operations.conclude(op_id, f"{done[0]} {done[1]}")
    return outcome


@whole
def restore(op_id: str, person: SignedIn, slug: str, file_id: int, revision_id: int) -> None:
    """Make a text of the file's history the present one. Raises Locked and NotThere."""
    if operations.begin(op_id, person.id, "restore_text", [slug, file_id, revision_id]):
        return
    file = _file(slug, file_id)
    line = queries.revision(file, slug, revision_id)
    if line is None:
        raise NotThere(message("Không có bản lưu này."))
    _mark_merged(file, revision_id)
    if file.text != line.revision.text:
        put(file, line.revision.text, person.id)


def conflict(file: DraftFile, aside: Revision) -> Conflict:
    """A text that was set aside against the one that stands now."""
    line = queries.latest(file)
    return Conflict(
        aside.id,
        file.revision,
        line.writer if line else None,
        line.revision.person_id if line else None,
        line.revision.at if line else clock.now(),
        queries.text_of(file.id, aside.base_number),
        aside.text,
        file.text,
    )


def _file(slug: str, file_id: int) -> DraftFile:
    file = queries.file(writable(slug), file_id)
    if file is None:
        raise NotThere(message("Bài này không còn trong bản nháp."))
    return file


def _again(outcome: str, file_id: int) -> Saved | Conflict:
    verb, number = outcome.split()
    aside = db.session.get(Revision, int(number)) if verb == ASIDE else None
    file = db.session.get(DraftFile, file_id)
    if aside is not None and file is not None:
        return conflict(file, aside)
    return Saved(int(number), clock.now())


def _put_aside(file: DraftFile, typed: Typed, person: SignedIn) -> Revision:
    aside = Revision(file_id=file.id, base_number=typed.base, person_id=person.id, text=typed.text)
    db.session.add(aside)
    db.session.flush()
    return aside


def _mark_merged(file: DraftFile, revision_id: int) -> None:
    aside = db.session.get(Revision, revision_id) if revision_id else None
    if aside is not None and aside.file_id == file.id and aside.aside and not aside.merged_at:
        aside.merged_at = clock.now()
