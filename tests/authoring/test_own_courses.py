"""Trainers see the courses they write; who holds the role for the province sees all."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.authoring.models import CourseEditor
from app.extensions import db
from tests.acts import post
from tests.authoring.acts import COURSE, DRAFT, begin, file_of, said
from tests.authoring.test_import import upload, zipped
from tests.cast import SignIn

pytestmark = pytest.mark.usefixtures("course_files")


@pytest.fixture
def as_village(sign_in: SignIn, village_trainer: Person) -> FlaskClient:
    """The browser of who writes only the draft course."""
    db.session.add(CourseEditor(course_slug="nhap", person_id=village_trainer.id))
    db.session.commit()
    return sign_in(village_trainer)


def test_only_ones_own_are_listed(as_village: FlaskClient) -> None:
    page = said(as_village, "/studio")
    assert 'href="/studio/nhap"' in page
    assert "thu-nghiem" not in page


def test_the_province_sees_all(as_trainer: FlaskClient, as_admin: FlaskClient) -> None:
    for browser in (as_trainer, as_admin):
        page = said(browser, "/studio")
        assert 'href="/studio/nhap"' in page and 'href="/studio/thu-nghiem"' in page


def test_who_writes_none_is_told_how_to_begin(sign_in: SignIn, village_trainer: Person) -> None:
    page = said(sign_in(village_trainer), "/studio")
    assert "Chưa có khóa học nào" in page and 'href="/studio/new"' in page


@pytest.mark.parametrize("page", ["", "/questions", "/preview/mot", "/editors", "/draft"])
def test_courses_of_others_do_not_exist(as_village: FlaskClient, page: str) -> None:
    assert as_village.get(f"/studio/nhap{page}").status_code in (200, 302)
    assert as_village.get(f"{COURSE}{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "/discard", "/review", "/disk", "/{id}/place", "/{id}"])
def test_nor_do_their_drafts(as_village: FlaskClient, as_trainer: FlaskClient, page: str) -> None:
    begin(as_trainer)
    address = DRAFT + page.format(id=file_of("course.md").id)
    assert as_trainer.get(address).status_code == 200
    assert as_village.get(address).status_code == 404


@pytest.mark.parametrize(
    "verb",
    [
        "",
        "/modules",
        "/steps",
        "/submission",
        "/withdrawal",
        "/review",
        "/publication",
        "/discard",
        "/disk",
        "/{id}/name",
        "/{id}/move",
        "/{id}/remove",
        "/{id}/return",
        "/{id}/disk",
    ],
)
def test_nor_may_anything_be_done(
    as_village: FlaskClient, as_trainer: FlaskClient, verb: str
) -> None:
    begin(as_trainer)
    address = DRAFT + verb.format(id=file_of("course.md").id)
    assert post(as_village, address, title="X", words="").status_code == 404


def test_a_course_made_elsewhere_belongs_to_who_brought_it(
    as_trainer: FlaskClient, sign_in: SignIn, village_trainer: Person, course_files: Path
) -> None:
    browser = sign_in(village_trainer)
    data = zipped(mot="# Một\n\nChữ").getvalue()
    assert post(browser, "/studio/import", file=upload(data)).status_code == 200
    assert 'href="/studio/doi-song"' in said(browser, "/studio")


def test_bringing_in_what_is_there_gives_no_right_to_it(
    as_trainer: FlaskClient, sign_in: SignIn, village_trainer: Person
) -> None:
    data = zipped(mot="# Một\n\nChữ").getvalue()
    assert post(as_trainer, "/studio/import", file=upload(data)).status_code == 200
    browser = sign_in(village_trainer)
    assert post(browser, "/studio/import", file=upload(data)).status_code == 200
    assert browser.get("/studio/doi-song").status_code == 404
