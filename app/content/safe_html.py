"""HTML of course authors, made safe (nh3) and fitted to our pages.

The pages allow no inline style and no script, want every table scrollable by keyboard, every
landmark named differently, one h1, and links and images that lead where the author meant.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Protocol

from app.content.allowed_html import ALLOWED_TAGS, BLOCKS, INLINE, INLINE_TAGS, PAGE
from app.content.table_shape import TableShape

Attributes = dict[str, str]

_FLAGS = frozenset({"open", "controls"})
_VOID = frozenset({"br", "col", "hr", "img"})
_ID = re.compile(r'\sid="([^"]+)"')
_PARAGRAPH_BREAK = re.compile(r"</p>\s*<p>")
_BLOCK_TAG = re.compile(r"<(?:" + "|".join(sorted(ALLOWED_TAGS - INLINE_TAGS - {"a"})) + r")[ >]")


@dataclass(frozen=True)
class Image:
    """Where an image is served, and its size in pixels where the file tells."""

    url: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Recording:
    """Where a recording is served, and how much a phone has to fetch to play it."""

    url: str
    size: int  # bytes


class Targets(Protocol):
    """Knows where the author's links, images and recordings lead. None: nowhere; the words
    stay."""

    def link(self, href: str, ids: frozenset[str]) -> str | None: ...

    def image(self, src: str, alt: str | None) -> Image | None: ...

    def recording(self, src: str) -> Recording | None: ...


def page(raw: str, targets: Targets) -> str:
    """A whole text: blocks, headings, tables."""
    return _fit(PAGE.clean(raw), targets)


def inline(raw: str, targets: Targets) -> str:
    """Words that go into a label: no block and no link survives."""
    return _fit(INLINE.clean(raw), targets).strip()


def prompt(raw: str, targets: Targets) -> str:
    """A question's text: plain paragraphs become lines of words, since legends hold no <p>."""
    fitted = page(raw, targets).strip()
    flat = _PARAGRAPH_BREAK.sub("<br>", fitted).removeprefix("<p>").removesuffix("</p>")
    return fitted if _BLOCK_TAG.search(flat) else flat


def size_in_words(size: int) -> str:
    """Bytes as people read them: "350 KB", "1,2 MB"."""
    kilobytes = max(round(size / 1000), 1)
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{size / 1e6:.1f} MB".replace(".", ",")


def _fit(clean: str, targets: Targets) -> str:
    fitter = _Fitter(targets, frozenset(_ID.findall(clean)))
    fitter.feed(clean)
    fitter.close()
    return "".join(fitter.out)


