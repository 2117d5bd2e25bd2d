"""The player: read a lesson, practise, complete it, go on to the next."""

from flask import Flask

from app.extensions import csrf
from app.lessons.routes import blueprint, practise


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
    # practice stores nothing, so nothing is at stake, and one lesson page serves every reader
    csrf.exempt(practise)
