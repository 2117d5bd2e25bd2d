"""Addresses of the staff room: lists of one's own units, and rosters to take in.

One file for each matter; importing them puts them on the blueprint.
"""

from app.staff.routes import assignments, imports, lists, made, rosters
from app.staff.routes.door import blueprint

__all__ = ["assignments", "blueprint", "imports", "lists", "made", "rosters"]
