"""A folder of other people's pages laid out as a course: which file becomes which step."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.content.decoding import decoded
from app.content.foreign_front import Front, parted
from app.content.foreign_links import slug_of
from app.content.foreign_text import in_our_dialect
from app.content.import_report import ImportRefused, ImportReport
from app.content.source import LARGEST_FILE, LONGEST_LINE

PAGES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
QUESTIONS = frozenset({".gift", ".csv", ".txt", ".aiken"})
OVERVIEWS = ("readme", "index", "_index")
DEEPEST = 24
LONGEST_WRAPPED = LONGEST_LINE // 2
_SKIPPED = {
    "__MACOSX": "tệp phụ của máy Mac",
    "node_modules": "thư viện của người khác",
    "__pycache__": "bộ nhớ đệm",
    "Thumbs.db": "bộ nhớ đệm",
}
_NUMBER = re.compile(r"(\d{1,9})")
_LEADING = re.compile(r"^\d{1,4}[\s._)-]+(?=\S)")


@dataclass(frozen=True)
class Bounds:
    """How much one import may bring: pages, and MB of text in all of them."""

    pages: int = 5_000
    megabytes: int = 16


WIDE = Bounds()


@dataclass(frozen=True)
class Page:
    """A page of the source. `source`: its name in the folder, `name`: the one in the course."""

    source: str
    front: Front
    notes: tuple[str, ...]
    name: str = ""

    @property
    def title(self) -> str:
        """What the page is called: by its front matter, its first heading or its name."""
        found = in_our_dialect(self.front.body[:4000], self.front.title, plain=False).title
        return found or title_of(Path(self.source))


@dataclass
class Part:
    """The pages of one folder, in order; the folder's name in the course is "" at the top."""

    folder: str
    title: str = ""
    summary: str = ""
    name: str = ""
    pages: list[Page] = field(default_factory=list)


@dataclass
class Plan:
    """A course to be: its overview page (None: there is none), parts and question files."""

    overview: Page | None
    parts: list[Part]
    questions: list[str]
    others: list[str]

    @property
    def pages(self) -> dict[str, str]:
        """Names in the course by names in the source, overviews of folders among them."""
        found = {page.source: page.name for part in self.parts for page in part.pages}
        return found | ({self.overview.source: "course.md"} if self.overview else {})

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """Bodies and declared titles of the pages by names in the source."""
        pages = [page for part in self.parts for page in part.pages]
        return {
            page.source: (page.front.body, page.front.title)
            for page in (*pages, self.overview)
            if page
        }


def title_of(path: Path) -> str:
    """A file or folder name as a title: "02_Mat-khau.md" gives "Mat khau"."""
    words = re.sub(r"[\s_-]+", " ", _LEADING.sub("", path.stem)).strip()
    return (words[:1].upper() + words[1:])[:200] or "Bài học"


def plan(folder: Path, report: ImportReport, bounds: Bounds) -> Plan:
    """Lay out a folder; what is left aside stands in the report. Raises ImportRefused."""
    names = list(_names(folder, report))
    texts = [name for name in names if Path(name).suffix.lower() in PAGES]
    pages = _read(folder, texts, report, bounds)
    overview = next((page for page in pages if _is_overview(page) and "/" not in page.source), None)
    rest = [page for page in pages if page is not overview]
    if not rest and overview:
        rest, overview = [overview], None
    questions = [name for name in names if Path(name).suffix.lower() in QUESTIONS]
    taken = PAGES | QUESTIONS
    others = [name for name in names if Path(name).suffix.lower() not in taken]
    return Plan(overview, _named(_parts(rest)), questions, others)


def _names(folder: Path, report: ImportReport) -> Iterator[str]:
    """All files of the folder by name in it, in the order people count in."""
    for place, folders, files in os.walk(folder, followlinks=False):
        inner = Path(place).relative_to(folder)
        for name in sorted(f for f in folders if not _is_wanted(f)):
            report.left(f"{_shown(inner / name)}/", f"bỏ qua cả thư mục: {_why_skipped(name)}")
        folders[:] = sorted((f for f in folders if _is_wanted(f)), key=_by_number)
        if len(inner.parts) >= DEEPEST:
            raise ImportRefused(f"Thư mục lồng quá sâu (hơn {DEEPEST} bậc): “{inner}”.")
        for name in [f for f in folders if (Path(place) / f).is_symlink()]:
            report.left((inner / name).as_posix(), "liên kết tượng trưng")
            folders.remove(name)
        for name in sorted(filter(_is_wanted, files), key=_by_number):
            path = Path(place) / name
            if path.is_symlink() or not path.is_file():
                report.left((inner / name).as_posix(), "liên kết tượng trưng hoặc tệp đặc biệt")
            else:
                yield (inner / name).as_posix()


def _is_wanted(name: str) -> bool:
    # names of bytes that are no UTF-8 cannot be told, nor kept
    return not name.startswith(".") and name not in _SKIPPED and name.isprintable()


