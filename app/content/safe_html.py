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

import nh3

Attributes = dict[str, str]

_BLOCKS = frozenset(
    {"blockquote", "details", "div", "dl", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "li"}
    | {"ol", "p", "pre", "section", "table", "ul"}
)
_INLINE_TAGS = {
    *{"abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "rp"},
    *{"rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var"},
}
ALLOWED_TAGS = {
    *_BLOCKS,
    *_INLINE_TAGS,
    *{"a", "caption", "col", "colgroup", "dd", "dt", "figcaption", "h1", "input", "summary"},
    *{"tbody", "td", "tfoot", "th", "thead", "tr"},
}
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt"},
    "input": {"checked"},
    "ol": {"start"},
    "section": {"aria-label", "data-device"},
    "details": {"open"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags={"script", "style", "template", "textarea", "noscript", "iframe"},
        attributes=_ATTRIBUTES,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        url_schemes={"http", "https", "mailto", "tel", "sms"},
        link_rel=None,
    )


_PAGE = _cleaner(ALLOWED_TAGS)
_INLINE = _cleaner(_INLINE_TAGS)

_VOID = frozenset({"br", "col", "hr", "img"})
_ID = re.compile(r'\sid="([^"]+)"')
_PARAGRAPH_BREAK = re.compile(r"</p>\s*<p>")
_BLOCK_TAG = re.compile(r"<(?:" + "|".join(sorted(ALLOWED_TAGS - _INLINE_TAGS - {"a"})) + r")[ >]")


@dataclass(frozen=True)
class Image:
    """Where an image is served, and its size in pixels where the file tells."""

    url: str
    width: int | None = None
    height: int | None = None


class Targets(Protocol):
    """Knows where the author's links and images lead. None: nowhere; the words stay."""

    def link(self, href: str, ids: frozenset[str]) -> str | None: ...

    def image(self, src: str, alt: str | None) -> Image | None: ...


def page(raw: str, targets: Targets) -> str:
    """A whole text: blocks, headings, tables."""
    return _fit(_PAGE.clean(raw), targets)


def inline(raw: str, targets: Targets) -> str:
    """Words that go into a label: no block and no link survives."""
    return _fit(_INLINE.clean(raw), targets).strip()


def prompt(raw: str, targets: Targets) -> str:
    """A question's text: plain paragraphs become lines of words, since legends hold no <p>."""
    fitted = page(raw, targets).strip()
    flat = _PARAGRAPH_BREAK.sub("<br>", fitted).removeprefix("<p>").removesuffix("</p>")
    return fitted if _BLOCK_TAG.search(flat) else flat


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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = "h2" if tag == "h1" else tag
        found: Attributes = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
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
        if tag in _BLOCKS:
            self.close_label()
        self.out.append(f"</{tag}></div>" if tag == "table" else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def keep_id_once(self, found: Attributes) -> None:
        if found.get("id") in self.seen_ids:
            del found["id"]
        self.seen_ids.update({found["id"]} if "id" in found else ())

    def fit_other(self, found: Attributes) -> str | None:
        return ""

    def fit_a(self, found: Attributes) -> str | None:
        if "href" not in found:
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
        return f'<div class="table-wrap" tabindex="0" role="region" aria-label="{label}">'

    def fit_section(self, found: Attributes) -> str | None:
        if "aria-label" in found:
            found["aria-label"] = self.name_once(found["aria-label"])
        return ""

    def fit_pre(self, found: Attributes) -> str | None:
        found["tabindex"] = "0"
        return ""

    def fit_th(self, found: Attributes) -> str | None:
        found.setdefault("scope", "col")
        return self.fit_td(found)

    def fit_td(self, found: Attributes) -> str | None:
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
        f" {name}" if name == "open" else f' {name}="{html.escape(value)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{shown}>"
