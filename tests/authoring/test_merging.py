"""Two texts that grew out of one: nothing that either wrote is lost."""

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.authoring.merging import Merge, merge

LINES = st.lists(st.sampled_from(["a", "b", "c", "", "d e", "\u2028f", "g\x0ch"]), max_size=12)
TEXTS = st.builds(lambda lines, end: "\n".join(lines) + end, LINES, st.sampled_from(["", "\n"]))
BASE = "Một\nHai\nBa\nBốn\nNăm\n"


def kinds(found: Merge) -> list[str]:
    """What kind each run is of."""
    return [chunk.kind for chunk in found.chunks]


def ended(text: str) -> str:
    """A text whose last line has its end."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def test_nobody_wrote() -> None:
    assert kinds(merge(BASE, BASE, BASE)) == ["same"]
    assert merge(BASE, BASE, BASE).text == BASE
    assert merge("", "", "").text == ""


def test_changes_in_different_places_come_together() -> None:
    found = merge(BASE, BASE.replace("Một", "MỘT"), BASE.replace("Năm", "NĂM\nSáu"))
    assert found.text == "MỘT\nHai\nBa\nBốn\nNĂM\nSáu\n"
    assert found.conflicts == 0
    assert kinds(found) == ["mine", "same", "theirs"]


def test_the_same_change_is_one() -> None:
    found = merge(BASE, BASE.replace("Ba", "BA"), BASE.replace("Ba", "BA"))
    assert found.text == BASE.replace("Ba", "BA") and found.conflicts == 0


def test_two_changes_of_one_line_both_stay() -> None:
    found = merge(BASE, BASE.replace("Ba", "Ba của tôi"), BASE.replace("Ba", "Ba của chị"))
    assert found.text == "Một\nHai\nBa của tôi\nBa của chị\nBốn\nNăm\n"
    assert found.conflicts == 1


def test_a_last_line_without_end_does_not_run_into_the_next() -> None:
    found = merge("x\n", "x", "x\ny\n")
    assert found.text == "x\ny\n"
    assert "c của tôi\nc của chị" in merge("a\nb", "a\nb\nc của tôi", "a\nb\nc của chị").text


@pytest.mark.parametrize("gone", ["mine", "theirs"])
def test_what_one_took_out_and_the_other_let_alone_goes(gone: str) -> None:
    shorter = BASE.replace("Ba\n", "")
    found = merge(BASE, *((shorter, BASE) if gone == "mine" else (BASE, shorter)))
    assert found.text == shorter


def test_what_one_took_out_and_the_other_changed_stays() -> None:
    found = merge(BASE, BASE.replace("Ba\n", ""), BASE.replace("Ba", "Ba dài hơn"))
    assert "Ba dài hơn\n" in found.text and found.conflicts == 1


@given(TEXTS, TEXTS, TEXTS)
@example("x\n", "x", "x\ny\n")
def test_no_line_of_either_is_lost(ancestor: str, mine: str, theirs: str) -> None:
    found = merge(ancestor, mine, theirs)
    merged = Counter(found.text.split("\n"))
    known = set(ancestor.split("\n"))
    for text in (mine, theirs):
        written = Counter(line for line in ended(text).split("\n") if line and line not in known)
        assert written <= merged


@given(TEXTS, TEXTS, TEXTS)
def test_both_are_seen_whole(ancestor: str, mine: str, theirs: str) -> None:
    chunks = merge(ancestor, mine, theirs).chunks
    assert "".join(chunk.mine for chunk in chunks) == ended(mine)
    assert "".join(chunk.theirs for chunk in chunks) == ended(theirs)
    assert "".join(chunk.ancestor for chunk in chunks) == ended(ancestor)


@given(TEXTS, TEXTS)
def test_who_wrote_alone_is_taken_as_they_wrote(ancestor: str, text: str) -> None:
    assert merge(ancestor, text, ancestor).text == ended(text)
    assert merge(ancestor, ancestor, text).text == ended(text)
    assert merge(ancestor, text, text).text == ended(text)
    assert merge(ancestor, text, text).conflicts == 0


def test_a_long_monotonous_text_takes_no_age() -> None:
    text = "\n".join(["a", *[""] * 20_000, "b"])
    found = merge(text, text.replace("a", "A"), text.replace("b", "B"))
    assert found.text.startswith("A\n") and found.text.endswith("B\n")
