"""What a device needs to mark practice questions by itself: right answers and ready verdicts."""

from typing import Any

from flask import render_template

from app.content.grading import Grade, grade
from app.content.models import Course, Question, Step, StepKind
from app.lessons.sheet import again

_POINTS = {"right": 1.0, "partly": 0.5, "wrong": 0.0}


def practice_key(course: Course) -> dict[str, dict[str, Any]]:
    """By "<step>/<question id>": how to mark an answer, and the words for each outcome."""
    return {
        f"{step.slug}/{question.id}": _entry(course, step, question)
        for step in course.steps
        if step.kind is StepKind.LESSON
        for question in step.questions
    }


def _entry(course: Course, step: Step, question: Question) -> dict[str, Any]:
    right_html = grade(question, []).right_html
    marks = {name: Grade(points, points == 1, (), right_html) for name, points in _POINTS.items()}
    return {
        "kind": question.kind,
        "right": question.right,
        "options": [option.id for option in question.options],
        "rows": len(question.left),
        "tolerance": question.tolerance or 0,
        "verdicts": {name: _verdict(course, step, question, mark) for name, mark in marks.items()},
        "nothing": _verdict(course, step, question, None),
    }


def _verdict(course: Course, step: Step, question: Question, mark: Grade | None) -> str:
    return render_template(
        "lessons/verdict.html",
        question=question,
        grade=mark,
        again=again(course, step, question),
    ).strip()
