"""Make a backup: database, courses and their old versions in one file, whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.lib import clock
from app.lib.dates import local_time
from app.ops import archive, dump
from app.ops.archive import BackupProblem, Manifest
from app.ops.release import version

STAGES = ("chép cơ sở dữ liệu", "tính mã kiểm", "nén và ghi")


def make(folder: Path, courses: Path, cache: Path, done: Callable[[str], object]) -> Path:
    """Write a backup into a folder and return its path; a failure leaves no file behind. From the
    `cache` of courses come the published versions that are no more among the courses.

    `done` is told each of STAGES as it ends. Raises app.ops.archive.BackupProblem, and OSError
    when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    moment = clock.now()
    target = folder / f"bdhvs-{local_time(moment):%Y%m%d-%H%M%S}.tar.gz"
    if target.exists():
        raise BackupProblem(f"{target.name} đã có. Hãy đợi một giây rồi chạy lại.")
    with tempfile.TemporaryDirectory(prefix=".sao-luu-", dir=folder) as passing:
        database, written = Path(passing) / archive.DATABASE, Path(passing) / target.name
        revision = _dumped(database)
        done(STAGES[0])
        files = archive.course_files(courses)
        sums = {name: archive.sum_of_file(path) for name, path in files}
        others = [(archive.DATABASE, database), *archive.kept_files(cache, sums)]
        sums |= {name: archive.sum_of_file(path) for name, path in others}
        done(STAGES[1])
        manifest = Manifest(
            database=dump.database_kind(),
            revision=revision,
            version=version(),
            made_at=moment,
            sums=sums,
        )
        archive.write(written, manifest, [*others, *files])
        done(STAGES[2])
        written.chmod(0o600)
        written.rename(target)
        _make_durable(folder)
    return target


def _dumped(target: Path) -> str:
    """Dump the database; returns the state of its tables."""
    revision = dump.revision()
    if not revision:
        raise BackupProblem("Cơ sở dữ liệu chưa có bảng nào. Hãy chạy: flask --app wsgi db upgrade")
    dump.dump(target)
    return revision


def _make_durable(folder: Path) -> None:
    """The new name must outlive a power cut, not only the content."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
