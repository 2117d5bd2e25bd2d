"""Instructions for one kind of phone."""

import pytest

from app.content.shelf import shelf

LESSON = """---
title: Hai loại máy
minutes: 5
---
Làm theo máy của mình.

/// device | android
1. Mở **Cài đặt**.
///

/// device | iphone
1. Mở **Cài đặt chung**.
///
"""
URL = "/courses/thu-nghiem/hai-may"


@pytest.fixture(autouse=True)
def _lesson(app, settings, tmp_path):
    """A lesson with two variants; the shelf goes back afterwards."""
    folder = tmp_path / "courses" / "thu-nghiem"
    for file in (settings.courses / "thu-nghiem").rglob("*.md"):
        copy = folder / file.relative_to(settings.courses / "thu-nghiem")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    (folder.parent / "programme.yaml").write_bytes(
        (settings.courses / "programme.yaml").read_bytes()
    )
    (folder / "02-phan-hai" / "02-hai-may.md").write_text(LESSON, encoding="utf-8")
    shelf.open(folder.parent, None, 0)
    yield
    shelf.open(settings.courses, settings.instance / "cache", 0)


def test_both_are_shown_at_first(client):
    page = client.get(URL)
    assert "dùng máy nào?" in page.text
    assert "data-show" not in page.text


def test_one_may_be_chosen_and_is_remembered(client):
    assert 'data-show="iphone"' in client.get(f"{URL}?may=iphone").text
    assert 'data-show="iphone"' in client.get(URL).text


def test_both_again_when_asked(client):
    client.get(f"{URL}?may=iphone")
    client.get(f"{URL}?may=ca-hai")
    assert "data-show" not in client.get(URL).text


def test_anything_else_is_ignored(client):
    page = client.get(f"{URL}?may=%22x")
    assert "data-show" not in page.text
    assert "Set-Cookie" not in page.headers


def test_a_lesson_without_variants_does_not_ask(client):
    assert "dùng máy nào?" not in client.get("/courses/thu-nghiem/mot").text
