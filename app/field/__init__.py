"""Helpers: study with a learner at their side, register somebody on the spot, observe, answer.

A helper is signed in as themself and acts for a named learner; both are recorded.
"""

from flask import Flask

from app.field.routes import blueprint


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
