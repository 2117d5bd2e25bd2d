"""What a reader left in a lesson, for the script of its page."""

import pytest

from app.lib.ids import operation_id
from tests.acts import post

LESSON = "/courses/thu-nghiem/mot"
URL = f"{LESSON}/mine.json"


def test_nothing_yet(as_learner):
    assert as_learner.get(URL).json == {
        "paragraph": None,
        "note": "",
        "noteIds": [],
        "bookmarkIds": [],
        "asks": [],
    }


def test_everything_at_once(as_learner):
    note, bookmark = operation_id(), operation_id()
    post(as_learner, f"{LESSON}/notes", op_id=note, text="ghi")
    post(as_learner, f"{LESSON}/bookmark", op_id=bookmark)
    post(as_learner, f"{LESSON}/place", paragraph=3)
    post(as_learner, f"{LESSON}/asks", text="hỏi")
    told = as_learner.get(URL).json
    assert (told["paragraph"], told["note"]) == (3, "ghi")
    assert (told["noteIds"], told["bookmarkIds"]) == ([note], [bookmark])
    assert [ask["text"] for ask in told["asks"]] == ["hỏi"]
    assert as_learner.queries <= 3


def test_the_page_of_the_lesson_asks_nothing_more_for_it(as_learner):
    post(as_learner, f"{LESSON}/notes", text="ghi")
    page = as_learner.get(LESSON)
    assert f'data-own="{URL}"' in page.text
    assert f'href="{LESSON}/notes"' in page.text
    assert "ghi</textarea>" not in page.text
    as_learner.get(LESSON)
    assert as_learner.queries <= 2


def test_is_never_kept_by_a_browser(as_learner):
    assert as_learner.get(URL).headers["Cache-Control"] == "no-store"


def test_a_visitor_s_page_does_not_ask(client):
    assert "data-own" not in client.get(LESSON).text
    assert client.get(URL).location.startswith("/login")


@pytest.mark.parametrize("slug", ["khong-co/mot", "thu-nghiem/khong-co"])
def test_what_is_not_there_is_not_found(as_learner, slug):
    assert as_learner.get(f"/courses/{slug}/mine.json").status_code == 404


def test_is_only_read(as_learner):
    assert as_learner.post(URL).status_code == 405
