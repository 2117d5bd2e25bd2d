"""Keeps the search index in step with the shelf, beside the requests."""

import logging
import os
import threading

from flask import Flask

from app.catalogue.actions import forget_course, index_course, stale
from app.catalogue.queries import is_ready
from app.content.shelf import shelf
from app.extensions import db

log = logging.getLogger(__name__)


def index_shelf() -> int:
    """Read what changed on the shelf into the index, a transaction for each course; how many."""
    changed, gone = stale(shelf.published())
    db.session.rollback()
    for slug in gone:
        forget_course(slug)
        db.session.commit()
    for course in changed:
        index_course(course)
        db.session.commit()
    return len(changed) + len(gone)


def watch(app: Flask, seconds: float) -> None:
    """Look every `seconds`, in a daemon thread; a lost database is tried again next time.

    Only in a server: a command does its work and ends.
    """
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        return
    pause = threading.Event()

    def run() -> None:
        while not pause.wait(seconds):
            try:
                with app.app_context():
                    if is_ready():
                        index_shelf()
            except Exception:
                log.exception("the search index was not renewed")

    threading.Thread(target=run, name="search", daemon=True).start()
