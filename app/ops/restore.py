"""Put a backup back: database and courses together, or neither."""

import tempfile
from pathlib import Path

from app.content import keeping
from app.lib import clock
from app.lib.dates import local_time
from app.ops import archive, dump
from app.ops.archive import BackupProblem, Manifest


class NotEmpty(Exception):
    """The database holds something; nothing was changed."""


def put_back(
    source: Path, courses: Path, cache: Path, *, overwrite: bool
) -> tuple[Manifest, Path | None]:
    """Replace database and courses by those of a backup; its old versions of courses join those
    of the `cache`.

    Returns what the backup says of itself and where the courses of before are kept now (None:
    they were the same). Raises NotEmpty unless `overwrite`, BackupProblem, and OSError; then
    everything is as it was.
    """
    courses = courses.resolve()
    with tempfile.TemporaryDirectory(prefix=".khoi-phuc-", dir=courses.parent) as passing:
        folder = Path(passing)
        manifest = archive.unpack(source, folder)
        _refuse_foreign(manifest)
        if not overwrite and not dump.is_empty():
            raise NotEmpty
        keeping.put_back(folder / archive.KEPT, cache)
        kept = _swap_courses(folder / archive.COURSES, courses, manifest)
        try:
            dump.load(folder / archive.DATABASE, folder)
        except BaseException:
            if kept is not None:
                courses.rename(folder / "unwanted")
                kept.rename(courses)
            raise
    return manifest, kept


def _refuse_foreign(manifest: Manifest) -> None:
    kind = dump.database_kind()
    if manifest.database != kind:
        raise BackupProblem(
            f"Bản sao lưu là của {manifest.database}, hệ thống này đang dùng {kind}. "
            "Hãy đặt BDHVS_DATABASE_URL cho cùng loại."
        )
    if manifest.revision and not dump.knows(manifest.revision):
        raise BackupProblem(
            f"Bản sao lưu do phiên bản {manifest.version} làm ra, mới hơn phiên bản này. "
            "Hãy cập nhật chương trình trước."
        )


def _swap_courses(unpacked: Path, courses: Path, manifest: Manifest) -> Path | None:
    """Put the backup's courses in place by two renames; the old folder stays beside them."""
    unpacked.mkdir(exist_ok=True)
    present = {name: archive.sum_of_file(path) for name, path in archive.course_files(courses)}
    wanted = {n: s for n, s in manifest.sums.items() if n.startswith(f"{archive.COURSES}/")}
    if present == wanted:
        return None
    kept = courses.with_name(f"{courses.name}.truoc-{local_time(clock.now()):%Y%m%d-%H%M%S}")
    if courses.exists():
        courses.rename(kept)
    else:
        kept.mkdir()
    unpacked.rename(courses)
    return kept
