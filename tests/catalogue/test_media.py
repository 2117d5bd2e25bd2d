"""Files of a course."""

import pytest

from app.content.shelf import shelf
from app.content.source import tag_of

URL = "/courses/thu-nghiem/media/hinh.svg"


@pytest.fixture(autouse=True)
def _files(library):
    """Each test here has its own copy of the courses."""


def test_a_picture_is_served(client):
    answer = client.get(URL, buffered=True)
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert client.queries == 0


def tag(slug="thu-nghiem"):
    return tag_of(shelf.library.media(slug, "hinh.svg"))


def test_with_its_content_named_it_is_kept_for_ever(client):
    assert "immutable" in client.get(f"{URL}?v={tag()}", buffered=True).headers["Cache-Control"]


def test_an_address_of_old_still_gives_the_picture_of_old(client, library, tmp_path):
    shelf.open(library, tmp_path / "cache", 0)
    now, old = client.get(URL, buffered=True).data, tag()
    shelf.library.media("thu-nghiem", "hinh.svg").write_text("<svg><title>Mới</title></svg>")
    shelf.library.refresh()
    assert tag() != old
    answer = client.get(f"{URL}?v={old}", buffered=True)
    assert answer.data == now
    assert answer.mimetype == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]


def test_with_another_content_named_it_is_asked_for_again(client):
    assert client.get(f"{URL}?v=cu", buffered=True).headers["Cache-Control"] == "no-cache"


def test_unchanged_it_is_not_sent_twice(client):
    etag = client.get(URL, buffered=True).headers["ETag"]
    assert client.get(URL, buffered=True, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", ["khong-co.svg", "course.md", "../programme.yaml", ".an"])
def test_nothing_else_is_served(client, path):
    assert client.get(f"/courses/thu-nghiem/media/{path}").status_code == 404


def test_a_file_of_an_unknown_course_is_not_found(client):
    assert client.get("/courses/khong-co/media/hinh.svg").status_code == 404


def test_a_draft_s_files_are_hidden_from_learners(as_learner, as_hr):
    assert as_learner.get("/courses/ban-thao/media/hinh.svg").status_code == 404
    assert as_hr.get("/courses/ban-thao/media/hinh.svg").status_code == 404


def test_a_draft_s_files_are_shown_to_a_trainer_and_never_kept(as_trainer):
    url = f"/courses/ban-thao/media/hinh.svg?v={tag('ban-thao')}"
    answer = as_trainer.get(url, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_is_only_read(client):
    assert client.post(URL).status_code == 405
