"""The public face of learning: landing page, catalogue, course pages."""

from flask import Flask

from app.catalogue.indexer import watch
from app.catalogue.routes import blueprint


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
    seconds: float = app.extensions["settings"].watch_seconds
    if seconds:
        watch(app, seconds)
