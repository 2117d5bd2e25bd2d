"""A lesson as one group, or on one kind of machine."""

from hypothesis import given
from hypothesis import strategies as st

from app.authoring.seen_as import seen_as


def passage(kind: str, value: str, inside: str = "") -> str:
    """A variant as lessons hold it."""
    return f'<section class="{kind}" data-{kind}="{value}"><p>{value}</p>{inside}</section>'


ONE, OTHER = passage("for", "mot"), passage("for", "hai")


def test_nothing_chosen_shows_all() -> None:
    assert seen_as(f"<p>a</p>{ONE}\n{OTHER}") == f"<p>a</p>{ONE}\n{OTHER}"


def test_ones_own_of_several() -> None:
    assert seen_as(f"<p>a</p>{ONE}\n{OTHER}<p>b</p>", group="hai") == f"<p>a</p>\n{OTHER}<p>b</p>"


def test_a_single_one_for_others_goes() -> None:
    assert seen_as(f"a{ONE}b", group="hai") == "ab"


def test_several_that_are_all_for_others_stay_to_choose_from() -> None:
    assert seen_as(f"{ONE}{OTHER}", group="ba") == f"{ONE}{OTHER}"


def test_what_stands_between_parts_them() -> None:
    assert seen_as(f"{ONE}<p>a</p>{OTHER}", group="hai") == f"<p>a</p>{OTHER}"


def test_machines_and_groups_are_chosen_apart() -> None:
    android = passage("device", "android")
    assert seen_as(f"{ONE}a{android}", group="mot", device="iphone") == f"{ONE}a"


def test_one_inside_another() -> None:
    inside = passage("for", "mot", passage("device", "android") + passage("device", "iphone"))
    kept = passage("for", "mot", passage("device", "iphone"))
    assert seen_as(inside, group="mot", device="iphone") == kept
    assert seen_as(f"a{inside}b", group="hai", device="iphone") == "ab"


def test_other_sections_are_let_alone() -> None:
    html = '<section class="walk"><ol><li>Một</li></ol></section>'
    assert seen_as(html, "mot", "android") == html


@given(st.lists(st.sampled_from([ONE, OTHER, "<p>x</p>", "<section>", "</section>", "\n"])))
def test_words_for_everybody_never_go(parts: list[str]) -> None:
    balanced = [part for part in parts if part not in ("<section>", "</section>")]
    html = "".join(balanced)
    assert seen_as(html, "mot").count("<p>x</p>") == html.count("<p>x</p>")
    assert seen_as("".join(parts)) == "".join(parts)
