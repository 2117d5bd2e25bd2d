"""Bringing in a course that was made elsewhere."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.accounts import audit, operations
from app.accounts.signed_in import Someone
from app.authoring.actions.editors import let_write
from app.content.adoption import Adopted, adopt
from app.content.course_plan import Bounds
from app.content.import_report import ImportRefused
from app.units.queries import today

# what a person waits for in a browser, while others wait for the database; more on the command line
IN_A_BROWSER = Bounds(pages=150, megabytes=2)


@dataclass(frozen=True)
class Upload:
    """A file as a browser sent it, and the slug that was asked for ("" for none)."""

    name: str
    data: bytes
    slug: str

    @property
    def content(self) -> list[str]:
        """What makes it the same act when it is sent again."""
        return [hashlib.sha256(self.data).hexdigest(), self.name, self.slug]


def import_course(op_id: str, trainer: Someone, upload: Upload, courses: Path) -> Adopted | str:
    """Bring a course in as a draft, once; the slug alone when this act was done before.

    Raises ImportRefused (the operation id is free again) and OSError; nothing was written.
    """
    replay = operations.begin(op_id, trainer.id, "import_course", upload.content)
    if replay:
        return replay.outcome
    with tempfile.NamedTemporaryFile(suffix=".upload") as file:
        file.write(upload.data)
        file.flush()
        name = Path(upload.name).name
        try:
            found = adopt(Path(file.name), courses, today(), upload.slug, name, True, IN_A_BROWSER)
        except ImportRefused:
            operations.release(op_id)
            raise
    operations.conclude(op_id, found.slug)
    if not found.known:  # else it is the course of others
        let_write(trainer, found.slug, trainer.id)
    audit.record(trainer.id, "import_course", f"course {found.slug}", found.report.summary())
    return found
