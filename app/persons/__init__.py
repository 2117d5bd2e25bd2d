"""Whole records of people: merged when two are of one human being; personal data told,
corrected, erased.

It stands above every room that keeps something about people and composes what their
`holdings.py` say; so a merger or an erasure is one transaction through all of them, and the
rooms below stay strangers.
"""

from flask import Flask

from app import jobs
from app.persons.chores import Chores
from app.persons.cli import persons_commands, retention_commands
from app.persons.routes import blueprint


def init_app(app: Flask) -> None:
    """Open the room's door, add its commands, and say what recurs."""
    app.register_blueprint(blueprint)
    jobs.recur("twins", Chores().act)
    app.cli.add_command(persons_commands)
    app.cli.add_command(retention_commands)
