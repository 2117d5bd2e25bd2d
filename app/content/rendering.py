"""What all files of one course are rendered with, and how a text of theirs becomes HTML."""

import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.content import safe_html
from app.content.links import CourseMap, FileLinks
from app.content.markup import CourseMarkdown, convert, is_plain
from app.content.models import Prose, Step, Term

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
        converter = _converter_for(self.groups)
        try:
            html = clean(convert(converter, text), links)
        except RecursionError:
            del _of_thread.kept  # it may be left half-way
            links.findings.error(
                1, "Bài viết lồng quá sâu, không dựng được.", "Viết lại cho phẳng hơn."
            )
            return ""
        for fault in converter.mathematics.faults:
            links.formula(fault.latex, fault.reason)
        return html

    def in_place(self, html: str) -> str:
        """What was rendered, with addresses of this course."""
        return html.replace(SLUG_TOKEN, self.slug)

    def step_in_place(self, step: Step, token_in_parts: bool) -> Step:
        """A step that was rendered, with addresses of this course."""
        if token_in_parts:
            return Step.model_validate_json(self.in_place(step.model_dump_json()))
        if SLUG_TOKEN not in step.html:
            return step
        blocks = tuple(
            Prose(html=self.in_place(block.html)) if isinstance(block, Prose) else block
            for block in step.blocks
        )
        return step.model_copy(update={"html": self.in_place(step.html), "blocks": blocks})

    def key(self, *parts: str) -> bytes:
        """Equal for all that renders these parts to the same HTML."""
        return hashlib.sha256(self._key + "\0".join(parts).encode()).digest()

    @cached_property
    def _key(self) -> bytes:
        terms = [(term.word, term.meaning) for term in self.terms]
        parts = (self.course.tags, self.course.pages, self.groups, terms)
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).digest()


_of_thread = threading.local()


def _converter_for(groups: Mapping[str, str]) -> CourseMarkdown:
    """The converter of this thread: making one costs as much as rendering a page."""
    kept: tuple[Mapping[str, str], CourseMarkdown] | None = getattr(_of_thread, "kept", None)
    if kept is None or kept[0] != groups:
        kept = _of_thread.kept = (dict(groups), CourseMarkdown(groups))
    return kept[1]


def token_in_parts(step: Step) -> bool:
    """Whether questions or acts of a step hold addresses of its course."""
    return any(SLUG_TOKEN in part.model_dump_json() for part in (*step.questions, *step.items))
