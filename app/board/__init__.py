"""Windows for officers: each indicator against its target, by commune."""

from flask import Flask

from app.board.routes import blueprint


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
