"""Running the product: command line, health, metrics, roles, audit view, backup, demo world."""

from flask import Flask

from app.ops import metrics, my_roles
from app.ops.cli import commands


def init_app(app: Flask) -> None:
    """Open the room's door, add its commands, and count requests."""
    app.register_blueprint(my_roles.blueprint)
    metrics.init_app(app)
    for command in commands:
        app.cli.add_command(command)
