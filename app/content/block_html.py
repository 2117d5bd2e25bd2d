"""What the `///` blocks of a lesson become: HTML that reads well without any script.

Blocks written wrong stay text here; `block_check` has told the author by then.
"""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_string

from app.content.blocks import DEVICES, LANGUAGES, SCENES

OPTION = ("", type_string)


class _DeviceBlock(Block):
    """`/// device | android`: steps for one kind of machine."""

    NAME = "device"
    ARGUMENT = True

    def on_validate(self, parent: Element) -> bool:
        return self.argument in DEVICES

    def on_create(self, parent: Element) -> Element:
        name, label = DEVICES[self.argument]
        return _variant(parent, "device", self.argument, name, label)


class _ForBlock(Block):
    """`/// for | nguoi-cao-tuoi`: text for one group of learners."""

    NAME = "for"
    ARGUMENT = True

    def on_validate(self, parent: Element) -> bool:
        return not self.config["groups"] or self.argument in self.config["groups"]

    def on_create(self, parent: Element) -> Element:
        title = self.config["groups"].get(self.argument, self.argument)
        return _variant(parent, "for", self.argument, f"Dành cho: {title}", f"Dành cho {title}")


class _LangBlock(Block):
    """`/// lang | en`: text in another language, read through by someone who is named."""

    NAME = "lang"
    ARGUMENT = True
    OPTIONS = {"reviewer": OPTION}

    def on_validate(self, parent: Element) -> bool:
        return self.argument in LANGUAGES and bool(self.options["reviewer"])

    def on_create(self, parent: Element) -> Element:
        own, vietnamese = LANGUAGES[self.argument]
        section = _variant(parent, "lang", self.argument, own, f"Bản {vietnamese}")
        section.set("lang", self.argument)
        return section

    def on_end(self, block: Element) -> None:
        reviewer = SubElement(block, "p", {"class": "lang-reviewer", "lang": "vi"})
        words = LANGUAGES[self.argument][1]
        reviewer.text = f"Người duyệt bản {words}: {self.options['reviewer']}"


class _StepsBlock(Block):
    """`/// steps | title`: one ordered list, an act and at most one picture in each item."""

    NAME = "steps"
    ARGUMENT = True

    def on_create(self, parent: Element) -> Element:
        label = f"Từng bước: {self.argument}"
        section = SubElement(parent, "section", {"class": "walk", "aria-label": label})
        SubElement(section, "p", {"class": "walk-title"}).text = self.argument
        return section

    def on_end(self, block: Element) -> None:
        for steps in block.findall("ol"):
            steps.set("class", "walk-list")
            for number, step in enumerate(steps.findall("li"), 1):
                step.attrib.update({"class": "walk-step", "data-step": str(number)})


class _DrillBlock(Block):
    """`/// drill | title`: a scene of a scam, to be answered by the questions below it."""

    NAME = "drill"
    ARGUMENT = True
    OPTIONS = {"kind": OPTION, "from": OPTION}

    def on_validate(self, parent: Element) -> bool:
        return self.options["kind"] in SCENES

    def on_create(self, parent: Element) -> Element:
        kind = self.options["kind"]
        figure = SubElement(parent, "figure", {"class": f"scene scene-{kind}"})
        caption = SubElement(figure, "figcaption", {"class": "scene-caption"})
        SubElement(caption, "span", {"class": "scene-note"}).text = "Cảnh tập, không có thật"
        SubElement(caption, "b", {"class": "scene-title"}).text = self.argument
        sender = SubElement(figure, "p", {"class": "scene-from"})
        SubElement(sender, "span", {"class": "scene-kind"}).text = SCENES[kind]
        SubElement(sender, "span", {"class": "scene-sender"}).text = self.options["from"]
        SubElement(figure, "div", {"class": "scene-words"})
        return figure

    def on_add(self, block: Element) -> Element:
        return block[-1]


class _ListenBlock(Block):
    """`/// listen | file`: a recording, with its words below it."""

    NAME = "listen"
    ARGUMENT = True
    OPTIONS = {"lang": OPTION}

    def on_validate(self, parent: Element) -> bool:
        return self.options["lang"] in ("", *LANGUAGES)

    def on_create(self, parent: Element) -> Element:
        code = self.options["lang"]
        spoken = f"Nghe bằng {LANGUAGES[code][1]}" if code else "Nghe đọc"
        figure = SubElement(parent, "figure", {"class": "listen"})
        SubElement(figure, "figcaption", {"class": "listen-title"}).text = spoken
        audio = SubElement(figure, "audio", {"src": self.argument, "aria-label": spoken})
        words = SubElement(figure, "details", {"class": "listen-words"})
        SubElement(words, "summary").text = "Xem lời"
        if code:
            for part in (figure, audio):
                part.set("data-lang", code)
        return figure

    def on_add(self, block: Element) -> Element:
        return block[-1]


class LessonBlocks(BlocksExtension):
    """All blocks of a lesson; `groups` are the titles of the programme's groups by id."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        super().__init__()
        self.groups = groups

    def extendMarkdownBlocks(self, md: markdown.Markdown, block_mgr: Any) -> None:
        kinds = (_DeviceBlock, _ForBlock, _LangBlock, _StepsBlock, _DrillBlock, _ListenBlock)
        for kind in kinds:
            block_mgr.register(kind, {"groups": self.groups})


def _variant(parent: Element, kind: str, value: str, name: str, label: str) -> Element:
    attributes = {"class": kind, f"data-{kind}": value, "aria-label": label}
    section = SubElement(parent, "section", attributes)
    SubElement(section, "p", {"class": f"{kind}-name"}).text = name
    return section
