"""Beginning to write a step that learners read now."""

from pathlib import Path

from app.accounts.signed_in import SignedIn
from app.authoring import draft_queries as queries
from app.authoring.actions.drafts import begin_draft
from app.authoring.actions.whole import whole
from app.authoring.arrangement import arranged
from app.authoring.problems import NotThere
from app.lib.messages import message


@whole
def begin_writing(op_id: str, person: SignedIn, slug: str, step_slug: str, courses: Path) -> int:
    """Open the draft of a course unless one is open; returns the file of the step in it.

    Raises NotThere when the open draft has no such step any more, and StudioProblem.
    """
    begin_draft(op_id, person, slug, courses)
    draft = queries.open_draft(slug)
    lessons = arranged(queries.files(draft)).lessons if draft else []
    for leaf in lessons:
        if leaf.slug == step_slug:
            return leaf.id
    raise NotThere(message("Bài này không còn trong bản nháp."))
