"""What trainers do with a whole draft, in one line each."""

from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.actions import add_person, grant_role
from app.accounts.models import Person, Role
from app.authoring.models import Draft, DraftFile
from app.extensions import db
from app.lib import clock
from tests.acts import post, rows

COURSE = "/studio/thu-nghiem"
DRAFT = f"{COURSE}/draft"
LESSON, SECOND, TEST = "01-phan-mot/01-mot.md", "01-phan-mot/02-hai.md", "03-kiem-tra.md"


def begin(browser: FlaskClient, course: str = COURSE) -> None:
    """Open the draft of a course."""
    assert post(browser, f"{course}/draft").status_code == 303


def draft() -> Draft:
    """The newest draft, read anew."""
    found: Draft = rows(Draft)[-1]
    return found


def file_of(name: str) -> DraftFile:
    """The file with this name in the newest draft, read anew."""
    found: DraftFile = rows(DraftFile, name=name, draft_id=draft().id)[-1]
    return found


def names() -> list[str]:
    """The names of the files that the newest draft has now."""
    return sorted(row.name for row in rows(DraftFile, draft_id=draft().id) if not row.removed)


def on_file(browser: FlaskClient, name: str, verb: str, **data: Any) -> TestResponse:
    """Something done with one file of the test course's draft."""
    return post(browser, f"{DRAFT}/{file_of(name).id}/{verb}", **data)


def write(browser: FlaskClient, name: str, text: str) -> None:
    """Save a text over the one that stands in a file of the test course's draft."""
    file = file_of(name)
    answer = post(browser, f"{DRAFT}/{file.id}", text=text, base=file.revision, act="save")
    assert answer.status_code == 303


def rewrite(browser: FlaskClient, name: str, old: str, new: str) -> None:
    """Change some words in a file of the test course's draft."""
    text = file_of(name).text
    assert old in text
    write(browser, name, text.replace(old, new))


def submit(browser: FlaskClient, course: str = COURSE, words: str = "") -> TestResponse:
    """Hand the draft in."""
    return post(browser, f"{course}/draft/submission", words=words)


def approve(browser: FlaskClient, course: str = COURSE) -> None:
    """Find a draft good."""
    answer = post(browser, f"{course}/draft/review", verdict="approve", words="")
    assert answer.status_code == 303


def publish(browser: FlaskClient, course: str = COURSE) -> TestResponse:
    """Put the draft where learners get it."""
    return post(browser, f"{course}/draft/publication")


def through(writer: FlaskClient, reviewer: FlaskClient, course: str = COURSE) -> None:
    """All the way from handing in to publication."""
    assert submit(writer, course).status_code == 303
    approve(reviewer, course)
    assert publish(reviewer, course).status_code == 303
    assert draft().outcome == "published"


def said(browser: FlaskClient, address: str) -> str:
    """The words of a page, spaces squeezed."""
    answer = browser.get(address, follow_redirects=True)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def text_on_disk(course_files: Path, name: str) -> str:
    """A file of the test course as it lies on disk."""
    return (course_files / "thu-nghiem" / name).read_text(encoding="utf-8")


def trainer_of(name: str, unit_id: int | None, role: Role = Role.TRAINER) -> Person:
    """Somebody more who writes courses."""
    person = add_person(name)
    grant_role(None, person, role, unit_id)
    db.session.commit()
    return person


def end_roles(person: Person) -> None:
    """Somebody holds no role any more."""
    for grant in person.grants:
        grant.ended_at = clock.now()
    db.session.commit()
