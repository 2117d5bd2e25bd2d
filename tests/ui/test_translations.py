"""Every text of a finished room is marked for translation, and the English says all it says."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import ANY

from babel.messages import Catalog, Message
from jinja2 import Environment, nodes

from app.ui import extraction
from app.units.models import WORKPLACE_KINDS

APP = Path(__file__).resolve().parents[2] / "app"
# whose every text is marked
ROOMS = (
    *("ui", "accounts", "units", "catalogue", "home", "certificates", "quizzes", "lessons"),
    *("field", "sync", "learning", "counts", "staff", "board", "authoring", "ops", "lib"),
    "jobs",
)
MARKS = {"_", "_l", "message", "gettext", "ngettext", "lazy_gettext"}
# the page for developers, where each language is named in its own words, an office's paper
UNMARKED_TEMPLATES = {"ui/components.html", "ui/components/language.html", "staff/list.html"}
# what a helper sends to a learner's phone, which is Vietnamese in every language
UNMARKED_FUNCTIONS = {("field/routes/reminders.py", "_text")}
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
TAG = re.compile(r"</?\w+|&\w+;")
# how a Vietnamese sentence calls its reader: English says "you"
ADDRESS = {"address", "Address"}


@cache
def source() -> Catalog:
    """All texts of the source; read once."""
    return extraction.source()


@cache
def marked() -> tuple[Message, ...]:
    """The texts that are marked in finished rooms."""
    return tuple(message for message in source() if message.id and _of_a_room(message))


def _of_a_room(message: Message) -> bool:
    files = [file for file, _ in message.locations]
    return any(file.split("/")[1] in (*ROOMS, "programme.yaml") for file in files)


def _texts(words: Any) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, tuple | list) else (words,)


def _pairs() -> Iterator[tuple[str, str]]:
    """(text, its English); of what is counted only the form for many: "one" may stand for 1."""
    known = extraction.english()
    for message in marked():
        translation = known.get(message.id)
        if translation and translation.string:
            yield _texts(message.id)[-1], _texts(translation.string)[-1]


def _filled_in(text: str) -> set[str]:
    return {name or other for name, other in PLACEHOLDER.findall(text)}


def test_everything_is_said_in_english() -> None:
    known = extraction.english()
    translations = {message.id: known.get(message.id) for message in marked()}
    missing = [
        text
        for text, found in translations.items()
        if not (found and found.string and all(_texts(found.string)))
    ]
    assert missing == []


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    asked = {message.id for message in source()}
    known = {message.id for message in extraction.english() if message.id}
    assert known - asked == set()


def test_english_keeps_what_is_filled_in_and_the_tags() -> None:
    wrong = [
        said
        for text, said in _pairs()
        if not _filled_in(text) - ADDRESS <= _filled_in(said) <= _filled_in(text)
        or Counter(TAG.findall(text)) != Counter(TAG.findall(said))
    ]
    assert wrong == []


def test_a_text_and_its_english_can_be_filled_in() -> None:
    for text in (text for pair in _pairs() for text in pair):
        if "%(" in text:
            assert text % dict.fromkeys(_filled_in(text), 1)


def test_no_bare_text_in_templates() -> None:
    folders = [APP / room / "templates" for room in ROOMS]
    files = [(folder, file) for folder in folders for file in sorted(folder.rglob("*.html"))]
    bare = {str(file.relative_to(folder)): _bare_in_template(file) for folder, file in files}
    assert {name: found for name, found in bare.items() if found} == dict.fromkeys(
        UNMARKED_TEMPLATES & bare.keys(), ANY
    )


def _bare_in_template(file: Path) -> list[str]:
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(file.read_text("utf-8"))
    for call in list(tree.find_all(nodes.Call)):
        if isinstance(call.node, nodes.Name) and call.node.name in MARKS:
            call.args = []
    for part in list(tree.find_all((nodes.Block, nodes.Compare))):
        # a class of the body, and what is looked for in the words of a course
        if isinstance(part, nodes.Compare) or part.name == "body_class":
            _empty(part)
    shown = "".join(data.data for data in tree.find_all(nodes.TemplateData))
    words = re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>|&\w+;", " ", shown))
    attributes = [tag for tag in re.findall(r"<[^>]*>", shown) if VIETNAMESE.search(tag)]
    constants = [word.value for word in tree.find_all(nodes.Const) if _vietnamese(word.value)]
    return words + attributes + constants


def _empty(part: nodes.Block | nodes.Compare) -> None:
    if isinstance(part, nodes.Block):
        part.body = []
    else:
        part.expr, part.ops = nodes.Const(None), []


def _vietnamese(value: object) -> bool:
    return isinstance(value, str) and bool(VIETNAMESE.search(value))


def test_no_bare_text_in_routes_and_forms() -> None:
    files = sorted(file for room in ROOMS for file in (APP / room).rglob("*.py"))
    speaking = [file for file in files if {"routes", "forms"} & {file.stem, file.parent.name}]
    bare = {str(file.relative_to(APP)): _bare_in_python(file) for file in speaking}
    assert {name: found for name, found in bare.items() if found} == {}


def _bare_in_python(file: Path) -> list[str]:
    tree = ast.parse(file.read_text("utf-8"))
    unspoken = {id(words) for node in ast.walk(tree) for words in _unspoken(node)}
    unspoken |= {id(words) for words in _of_unmarked_functions(file, tree)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and id(node) not in unspoken
        and _vietnamese(node.value)
        and node.value not in WORKPLACE_KINDS
    ]


def _of_unmarked_functions(file: Path, tree: ast.Module) -> Iterator[ast.AST]:
    name = str(file.relative_to(APP))
    for part in tree.body:
        if isinstance(part, ast.FunctionDef) and (name, part.name) in UNMARKED_FUNCTIONS:
            yield from ast.walk(part)


def _unspoken(node: ast.AST) -> Iterator[ast.AST]:
    """The constants in marked texts, in docstrings, and in what is written to the audit."""
    if isinstance(node, ast.Expr):
        yield node.value
    called = node.func if isinstance(node, ast.Call) else None
    marked_text = isinstance(called, ast.Name) and called.id in MARKS
    audited = isinstance(called, ast.Attribute) and called.attr == "record"
    if marked_text or audited:
        yield from ast.walk(node)
