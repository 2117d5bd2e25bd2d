"""The shell's own addresses: assets, display settings, the living page of components."""

from datetime import date

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.ui import display
from app.ui.safe_urls import local_path

blueprint = Blueprint("ui", __name__, template_folder="templates")

ONE_YEAR = "public, max-age=31536000, immutable"


@blueprint.get("/static/<path:path>")
def static(path: str) -> ResponseReturnValue:
    """A bundled file; its name changes with its content, so it may be kept for ever."""
    asset = current_app.extensions["assets"].get(path)
    if asset is None:
        abort(404)
    response = Response(asset.body, mimetype=asset.mimetype)
    response.headers["Cache-Control"] = ONE_YEAR
    response.set_etag(path)
    return response.make_conditional(request)


@blueprint.post("/display", endpoint="display")
def set_display() -> ResponseReturnValue:
    """Remember text size, contrast and theme in this browser, and go back to the page.

    Without a CSRF token: nothing is at stake, and pages for everybody need no session.
    """
    response = redirect(local_path(request.form.get("next")) or "/", 303)
    display.remember(response, request.form)
    return response


@blueprint.get("/components")
def components() -> ResponseReturnValue:
    """All components on one page, for developers."""
    return render_template("ui/components.html", form_day=date(2026, 10, 10))
