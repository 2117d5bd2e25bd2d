"""Adding a picture to a draft."""

import hashlib
import posixpath
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from app.accounts import operations
from app.accounts.signed_in import SignedIn
from app.authoring import draft_queries as queries
from app.authoring.actions.drafts import writable
from app.authoring.actions.whole import whole
from app.authoring.models import DraftPicture
from app.authoring.problems import NotThere, StudioProblem
from app.authoring.shrinking import Picture, prepared
from app.content.foreign_links import slug_of
from app.extensions import db
from app.lib.messages import message

FOLDER = "hinh"
MOST_PICTURES = 200


@dataclass(frozen=True)
class Upload:
    """A picture as a browser sent it, and what it shows."""

    name: str
    data: bytes
    alt: str


@dataclass(frozen=True)
class Added:
    """A picture in the draft: its name in the course, its size, and how a file shows it."""

    name: str
    size: int
    markdown: str


def add_picture(
    op_id: str, person: SignedIn, slug: str, file_id: int, upload: Upload, courses: Path
) -> Added:
    """Shrink a picture and keep it in the draft. Raises StudioProblem."""
    # before the turn to write is taken: shrinking takes its time
    return _keep(op_id, person, slug, file_id, upload, prepared(upload.data), courses)


@whole
def _keep(
    op_id: str,
    person: SignedIn,
    slug: str,
    file_id: int,
    upload: Upload,
    picture: Picture,
    courses: Path,
) -> Added:
    sent = hashlib.sha256(upload.data).hexdigest()
    replay = operations.begin(op_id, person.id, "add_picture", [slug, file_id, sent, upload.alt])
    draft = writable(slug)
    file = queries.file(draft, file_id)
    if file is None:
        raise NotThere(message("Bài này không còn trong bản nháp."))
    if replay:
        return _added(replay.outcome, file.name, upload.alt, len(picture.data))
    known = queries.pictures(draft)
    name = _name(upload.name, picture, known, courses / slug)
    if name not in known:
        if len(known) >= MOST_PICTURES:
            raise StudioProblem(message("Bản nháp đã có 200 hình mới. Hãy công bố rồi thêm tiếp."))
        values = {"name": name, "data": picture.data, "person_id": person.id}
        db.session.add(DraftPicture(draft_id=draft.id, **values))
    operations.conclude(op_id, name)
    return _added(name, file.name, upload.alt, len(picture.data))


def _name(sent: str, picture: Picture, known: dict[str, bytes], course: Path) -> str:
    """A free name by that of the upload; the name of the very same picture where it is known."""
    stem, count = slug_of(Path(sent).stem[:60], "hinh"), 1
    name = f"{FOLDER}/{stem}{picture.suffix}"
    while (found := _there(name, known, course)) is not None and found != picture.data:
        count += 1
        name = f"{FOLDER}/{stem}-{count}{picture.suffix}"
    return name


def _there(name: str, known: dict[str, bytes], course: Path) -> bytes | None:
    path = course / name
    return known.get(name) or (path.read_bytes() if path.is_file() else None)


def _added(name: str, file: str, alt: str, size: int) -> Added:
    words = " ".join(alt.replace("[", "(").replace("]", ")").replace("\\", "/").split())
    path = quote(posixpath.relpath(name, posixpath.dirname(file) or "."), safe="/.-_")
    return Added(name, size, f"![{words}]({path})")
