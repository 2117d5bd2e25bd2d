"""Areas and workplaces: a dated tree, and who lives, works or studies where.

The key of a unit is its internal id; a code is only valid from one date to another, because
mergers give old codes to new units.
"""

from flask import Flask

from app.units.routes import blueprint


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
