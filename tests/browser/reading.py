"""Readers and what they look for, for the tests of the player."""

from playwright.sync_api import Page

from app.accounts.models import Person
from app.content.models import Course
from app.content.shelf import shelf
from app.extensions import db
from app.learning.actions import enrol
from app.lib.ids import operation_id
from tests.browser.cast import ELDERS, HOME
from tests.browser.site import Site, Who

FIRST = f"/courses/{ELDERS}/bat-tat-sac-pin"


def course_of(slug: str) -> Course:
    """A course of the shelf."""
    course = shelf.library.course(slug)
    assert course
    return course


def new_learner(site: Site) -> Who:
    """Somebody who has just taken the elders' course."""
    who = site.person("Nguyễn Thị Nghe", home=HOME, group="nguoi-cao-tuoi")
    with site.app.app_context():
        enrol(db.session.get_one(Person, who.id), course_of(ELDERS), operation_id())
        db.session.commit()
    return who


def until(page: Page, fact: str) -> None:
    """Wait until this is true on the page, which lets no text be evaluated as a script."""
    for _ in range(200):
        if page.evaluate(fact):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {fact}")
