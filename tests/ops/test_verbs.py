"""Every verb that any room records has words: found by reading the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.authoring.models import DraftVerb
from app.ops import words
from app.ops.sensitive_views import SENSITIVE_VIEWS
from app.units.operation_models import Kind

APP = Path(__file__).resolve().parents[2] / "app"
# what stands between the fixed parts of a verb, by the source of that part
FILLED = {
    "change_{kind}": ("pin", "password"),
    "set_{kind}": ("pin", "password"),
    "draft_{verb}": tuple(DraftVerb),
    "{plan.kind}_units": tuple(Kind),
}
# a variable: the function that has it as a parameter is called with these
PASSED = {"verb": ("backup", "restore", "grant", "hand_role_on")}


def recorded() -> Iterator[tuple[str, str]]:
    """(place, source of the verb) of every call of audit.record in the app."""
    for file in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("audit.record"):
                given = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "verb")]
                yield f"{file.relative_to(APP)}:{node.lineno}", ast.unparse(given[0])


def possible(source: str) -> list[str]:
    """The verbs that an expression may give; a new kind of expression fails here."""
    node = ast.parse(source, mode="eval").body
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return possible(ast.unparse(node.body)) + possible(ast.unparse(node.orelse))
    if isinstance(node, ast.Name):
        return list(PASSED[node.id])
    assert isinstance(node, ast.JoinedStr), source
    pattern = "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
        for part in node.values
        if isinstance(part, ast.Constant | ast.FormattedValue)
    )
    return [re.sub(r"\{.*\}", str(value), pattern) for value in FILLED[pattern]]


CALLS = list(recorded())


def test_the_source_is_found() -> None:
    assert len(CALLS) > 40
    assert {verb for _, source in CALLS for verb in possible(source)} >= {"award", "grade", "grant"}


@pytest.mark.parametrize(("place", "source"), CALLS)
def test_every_verb_has_words(place: str, source: str) -> None:
    assert [verb for verb in possible(source) if verb not in words.VERBS] == []


def test_no_words_stand_for_a_verb_that_nobody_records() -> None:
    used = {verb for _, source in CALLS for verb in possible(source)}
    assert sorted(set(words.VERBS) - used) == []


def test_every_page_that_is_noted_has_words() -> None:
    assert set(words.PAGES) == set(SENSITIVE_VIEWS)
