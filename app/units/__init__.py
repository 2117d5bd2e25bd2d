"""Areas and workplaces: a dated tree, and who lives, works or studies where.

The key of a unit is its internal id; a code is only valid from one date to another, because
mergers give old codes to new units.
"""

from flask import Flask

from app.units.cli import unit_commands
from app.units.routes import blueprint


def init_app(app: Flask) -> None:
    """Open the room's door and add its commands."""
    app.register_blueprint(blueprint)
    app.cli.add_command(unit_commands)
