"""A device marks practice as the server does: the script beside the grading, many answers."""

import json
import random
import subprocess
from pathlib import Path

from flask import Flask
from playwright._impl._driver import compute_driver_executable

from app.content.grading import grade
from app.content.library import Library
from app.content.models import Question, QuestionKind
from app.lessons.practice import answer_given
from app.sync.worker import SOURCES
from tests.shipped import COURSES, RENDERED

TYPED = (
    *("113", " 1 1 3 ", "1.000", "1,5", "1.5", "2 triệu", "10k", "-3", "", "  ", "mười", "0"),
    *("Hòa", "hoà", "HOÀ", "“Hoa”", "đường dây nóng", "duong day nong", "1900.1234", "1900 1234"),
    *("10 ± 2", "1e3", "ty", "5 ty", "x" * 300),
)
SCRIPT = """
import { readFileSync } from 'node:fs';
import { markAnswer } from %s;
const asked = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(asked.map(({ key, given }) => markAnswer(key, given))));
"""


def practice() -> list[Question]:
    """Every practice question of the shipped courses, and those of their tests."""
    steps = [step for course in Library(COURSES, RENDERED).courses() for step in course.steps]
    return [question for step in steps for question in step.questions]


def tries(question: Question, chance: random.Random) -> list[list[str]]:
    """Answers to a question: right, half right, wrong, none, and what nobody would send."""
    ids = [option.id for option in question.options]
    if question.kind in (QuestionKind.SHORT, QuestionKind.NUMBER):
        return [[text] for text in (*question.right, *chance.sample(TYPED, 6))] + [[]]
    rows = len(question.left) or len(ids)
    some = [chance.choices([*ids, "", "unknown"], k=chance.randint(1, rows + 1)) for _ in range(6)]
    return [list(question.right), [], chance.sample(ids, len(ids)), *some]


def test_the_device_and_the_server_give_the_same_points(app: Flask, tmp_path: Path) -> None:
    chance = random.Random(20261124)
    asked = [(question, given) for question in practice() for given in tries(question, chance)]
    assert len(asked) > 500
    told = [{"key": _key(question), "given": given} for question, given in asked]
    marked = _marked_by_the_script(told, tmp_path)
    for (question, given), points in zip(asked, marked, strict=True):
        wanted = grade(question, given).points if answer_given(question, given) else None
        same = points == wanted if None in (points, wanted) else abs(points - wanted) < 1e-9
        assert same, (question.id, question.right, given, points, wanted)


def _key(question: Question) -> dict[str, object]:
    return {
        "kind": question.kind,
        "right": question.right,
        "options": [option.id for option in question.options],
        "tolerance": question.tolerance or 0,
    }


def _marked_by_the_script(told: list[dict[str, object]], folder: Path) -> list[float | None]:
    # the engine that drives the browser in other tests
    node, _ = compute_driver_executable()
    script = folder / "mark.mjs"
    copy = folder / "marking.mjs"
    copy.write_text((SOURCES / "marking.js").read_text())
    script.write_text(SCRIPT % json.dumps(str(copy)))
    done = subprocess.run(
        [node, str(script)], input=json.dumps(told), capture_output=True, text=True, check=True
    )
    marked: list[float | None] = json.loads(done.stdout)
    return marked
