"""What a search shows: each hit with its title, its course, an address and a few words around."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.catalogue.queries import Hit, find
from app.catalogue.words import asked_words, plain, snippet
from app.content.models import Course
from app.content.programme import Group
from app.content.shelf import shelf

SUGGESTIONS = 8
# for whoever does not know what to ask, in the words of the courses
STARTS = (
    *("VNeID", "lừa đảo", "mã QR", "chuyển tiền"),
    *("khám bệnh", "gọi hình", "Wi-Fi", "mật khẩu"),
)


@dataclass(frozen=True)
class Result:
    """One line of the results; `kind` is "course", "step" or "term"."""

    kind: str
    title: str
    href: str
    course_title: str
    text: str


@dataclass(frozen=True)
class Addresses:
    """How results name their pages."""

    course: Callable[[str], str]
    step: Callable[[str, str], str]


def search(query: str, group: Group | None) -> list[Hit]:
    """The hits of a query, best first; at equal nearness the courses of the visitor's group.

    Where the words stand nowhere together, what holds a part of them.
    """
    words = asked_words(query)
    hits = find(words) or find(words, every=False)
    return sorted(hits, key=lambda hit: (hit.level, _elsewhere(hit, group)))


def shown(hits: Iterable[Hit], query: str, addresses: Addresses) -> list[Result]:
    """The lines for these hits; what was taken off the shelf a moment ago is left out."""
    lines = []
    for hit in hits:
        course = shelf.course(hit.course_slug)
        line = _line(course, hit, query, addresses) if course else None
        lines += [line] if line else []
    return lines


def _elsewhere(hit: Hit, group: Group | None) -> bool:
    course = shelf.course(hit.course_slug)
    return not (course and group and group.id in course.audience)


def _line(course: Course, hit: Hit, query: str, addresses: Addresses) -> Result | None:
    if hit.term:
        meaning = next((term.meaning for term in course.glossary if term.word == hit.term), "")
        href = addresses.course(course.slug)
        return Result("term", hit.term, href, course.title, snippet(meaning, query))
    if not hit.step_slug:
        text = snippet(course.summary, query)
        return Result("course", course.title, addresses.course(course.slug), "", text)
    step = course.step(hit.step_slug)
    if step is None:
        return None
    href = addresses.step(course.slug, step.slug)
    return Result("step", step.title, href, course.title, snippet(plain(step.html), query))
