"""Tests: draw a paper, answer one question at a time, hand in, see what to read again."""

from flask import Flask

from app.quizzes.routes import blueprint


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
