"""Addresses of units: one's own commune, cards, the tree, what is decided about it."""

from app.units.routes import cards, operations, own, tree, waiting
from app.units.routes.door import blueprint

__all__ = ["blueprint", "cards", "operations", "own", "tree", "waiting"]
