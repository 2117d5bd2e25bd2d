"""Making, naming, ordering and removing the parts of a course in its draft."""

import posixpath
from dataclasses import dataclass
from pathlib import Path

from app.accounts import audit, operations
from app.accounts.signed_in import SignedIn
from app.authoring import draft_queries as queries
from app.authoring import front_lines as front
from app.authoring.actions.drafts import add_file, new_draft, put, writable
from app.authoring.actions.editors import let_write
from app.authoring.actions.naming import (
    free,
    free_folder,
    free_name,
    kept_folder,
    known_as,
    next_number,
    rename_all,
    slugs_of,
)
from app.authoring.actions.whole import whole
from app.authoring.arrangement import Arrangement, Leaf, arranged, in_order, leaf_of
from app.authoring.models import Draft
from app.authoring.problems import NotThere, StudioProblem
from app.authoring.starters import course_text, module_text, step_text
from app.content.adoption import RESERVED
from app.content.foreign_links import slug_of
from app.content.outline import COURSE_FILE, MODULE_FILE
from app.lib.messages import message

UP, DOWN = "up", "down"


@dataclass(frozen=True)
class NewCourse:
    """What a course begins with; `audience`: ids of groups."""

    slug: str
    title: str
    summary: str
    code: str
    audience: tuple[str, ...]


@whole
def new_course(op_id: str, person: SignedIn, wanted: NewCourse, courses: Path) -> str:
    """Open a draft of a course that is not there yet; returns its slug."""
    slug = wanted.slug or slug_of(wanted.title, "khoa-hoc")
    content = [slug, wanted.title, wanted.summary, wanted.code, list(wanted.audience)]
    if operations.begin(op_id, person.id, "new_course", content):
        return slug
    if slug in RESERVED or (courses / slug).exists():
        raise StudioProblem(message("Đã có khóa học ở địa chỉ “%(slug)s”.", slug=slug))
    draft = new_draft(person, slug)
    if draft is None:
        raise StudioProblem(message("Đã có khóa học ở địa chỉ “%(slug)s”.", slug=slug))
    text = course_text(wanted.title, wanted.summary, wanted.code, wanted.audience, person.full_name)
    add_file(draft, COURSE_FILE, text, person)
    let_write(person, slug, person.id)
    audit.record(person.id, "new_course", f"course {slug}")
    return slug


@whole
def add_module(op_id: str, person: SignedIn, slug: str, title: str) -> None:
    """A module at the end of the course."""
    if operations.begin(op_id, person.id, "add_module", [slug, title]):
        return
    draft, found = _draft(slug)
    taken = {part.folder.partition("-")[2] for part in found.modules}
    folder = f"{next_number(found.parts):02d}-{free(slug_of(title, 'phan'), taken)}"
    add_file(draft, f"{folder}/{MODULE_FILE}", module_text(title), person)


@whole
def add_step(op_id: str, person: SignedIn, slug: str, title: str, module: str, kind: str) -> int:
    """A lesson or test at the end of a module ("" for the end of the course); its number."""
    replay = operations.begin(op_id, person.id, "add_step", [slug, title, module, kind])
    if replay:
        return int(replay.outcome)
    draft, found = _draft(slug)
    part = found.part(module)
    if module and part is None:
        raise NotThere(message("Phần này không còn trong bản soạn."))
    name = f"{free(slug_of(title), slugs_of(found))}.md"
    number = next_number(part.lessons if part else found.parts)
    file = add_file(
        draft, posixpath.join(module, f"{number:02d}-{name}"), step_text(title, kind), person
    )
    operations.conclude(op_id, str(file.id))
    return file.id


@whole
def rename(
    op_id: str, person: SignedIn, slug: str, file_id: int, title: str, new_slug: str
) -> None:
    """Give a file another title, and a step another slug ("" for none of these); who learnt it
    under its name on disk keeps the credit."""
    if operations.begin(op_id, person.id, "rename_file", [slug, file_id, title, new_slug]):
        return
    _, found = _draft(slug)
    leaf = _leaf(found, file_id)
    if title and title != leaf.title:
        put(leaf.row, front.with_words(leaf.row.text, "title", title), person.id)
    if not new_slug or not leaf.slug or new_slug == leaf.slug:
        return
    if new_slug in slugs_of(found):
        raise StudioProblem(message("Đã có bài ở địa chỉ “%(slug)s”.", slug=new_slug))
    base = posixpath.basename(leaf.name)
    name = base[: len(base) - len(f"{leaf.slug}.md")] + f"{new_slug}.md"
    _keep_credit(leaf, new_slug, person)
    moved = {leaf.name: posixpath.join(posixpath.dirname(leaf.name), name)}
    rename_all(found, moved, person)


