"""Tables of the search: what can be found, and which version of each course was read for it.

Their words stand in `search_words`, which each database keeps in its own way (see migration
0005) and which therefore is no model.
"""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base


class SearchedCourse(Base):
    """A course whose words are in the index, and the version they come from."""

    __tablename__ = "searched_course"

    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[str] = mapped_column(String(12))


class SearchEntry(Base):
    """Something to be found: a course (no step), a step of it, or a word it explains (`term`)."""

    __tablename__ = "search_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), index=True)
    step_slug: Mapped[str] = mapped_column(String(80), default="")
    term: Mapped[str] = mapped_column(String(120), default="")
