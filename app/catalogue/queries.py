"""Reads of the search index."""

from typing import Any, NamedTuple

from sqlalchemy import inspect, text

from app.extensions import db

# The nearer to the title, the better. Each level is asked by itself and stops at its limit, and
# the texts only where titles and headings gave few: a word of every lesson costs as a rare one.
LEVELS = ("title", "heading", "body")
MOST = 200
ENOUGH = 40

_FIND = {
    "sqlite": "SELECT e.id, e.course_slug, e.step_slug, e.term FROM search_words"
    " JOIN search_entry e ON e.id = search_words.rowid"
    " WHERE search_words MATCH :asked LIMIT :most",
    "postgresql": "SELECT e.id, e.course_slug, e.step_slug, e.term FROM search_words w"
    " JOIN search_entry e ON e.id = w.id"
    " WHERE w.{level} @@ CAST(:asked AS tsquery) LIMIT :most",
}
_JOIN = {("sqlite", True): " AND ", ("sqlite", False): " OR "}
_JOIN |= {("postgresql", True): " & ", ("postgresql", False): " | "}


class Hit(NamedTuple):
    """A course, a step of it (or none) or a word it explains (or none), and how near: 0 is best."""

    course_slug: str
    step_slug: str
    term: str
    level: int


def find(words: list[str], *, every: bool = True) -> list[Hit]:
    """What holds all these words (or, not `every`, one of them); the last word may go on.

    At most MOST; titles first, then headings, then texts, and in each as the courses go.
    """
    hits: dict[tuple[str, str, str], Hit] = {}
    for level, name in enumerate(LEVELS if words else ()):
        for _, course, step, term in sorted(_found(words, name, every)):
            hits.setdefault((course, step, term), Hit(course, step, term, level))
        if len(hits) >= ENOUGH:
            break
    return list(hits.values())[:MOST]


def _found(words: list[str], level: str, every: bool) -> Any:
    dialect = db.session.connection().dialect.name
    *whole, begun = words
    sqlite = dialect == "sqlite"
    asked = _JOIN[dialect, every].join([*whole, f"{begun}*" if sqlite else f"{begun}:*"])
    if sqlite:
        asked = f"{level} : ({asked})"
    statement = text(_FIND[dialect].format(level=level))
    return db.session.execute(statement, {"asked": asked, "most": MOST}).all()


def is_ready() -> bool:
    """Whether the tables of the search are there: not before the first `db upgrade`."""
    return inspect(db.session.connection()).has_table("searched_course")
