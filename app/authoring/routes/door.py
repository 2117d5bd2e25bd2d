"""The blueprint, and what several addresses of the studio need."""

from pathlib import Path

from flask import Blueprint, current_app

from app.content.shelf import shelf

blueprint = Blueprint("authoring", __name__, template_folder="../templates")


def look_at_files() -> None:
    """What was saved a moment ago shows at once, whether or not the folder is watched."""
    shelf.library.refresh()


def courses_folder() -> Path:
    """Where the courses lie on disk."""
    folder: Path = current_app.extensions["settings"].courses
    return folder
