"""The table of ASVS 5.0, level 1 and 2: authentication, sessions, authorization.

Each line says whether it is met, and how that is tested or why it is not.
"""

import ast
import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("data") / "asvs.csv"
# the standard itself is not part of the project; where it lies beside it, nothing may be left out
STANDARD = ROOT.parent / "shared" / "facts" / "asvs-5.0.csv"
CHAPTERS = ("V6", "V7", "V8")
NAMED = re.compile(r"(tests/[\w/]+\.py)(?:::(test_\w+))?")
LINES = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


def test_every_line_of_the_standard_is_there_once() -> None:
    ids = [line["id"] for line in LINES]
    assert len(set(ids)) == len(ids)
    assert all(one.split(".")[0] in CHAPTERS for one in ids)
    if STANDARD.exists():
        standard = csv.DictReader(STANDARD.read_text("utf-8").splitlines())
        wanted = {
            line["req_id"]
            for line in standard
            if line["chapter_id"] in CHAPTERS and line["L"] in ("1", "2")
        }
        assert set(ids) == wanted


@pytest.mark.parametrize("line", LINES, ids=[line["id"] for line in LINES])
def test_each_line_says_how_or_why_not(line: dict[str, str]) -> None:
    assert line["state"] in ("met", "not met", "not applicable")
    assert len(line["how"]) > 8
    for file, name in NAMED.findall(line["how"]):
        assert (ROOT / file).is_file(), file
        assert not name or name in names_in(ROOT / file), f"{file}::{name}"


def names_in(file: Path) -> set[str]:
    """The names of the tests in a file."""
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
