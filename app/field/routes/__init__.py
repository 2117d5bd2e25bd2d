"""Addresses of helpers, one file for each matter; importing them puts them on the blueprint."""

from app.field.routes import access, asks, exam, observing, people, reminders, sessions, team
from app.field.routes.door import blueprint

__all__ = [
    "access",
    "asks",
    "blueprint",
    "exam",
    "observing",
    "people",
    "reminders",
    "sessions",
    "team",
]
