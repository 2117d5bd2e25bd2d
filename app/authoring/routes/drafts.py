"""The page of a draft as a whole."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.authoring.routes.door import blueprint
from app.authoring.routes.writing import draft_of


@blueprint.get("/studio/<slug>/draft")
def draft(slug: str) -> ResponseReturnValue:
    """To the course, from which its files are opened."""
    return redirect(url_for("authoring.course", slug=draft_of(slug).slug), 303)
