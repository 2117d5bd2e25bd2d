"""Front matter: text stays text, lines are known, and nothing an author types breaks the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content import frontmatter
from app.content.problems import Findings
from app.content.schemas import CourseFront, TestFront
from app.content.strict_yaml import YamlProblem, read_yaml


@pytest.mark.parametrize("text", ["no", "12:30", "0912", "1e3", "null", "~", "2026-11-23", "yes"])
def test_values_stay_as_they_were_written(text: str) -> None:
    assert read_yaml(f"title: {text}").value == {"title": text}


def test_every_part_has_its_line() -> None:
    document = read_yaml("a: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n", first_line=2)
    assert document.value == {"a": "1", "b": ["x", {"c": "2", "d": "3"}]}
    assert [document.line(path) for path in [("a",), ("b", 0), ("b", 1, "d")]] == [2, 4, 6]
    assert document.line(("b", 1, "khong-co")) == 5
    assert document.line(()) == 2


def test_a_key_without_value_counts_as_not_written() -> None:
    findings = Findings("x")
    document = frontmatter.parse("title: T\nkind: test\nminutes: 5\npass: 80\nwait:\n", findings)
    assert document is not None
    front = frontmatter.validate(document, TestFront, findings)
    assert front is not None
    assert front.wait == 0
    assert findings.found == []


def test_an_empty_text_is_an_empty_mapping() -> None:
    assert read_yaml("").value == {}
    assert read_yaml("# chỉ có lời\n").value == {}


def test_deep_nesting_is_refused_before_it_grows() -> None:
    with pytest.raises(YamlProblem, match="lồng quá sâu"):
        read_yaml("a: " + "[" * 100_000)


YAML = st.text(alphabet="ab:-[]{}#&*!|>'\"%@, \n\t\0é", max_size=80)


@given(st.one_of(YAML, st.text(max_size=40)))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    findings = Findings("x")
    document = frontmatter.parse(text, findings)
    if document is not None:
        frontmatter.validate(document, CourseFront, findings)
    assert findings.found
    assert all(problem.line >= 1 and problem.mend for problem in findings.found)


KEYS = st.sampled_from(["title", "minutes", "pass", "draw", "kind", "wait", "attempts", "checked"])
VALUES = st.sampled_from(["5", "-1", "1e400", "{K1: x}", "[1]", "{a: {b: c}}", "test", "9" * 400])


@given(st.dictionaries(KEYS, VALUES))
def test_any_values_are_taken_or_refused_in_words(values: dict[str, str]) -> None:
    findings = Findings("x")
    text = "".join(f"{key}: {value}\n" for key, value in values.items())
    document = frontmatter.parse(text, findings)
    assert document is not None
    assert (frontmatter.validate(document, TestFront, findings) is None) == bool(findings.found)
