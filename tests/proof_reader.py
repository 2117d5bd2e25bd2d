"""A test client that proof-reads every page it fetches."""

import re
from collections import Counter
from typing import Any

import html5lib
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.extensions import db
from app.ui.display import LANGUAGES
from tests.databases import POSTGRESQL

MOST_QUERIES = 12
# looks once into every table about a person: as many queries as tables, however many the rows
LOOKS_EVERYWHERE = re.compile(r"(/people/twins/\d+/\d+|/account/data)$")
MOST_TABLES = 60
INLINE = re.compile(rb"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"")
LABELLED = "input select textarea"
NEEDS_NO_LABEL = {"hidden", "submit", "button"}


class ProofReader(FlaskClient):
    """Checks HTML, headings, labels, ids, CSP and the number of queries of each page."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # what the test set up stands, and its own transaction is not in the way
        db.session.commit()
        # a context of its own, else `g` (and with it the person) would be that of the test
        with counted_queries() as queries, self.application.app_context():
            # a file that is sent is read to its end, and closed
            response = super().open(*args, **{"buffered": True, **kwargs})
        assert _is_strict(response.headers["Content-Security-Policy"])
        self.queries = len(queries)
        most = MOST_TABLES if LOOKS_EVERYWHERE.match(response.request.path) else MOST_QUERIES
        assert self.queries <= most or response.request.method != "GET", "\n".join(queries)
        # the pages are the same on both databases: once is enough
        if _is_page(response) and not POSTGRESQL:
            proof_read(response.data)
        return response


def _is_strict(policy: str) -> bool:
    """Nothing but what is ours: no other host, nothing inline, nothing made from text."""
    rules = [rule.split() for rule in policy.split(";")]
    allowed = {"'none'", "'self'", "data:"}
    return rules[0] == ["default-src", "'none'"] and all(set(rule[1:]) <= allowed for rule in rules)


def _is_page(response: TestResponse) -> bool:
    return response.mimetype == "text/html" and not 300 <= response.status_code < 400


class counted_queries:
    """Collects the statements sent to the database inside a `with` block."""

    def __enter__(self) -> list[str]:
        self.statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self.statements

    def __exit__(self, *_: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        # who looks at a list is noted once in a quarter of an hour, whoever else looks
        if not statement.startswith(("PRAGMA", "BEGIN", "INSERT INTO sensitive_view")):
            self.statements.append(statement)


def proof_read(page: bytes) -> None:
    """Refuse a page with broken HTML, missing labels, double ids or anything inline."""
    assert not INLINE.search(page), f"inline style or script: {INLINE.search(page)}"
    if not page.lstrip().lower().startswith(b"<!doctype html>"):
        return
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    _check_headings(document)
    _check_ids(document)
    _check_labels(document)


def _check_headings(document: Any) -> None:
    headings = ["".join(h.itertext()).strip() for h in document.iter("h1")]
    assert len(headings) == 1, f"h1: {headings}"
    title = " ".join("".join(document.find(".//title").itertext()).split())
    assert " ".join(headings[0].split()) in title, f"title {title!r}, h1 {headings[0]!r}"
    assert document.get("lang") in LANGUAGES


def _check_ids(document: Any) -> None:
    ids = Counter(e.get("id") for e in document.iter() if e.get("id"))
    twice = [i for i, n in ids.items() if n > 1]
    assert not twice, f"ids used twice: {twice}"
    for element in document.iter():
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            for target in (element.get(name) or "").split():
                assert target in ids, f"{name} points nowhere: {target}"


def _check_labels(document: Any) -> None:
    pointed = {e.get("for") for e in document.iter("label")}
    wrapped = {id(inner) for label in document.iter("label") for inner in label.iter()}
    for element in document.iter():
        if element.tag not in LABELLED.split() or element.get("type") in NEEDS_NO_LABEL:
            continue
        named = element.get("id") in pointed or id(element) in wrapped or element.get("aria-label")
        assert named or element.get("aria-labelledby"), f"no label: {element.attrib}"
