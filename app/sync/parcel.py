"""A course as a device takes it home: its pages, its practice key, a list of its files.

Made once per version and language. No right answer of a test is in it (rule 11), and nothing of
a person. The answers of practice questions are: a verdict has to be given without a network.
"""

import gzip
import html
import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, url_for

from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.lessons.page import neutral_facts, speaker, step_address
from app.lessons.sheet import is_recorded
from app.lib.hashing import digest
from app.sync.batch import NEWEST
from app.sync.neutral import neutral, page_headers
from app.sync.practice_key import practice_key
from app.ui.i18n import language

_FILES = re.compile(r'\b(?:src|poster)="(/courses/[^"]+/media/[^"]+)"')
_SOUND_FACTS = re.compile(r'<p class=\\"hear-words\\">.*?</p>')
_CODE = ("text/css", "text/javascript")
# papers are opened in another program, which asks the network itself
_LEFT_OUT = (".pdf",)


@dataclass(frozen=True)
class Parcel:
    """A course to take home. `body` is gzipped JSON; `tag` changes with anything in it."""

    course: Course
    tag: str
    body: bytes
    raw_size: int
    pages: int
    files: tuple[dict[str, Any], ...]

    @property
    def size(self) -> int:
        """Bytes to be fetched, pages and files together."""
        return len(self.body) + sum(int(file["size"]) for file in self.files)


def sounds_size(course: Course) -> int:
    """Bytes of all lessons read aloud, some of them estimated: fetched apart, if wanted."""
    lessons = (step for step in course.steps if not is_recorded(step))
    sounds = (speaker().sound(course, step) for step in lessons)
    return sum(sound.size for sound in sounds if sound)


class _Parcels:
    """The parcels of this process; a course is replaced as a whole object."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Parcel] = {}

    def of(self, course: Course) -> Parcel:
        key = (course.slug, language())
        known = self._kept.get(key)
        if known is None or known.course is not course:
            known = self._kept[key] = _packed(course)
        return known


_parcels = _Parcels()


def parcel(course: Course) -> Parcel:
    """The parcel of a published course in the language of whoever asks."""
    return _parcels.of(course)


def _packed(course: Course) -> Parcel:
    pages = _pages(course)
    files = _files(course, pages)
    told = {
        "protocol": NEWEST,
        "course": course.slug,
        "version": course.version,
        "title": course.title,
        "language": language(),
        "steps": [_line(step) for step in course.steps],
        "pages": pages,
        "headers": page_headers(),
        "key": practice_key(course),
        "assets": _assets(pages),
        "files": files,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    packed = gzip.compress(text.encode(), 9, mtime=0)
    # how large a sound is becomes exact once somebody heard it: that is no new parcel
    tag = digest(_SOUND_FACTS.sub("", text))[:12]
    return Parcel(course, tag, packed, len(text.encode()), len(pages), tuple(files))


def _assets(pages: dict[str, str]) -> list[str]:
    """The addresses of the stylesheets and scripts of these pages."""
    known = current_app.extensions["assets"]
    code = {url_for("ui.static", path=path) for path, a in known.items() if a.mimetype in _CODE}
    return sorted(address for address in code if any(address in page for page in pages.values()))


def _line(step: Step) -> dict[str, Any]:
    return {
        "slug": step.slug,
        "title": step.title,
        "kind": step.kind,
        "minutes": step.minutes,
        "formerly": step.formerly,
    }


def _pages(course: Course) -> dict[str, str]:
    """Every page by its address, as the online page has it."""
    pages = {url_for("catalogue.course", slug=course.slug): _course_page(course)}
    pages |= {step_address(course, step): _step_page(course, step) for step in course.steps}
    return pages


def _course_page(course: Course) -> str:
    return neutral(
        "sync/course.html", course=course, address=shelf.programme.address(course.audience)
    )


def _step_page(course: Course, step: Step) -> str:
    if step.kind is StepKind.TEST:
        return neutral("sync/test.html", course=course, step=step)
    if step.kind is StepKind.LESSON:
        return neutral("sync/lesson.html", **neutral_facts(course, step))
    return neutral(
        "lessons/practical.html",
        course=course,
        step=step,
        progress=None,
        done=False,
        test=course.step(step.instead_of or ""),
        address=shelf.programme.address(course.audience),
    )


def _files(course: Course, pages: dict[str, str]) -> list[dict[str, Any]]:
    """Pictures and recordings on the pages, each once, with its bytes and what they are."""
    found = {
        html.unescape(address): None for page in pages.values() for address in _FILES.findall(page)
    }
    listed = (_file(course, address) for address in found)
    return [file for file in listed if file]


def _file(course: Course, address: str) -> dict[str, Any] | None:
    relative = unquote(urlsplit(address).path).partition("/media/")[2]
    path = shelf.library.media(course.slug, relative)
    if path is None or PurePosixPath(relative).suffix.lower() in _LEFT_OUT:
        return None
    content = path.read_bytes()
    return {"url": address, "size": len(content), "hash": sha256(content).hexdigest()[:16]}
