"""Where a signed-in person starts; composes what other rooms know, owns no table."""

from flask import Flask

from app.home.routes import blueprint, menu


def init_app(app: Flask) -> None:
    """Open the room's door and give every page its menu."""
    app.register_blueprint(blueprint)
    app.extensions["menu"] = menu
