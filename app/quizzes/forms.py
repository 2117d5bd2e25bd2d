"""The forms of a test: an answer to one question, with the button that sent it."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField

from app.content.models import Question
from app.quizzes.answers import BadAnswer, read_answer
from app.ui.forms import Form
from app.ui.i18n import said


class AnswerForm(Form):
    """An answer to one question; `answer` is readable once `validate` said yes.

    `go`: where to go on: "next", "review", or the number of a question.
    """

    go = HiddenField(default="next")

    def __init__(self, question: Question, values: Sequence[str]) -> None:
        super().__init__()
        self.question = question
        self.values = list(values)
        self.answer: list[str] = []

    def validate(self, extra_validators: Any = None) -> bool:
        """Also read the answer strictly; what is wrong with it stands in `form_errors`."""
        right: bool = super().validate(extra_validators)
        try:
            self.answer = read_answer(self.question, self.values)
        except BadAnswer as problem:
            self.form_errors.append(said(problem))
            return False
        return right
