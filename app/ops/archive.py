"""A backup file: one .tar.gz of the database, the courses and a manifest of SHA-256 sums."""

import hashlib
import io
import os
import shutil
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from app.content.adoption import WORKSHOP
from app.content.keeping import kept_for_good

MANIFEST = "manifest.json"
DATABASE = "database"
COURSES = "courses"
KEPT = "kept"  # versions published once, and their pictures
FORMAT = 1
CHUNK = 1024 * 1024
MANIFEST_LIMIT = 32 * 1024 * 1024


class BackupProblem(Exception):
    """A backup cannot be made or used; the text says why, in Vietnamese."""


class Manifest(BaseModel):
    """What a backup holds. `database` is "sqlite" or "postgresql", `revision` the state of its
    tables, `sums` the SHA-256 of every file by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: str
    revision: str
    version: str
    made_at: AwareDatetime
    sums: dict[str, str]
    format: int = FORMAT


def sum_of(stream: IO[bytes]) -> str:
    """The SHA-256 of a stream, read to its end, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def sum_of_file(path: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return sum_of(stream)


def course_files(courses: Path) -> list[tuple[str, Path]]:
    """(name in the archive, path) of every regular file of the courses folder, by name; an import
    under way is left out."""
    found = (path for path in courses.rglob("*") if path.is_file() and not path.is_symlink())
    named = ((path.relative_to(courses).as_posix(), path) for path in found)
    return sorted(
        (f"{COURSES}/{name}", path) for name, path in named if not name.startswith(WORKSHOP)
    )


def kept_files(cache: Path, sums: Mapping[str, str]) -> list[tuple[str, Path]]:
    """(name in the archive, path) of what the cache of courses holds and the course files with
    these sums cannot bring back."""
    at_hand = {name.removeprefix(f"{COURSES}/"): digest for name, digest in sums.items()}
    return [(f"{KEPT}/{name}", path) for name, path in kept_for_good(cache, at_hand).items()]


def write(target: Path, manifest: Manifest, files: Iterable[tuple[str, Path]]) -> None:
    """Write the archive, sums first, and make it durable; `files` are those of the manifest.

    Raises BackupProblem when a file changed since it was summed.
    """
    with tarfile.open(target, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        _add_manifest(archive, manifest)
        for name, path in files:
            archive.add(path, name, recursive=False)
            if sum_of_file(path) != manifest.sums[name]:
                raise BackupProblem(f"{name} vừa bị sửa trong lúc sao lưu. Hãy chạy lại.")
    with target.open("rb") as written:
        os.fsync(written.fileno())


def _add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    data = manifest.model_dump_json(indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(data), 0o600
    archive.addfile(info, io.BytesIO(data))


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack a backup into an empty folder and check every sum; returns its manifest.

    Nothing is written outside the folder. Raises BackupProblem.
    """
    try:
        with tarfile.open(source, "r:gz") as archive:
            members = iter(archive)
            manifest = _manifest(archive, next(members, None))
            unpacked = set(_unpacked(archive, members, manifest, folder))
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupProblem(f"{source.name} không phải tệp sao lưu, hoặc đã hỏng.") from error
    missing = sorted(manifest.sums.keys() - unpacked)
    if missing:
        raise BackupProblem(f"Tệp sao lưu thiếu {missing[0]}. Hãy dùng bản sao lưu khác.")
    return manifest


def _manifest(archive: tarfile.TarFile, member: tarfile.TarInfo | None) -> Manifest:
    stream = None
    if member is not None and member.name == MANIFEST and member.size < MANIFEST_LIMIT:
        stream = archive.extractfile(member)
    if stream is None:
        raise BackupProblem("Tệp này không do lệnh backup làm ra: không có bảng kê ở đầu.")
    try:
        manifest = Manifest.model_validate_json(stream.read())
    except ValidationError as error:
        raise BackupProblem("Bảng kê của tệp sao lưu không đọc được.") from error
    if manifest.format != FORMAT:
        raise BackupProblem("Tệp sao lưu do phiên bản khác làm ra, bản này chưa đọc được.")
    return manifest


def _unpacked(
    archive: tarfile.TarFile,
    members: Iterable[tarfile.TarInfo],
    manifest: Manifest,
    folder: Path,
) -> Iterator[str]:
    for member in members:
        stream = archive.extractfile(member) if member.isfile() else None
        if stream is None or member.name not in manifest.sums or not _inside(member.name):
            raise BackupProblem(f"Tệp sao lưu có phần lạ: {member.name[:80]}.")
        target = folder / member.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as written:
            shutil.copyfileobj(stream, written, CHUNK)
        if sum_of_file(target) != manifest.sums[member.name]:
            raise BackupProblem(f"{member.name} trong tệp sao lưu đã hỏng: sai mã kiểm.")
        yield member.name


def _inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if name == DATABASE:
        return True
    return len(parts) > 1 and parts[0] in (COURSES, KEPT) and ".." not in parts