class _Fitter(HTMLParser):
    """Rewrites sanitised HTML; what it adds is escaped, so it stays safe."""

    def __init__(self, targets: Targets, ids: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.targets = targets
        self.ids = ids
        self.out: list[str] = []
        self.seen_ids: set[str] = set()
        self.labels: Counter[str] = Counter()
        self.in_task = False
        self.label_open = False
        self.figures: list[bool] = []  # of each open figure, whether it is a scene of a drill
        self.tables: list[TableShape] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = "h2" if tag == "h1" else tag
        found: Attributes = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self.close_label()
        self.keep_id_once(found)
        if tag == "li":
            self.in_task = "task-list-item" in found.get("class", "").split()
        before = getattr(self, f"fit_{tag}", self.fit_other)(found)
        if before is not None:
            self.out.append(before + _tag(tag, found))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        tag = "h2" if tag == "h1" else tag
        if tag in _VOID:
            return
        if tag in BLOCKS:
            self.close_label()
        if tag == "figure" and self.figures:
            self.figures.pop()
        if tag == "table" and self.tables:
            self.close_table(self.tables.pop())
        self.out.append(f"</{tag}></div>" if tag == "table" else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)
        if self.tables:
            self.tables[-1].hear(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def keep_id_once(self, found: Attributes) -> None:
        if found.get("id") in self.seen_ids:
            del found["id"]
        self.seen_ids.update({found["id"]} if "id" in found else ())

    def fit_other(self, found: Attributes) -> str | None:
        return ""

    def fit_figure(self, found: Attributes) -> str | None:
        self.figures.append("scene" in found.get("class", "").split())
        return ""

    def fit_audio(self, found: Attributes) -> str | None:
        """Nothing is fetched before it is played, and the size is said before that."""
        recording = self.targets.recording(found.pop("src", ""))
        if recording is None:
            return ""
        found |= {"controls": "", "preload": "none", "src": recording.url}
        size = f"Tệp nghe {size_in_words(recording.size)}"
        self.out.append(f'<p class="listen-size">{size}</p>')
        return ""

    def fit_a(self, found: Attributes) -> str | None:
        if "href" not in found:
            return ""
        if any(self.figures):  # what a scam shows leads nowhere
            del found["href"]
            return ""
        href = self.targets.link(found.pop("href"), self.ids)
        if href is not None:
            found["href"] = href
            if href.startswith(("http:", "https:", "//")):
                found["rel"] = "noopener"
        return ""

    def fit_img(self, found: Attributes) -> str | None:
        image = self.targets.image(found.get("src", ""), found.get("alt"))
        if image is None:
            self.out.append(html.escape(found.get("alt", "")))
            return None
        found |= {"src": image.url, "alt": found.get("alt", ""), "loading": "lazy"}
        if image.width and image.height:
            found |= {"width": str(image.width), "height": str(image.height)}
        return ""

    def fit_input(self, found: Attributes) -> str | None:
        """A task's box can be ticked, and its text is its label; no other input is let in."""
        if self.in_task and not self.label_open:
            checked = " checked" if "checked" in found else ""
            self.out.append(f'<label><input type="checkbox"{checked}>')
            self.label_open = True
        return None

    def fit_table(self, found: Attributes) -> str | None:
        label = self.name_once("Bảng")
        self.tables.append(TableShape(len(self.out)))
        found.pop("class", None)
        return f'<div class="table-wrap" tabindex="0" role="region" aria-label="{label}">'

    def close_table(self, table: TableShape) -> None:
        """Say how many columns it has, so that narrow screens can set it otherwise."""
        if name := table.tag_class:
            tag = self.out[table.place]
            self.out[table.place] = tag.replace("<table", f'<table class="{name}"', 1)

    def fit_tr(self, found: Attributes) -> str | None:
        if self.tables:
            self.tables[-1].row()
        return ""

    def fit_section(self, found: Attributes) -> str | None:
        if "aria-label" in found:
            found["aria-label"] = self.name_once(found["aria-label"])
        return ""

    def fit_span(self, found: Attributes) -> str | None:
        if "math-block" in found.get("class", "").split():  # may be wider than the screen
            found |= {"tabindex": "0", "role": "group", "aria-label": "Công thức"}
        return ""

    def fit_pre(self, found: Attributes) -> str | None:
        found["tabindex"] = "0"
        return ""

    def fit_th(self, found: Attributes) -> str | None:
        found.setdefault("scope", "col")
        if self.tables:
            self.tables[-1].heading(found)
        return self.align(found)

    def fit_td(self, found: Attributes) -> str | None:
        if self.tables:
            self.tables[-1].cell(found)
        return self.align(found)

    def align(self, found: Attributes) -> str:
        align = found.pop("align", "")
        if align in ("center", "right"):
            found["class"] = f"{found.get('class', '')} align-{align}".strip()
        return ""

    def name_once(self, label: str) -> str:
        self.labels[label] += 1
        count = self.labels[label]
        return html.escape(label if count == 1 else f"{label} {count}")

    def close_label(self) -> None:
        if self.label_open:
            self.out.append("</label>")
            self.label_open = False


def _tag(tag: str, attributes: Attributes) -> str:
    shown = "".join(
        f" {name}" if name in _FLAGS else f' {name}="{html.escape(value)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{shown}>"
