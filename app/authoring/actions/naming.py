"""Names of the files of a draft: free ones for new files, new ones that everything follows."""

import posixpath
from collections.abc import Collection, Mapping, Sequence

from app.accounts.signed_in import SignedIn
from app.authoring import front_lines as front
from app.authoring.actions.drafts import put
from app.authoring.arrangement import Arrangement, Leaf, Part
from app.authoring.models import DraftFile
from app.authoring.relinking import relinked, step_slug
from app.content.source import numbered
from app.extensions import db

# a folder that was a module's keeps its pictures under a name that makes no module
KEPT = "hinh-"


def free(name: str, taken: Collection[str]) -> str:
    """The name, with a number after it when it is taken."""
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    return found


def next_number(siblings: Sequence[Leaf | Part]) -> int:
    """The number that puts a new file or module after these."""
    places = (numbered(posixpath.basename(one.name)) for one in siblings)
    return max((place[0] for place in places if place), default=0) + 1


def slugs_of(found: Arrangement) -> set[str]:
    """The slugs of all steps."""
    return {leaf.slug for leaf in found.lessons}


def known_as(leaf: Leaf) -> list[str]:
    """The names under which learners may have a step to their credit."""
    on_disk = step_slug(leaf.row.base_name)
    return [*front.formerly(leaf.row.text), *([on_disk] if on_disk else [])]


def kept_folder(found: Arrangement, folder: str) -> str:
    """What the folder of a module is called when it is one no more."""
    place = numbered(folder)
    taken = {row.name.partition("/")[0] for row in found.rows}
    return free(f"{KEPT}{place[1] if place else folder}", taken)


def free_folder(found: Arrangement, head: DraftFile) -> str:
    """What the folder of a module is called that comes back: as on disk, or at the end."""
    before = posixpath.dirname(head.base_name)
    taken = {part.folder for part in found.modules}
    if before and before not in taken:
        return before
    slug = posixpath.dirname(head.name).removeprefix(KEPT)
    return f"{next_number(found.parts):02d}-{slug}"


def free_name(found: Arrangement, row: DraftFile) -> str:
    """What a file is called that comes back: as before, or at the end of its module, or at the
    end of the course when its module is no more."""
    folder, base = posixpath.split(row.name)
    taken = {other.name for other in found.rows if not other.removed}
    part = found.part(folder)
    place = numbered(base)
    if place is None or ((part or not folder) and row.name not in taken):
        return free(row.name, taken)
    number = next_number(part.lessons if part else found.parts)
    return posixpath.join(part.folder if part else "", f"{number:02d}-{place[1]}")


def rename_all(found: Arrangement, moved: Mapping[str, str], person: SignedIn) -> None:
    """Give files and modules their new names; links to them, and from them, follow."""
    names = {row.id: _name(row.name, moved) for row in found.rows}
    follow = {row.name: names[row.id] for row in found.rows if names[row.id] != row.name}
    for row in found.rows:
        text = relinked(row.text, row.name, names[row.id], {**moved, **follow})
        if text != row.text and not row.removed:
            put(row, text, person.id)
    changed = [row for row in found.rows if row.name != names[row.id]]
    for row in changed:
        row.name = f".{row.id}"  # two may change places
    db.session.flush()
    for row in changed:
        row.name = names[row.id]


def _name(name: str, moved: Mapping[str, str]) -> str:
    folder, slash, rest = name.partition("/")
    if name in moved:
        return moved[name]
    return f"{moved[folder]}/{rest}" if slash and folder in moved else name
