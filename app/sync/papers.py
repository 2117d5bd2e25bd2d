"""A test paper as a device carries it: blind (rule 11), ready to be shown."""

from typing import Any

from flask import render_template

from app.content.drawing import blind
from app.quizzes.models import Attempt


def carried(attempt: Attempt) -> dict[str, Any]:
    """The paper of an open attempt as JSON: each question as HTML without a word of its answer.

    `given`: what was answered so far, by question id, as a form posts it.
    """
    return {
        "attempt": attempt.id,
        "course": attempt.course_slug,
        "step": attempt.step_slug,
        "version": attempt.version,
        "title": attempt.step_title,
        "pass_percent": attempt.pass_percent,
        "questions": [
            {
                "id": question.id,
                "html": render_template("sync/paper_question.html", question=blind(question)),
            }
            for question in attempt.questions
        ],
        "given": attempt.answers,
    }
