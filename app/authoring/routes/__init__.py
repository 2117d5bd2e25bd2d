"""Addresses of the studio; one file for each matter, importing them puts them on the blueprint."""

from app.authoring.routes import (
    disk,
    drafts,
    editor,
    editors,
    history,
    importing,
    outline,
    pictures,
    preview,
    review,
    shelf,
)
from app.authoring.routes.door import blueprint

__all__ = [
    "blueprint",
    "disk",
    "drafts",
    "editor",
    "editors",
    "history",
    "importing",
    "outline",
    "pictures",
    "preview",
    "review",
    "shelf",
]
