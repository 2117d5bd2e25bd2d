"""Who writes a course."""

from app.accounts import audit, operations
from app.accounts.models import Person
from app.accounts.signed_in import SignedIn, Someone
from app.authoring import draft_queries as queries
from app.authoring.actions.whole import whole
from app.authoring.models import CourseEditor
from app.authoring.problems import StudioProblem
from app.db import insert_once
from app.extensions import db
from app.lib import clock
from app.lib.messages import message


@whole
def add_editor(op_id: str, person: SignedIn, slug: str, editor_id: int) -> None:
    """Let a trainer write a course."""
    if operations.begin(op_id, person.id, "add_editor", [slug, editor_id]):
        return
    if not queries.is_trainer(editor_id):
        raise StudioProblem(message("Hãy chọn một người dạy trong danh sách."))
    let_write(person, slug, editor_id)
    audit.record(person.id, "add_editor", f"course {slug}", f"person {editor_id}")


@whole
def end_editor(op_id: str, person: SignedIn, slug: str, editor_id: int) -> None:
    """Let somebody write a course no more."""
    if operations.begin(op_id, person.id, "end_editor", [slug, editor_id]):
        return
    for editor, _ in queries.editors(slug):
        if editor.person_id == editor_id:
            db.session.delete(editor)
            audit.record(person.id, "end_editor", f"course {slug}", f"person {editor_id}")


def let_write(actor: Someone | Person, slug: str, person_id: int) -> None:
    """Note that somebody writes a course; once is enough."""
    insert_once(
        CourseEditor,
        course_slug=slug,
        person_id=person_id,
        added_by=actor.id,
        added_at=clock.now(),
    )
