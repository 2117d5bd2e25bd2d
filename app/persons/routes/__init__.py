"""Addresses of whole records: twins and merges, requests about personal data."""

from app.persons.routes import duties, inbox, own, twins
from app.persons.routes.door import blueprint

__all__ = ["blueprint", "duties", "inbox", "own", "twins"]
