"""Who looked at what is sensitive: the one thing that a GET writes, after its answer is made.

The pages are named in one table (app.permissions). One person looking at one thing is noted
once in a quarter of an hour, in a short transaction of its own. Where that cannot be written,
such as on a full disk, reading goes on and the server's log says so.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Flask, Response, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.models import SensitiveView
from app.db import inserting_once, set_read_only
from app.extensions import db
from app.lib import clock

log = logging.getLogger(__name__)
NAMES = ("viewer_id", "page", "subject", "quarter")
QUARTER = 15

# of an endpoint: pairs of what is looked at and the argument of the address that names it
Sensitive = Mapping[str, Sequence[tuple[str, str]]]


def init_app(app: Flask, sensitive: Sensitive) -> None:
    """Note each sensitive page that is shown to somebody."""
    app.extensions["sensitive_views"] = sensitive

    @app.after_request
    def note(response: Response) -> Response:
        things = sensitive.get(request.endpoint or "")
        if things is not None and request.method == "GET" and response.status_code == 200:
            _note(current_user.id, request.endpoint or "", _subjects(things))
        return response


def _subjects(things: Sequence[tuple[str, str]]) -> list[str]:
    """What is looked at: "person 12"; empty where the page names nothing, such as a whole list."""
    named = {**request.args.to_dict(), **(request.view_args or {})}
    found = [f"{thing} {named[name]}" for thing, name in things if _is_id(named.get(name))]
    return found or [""]


def _is_id(value: Any) -> bool:
    text = str(value or "")
    return text.isalnum() and text.isascii() and len(text) <= 20


def _note(viewer_id: int, page: str, subjects: list[str]) -> None:
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
    # beside the transaction of the page, which only reads
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
