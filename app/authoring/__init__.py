"""Windows for trainers: state of the course files, previews, how learners do per question."""

from flask import Flask

from app.authoring.cli import courses
from app.authoring.putting_out import mend
from app.authoring.routes import blueprint
from app.authoring.routes.preview import preview
from app.content.shelf import shelf
from app.extensions import csrf


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
    app.cli.add_command(courses)
    # answering in a preview stores nothing, and its forms are the lesson's own, without a token
    csrf.exempt(preview)
    if mend(app.extensions["settings"].courses):
        shelf.library.refresh()
