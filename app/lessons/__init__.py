"""The player: read a lesson, hear or print it, practise, say whether it is clear, go on."""

from flask import Flask

from app.extensions import csrf
from app.lessons.kept_files import KeptFiles
from app.lessons.routes import blueprint, practise
from app.lessons.speech import Speaker
from app.lessons.typeset import maker_of_papers

# seconds that somebody waits for a paper while others are printed
PATIENCE = 15.0


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
    settings = app.extensions["settings"]
    instance = settings.instance
    app.extensions["speaker"] = Speaker(instance / "speech")
    app.extensions["papers"] = KeptFiles(instance / "papers", PATIENCE, maker_of_papers(settings))
    # practice stores nothing, so nothing is at stake, and one lesson page serves every reader
    csrf.exempt(practise)
