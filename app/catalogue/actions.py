"""Writes of the search index: made from the courses on the shelf, one course at a time."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import delete, select, text

from app.catalogue.models import SearchedCourse, SearchEntry
from app.catalogue.words import index_words, plain
from app.content.models import Course
from app.db import take_turns
from app.extensions import db

_HEADING = re.compile(r"<h[2-6][^>]*>(.*?)</h[2-6]>", re.DOTALL)
_TEXTS = ("title", "heading", "body")
_DROP = (
    "DELETE FROM search_words"
    " WHERE {key} IN (SELECT id FROM search_entry WHERE course_slug = :slug)"
)
_ADD = {
    "sqlite": "INSERT INTO search_words (rowid, title, heading, body)"
    " VALUES (:id, :title, :heading, :body)",
    # words with a place, so that every one of them is told apart; the parser is not asked
    "postgresql": "INSERT INTO search_words (id, title, heading, body) VALUES (:id,"
    " CAST(:title AS tsvector), CAST(:heading AS tsvector), CAST(:body AS tsvector))",
}


class Entry(NamedTuple):
    """What is found: its place, and the texts in which it is found."""

    step_slug: str
    term: str
    title: str
    heading: str
    body: str


def index_course(course: Course) -> bool:
    """Read a course into the index; False when this very version is in it already."""
    take_turns("search")
    known = db.session.get(SearchedCourse, course.slug)
    if known is not None and known.version == course.version:
        return False
    forget_course(course.slug)
    rows = list(_entries(course))
    found = [
        SearchEntry(course_slug=course.slug, step_slug=row.step_slug, term=row.term) for row in rows
    ]
    db.session.add_all([*found, SearchedCourse(course_slug=course.slug, version=course.version)])
    db.session.flush()
    dialect = db.session.connection().dialect.name
    words = [
        {"id": entry.id, **{name: _words(getattr(row, name)) for name in _TEXTS}}
        for entry, row in zip(found, rows, strict=True)
    ]
    db.session.execute(text(_ADD[dialect]), words)
    return True


def forget_course(slug: str) -> None:
    """Take a course out of the index."""
    key = "rowid" if db.session.connection().dialect.name == "sqlite" else "id"
    db.session.execute(text(_DROP.format(key=key)), {"slug": slug})
    db.session.execute(delete(SearchEntry).where(SearchEntry.course_slug == slug))
    db.session.execute(delete(SearchedCourse).where(SearchedCourse.course_slug == slug))
    db.session.expire_all()


def stale(courses: tuple[Course, ...]) -> tuple[list[Course], list[str]]:
    """(courses whose present version is not in the index, slugs in the index no longer served)."""
    known = {row.course_slug: row.version for row in db.session.scalars(select(SearchedCourse))}
    changed = [course for course in courses if known.get(course.slug) != course.version]
    return changed, sorted(known.keys() - {course.slug for course in courses})


def _entries(course: Course) -> Iterator[Entry]:
    outcomes = " ".join(course.outcomes)
    overview = f"{course.summary} {outcomes} {plain(course.overview_html)}"
    modules = " ".join(module.title for module in course.modules)
    yield Entry("", "", course.title, modules, overview)
    for step in course.steps:
        headings = " ".join(plain(heading) for heading in _HEADING.findall(step.html))
        yield Entry(step.slug, "", step.title, headings, plain(step.html))
    for term in course.glossary:
        yield Entry("", term.word, term.word, "", term.meaning)


def _words(text_: str) -> str:
    # nothing but a-z, 0-9 and _: no quoting to think of on either database
    return " ".join(index_words(text_))
