"""Python-Markdown as courses use it: its extensions, and the blocks of our own."""

import re
from collections import Counter
from collections.abc import Mapping
from xml.etree import ElementTree

import markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from app.content.block_html import LessonBlocks
from app.content.gfm import for_python_markdown
from app.content.mathematics import Mathematics
from app.lib.vietnamese import fold

ALERTS = {
    "note": "Lưu ý",
    "tip": "Mẹo",
    "important": "Quan trọng",
    "warning": "Cảnh báo",
    "caution": "Nguy hiểm",
}

_RESERVED_IDS = frozenset({"main", "nav", "menu", "header", "footer", "help", "search", "content"})


def heading_id(text: str, separator: str = "-") -> str:
    """The id of a heading: folded, words joined by hyphens, never an id that pages use."""
    plain = re.sub(r"[^a-z0-9]+", separator, fold(text)).strip(separator)
    if not plain or plain in _RESERVED_IDS or plain.startswith("q-"):
        return f"muc-{plain}".rstrip("-")
    return plain


class CourseMarkdown(markdown.Markdown):
    """A converter of our own: not to be shared between threads. `groups`: titles of the
    programme's groups by id (none: any group may be named)."""

    def __init__(self, groups: Mapping[str, str] | None = None) -> None:
        self.mathematics = Mathematics()
        self._ids = Counter[str]()
        super().__init__(
            output_format="html",
            extensions=[
                TableExtension(use_align_attribute=True),
                FootnoteExtension(BACKLINK_TITLE="Về chỗ có chú thích {}"),
                TocExtension(marker="", slugify=self._own_id),
                *_EXTENSIONS,
                self.mathematics,
                LessonBlocks(groups or {}),
                _CalloutExtension(),
            ],
            extension_configs={
                "pymdownx.highlight": {"use_pygments": False},
                "pymdownx.tilde": {"subscript": False},
                "pymdownx.quotes": {"callouts": True},
            },
        )

    def reset(self) -> markdown.Markdown:
        """Forget the text before."""
        self._ids.clear()
        return super().reset()

    def _own_id(self, text: str, separator: str) -> str:
        """The id of a heading; numbered here, for the library counts up anew each time."""
        plain = heading_id(text, separator)
        self._ids[plain] += 1
        count = self._ids[plain] - 1
        return f"{plain}_{count}" if count else plain


_EXTENSIONS = (
    "sane_lists",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
    "pymdownx.magiclink",
    "pymdownx.quotes",
)


# whatever Markdown, its extensions or HTML could take for a sign of theirs
_SIGNS = re.compile(
    r"[*_`\[\]<>&\\!$~^{}#|@/=+]|[^\S \n]|^\s|^\d+[.)]|^[-+:]|--|\s$|www\.", re.MULTILINE
)


def is_plain(text: str) -> bool:
    """Whether a text is one paragraph of words and nothing else, as most answers are."""
    return bool(text) and not _SIGNS.search(text)


def convert(converter: CourseMarkdown, text: str) -> str:
    """Markdown text as HTML that is not yet sanitised; formulas that cannot be shown are in
    `converter.mathematics.faults` until the next call. RecursionError for hopeless nesting."""
    converter.reset()
    html: str = converter.convert(for_python_markdown(text))
    return html


class _CalloutProcessor(Treeprocessor):
    """Gives GitHub alerts, as pymdownx.quotes leaves them, our classes and Vietnamese titles."""

    def run(self, root: ElementTree.Element) -> None:
        for quote in root.iter("blockquote"):
            kind = quote.attrib.pop("data-alert", "")
            if kind in ALERTS:
                self.name(quote, kind)

    def name(self, quote: ElementTree.Element, kind: str) -> None:
        quote.tag = "div"
        quote.attrib.clear()
        quote.set("class", f"callout callout-{kind}")
        title = quote.find("p")
        if title is not None:
            title.set("class", "callout-title")
            if title.text == kind.title():
                title.text = ALERTS[kind]


class _CalloutExtension(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:
        # Above inline parsing (20) and above the treeprocessor of pymdownx.quotes (19.99).
        md.treeprocessors.register(_CalloutProcessor(md), "callouts", 25)
