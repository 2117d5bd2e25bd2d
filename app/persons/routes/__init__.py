"""Addresses of whole records: twins and merges, requests about personal data."""

from app.persons.routes import twins
from app.persons.routes.door import blueprint

__all__ = ["blueprint", "twins"]
