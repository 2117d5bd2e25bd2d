"""Python-Markdown as courses use it: its extensions, and the blocks of our own."""

import re
from typing import Any
from xml.etree import ElementTree

import markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from app.content.gfm import for_python_markdown
from app.lib.vietnamese import fold

DEVICES = {
    "android": ("Máy Android", "Trên máy Android"),
    "iphone": ("Máy iPhone", "Trên máy iPhone"),
    "may-tinh": ("Máy tính", "Trên máy tính"),
}
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


def new_markdown() -> markdown.Markdown:
    """A converter of our own: not to be shared between threads."""
    return markdown.Markdown(
        output_format="html",
        extensions=[
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TITLE="Về chỗ có chú thích {}"),
            TocExtension(marker="", slugify=heading_id),
            "sane_lists",
            "pymdownx.highlight",
            "pymdownx.superfences",
            "pymdownx.tasklist",
            "pymdownx.tilde",
            "pymdownx.magiclink",
            "pymdownx.quotes",
            _DeviceExtension(),
            _CalloutExtension(),
        ],
        extension_configs={
            "pymdownx.highlight": {"use_pygments": False},
            "pymdownx.tilde": {"subscript": False},
            "pymdownx.quotes": {"callouts": True},
        },
    )


def convert(converter: markdown.Markdown, text: str) -> str:
    """Markdown text as HTML that is not yet sanitised. RecursionError for hopeless nesting."""
    converter.reset()
    html: str = converter.convert(for_python_markdown(text))
    return html


class _DeviceBlock(Block):
    """`/// device | android`: steps for one kind of machine."""

    NAME = "device"
    ARGUMENT = True

    def on_validate(self, parent: ElementTree.Element) -> bool:
        return self.argument in DEVICES

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        name, label = DEVICES[self.argument]
        section = ElementTree.SubElement(
            parent,
            "section",
            {"class": "device", "data-device": self.argument, "aria-label": label},
        )
        ElementTree.SubElement(section, "p", {"class": "device-name"}).text = name
        return section


class _DeviceExtension(BlocksExtension):
    def extendMarkdownBlocks(self, md: markdown.Markdown, block_mgr: Any) -> None:
        block_mgr.register(_DeviceBlock, self.getConfigs())


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
