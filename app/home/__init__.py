"""Where a signed-in person starts; composes what other rooms know, owns no table."""

from flask import Flask

from app.extensions import csrf
from app.home.routes import blueprint, end_letters, menu


def init_app(app: Flask) -> None:
    """Open the room's door and give every page its menu."""
    app.register_blueprint(blueprint)
    app.extensions["menu"] = menu
    # mail programs press the button too; the signed link itself proves who may
    csrf.exempt(end_letters)
