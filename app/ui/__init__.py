"""The shell around every page: layouts and components, errors, headers, commit-after-request."""

from flask import Flask

from app.config import Settings
from app.extensions import csrf
from app.ui import (
    assets,
    compression,
    context,
    cookie_session,
    display,
    errors,
    filters,
    headers,
    transaction,
    unchanged,
)
from app.ui.routes import blueprint, set_display


def init_app(app: Flask, settings: Settings) -> None:
    """Furnish the app with its shell."""
    app.register_blueprint(blueprint)
    # what is done to an answer first stands last here
    compression.init_app(app)
    unchanged.init_app(app)
    csrf.exempt(set_display)
    assets.init_app(app)
    context.init_app(app, settings)
    cookie_session.init_app(app)
    display.init_app(app)
    errors.init_app(app)
    filters.init_app(app)
    headers.init_app(app, settings)
    transaction.init_app(app)
