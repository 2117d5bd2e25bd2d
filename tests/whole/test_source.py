"""What only the source itself can show: used templates, sizes, a README that names everything."""

import ast
import re
from pathlib import Path

import click
import pytest
from flask import Flask

from app.accounts.models import Role
from app.config import Settings
from app.content.checker import check
from app.ops.demo.cast import CAST

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 300
MOST_FUNCTION_LINES = 40


def python_files() -> list[Path]:
    """The app's and the tests' own Python files."""
    return [*(ROOT / "app").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]


def test_no_file_is_past_300_lines() -> None:
    sizes = {str(f.relative_to(ROOT)): len(f.read_text().splitlines()) for f in python_files()}
    assert {name: n for name, n in sizes.items() if n > MOST_LINES} == {}


def test_no_function_is_long() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.name} {node.end_lineno - node.lineno + 1}"
        for file in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_FUNCTION_LINES
    ]
    assert found == []


# a request ends in one place; commands, jobs and the search's own thread have no request
COMMITS = {"ui/transaction.py", "jobs/worker.py", "catalogue/indexer.py"}


def test_requests_commit_in_one_place() -> None:
    places = {
        str(file.relative_to(ROOT / "app"))
        for file in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    }
    commands = {place for place in places if "cli" in Path(place).with_suffix("").parts}
    assert places - commands == COMMITS


def test_no_file_knows_the_request_and_the_database() -> None:
    both = []
    for file in (ROOT / "app").rglob("*.py"):
        named = _names_imported(file)
        if named & {"flask.request", "flask.session", "flask.render_template"} and named & {
            "app.extensions.db",
            "sqlalchemy.select",
            "sqlalchemy.text",
        }:
            both.append(str(file.relative_to(ROOT / "app")))
    # where requests and the database meet: the commit, and the faults of both
    assert sorted(both) == ["ui/errors.py", "ui/transaction.py"]


def _names_imported(file: Path) -> set[str]:
    return {
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_one_file_alone_knows_all_rooms() -> None:
    signs = [*(ROOT / "app").glob("*/__init__.py")]
    rooms = {sign.parent.name for sign in signs if "def init_app" in sign.read_text()}
    files = [*(ROOT / "app").rglob("*.py"), ROOT / "wsgi.py"]
    knows = {str(file.relative_to(ROOT)): _rooms_named(file) for file in files}
    assert [name for name, named in knows.items() if named >= rooms] == ["app/__init__.py"]


def _rooms_named(file: Path) -> set[str]:
    named = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            if parts == ["app"]:
                named |= {alias.name for alias in node.names}
            elif parts[0] == "app":
                named.add(parts[1])
    return named


def test_every_template_is_used() -> None:
    folders = list((ROOT / "app").glob("*/templates"))
    named = "\n".join(
        file.read_text() for pattern in ("*.py", "*.html") for file in (ROOT / "app").rglob(pattern)
    )
    templates = {
        str(file.relative_to(folder)) for folder in folders for file in folder.rglob("*.html")
    }
    # error pages are named by their status
    unused = {t for t in templates if t not in named and not re.fullmatch(r"ui/errors/\d+.html", t)}
    unused = {t for t in unused if Path(t).stem not in named}
    assert unused == set()


def test_readme_names_every_setting() -> None:
    readme = (ROOT / "README.md").read_text()
    missing = [n for n in Settings.model_fields if f"`BDHVS_{n.upper()}`" not in readme]
    assert missing == []
    invented = {
        name for name in re.findall(r"`BDHVS_([A-Z_]+)`", readme)
        if name.lower() not in Settings.model_fields
    }  # fmt: skip
    assert invented <= {"TEST_DATABASE"}


def test_readme_names_every_command(app: Flask) -> None:
    readme = (ROOT / "README.md").read_text()
    foreign = {"run", "shell", "routes", "db"}
    missing = [
        name
        for name in _commands(app.cli)
        if name.split()[0] not in foreign and f"`{name}" not in readme
    ]
    assert missing == []


def test_readme_says_who_signs_in_how() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [member.login for member in CAST if member.login not in readme] == []
    assert {member.secret for member in CAST} <= set(re.findall(r"[\w-]+", readme))
    assert {member.role for member in CAST if member.role} == set(Role)


def _commands(group: click.Group, prefix: str = "") -> list[str]:
    names = []
    for name, command in group.commands.items():
        path = f"{prefix}{name}"
        names += _commands(command, f"{path} ") if isinstance(command, click.Group) else [path]
    return names


def test_readme_names_every_make_target() -> None:
    readme = (ROOT / "README.md").read_text()
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert [target for target in targets if f"`make {target}`" not in readme] == []


@pytest.mark.parametrize("course", ["c4-nguoi-dan", "c5-nguoi-cao-tuoi"])
def test_the_shipped_courses_have_no_problem(course: str) -> None:
    problems = check(ROOT / "courses" / course)
    assert [problem for problem in problems if problem.severity == "error"] == []
