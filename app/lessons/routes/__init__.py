"""The routes of the player, by what the learner does."""

from app.lessons.routes import notebook, printing, reading, standing
from app.lessons.routes.door import blueprint
from app.lessons.routes.reading import practise

__all__ = ["blueprint", "notebook", "practise", "printing", "reading", "standing"]
