"""Views of what is sensitive, noted beside the transaction of the page, which only reads."""

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.trail_models import SensitiveView
from app.db import inserting_once, set_read_only
from app.extensions import db
from app.lib import clock

log = logging.getLogger(__name__)
NAMES = ("viewer_id", "page", "subject", "quarter")
QUARTER = 15


def note_views(viewer_id: int, page: str, subjects: list[str]) -> None:
    """Somebody looks at these things on a page; once in a quarter of an hour for each.

    Where it cannot be written, such as on a full disk, the server's log says so.
    """
    quarter = quarter_of(clock.now())
    try:
        known = select(SensitiveView.subject).where(
            SensitiveView.viewer_id == viewer_id,
            SensitiveView.page == page,
            SensitiveView.quarter == quarter,
            SensitiveView.subject.in_(subjects),
        )
        new = set(subjects) - set(db.session.scalars(known))
        if new:
            facts = {"viewer_id": viewer_id, "page": page, "quarter": quarter}
            _write([{**facts, "subject": subject} for subject in sorted(new)])
    except SQLAlchemyError as error:
        log.error("a view of %s was not noted: %s", page, type(error).__name__)


def _write(rows: list[dict[str, Any]]) -> None:
    set_read_only(False)
    try:
        with db.engine.begin() as connection:
            dialect = db.engine.dialect.name
            connection.execute(inserting_once(dialect, SensitiveView, NAMES), rows)
    finally:
        set_read_only(True)


def quarter_of(moment: datetime) -> datetime:
    """The beginning of the quarter of an hour that the moment lies in."""
    begun = moment.minute - moment.minute % QUARTER
    return moment.replace(minute=begun, second=0, microsecond=0)
