"""A lesson is rendered when its course is taken up, never while somebody waits for a page."""

from typing import NoReturn

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.catalogue.actions import index_course
from app.content import rendering, safe_html, steps
from app.content.loader import load_course
from app.content.markup import CourseMarkdown
from app.content.models import Course
from app.content.programme import Programme
from app.content.render_memory import memory
from app.extensions import db
from app.lib import clock
from app.lib.dates import local_date
from tests.acts import finish_lessons, post
from tests.conftest import COURSES

WRITERS = (
    (steps, "_render"),
    (steps.BodyWriter, "fill"),
    (rendering, "convert"),
    (CourseMarkdown, "convert"),
    (safe_html, "_fit"),
)
LESSON = "/courses/thu-nghiem/mot"
READ = (
    "/",
    "/courses",
    "/courses/thu-nghiem",
    LESSON,
    "/courses/thu-nghiem/hai",
    "/courses/thu-nghiem/kiem-tra/test",
    "/search?q=lua+dao",
    "/search/suggestions?q=lua+da",
)


class RenderedInRequest(Exception):
    """Somebody called the writer."""


@pytest.fixture
def no_writer(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever renders from now on is told off; the course is in the search already."""
    index_course(course)
    db.session.commit()

    def rendered(*_: object, **__: object) -> NoReturn:
        raise RenderedInRequest

    for place, name in WRITERS:
        monkeypatch.setattr(place, name, rendered)


@pytest.mark.usefixtures("no_writer")
def test_pages_are_read_without_the_writer(
    client: FlaskClient, as_learner: FlaskClient, learner: Person, course: Course
) -> None:
    finish_lessons(learner, course)
    for address in READ:
        answers = [as_learner.get(address)]
        answers += [] if address.endswith("/test") else [client.get(address)]
        assert {answer.status_code for answer in answers} == {200}, address
    assert "Khóa học thử nghiệm" in client.get("/search?q=lua+dao").text


@pytest.mark.usefixtures("no_writer")
def test_a_question_is_tried_and_a_test_begun_without_it(as_learner: FlaskClient) -> None:
    started = post(as_learner, "/courses/thu-nghiem/kiem-tra/attempts")
    assert started.status_code == 303
    assert as_learner.get(started.location).status_code == 200


@pytest.mark.usefixtures("no_writer")
def test_taking_a_course_up_does_need_the_writer() -> None:
    """So the two tests above can fail."""
    memory._kept.clear()
    with pytest.raises(RenderedInRequest):
        load_course(COURSES / "thu-nghiem", Programme(), local_date(clock.now()))
