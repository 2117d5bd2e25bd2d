"""The courses that somebody writes, as the studio lists them: on disk, and those not there yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.authoring.front_lines import title
from app.authoring.models import Draft
from app.authoring.studio import Entry
from app.lib.paging import Page, offset

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """A course in the list: as on disk (None when it is not there yet), and its open draft."""

    slug: str
    title: str
    entry: Entry | None
    draft: Draft | None


def shelf_page(
    entries: Iterable[Entry], drafts: Mapping[str, Draft], texts: Mapping[int, str], number: int
) -> Page[Line]:
    """New courses first, then those on disk in their order. `texts`: of course.md, by draft."""
    known = list(entries)
    on_disk = {entry.slug for entry in known}
    lines = [
        Line(slug, title(texts.get(draft.id, ""), slug), None, draft)
        for slug, draft in drafts.items()
        if slug not in on_disk
    ]
    lines += [Line(one.slug, _called(one), one, drafts.get(one.slug)) for one in known]
    first = offset(number, PER_PAGE)
    return Page(lines[first : first + PER_PAGE], number, PER_PAGE, len(lines))


def _called(entry: Entry) -> str:
    course = entry.course
    return f"{course.code} · {course.title}" if course else entry.slug
