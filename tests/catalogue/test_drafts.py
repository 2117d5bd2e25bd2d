"""A draft does not exist for learners; an edited course is served at once."""

import pytest

from app.content.shelf import shelf


@pytest.mark.parametrize("url", ["/courses/ban-thao", "/courses/ban-thao/mot"])
def test_a_draft_is_not_found(library, as_trainer, client, url):
    assert client.get(url).status_code == 404
    assert as_trainer.get(url).status_code == 404


def test_a_draft_is_not_listed(library, client):
    assert "ban-thao" not in client.get("/courses").text
    assert "ban-thao" not in client.get("/?nhom=nguoi-dan").text


def test_an_edited_title_reaches_the_pages_without_a_restart(library, client):
    client.get("/?nhom=nguoi-dan")
    file = library / "thu-nghiem" / "course.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Khóa học thử nghiệm", "Khóa học đã sửa"), encoding="utf-8")
    shelf.library.refresh()
    assert "Khóa học đã sửa" in client.get("/?nhom=nguoi-dan").text
    assert "Khóa học đã sửa" in client.get("/courses/thu-nghiem").text
