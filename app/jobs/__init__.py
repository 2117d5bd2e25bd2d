"""Long work beside the pages: one table that is both the queue and the state.

A request puts a job in line in its own transaction; `jobs run` works it in another process.
Rooms say who works a kind with `jobs.handle` when they are opened, and with `jobs.recur` what is
done again and again.
"""

from flask import Flask

from app.jobs.cli import commands
from app.jobs.routes import blueprint
from app.jobs.working import handle, recur

__all__ = ["handle", "init_app", "recur"]


def init_app(app: Flask) -> None:
    """Open the room's door and add its command."""
    app.extensions["jobs_folder"] = app.extensions["settings"].instance / "jobs"
    app.register_blueprint(blueprint)
    app.cli.add_command(commands)
