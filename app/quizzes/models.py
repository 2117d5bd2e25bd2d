"""Tables of tests: an attempt with its frozen paper, and its graded answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.content.models import Question
from app.db import UTCDateTime
from app.extensions import Base
from app.lib import clock


class Attempt(Base):
    """One go at a test. `paper` is frozen at the start and decides the grade for ever (rule 6).

    `paper`: the drawn questions, right answers included, never sent to a browser as it is;
    `answers`: {question id: [option ids or texts]}; `percent` and `passed` once submitted.
    `acted_at`: when an answer was saved last while the learner was at it; `times`: {question id:
    [shown, first answered]} as ISO moments, until they go to the graded answers.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("pass_percent BETWEEN 1 AND 100", name="pass_percent"),
        CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint(
            "(submitted_at IS NULL) = (percent IS NULL)"
            " AND (submitted_at IS NULL) = (passed IS NULL)",
            name="graded_when_submitted",
        ),
        Index(
            "uq_attempt_open",
            "person_id",
            "course_slug",
            "step_slug",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        Index("ix_attempt_history", "person_id", "course_slug", "step_slug", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_slug: Mapped[str] = mapped_column(String(80))
    step_slug: Mapped[str] = mapped_column(String(80))
    # the result page stands even when the course is gone
    course_title: Mapped[str] = mapped_column(Text)
    step_title: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(String(12))
    paper: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    pass_percent: Mapped[int]
    answers: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    percent: Mapped[int | None]
    passed: Mapped[bool | None]
    op_id: Mapped[str] = mapped_column(String(40), unique=True)
    acted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    times: Mapped[dict[str, list[str]] | None] = mapped_column(JSON(none_as_null=True))

    @property
    def is_open(self) -> bool:
        """Whether answers may still be given."""
        return self.submitted_at is None

    @property
    def questions(self) -> list[Question]:
        """The whole paper in its order, with right answers: for grading, not for open pages."""
        return [Question.model_validate(item) for item in self.paper]

    def question(self, number: int) -> Question | None:
        """Question `number` of the paper, counted from 1, with right answers; None beyond it."""
        if not 1 <= number <= len(self.paper):
            return None
        return Question.model_validate(self.paper[number - 1])

    def answer(self, question_id: str) -> list[str]:
        """What was answered so far; an empty list when nothing was."""
        return self.answers.get(question_id, [])


class AttemptAnswer(Base):
    """The graded answer to one question of a submitted attempt; `points` 0..1.

    `shown_at` and `answered_at`: by the server's clock, when the question came up and when it was
    first answered. The page itself writes nothing: a question comes up with the act before it,
    the start or the last saving. Both None for what was answered without a network or by leaps.
    """

    __tablename__ = "attempt_answer"
    __table_args__ = (
        CheckConstraint("points >= 0 AND points <= 1", name="points"),
        Index("ix_attempt_answer_newest", "course_slug", "attempt_id"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    # place in the paper, from 1
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(String(80))
    course_slug: Mapped[str] = mapped_column(String(80))
    skill: Mapped[str | None] = mapped_column(String(20))
    points: Mapped[float]
    right: Mapped[bool]
    chosen: Mapped[list[str]] = mapped_column(JSON)
    shown_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
