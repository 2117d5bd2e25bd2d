import pytest

from app.lib.paging import Page, offset, page_number


def test_a_middle_page_has_both_neighbours():
    page = Page(items=list(range(20)), number=2, size=20, total=95)
    assert (page.pages, page.has_previous, page.has_next) == (5, True, True)
    assert (page.first, page.last) == (21, 40)


def test_the_last_page_is_shorter():
    page = Page(items=list(range(15)), number=5, size=20, total=95)
    assert (page.has_previous, page.has_next) == (True, False)
    assert (page.first, page.last) == (81, 95)


def test_an_empty_list_has_one_page():
    page = Page(items=[], number=1, size=20, total=0)
    assert (page.pages, page.has_previous, page.has_next) == (1, False, False)
    assert (page.first, page.last) == (0, 0)


def test_a_full_last_page_is_the_last():
    assert not Page(items=["x"] * 20, number=2, size=20, total=40).has_next


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        (" 3 ", 3),
        (None, 1),
        ("", 1),
        ("0", 1),
        ("-3", 1),
        ("ba", 1),
        ("٣", 1),
        ("3.5", 1),
        ("999999999", 1_000_000),
        ("9" * 400, 1),
    ],
)
def test_whatever_the_address_says_gives_a_page(text, number):
    assert page_number(text) == number


def test_the_first_page_skips_nothing():
    assert offset(1, 20) == 0
    assert offset(3, 20) == 40
