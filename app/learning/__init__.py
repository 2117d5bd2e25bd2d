"""The ledger of steps: who enrolled, which steps were completed, when a course is complete.

`complete_step` is the one verb for every door.
"""

from flask import Flask

from app.learning.cli import reminders


def init_app(app: Flask) -> None:
    """Add the room's commands."""
    app.cli.add_command(reminders)
