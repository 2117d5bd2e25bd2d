"""Addresses of the studio; one file for each matter, importing them puts them on the blueprint."""

from app.authoring.routes import drafts, editor, history, importing, pictures, preview, shelf
from app.authoring.routes.door import blueprint

__all__ = [
    "blueprint",
    "drafts",
    "editor",
    "history",
    "importing",
    "pictures",
    "preview",
    "shelf",
]
