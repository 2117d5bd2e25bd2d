"""Instructions for one kind of machine."""

import pytest

from tests.accounts.acts import member, sign_in
from tests.acts import post

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
def _lesson(folder_of_course, reopened):
    """A lesson with two variants."""
    path = folder_of_course / "02-phan-hai" / "02-hai-may.md"
    path.write_text(LESSON, encoding="utf-8")
    reopened()


def test_both_are_shown_at_first(client):
    page = client.get(URL)
    assert "dùng máy nào?" in page.text
    assert "data-show=" not in page.text


def test_one_may_be_chosen_and_is_remembered(client):
    assert 'data-show="iphone"' in client.get(f"{URL}?may=iphone").text
    assert 'data-show="iphone"' in client.get(URL).text


def test_both_again_when_asked(client):
    client.get(f"{URL}?may=iphone")
    client.get(f"{URL}?may=ca-hai")
    assert "data-show=" not in client.get(URL).text


@pytest.mark.parametrize("machine", ["%22x", "may-tinh"])
def test_what_the_lesson_does_not_know_hides_nothing(client, machine):
    assert "data-show=" not in client.get(f"{URL}?may={machine}").text
    assert "data-show=" not in client.get(URL).text


def test_only_the_lesson_s_own_machines_are_offered(client):
    page = client.get(URL)
    assert "?may=iphone" in page.text
    assert "?may=may-tinh" not in page.text


def test_what_is_heard_is_for_the_same_machine(client):
    assert "may=android" in client.get(f"{URL}?may=android").text


def test_a_lesson_without_variants_does_not_ask(client):
    assert "dùng máy nào?" not in client.get("/courses/thu-nghiem/mot").text


def test_the_choice_takes_no_name_off_the_device(client):
    member("Nguyễn Thị Hoa")
    sign_in(client)
    post(client, "/switch")
    client.get(f"{URL}?may=iphone")
    assert "Hoa N." in client.get("/login").text
    assert 'data-show="iphone"' in client.get(URL).text
