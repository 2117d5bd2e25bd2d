"""Addresses of the studio; one file for each matter, importing them puts them on the blueprint."""

from app.authoring.routes import importing, preview, shelf
from app.authoring.routes.door import blueprint

__all__ = ["blueprint", "importing", "preview", "shelf"]
