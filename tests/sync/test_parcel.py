"""A course to take home: whole, for nobody in particular, with no right answer of a test."""

import gzip
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.config import ROOT
from app.content.shelf import shelf
from tests.acts import post
from tests.proof_reader import proof_read
from tests.sync.device import profile

ADDRESS = "/sync/courses/thu-nghiem/parcel"
SUMMARY = "/sync/courses/thu-nghiem"


def fetched(client: FlaskClient, address: str = ADDRESS) -> dict[str, Any]:
    """The parcel as a browser reads it."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    parcel: dict[str, Any] = json.loads(gzip.decompress(answer.data))
    return parcel


def test_every_page_of_the_course_is_in_it(client: FlaskClient) -> None:
    assert list(fetched(client)["pages"]) == [
        "/courses/thu-nghiem",
        "/courses/thu-nghiem/mot",
        "/courses/thu-nghiem/hai",
        "/courses/thu-nghiem/ba",
        "/courses/thu-nghiem/kiem-tra/test",
    ]


def test_its_pages_are_well_made(client: FlaskClient) -> None:
    parcel = fetched(client)
    for page in parcel["pages"].values():
        proof_read(page.encode())
    assert parcel["headers"]["Content-Security-Policy"].startswith("default-src 'none'")


def test_every_stylesheet_and_script_of_its_pages_comes_along(client: FlaskClient) -> None:
    parcel = fetched(client)
    used = {
        address
        for page in parcel["pages"].values()
        for address in re.findall(r'(?:href|src|content)="(/static/[^"]+\.(?:css|js))"', page)
    }
    assert used <= set(parcel["assets"])
    for address in parcel["assets"]:
        assert client.get(address).status_code == 200


def test_it_is_the_same_bytes_for_everybody(
    app: Flask, client: FlaskClient, as_learner: FlaskClient, as_admin: FlaskClient, learner: Person
) -> None:
    post(as_learner, "/courses/thu-nghiem/mot/completion")
    nobodys = client.get(ADDRESS).data
    assert as_learner.get(ADDRESS).data == as_admin.get(ADDRESS).data == nobodys
    for personal in (learner.full_name, "Hoa", profile(app, learner)):
        assert personal.encode() not in nobodys
    assert set(re.findall(rb'name=\\"csrf_token\\" value=\\"([^"\\]*)', nobodys)) == {b""}
    assert not re.search(rb'op_id\\?" value=\\?"[0-9a-f]', nobodys)


def test_what_was_said_to_a_learner_is_not_taken_along(as_learner: FlaskClient) -> None:
    with as_learner.session_transaction() as session:
        session["_flashes"] = [("done", "Chúc mừng bà Hoa")]
    assert "Chúc mừng" not in as_learner.get(ADDRESS).text
    assert "Chúc mừng" in as_learner.get("/learn").text


def test_no_right_answer_of_a_test_is_in_it(client: FlaskClient) -> None:
    told = client.get(ADDRESS).get_data(as_text=True)
    course = shelf.course("thu-nghiem")
    assert course
    for question in course.steps[-1].questions:
        assert question.id not in re.findall(r"[\w-]+", told)
        for option in question.options:
            assert option.id not in told
    assert "Giải thích riêng" not in told


def test_a_practice_question_can_be_marked(client: FlaskClient) -> None:
    key = fetched(client)["key"]
    assert sorted(key) == ["hai/tap-2", "mot/tap-1"]
    assert key["hai/tap-2"]["right"] == ["113"]
    assert "Công an là 113" in key["hai/tap-2"]["verdicts"]["right"]
    assert "Đúng rồi" in key["hai/tap-2"]["verdicts"]["right"]
    assert "Chưa đúng" in key["hai/tap-2"]["verdicts"]["wrong"]


def test_its_size_is_told_first(client: FlaskClient) -> None:
    summary = client.get(SUMMARY).json
    answer = client.get(summary["address"], headers={"Accept-Encoding": "gzip"})
    assert summary["pages_size"] == len(answer.data)
    assert summary["pages_raw"] == len(gzip.decompress(answer.data))
    assert summary["size"] >= summary["pages_size"]


def test_pictures_are_listed_with_size_and_content(
    client: FlaskClient, edited_courses: Path
) -> None:
    folder = edited_courses / "thu-nghiem"
    picture = next((ROOT / "courses").rglob("*.svg"))
    shutil.copy(picture, folder / "hinh.svg")
    lesson = folder / "01-phan-mot" / "01-mot.md"
    lesson.write_text(lesson.read_text().replace("Đọc", "![Một hình](../hinh.svg)\n\nĐọc", 1))
    shelf.library.refresh()
    parcel = fetched(client)
    [file] = parcel["files"]
    assert file["size"] == picture.stat().st_size
    assert file["url"].startswith("/courses/thu-nghiem/media/hinh.svg?v=")
    assert len(client.get(file["url"]).data) == file["size"]
    assert client.get(SUMMARY).json["size"] == client.get(SUMMARY).json["pages_size"] + file["size"]


def test_a_new_version_is_another_parcel(client: FlaskClient, edited_courses: Path) -> None:
    before = client.get(SUMMARY)
    same = client.get(SUMMARY, headers={"If-None-Match": before.headers["ETag"]})
    assert same.status_code == 304
    lesson = edited_courses / "thu-nghiem" / "01-phan-mot" / "01-mot.md"
    lesson.write_text(lesson.read_text().replace("chậm", "rất chậm"))
    shelf.library.refresh()
    assert client.get(SUMMARY).json["tag"] != before.json["tag"]
    assert "rất chậm" in fetched(client)["pages"]["/courses/thu-nghiem/mot"]


@pytest.mark.parametrize("address", [SUMMARY, ADDRESS, f"{SUMMARY}/mine"])
def test_missing(as_learner: FlaskClient, address: str) -> None:
    assert as_learner.get(address.replace("thu-nghiem", "khong-co")).status_code == 404


@pytest.mark.parametrize("address", [SUMMARY, ADDRESS, f"{SUMMARY}/mine"])
def test_a_wrong_method(as_learner: FlaskClient, address: str) -> None:
    assert as_learner.put(address).status_code == 405


def test_what_a_device_has_to_know_of_a_learner(
    app: Flask, as_learner: FlaskClient, client: FlaskClient, learner: Person
) -> None:
    post(as_learner, "/courses/thu-nghiem/hai/completion")
    mine = as_learner.get(f"{SUMMARY}/mine")
    assert mine.json == {
        "profile": profile(app, learner),
        "name": "Hoa",
        "helper": "",
        "enrolled": True,
        "done": ["hai"],
    }
    assert mine.headers["Cache-Control"] == "no-store"
    assert client.get(f"{SUMMARY}/mine").status_code == 302


def test_it_speaks_the_language_of_whoever_takes_it(client: FlaskClient) -> None:
    client.set_cookie("display", "language:en")
    assert fetched(client)["language"] == "en"
    assert 'lang="en"' in fetched(client)["pages"]["/courses/thu-nghiem"]
