"""From a draft to the course that learners get: handed in, reviewed by another, published."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.accounts import operations
from app.accounts.signed_in import SignedIn
from app.authoring import draft_queries as queries
from app.authoring.actions.drafts import note, take_from_disk, writable
from app.authoring.actions.whole import whole
from app.authoring.arrangement import arranged
from app.authoring.front_lines import value, with_words
from app.authoring.meeting import Clash, clashes_of
from app.authoring.models import Draft, DraftState, DraftVerb
from app.authoring.on_disk import read_disk
from app.authoring.problems import Locked, NotThere, StudioProblem
from app.authoring.putting_out import DiskChanged, mend, put_out, take_over_hidden
from app.authoring.working_copy import Contents, lay_out
from app.content.adoption import workshop
from app.content.loader import load_course
from app.content.outline import COURSE_FILE
from app.content.programme import Programme
from app.content.source import digests_of
from app.extensions import db
from app.lib import clock
from app.lib.messages import message
from app.units.queries import today


@dataclass(frozen=True)
class Place:
    """Where courses lie, and the programme that they are checked against."""

    courses: Path
    programme: Programme


@whole
def submit(op_id: str, person: SignedIn, slug: str, words: str, place: Place) -> None:
    """Hand a draft in for review. Raises StudioProblem while it has errors or clashes."""
    if operations.begin(op_id, person.id, "submit_draft", [slug, words]):
        return
    draft = writable(slug)
    _refuse_clashes(take_from_disk(draft, place.courses))
    db.session.flush()
    _refuse_taken_names(draft, place.courses)
    _refuse_nothing(draft, place.courses)
    _refuse_set_aside(draft)
    with tempfile.TemporaryDirectory(prefix="nhap-") as room:
        made = lay_out(queries.contents(draft), place.courses, Path(room))
        _refuse_faults(made, place)
    draft.state, draft.submitted_by = DraftState.SUBMITTED, person.id
    note(draft, person, DraftVerb.SUBMITTED, words)


@whole
def withdraw(op_id: str, person: SignedIn, slug: str) -> None:
    """Take a draft back that waits, to write on."""
    if operations.begin(op_id, person.id, "withdraw_draft", [slug]):
        return
    draft = _waiting(slug, DraftState.SUBMITTED, DraftState.APPROVED)
    draft.state, draft.submitted_by = DraftState.EDITING, None
    note(draft, person, DraftVerb.WITHDRAWN)


@whole
def review(op_id: str, person: SignedIn, slug: str, approved: bool, words: str) -> None:
    """Approve a draft that others wrote and handed in, or send it back with a comment."""
    if operations.begin(op_id, person.id, "review_draft", [slug, approved, words]):
        return
    draft = _waiting(slug, DraftState.SUBMITTED)
    if not may_review(person, draft):
        raise StudioProblem(message("Người soạn và người gửi không tự duyệt bài của mình."))
    if not approved and not words:
        raise StudioProblem(message("Hãy ghi cần sửa gì trước khi gửi trả."))
    draft.state = DraftState.APPROVED if approved else DraftState.EDITING
    if not approved:
        draft.submitted_by = None
    note(draft, person, DraftVerb.APPROVED if approved else DraftVerb.RETURNED, words)


def may_review(person: SignedIn, draft: Draft) -> bool:
    """Whether somebody may judge a draft that was handed in: not who wrote in it, nor who handed
    it in, as long as there is somebody else; by the roles that are held now."""
    if draft.state != DraftState.SUBMITTED or not queries.sees_all(person):
        return False
    writers = queries.writers(draft)
    if person.id not in writers:
        return True
    everybody = queries.reviewers()
    if everybody - writers:
        return False
    return person.id != draft.submitted_by or everybody == {person.id}


@whole
def publish(op_id: str, person: SignedIn, slug: str, place: Place) -> None:
    """Put an approved draft on disk, where learners get it, whole or not at all.

    Raises StudioProblem when the files on disk were changed beside it or have errors together.
    What a crash left on disk but not in the tables is found there, and closed.
    """
    if operations.begin(op_id, person.id, "publish_draft", [slug]):
        return
    draft = _waiting(slug, DraftState.APPROVED)
    if not queries.sees_all(person):
        raise NotThere(message("Bản soạn này đã đóng: đã công bố hoặc đã bỏ."))
    _put_on_disk(draft, place)
    note(draft, person, DraftVerb.PUBLISHED)
    draft.closed_at, draft.outcome = clock.now(), "published"


def _waiting(slug: str, *states: DraftState) -> Draft:
    draft = queries.open_draft(slug, to_write=True)
    if draft is None:
        raise NotThere(message("Bản soạn này đã đóng: đã công bố hoặc đã bỏ."))
    if draft.state not in states:
        raise Locked(message("Bản soạn không còn ở bước này. Hãy tải lại trang."))
    return draft


def _put_on_disk(draft: Draft, place: Place) -> None:
    target = place.courses / draft.course_slug
    if target.is_symlink():
        raise StudioProblem(
            message("Thư mục khóa này là một liên kết. Hãy công bố bằng tệp trên máy chủ.")
        )
    mend(place.courses)
    # before anything is compared, so that what is saved there from now on is noticed
    expected = digests_of(target) if target.is_dir() else {}
    with workshop(place.courses) as room:
        made = lay_out(as_published(draft, place.courses), place.courses, room)
        if digests_of(made) == expected:
            return
        _refuse_clashes(clashes_of(queries.files(draft), read_disk(target)))
        _refuse_taken_names(draft, place.courses)
        _refuse_faults(made, place)
        if expected:
            take_over_hidden(target, made)
        try:
            put_out(made, target, expected)
        except DiskChanged as change:
            raise StudioProblem(
                message("Tệp trên máy chủ vừa đổi trong lúc công bố. Hãy thử lại.")
            ) from change


def as_published(draft: Draft, courses: Path) -> Contents:
    """What the draft changes, with the word in course.md that lets learners see it."""
    contents = queries.contents(draft)
    course = arranged(queries.files(draft)).course
    disk = read_disk(courses / draft.course_slug).get(COURSE_FILE)
    text = contents.texts.get(COURSE_FILE) or (disk.text if disk else "")
    if course is None or not text or value(text, "status") == "published":
        return contents
    return contents.with_text(COURSE_FILE, with_words(text, "status", "published"))


def _refuse_clashes(found: list[Clash]) -> None:
    if found:
        raise StudioProblem(
            message(
                "Có %(count)s tệp đã đổi trên máy chủ cùng lúc với bản soạn. Hãy ghép trước.",
                count=len(found),
            )
        )


def _refuse_taken_names(draft: Draft, courses: Path) -> None:
    rows = queries.files(draft)
    bases = {row.base_name for row in rows}
    disk = read_disk(courses / draft.course_slug).keys()
    for row in rows:
        if not row.removed and row.name in disk and row.name not in bases:
            raise StudioProblem(
                message("Trên máy chủ đã có tệp %(name)s. Hãy đổi tên bài ấy.", name=row.name)
            )


def _refuse_nothing(draft: Draft, courses: Path) -> None:
    contents = queries.contents(draft)
    disk = read_disk(courses / draft.course_slug).get(COURSE_FILE)
    served = disk is not None and value(disk.text, "status") == "published"
    if served and not (contents.texts or contents.left_out or contents.pictures):
        raise StudioProblem(message("Bản soạn chưa khác gì khóa đang phục vụ."))


def _refuse_set_aside(draft: Draft) -> None:
    count = len(queries.set_aside(draft))
    if count:
        raise StudioProblem(
            message(
                "Có %(count)s bài còn bản để riêng chưa ghép. Hãy mở bài ấy, so hai bản rồi chọn.",
                count=count,
            )
        )


def _refuse_faults(folder: Path, place: Place) -> None:
    loaded = load_course(folder, place.programme, today())
    if loaded.course is None:
        count = sum(problem.severity == "error" for problem in loaded.problems)
        raise StudioProblem(
            message("Khóa học còn %(count)s lỗi. Hãy sửa hết rồi gửi lại.", count=count)
        )
