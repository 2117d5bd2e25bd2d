"""Which courses an office sees: those that count for it, and none that tell of health or origin."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.config import Settings
from app.content.shelf import shelf
from app.units.models import Unit
from tests.acts import post
from tests.staff.acts import employ


@pytest.fixture
def _private_course(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """The only course is one for people with disabilities."""
    folder = tmp_path / "courses"
    shutil.copytree(settings.courses, folder)
    page = folder / "thu-nghiem" / "course.md"
    text = page.read_text("utf-8").replace("[nguoi-dan, can-bo]", "[nguoi-khuyet-tat]")
    page.write_text(text, "utf-8")
    shelf.open(folder, None, 0)
    yield
    shelf.open(settings.courses, settings.instance / "cache", 0)


@pytest.mark.usefixtures("_private_course")
def test_a_course_that_tells_of_health_is_no_matter_of_the_office(
    as_hr: FlaskClient, learner: Person, office: Unit
) -> None:
    employ(office, "Trần Văn An")
    assert "Chưa có khóa học nào tính cho đơn vị này" in as_hr.get("/staff").text
    assert "Khóa học thử nghiệm" not in as_hr.get(f"/staff/people/{learner.id}").text
    assert as_hr.get("/staff?course=thu-nghiem").status_code == 404
    assert post(as_hr, "/staff/lists", format="csv").status_code == 400


def test_a_course_that_counts_is_seen(as_hr: FlaskClient, learner: Person) -> None:
    assert "Khóa học thử nghiệm" in as_hr.get(f"/staff/people/{learner.id}").text
