"""The shell around every page: layouts and components, errors, headers, commit-after-request."""

from flask import Flask

from app.config import Settings
from app.ui import assets, context, display, errors, filters, headers, transaction
from app.ui.routes import blueprint


def init_app(app: Flask, settings: Settings) -> None:
    """Furnish the app with its shell."""
    app.register_blueprint(blueprint)
    assets.init_app(app)
    context.init_app(app, settings)
    display.init_app(app)
    errors.init_app(app)
    filters.init_app(app)
    headers.init_app(app, settings)
    transaction.init_app(app)