@whole
def move(op_id: str, person: SignedIn, slug: str, file_id: int, way: str, module: str) -> None:
    """Move a lesson or module one place (`way` up or down), or a lesson to another module's end
    (`way` "", `module` its folder, "" for the top)."""
    if operations.begin(op_id, person.id, "move_file", [slug, file_id, way, module]):
        return
    _, found = _draft(slug)
    leaf = _leaf(found, file_id)
    moved = _swapped(found, leaf, way) if way else _carried(found, leaf, module)
    rename_all(found, moved, person)


@whole
def remove(op_id: str, person: SignedIn, slug: str, file_id: int, heir_id: int = 0) -> None:
    """Take a lesson, test or empty module out of the draft. With an heir, who learnt the lesson
    has that one to their credit."""
    if operations.begin(op_id, person.id, "remove_file", [slug, file_id, heir_id]):
        return
    found = _draft(slug)[1]
    leaf = _leaf(found, file_id)
    part = found.part(posixpath.dirname(leaf.name))
    if leaf.kind == "course" or (leaf.kind == "module" and part and part.lessons):
        raise StudioProblem(message("Chỉ bỏ được bài, hoặc phần không còn bài nào."))
    heir = found.leaf(heir_id) if heir_id else None
    if heir is not None and heir.slug and leaf.slug and heir is not leaf:
        names = [*front.formerly(heir.row.text), *known_as(leaf)]
        put(heir.row, front.with_names(heir.row.text, "formerly", names), person.id)
    if leaf.kind == "module" and part:
        # pictures that lie in its folder may be shown by other lessons: it is a module no more
        rename_all(found, {part.folder: kept_folder(found, part.folder)}, person)
    leaf.row.removed = True
    audit.record(person.id, "remove_file", f"course {slug}", leaf.name)


@whole
def bring_back(op_id: str, person: SignedIn, slug: str, file_id: int) -> None:
    """Put a file back that was taken out of the draft; a step no longer has an heir."""
    if operations.begin(op_id, person.id, "bring_back", [slug, file_id]):
        return
    found = _draft(slug)[1]
    row = next((row for row in found.removed if row.id == file_id), None)
    if row is None:
        raise NotThere(message("Bài này không còn trong bản soạn."))
    leaf = leaf_of(row)
    if leaf.slug in slugs_of(found):
        raise StudioProblem(message("Đã có bài ở địa chỉ “%(slug)s”.", slug=leaf.slug))
    if posixpath.basename(row.name) == MODULE_FILE:
        rename_all(found, {posixpath.dirname(row.name): free_folder(found, row)}, person)
    else:
        row.name = free_name(found, row)
    row.removed = False
    for other in found.lessons if leaf.slug else ():
        names = front.formerly(other.row.text)
        left = [name for name in names if name not in known_as(leaf)]
        if left != names:
            put(other.row, front.with_names(other.row.text, "formerly", left), person.id)


def _draft(slug: str) -> tuple[Draft, Arrangement]:
    draft = writable(slug)
    return draft, arranged(queries.files(draft))


def _leaf(found: Arrangement, file_id: int) -> Leaf:
    leaf = found.leaf(file_id)
    if leaf is None:
        raise NotThere(message("Bài này không còn trong bản soạn."))
    return leaf


def _keep_credit(leaf: Leaf, new_slug: str, person: SignedIn) -> None:
    before = front.formerly(leaf.row.text)
    names = [name for name in known_as(leaf) if name != new_slug]
    if names != before:
        put(leaf.row, front.with_names(leaf.row.text, "formerly", names), person.id)


def _swapped(found: Arrangement, leaf: Leaf, way: str) -> dict[str, str]:
    folder = posixpath.dirname(leaf.name)
    part = found.part(folder)
    if leaf.kind in ("course", "other"):
        raise StudioProblem(message("Chỉ dời được bài và phần."))
    if part is None or leaf.kind == "module":
        names = [one.name for one in found.parts]
        here = folder or leaf.name
    else:
        names, here = [lesson.name for lesson in part.lessons], leaf.name
    at = names.index(here)
    to = at - 1 if way == UP else at + 1
    if 0 <= to < len(names):
        names[at], names[to] = names[to], names[at]
    return in_order(names)


def _carried(found: Arrangement, leaf: Leaf, module: str) -> dict[str, str]:
    part = found.part(module)
    if leaf.kind == "module" or not leaf.slug or (module and part is None):
        raise NotThere(message("Phần này không còn trong bản soạn."))
    if posixpath.dirname(leaf.name) == module:
        return {}
    number = next_number(part.lessons if part else found.parts)
    return {leaf.name: posixpath.join(module, f"{number:02d}-{leaf.slug}.md")}