def _why_skipped(name: str) -> str:
    if not name.isprintable():
        return "tên có ký tự lạ"
    return _SKIPPED.get(name, "thư mục ẩn")


def _shown(path: Path) -> str:
    """A name that can be told and kept, whatever bytes it is made of."""
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(path)
    )


def _by_number(name: str) -> list[tuple[int, int, str]]:
    """README and index first, then 2 before 10."""
    first = 0 if Path(name).stem.lower() in OVERVIEWS else 1
    parts = _NUMBER.split(name.lower())
    return [(first, 0, ""), *((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts if p)]


def _read(folder: Path, names: list[str], report: ImportReport, bounds: Bounds) -> list[Page]:
    if len(names) > bounds.pages:
        raise ImportRefused(
            f"Có {len(names)} trang, nhiều hơn {bounds.pages}. Hãy nhập từng phần thành từng khóa."
        )
    pages, left = [], bounds.megabytes * 1024 * 1024
    for name in names:
        path = folder / name
        left -= min(path.stat().st_size, LARGEST_FILE)
        if left < 0:
            raise ImportRefused(f"Chữ của mọi trang hơn {bounds.megabytes} MB. Hãy nhập từng phần.")
        page = _page(path, name, report)
        pages += [page] if page else []
    return pages


def _page(path: Path, name: str, report: ImportReport) -> Page | None:
    if path.stat().st_size > LARGEST_FILE:
        report.left(name, "lớn hơn 1 MB")
        return None
    text = decoded(path.read_bytes())
    if text is None:
        report.left(name, "không nhận ra bảng mã chữ")
        return None
    words, notes = _wrapped(text.text), list(text.notes)
    if words is None:
        report.left(name, "có dòng dài hơn 5.000 ký tự")
        return None
    notes += ["ngắt dòng quá dài"] if words != text.text else []
    front = parted(words)
    notes += [f"bỏ mục khai báo {', '.join(front.left[:8])}"] if front.left else []
    return Page(name, front, tuple(notes))


def _wrapped(text: str) -> str | None:
    """The text with lines that patterns can bear; None where one cannot be broken."""
    lines: list[str] = []
    for line in text.split("\n"):
        rest = line
        while len(rest) > LONGEST_WRAPPED:
            at = rest.rfind(" ", 0, LONGEST_WRAPPED)
            # a word that begins with a letter begins no list, table or heading
            while at > 0 and not rest[at + 1 : at + 2].isalpha():
                at = rest.rfind(" ", 0, at)
            if at <= 0 or rest[0] in "|\t" or rest.startswith("    "):
                return None
            lines.append(rest[:at])
            rest = rest[at + 1 :]
        lines.append(rest)
    return "\n".join(lines)


def _is_overview(page: Page) -> bool:
    return Path(page.source).stem.lower() in OVERVIEWS


def _parts(pages: list[Page]) -> list[Part]:
    """The pages by folder, folders in the order of the walk, the top first."""
    parts: dict[str, Part] = {}
    for page in pages:
        folder = Path(page.source).parent.as_posix()
        parts.setdefault(folder, Part("" if folder == "." else folder)).pages.append(page)
    for part in parts.values():
        first = part.pages[0]
        if _is_overview(first) and part.folder:
            part.title, part.summary = first.title, first.front.summary
        elif part.folder:
            part.title = " · ".join(title_of(Path(name)) for name in Path(part.folder).parts[-2:])
        part.pages.sort(key=_by_order)
    return sorted(parts.values(), key=lambda part: part.folder != "")


def _by_order(page: Page) -> tuple[bool, float]:
    order = page.front.order
    return not _is_overview(page), order if order is not None else float("inf")


def _named(parts: list[Part]) -> list[Part]:
    """The parts and pages with their names in the course: numbered slugs, each used once."""
    taken: set[str] = set()
    top = sum(len(part.pages) for part in parts if not part.folder)
    number = 0
    for part in parts:
        if part.folder:
            number += 1
            part.name = f"{top + number:02d}-{slug_of(_bare(Path(part.folder).name), 'phan')}"
        for place, page in enumerate(part.pages, 1):
            slug = _unique(_slug(page), taken)
            name = f"{place:02d}-{slug}.md"
            part.pages[place - 1] = replace(page, name=f"{part.name}/{name}".lstrip("/"))
    return parts


def _slug(page: Page) -> str:
    path = Path(page.source)
    named = path.parent if _is_overview(page) and path.parent.name else path
    return slug_of(_bare(named.stem if named is path else named.name))


def _bare(name: str) -> str:
    return _LEADING.sub("", name)


def _unique(slug: str, taken: set[str]) -> str:
    found, count = slug, 1
    while found in taken:
        count += 1
        found = f"{slug}-{count}"
    taken.add(found)
    return found
