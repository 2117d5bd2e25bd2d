"""Opening a draft of a course, giving it up, and bringing it up to what lies on disk."""

from dataclasses import dataclass
from pathlib import Path

from app.accounts import audit, operations
from app.accounts.signed_in import SignedIn
from app.authoring import draft_queries as queries
from app.authoring.actions.whole import whole
from app.authoring.meeting import Clash, News, clashes_of, news_of
from app.authoring.models import Draft, DraftEvent, DraftFile, DraftState, DraftVerb, Revision
from app.authoring.on_disk import DiskFile, read_disk
from app.authoring.problems import Locked, NotThere, StudioProblem
from app.content.source import SLUG
from app.db import insert_once
from app.extensions import db
from app.lib import clock
from app.lib.hashing import digest
from app.lib.messages import message

MOST_FILES = 1_000


@whole
def begin_draft(op_id: str, person: SignedIn, slug: str, courses: Path) -> None:
    """Open the draft of a course on disk; when one is open already, that one stays."""
    if operations.begin(op_id, person.id, "begin_draft", [slug]):
        return
    disk = read_disk(courses / slug) if SLUG.match(slug) else {}
    if not disk:
        raise StudioProblem(message("Khóa này chưa có tệp nào đọc được để sửa."))
    if len(disk) > MOST_FILES:
        raise StudioProblem(
            message(
                "Khóa có hơn %(most)s tệp, quá lớn để sửa ở đây. Hãy sửa tệp trên máy chủ.",
                most=MOST_FILES,
            )
        )
    draft = new_draft(person, slug)
    if draft is not None:
        for name, found in disk.items():
            add_file(draft, name, found.text, None, found)


def new_draft(person: SignedIn, slug: str) -> Draft | None:
    """An empty open draft; None when there was one."""
    values = {"state": DraftState.EDITING, "opened_by": person.id, "opened_at": clock.now()}
    if not insert_once(Draft, course_slug=slug, outcome="", **values):
        return None
    draft = queries.open_draft(slug, to_write=True)
    if draft is not None:
        note(draft, person, DraftVerb.OPENED)
    return draft


@whole
def discard(op_id: str, person: SignedIn, slug: str, courses: Path) -> None:
    """Close a draft without publishing it; its texts stay in the tables. Of a course that was
    never on disk nothing is left to be written by anybody."""
    if operations.begin(op_id, person.id, "discard_draft", [slug]):
        return
    draft = writable(slug)
    if not (courses / slug).exists():
        for editor, _ in queries.editors(slug):
            db.session.delete(editor)
    note(draft, person, DraftVerb.DISCARDED)
    draft.closed_at, draft.outcome = clock.now(), "discarded"


def writable(slug: str) -> Draft:
    """The open draft of a course, held until the act is done. Raises NotThere and Locked."""
    draft = queries.open_draft(slug, to_write=True)
    if draft is None:
        raise NotThere(message("Bản soạn này đã đóng: đã công bố hoặc đã bỏ."))
    if draft.locked:
        raise Locked(message("Bản soạn đang chờ duyệt nên chưa sửa được. Hãy rút lại để sửa."))
    return draft


def note(draft: Draft, person: SignedIn, verb: DraftVerb, words: str = "") -> None:
    """Note an act on a draft, in its own list and in the audit."""
    db.session.add(DraftEvent(draft_id=draft.id, person_id=person.id, verb=verb, note=words))
    audit.record(person.id, f"draft_{verb}", f"course {draft.course_slug}", words)


def add_file(
    draft: Draft, name: str, text: str, person: SignedIn | None, disk: DiskFile | None = None
) -> DraftFile:
    """A file in a draft with its first text; `disk`: the file on disk that it is."""
    file = DraftFile(
        draft_id=draft.id,
        name=name,
        base_name=disk.name if disk else "",
        base_digest=disk.digest if disk else "",
        base_text=disk.text if disk else "",
        text=text,
        revision=0,
        removed=False,
    )
    db.session.add(file)
    db.session.flush()
    keep(file, person.id if person else None)
    return file


def put(file: DraftFile, text: str, person_id: int | None) -> None:
    """Make a text the present one of its file, as a revision of its own."""
    file.text, file.revision = text, file.revision + 1
    keep(file, person_id)


def keep(file: DraftFile, person_id: int | None) -> None:
    """Keep the present text of a file in its history."""
    db.session.add(
        Revision(file_id=file.id, number=file.revision, person_id=person_id, text=file.text)
    )


@whole
def catch_up(op_id: str, person: SignedIn, slug: str, courses: Path) -> list[Clash]:
    """Take into the draft what changed on disk alone; returns what clashes and stays as it is."""
    if operations.begin(op_id, person.id, "catch_up", [slug]):
        return []
    return take_from_disk(writable(slug), courses)


def take_from_disk(draft: Draft, courses: Path) -> list[Clash]:
    """Bring every file that nobody changed in the draft up to the disk; returns what clashes."""
    rows, disk = queries.files(draft), read_disk(courses / draft.course_slug)
    found = clashes_of(rows, disk)
    for news in news_of(rows, disk):
        _take(draft, news)
    return found


def _take(draft: Draft, news: News) -> None:
    row, disk = news.file, news.disk
    if row is None and disk is not None:
        add_file(draft, news.name, disk.text, None, disk)
    elif row is not None and disk is not None:
        if row.text != disk.text:
            put(row, disk.text, None)
        rest_on(row, disk)
    elif row is not None:
        row.removed = True
        rest_on(row, None)


def rest_on(row: DraftFile, disk: DiskFile | None) -> None:
    """From now on the file's beginning is what lies on disk now."""
    row.base_name = disk.name if disk else ""
    row.base_digest = disk.digest if disk else ""
    row.base_text = disk.text if disk else ""


@dataclass(frozen=True)
class Choice:
    """What somebody decided on a clash. `seen`: the digest of the file on disk they looked at,
    "" when it was gone; `base`: the revision of the draft's text they looked at; `remove`: the
    file goes, else `text` stands."""

    seen: str
    base: int
    text: str = ""
    remove: bool = False


@whole
def settle(
    op_id: str, person: SignedIn, slug: str, file_id: int, choice: Choice, courses: Path
) -> None:
    """Say what becomes of a file that was changed here and on disk.

    Raises StudioProblem when either was changed once more since they were seen.
    """
    content = [slug, file_id, choice.seen, choice.base, digest(choice.text), choice.remove]
    if operations.begin(op_id, person.id, "settle_clash", content):
        return
    rows = queries.files(writable(slug))
    row = next((found for found in rows if found.id == file_id), None)
    if row is None:
        raise NotThere(message("Tệp này không còn trong bản soạn."))
    disk = read_disk(courses / slug).get(row.base_name or row.name)
    if (disk.digest if disk else "") != choice.seen or row.revision != choice.base:
        raise StudioProblem(message("Tệp này vừa đổi lần nữa. Hãy xem lại rồi chọn."))
    names = {other.name for other in rows if not other.removed and other is not row}
    if not choice.remove and row.name in names:
        raise StudioProblem(message("Trong bản soạn đã có tệp khác tên %(name)s.", name=row.name))
    rest_on(row, disk)
    row.removed = choice.remove
    if not choice.remove and row.text != choice.text:
        put(row, choice.text, person.id)
