"""One text against another, line by line."""

from hypothesis import given
from hypothesis import strategies as st

from app.authoring.differences import Line, differences, is_changed

TEXTS = st.lists(st.sampled_from("abcd"), max_size=40).map("\n".join)


def test_alike() -> None:
    assert not is_changed(differences("a\nb\n", "a\nb\n"))
    assert not is_changed(differences("a\nb", "a\nb\n"))


def test_a_line_taken_out_and_one_put_in() -> None:
    assert differences("a\nb\nc", "a\nx\nc") == [
        Line("same", 1, 1, "a"),
        Line("removed", 2, None, "b"),
        Line("added", None, 2, "x"),
        Line("same", 3, 3, "c"),
    ]


def test_far_from_a_change_lines_are_left_out() -> None:
    before = "\n".join(f"dòng {n}" for n in range(1, 21))
    found = differences(before, before.replace("dòng 10", "dòng mười"))
    assert [line.text for line in found if line.kind == "skipped"] == ["6", "7"]
    assert [line.old for line in found if line.kind == "same"] == [7, 8, 9, 11, 12, 13]


def test_one_line_is_not_worth_leaving_out() -> None:
    assert all(line.kind != "skipped" for line in differences("1\n2\n3\n4\nx", "1\n2\n3\n4\ny"))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off(before: str, after: str) -> None:
    found = differences(before, after)
    old = {line.old: line.text for line in found if line.old}
    new = {line.new: line.text for line in found if line.new}
    for shown, text in ((old, before), (new, after)):
        lines = text.rstrip("\n").split("\n")
        assert all(lines[number - 1] == words for number, words in shown.items())
    left_out = sum(int(line.text) for line in found if line.kind == "skipped")
    assert len(old) + left_out == len(before.rstrip("\n").split("\n"))
    assert is_changed(found) == (before.rstrip("\n") != after.rstrip("\n"))


def test_a_long_monotonous_text_takes_no_age() -> None:
    before = "\n".join(["a", *[""] * 50_000, "b"])
    assert is_changed(differences(before, before.replace("b", "c") + "\n\nd"))
