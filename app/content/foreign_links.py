"""Links and pictures of other people's pages, led to where their targets are in the course."""

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from app.content.foreign_anchors import anchors_of
from app.content.images import problem_of
from app.content.import_report import Tally
from app.content.links import IMAGES, is_served
from app.content.outside_code import outside_code
from app.lib.vietnamese import fold

LARGEST_FILE = 20 * 1024 * 1024
# white space and tags are bounded: patterns take quadratic time in them
_TITLE = r"""(\s{1,9}(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?"""
_TARGET = r"(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)"
_IMAGE = re.compile(rf"!\[((?:[^\[\]\\]|\\.)*)\]\(\s{{0,9}}{_TARGET}{_TITLE}\s{{0,9}}\)")
_LINK = re.compile(
    rf"(?<!!)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(\s{{0,9}}{_TARGET}{_TITLE}\s{{0,9}}\)"
)
_DEFINITION = re.compile(r"^( {0,3}\[([^\]\n^]+)\]:[ \t]*)(<[^<>\n]*>|\S+)(.*)$", re.MULTILINE)
_USE = re.compile(r"(!?)\[([^\[\]\n]*)\](?:\[([^\[\]\n]*)\])?(?![\[(:])")
_TAG = re.compile(
    r"<(a|img|source|audio|video)\b([^<>]{0,999}?)\s(href|src)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)"
    r"([^<>]{0,999})>",
    re.IGNORECASE,
)
_ALT = re.compile(r"\salt\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_PAGE_ENDS = ("", ".md", ".markdown", "/README.md", "/index.md", "/readme.md")


def slug_of(name: str, otherwise: str = "bai") -> str:
    """A name in any language as a slug of at most 60 characters."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:60].strip("-")
    return slug or otherwise


@dataclass
class Places:
    """Where the files of a source go. `folder` is what is imported, `tree` what pictures may be
    taken from; `pages` maps page names in the folder to names in the course, `texts` to
    their bodies and declared titles; `files` collects the other files that pages ask for, by
    their names in the course."""

    folder: Path
    tree: Path
    pages: Mapping[str, str]
    texts: Mapping[str, tuple[str, str]]
    files: dict[str, Path] = field(default_factory=dict)
    _named: dict[Path, str] = field(default_factory=dict)
    _anchors: dict[str, dict[str, str]] = field(default_factory=dict)

    def page(self, target: str) -> str | None:
        """The page at this path from the folder, as links of any generator write it; by its name
        in the folder."""
        bare = target.removesuffix(".html").removesuffix("/")
        for end in _PAGE_ENDS:
            name = (bare + end).removeprefix("./").removeprefix("/")
            if name in self.pages:
                return name
        return None

    def anchor(self, page: str, fragment: str) -> str | None:
        """The id here of a place in this page of the folder, "" for its top; None: no place."""
        if page not in self._anchors:
            self._anchors[page] = anchors_of(*self.texts.get(page, ("", "")))
        return self._anchors[page].get(unquote(fragment).lower())

    def page_below(self, path: str) -> str | None:
        """The only page that a path from the root of some site can mean, or None; by its name in
        the folder."""
        wanted = path.strip("/").removesuffix(".html").removesuffix(".md")
        found = self._ends.get(wanted.split("/")[-1], []) if wanted else []
        meant = [n for n in found if f"/{_without_end(n)}".endswith(f"/{wanted}")]
        return meant[0] if len(meant) == 1 else None

    @cached_property
    def _ends(self) -> dict[str, list[str]]:
        """Names of pages by the last word that links call them."""
        ends: dict[str, list[str]] = {}
        for name in self.pages:
            ends.setdefault(_without_end(name).split("/")[-1], []).append(name)
        return ends

    def file(self, target: str, picture: bool) -> str | None:
        """The name in the course of a file to be served, taken along from now on; or None."""
        try:
            path = (self.folder / target).resolve()
            if not path.is_relative_to(self.tree) or not path.is_file():
                return None
            if path.stat().st_size > LARGEST_FILE or not is_served(path.name):
                return None
        except (OSError, ValueError):
            return None
        if picture and (path.suffix.lower() not in IMAGES or problem_of(path)):
            return None
        return self._named.get(path) or self._name(path)

    def _name(self, path: Path) -> str:
        stem, end, count = slug_of(path.stem, "tep"), path.suffix.lower(), 1
        name = f"tep/{stem}{end}"
        while name in self.files:
            count += 1
            name = f"tep/{stem}-{count}{end}"
        self.files[name] = path
        self._named[path] = name
        return name


class PageLinks:
    """The links of one page. `source` is its name in the folder, `name` the one in the course."""

    def __init__(self, places: Places, source: str, name: str, tally: Tally) -> None:
        self.places = places
        self.source = source
        self.name = name
        self.tally = tally
        self.notes: list[str] = []
        self.gone: set[str] = set()
        self.text = ""

    def mended(self, text: str) -> str:
        """The text with its links led right, and words in place of those that lead nowhere."""
        self.text = text
        text = outside_code(text, self._definitions)
        text = outside_code(text, self._inline)
        return outside_code(text, self._uses) if self.gone else text

    def _definitions(self, text: str) -> str:
        return _DEFINITION.sub(self._definition, text)

    def _definition(self, match: re.Match[str]) -> str:
        target = match[3].strip("<>")
        picture = PurePosixPath(urlsplit_path(target)).suffix.lower() in IMAGES
        found = self._image(target) if picture else self._target(target)
        if found is None:
            self.gone.add(fold(match[2]))
            return ""
        return f"{match[1]}{_written(found)}{match[4]}"

    def _inline(self, text: str) -> str:
        text = _IMAGE.sub(self._inline_image, text)
        text = _LINK.sub(self._inline_link, text)
        return _TAG.sub(self._tag, text)

    def _inline_image(self, match: re.Match[str]) -> str:
        found = self._image(match[2].strip("<>"))
        if found is None:
            return match[1] or _stem(match[2])
        return f"![{match[1]}]({_written(found)}{match[3] or ''})"

    def _inline_link(self, match: re.Match[str]) -> str:
        found = self._target(match[2].strip("<>"))
        return match[1] if found is None else f"[{match[1]}]({_written(found)}{match[3] or ''})"

    def _uses(self, text: str) -> str:
        def word(match: re.Match[str]) -> str:
            label = match[3] or match[2]
            return match[2] if fold(label) in self.gone else match[0]

        return _USE.sub(word, text)

    def _tag(self, match: re.Match[str]) -> str:
        name, value = match[1].lower(), html.unescape(match[4].strip("\"'"))
        picture = name == "img"
        found = self._image(value) if picture else self._target(value)
        if found is not None:
            return f'<{match[1]}{match[2]} {match[3]}="{html.escape(found)}"{match[5]}>'
        alt = _ALT.search(f"{match[2]}{match[5]}")
        if picture:
            return alt[1].strip("\"'") if alt else ""
        return f"<{match[1]}{match[2]}{match[5]}>"

    def _target(self, target: str) -> str | None:
        """A link's new target, or None (noted) when only its words can stay."""
        parts = _split(target)
        if parts is None:
            self._lost(target)
            return None
        scheme, path, fragment = parts
        if scheme:
            self.tally.links += 1
            return target
        found = self._place(fragment) if target.startswith("#") else self._file(path, fragment)
        if found is None:
            self._lost(target)
        else:
            self.tally.links += 1
        return found

    def _place(self, fragment: str) -> str | None:
        """A place of this page."""
        known = self.places.anchor(self.source, fragment)
        if known is None and re.search(rf"\sid=[\"']{re.escape(fragment)}[\"']", self.text):
            known = fragment
        return f"#{known}" if known else None

    def _file(self, path: str, fragment: str) -> str | None:
        """Another page, at a place of it if that is there, or a file."""
        where = self._from_folder(path)
        page = self.places.page(where) if where else None
        if page is None and path.startswith("/"):
            page = self.places.page_below(unquote(path))
        if page is None:
            found = self.places.file(where, picture=False) if where else None
            return self._relative(found) if found else None
        place = self.places.anchor(page, fragment) if fragment else None
        return self._relative(self.places.pages[page]) + (f"#{place}" if place else "")

    def _lost(self, target: str) -> None:
        self.tally.broken_links += 1
        self.notes.append(f"liên kết “{target[:80]}” không có đích, chỉ giữ chữ")

    def _image(self, target: str) -> str | None:
        parts = _split(target)
        where = self._from_folder(parts[1]) if parts and not parts[0] else None
        found = self.places.file(where, picture=True) if where else None
        if found is None and parts and parts[1].startswith("/"):
            found = self._picture_below(unquote(parts[1]))
        if found is None:
            self.tally.broken_images += 1
            outside = bool(parts and parts[0])
            why = "nằm ở trang khác" if outside else "không có hoặc không dùng được"
            self.notes.append(f"hình “{target[:80]}” {why}, thay bằng chữ")
            return None
        self.tally.images += 1
        return self._relative(found)

    def _picture_below(self, path: str) -> str | None:
        """A picture at a path from the root of some site, which is a folder around the page."""
        around = posixpath.dirname(self.source)
        while around:
            for root in ("", "/static", "/public", "/assets"):
                target = posixpath.normpath(f"{around}{root}{path}")
                if found := self.places.file(target, picture=True):
                    return found
            around = posixpath.dirname(around)
        return None

    def _from_folder(self, path: str) -> str | None:
        """A path of the page as one from the folder; `/` begins at the folder."""
        path = unquote(path)
        if "\0" in path or "\\" in path or not path:
            return None
        joined = path if path.startswith("/") else f"{posixpath.dirname(self.source)}/{path}"
        trailing = "/" if path.endswith("/") else ""
        return posixpath.normpath(joined.lstrip("/") or ".") + trailing

    def _relative(self, name: str) -> str:
        return posixpath.relpath(name, posixpath.dirname(self.name) or ".")


def _without_end(name: str) -> str:
    """A page's name as sites address it: without its ending, a README as its folder."""
    bare = posixpath.splitext(name)[0]
    folder, _, last = bare.rpartition("/")
    return folder if last.lower() in ("readme", "index", "_index") else bare


def urlsplit_path(target: str) -> str:
    """The path of an address, "" for one that is none."""
    parts = _split(target)
    return parts[1] if parts else ""


def _split(target: str) -> tuple[str, str, str] | None:
    """(scheme or host, path, fragment), or None for what is no address."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return parts.scheme or parts.netloc, parts.path, parts.fragment


def _written(target: str) -> str:
    return f"<{target}>" if re.search(r"[\s()]", target) else target


def _stem(target: str) -> str:
    return PurePosixPath(urlsplit_path(target.strip("<>"))).stem
