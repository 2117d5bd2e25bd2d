"""What all files of one course are rendered with, and how a text of theirs becomes HTML."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.content import safe_html
from app.content.links import CourseMap, FileLinks
from app.content.markup import CourseMarkdown, convert, is_plain
from app.content.models import Term

# in place of the slug while a file is rendered: courses made from one another share lessons
SLUG_TOKEN = "zqslugqz"


@dataclass(frozen=True)
class Setting:
    """A course to render: its slug, its files with SLUG_TOKEN for the slug, the titles of the
    programme's groups by id, and its glossary."""

    slug: str
    course: CourseMap
    groups: Mapping[str, str]
    terms: tuple[Term, ...] = ()

    def html(self, text: str, clean: Callable[[str, FileLinks], str], links: FileLinks) -> str:
        """Markdown as safe HTML; formulas and hopeless nesting are noted as problems."""
        if is_plain(text):
            return f"<p>{text}</p>" if clean is safe_html.page else text
        try:
            html = clean(convert(self._converter, text), links)
        except RecursionError:
            links.findings.error(
                1, "Bài viết lồng quá sâu, không dựng được.", "Viết lại cho phẳng hơn."
            )
            return ""
        for fault in self._converter.mathematics.faults:
            links.formula(fault.latex, fault.reason)
        return html

    def in_place(self, rendered: str) -> str:
        """What was rendered, with addresses of this course."""
        return rendered.replace(SLUG_TOKEN, self.slug)

    def key(self, *parts: object) -> bytes:
        """Equal for all that renders these parts to the same HTML."""
        return hashlib.sha256(self._key + repr(parts).encode()).digest()

    @cached_property
    def _key(self) -> bytes:
        terms = [(term.word, term.meaning) for term in self.terms]
        parts = (self.course.tags, self.course.pages, self.groups, terms)
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).digest()

    @cached_property
    def _converter(self) -> CourseMarkdown:
        return CourseMarkdown(self.groups)
