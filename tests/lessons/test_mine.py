"""What a reader left in a lesson, for the script of its page."""

from datetime import timedelta

import pytest

from app.accounts.actions import grant_role
from app.accounts.company import KEY
from app.accounts.field_session import FieldSession
from app.accounts.models import Role
from app.accounts.profiles import profile
from app.extensions import db
from app.lessons.actions import save_note
from app.lessons.models import Mark, ReadingPlace
from app.lessons.queries import MOST_MARKS
from app.lib import clock
from app.lib.ids import operation_id
from tests.acts import post

LESSON = "/courses/thu-nghiem/mot"
URL = f"{LESSON}/mine.json"


def test_nothing_yet(as_learner, learner):
    assert as_learner.get(URL).json == {
        "profile": profile(learner.id),
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
    assert 'data-own="' not in client.get(LESSON).text
    assert client.get(URL).location.startswith("/login")


@pytest.mark.parametrize("slug", ["khong-co/mot", "thu-nghiem/khong-co"])
def test_what_is_not_there_is_not_found(as_learner, slug):
    assert as_learner.get(f"/courses/{slug}/mine.json").status_code == 404


def test_is_only_read(as_learner):
    assert as_learner.post(URL).status_code == 405


@pytest.fixture
def together(sign_in, stranger, learner, commune):
    """A helper's browser in which the learner studies."""
    grant_role(None, stranger, Role.HELPER, commune.id)
    session = FieldSession(
        helper_id=stranger.id, learner_id=learner.id, unit_id=commune.id, place="Nhà", agreed="pin"
    )
    db.session.add(session)
    db.session.commit()
    browser = sign_in(stranger)
    with browser.session_transaction() as kept:
        kept[KEY] = session.id
    return browser


def test_while_a_helper_looks_on_notes_stay_shut(together, learner, course):
    save_note(learner, course, course.step("mot"), "chỉ của bà Hoa", operation_id())
    db.session.commit()
    post(together, f"{LESSON}/place", paragraph=4)
    told = together.get(URL).json
    assert (told["paragraph"], told["note"], told["noteIds"]) == (4, None, [])
    assert 'class="own-way" hidden' in together.get(LESSON).text
    for address in (f"{LESSON}/notes", "/learn/notes"):
        assert "chỉ của bà Hoa" not in together.get(address, follow_redirects=True).text
    assert "Sổ tay của tôi" not in together.get("/learn").text


def test_the_newest_marks_are_told_oldest_first(as_learner, learner):
    place = {"person_id": learner.id, "course_slug": "thu-nghiem", "step_slug": "mot"}
    for n in range(MOST_MARKS + 1):
        at = clock.now() + timedelta(seconds=n)
        db.session.add(Mark(**place, op_id=f"{n:032}", kind="note", text=str(n), marked_at=at))
    for slug in ("mot", "mot-cu"):
        db.session.add(ReadingPlace(**place | {"step_slug": slug}, paragraph=1, read_at=at))
    db.session.commit()
    told = as_learner.get(URL).json["noteIds"]
    assert told == [f"{n:032}" for n in range(1, MOST_MARKS + 1)]
