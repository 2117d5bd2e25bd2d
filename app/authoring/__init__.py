"""Windows for trainers: state of the course files, previews, how learners do per question."""

from flask import Flask

from app.authoring.cli import courses
from app.authoring.routes import blueprint
from app.authoring.routes.preview import preview
from app.extensions import csrf


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
    app.cli.add_command(courses)
    # answering in a preview stores nothing, and its forms are the lesson's own, without a token
    csrf.exempt(preview)
