"""The player: read a lesson or hear it, practise, say whether it is clear, go on to the next."""

from flask import Flask

from app.extensions import csrf
from app.lessons.routes import blueprint, practise
from app.lessons.speech import Speaker


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
    app.extensions["speaker"] = Speaker(app.extensions["settings"].instance / "speech")
    # practice stores nothing, so nothing is at stake, and one lesson page serves every reader
    csrf.exempt(practise)
