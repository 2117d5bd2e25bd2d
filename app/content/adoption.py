"""Bringing in a course: a folder, a ZIP or one file of anyone's, or what this product exported.

Everything happens in a hidden folder beside the courses; the course appears there whole, by one
renaming, or not at all.
"""

import fcntl
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.content import frontmatter
from app.content.archive import unpack
from app.content.conversion import Conversion
from app.content.course_plan import WIDE, Bounds, title_of
from app.content.foreign_links import slug_of
from app.content.import_report import ImportRefused, ImportReport
from app.content.loader import load_course
from app.content.outline import COURSE_FILE
from app.content.problems import Findings, Problem
from app.content.programme import FILE, Programme, load_programme
from app.content.schemas import CourseFront
from app.content.source import SLUG, digests_of, files_of, read_text

WORKSHOP = ".nhap-"
JUST_MADE = 60  # seconds; so long a folder may be without its lock
LEVELS_ABOVE = 3  # pictures may be taken from so far above a folder, never above its repository
RESERVED = frozenset({"import", "new"})  # /studio/import, /studio/new
LONGEST_SLUG = 80
MOST_OWN_FILES = 20_000
MOST_OWN_BYTES = 500 * 1024 * 1024
_PUBLISHED = re.compile(rb"^status:[ \t]*published[ \t]*(?=\r?$)", re.MULTILINE)


@dataclass(frozen=True)
class Adopted:
    """A course that is there now. `known`: it was there before, the same to the byte.
    `problems`: the checker's remarks on it."""

    slug: str
    report: ImportReport
    problems: tuple[Problem, ...]
    known: bool = False


def adopt(
    source: Path,
    courses: Path,
    today: date,
    slug: str = "",
    name: str = "",
    as_draft: bool = False,
    bounds: Bounds = WIDE,
) -> Adopted:
    """Bring in a course as `courses/<slug>`; without a slug it is named by `name`, which stands
    for the source's own name. `as_draft`: an export of ours comes in as a draft too.

    Raises ImportRefused and OSError; then nothing was written."""
    _refuse_odd(slug)
    courses.mkdir(parents=True, exist_ok=True)
    sweep(courses)
    with tempfile.TemporaryDirectory() as room, workshop(courses) as beside:
        found = _Source.of(source, name or source.resolve().name, Path(room))
        own = _front_of(found.folder) is not None
        made = beside / (slug or _slug(found, own))
        programme = load_programme(courses, Findings(FILE)) or Programme()
        if own:
            whole = _copied(found.folder, made, as_draft), _sound(made, programme, today, as_draft)
        else:
            place = found.folder, found.tree, made, found.title
            whole = Conversion(*place, programme, today, bounds).run()
        return Adopted(made.name, *whole, _put_in_place(made, courses / made.name))


@contextmanager
def workshop(courses: Path) -> Iterator[Path]:
    """A hidden folder beside the courses, locked as long as this process works in it."""
    # what cannot be cleared away is swept up another time
    with tempfile.TemporaryDirectory(
        prefix=WORKSHOP, dir=courses, ignore_cleanup_errors=True
    ) as folder:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield Path(folder)
        finally:
            os.close(handle)


def sweep(courses: Path) -> None:
    """Remove what imports left behind that were killed; one under way is left alone."""
    for folder in courses.glob(f"{WORKSHOP}*"):
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            continue  # it ended a moment ago
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if time.time() - os.fstat(handle).st_mtime > JUST_MADE:
                shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)


def _refuse_odd(slug: str) -> None:
    if slug and (not SLUG.match(slug) or slug in RESERVED or len(slug) > LONGEST_SLUG):
        raise ImportRefused(f"“{slug}” không làm địa chỉ được: viết thường, không dấu, nối gạch.")


@dataclass(frozen=True)
class _Source:
    """What is imported. `tree`: where its pictures may lie; `title`: what it is called."""

    folder: Path
    tree: Path
    title: str

    @staticmethod
    def of(source: Path, name: str, room: Path) -> "_Source":
        """A folder, a ZIP or a single file, by what it is."""
        title = title_of(Path(name))
        if source.is_dir():
            folder = source.resolve()
            return _Source(folder, _tree(folder), title_of(folder))
        if not source.is_file():
            raise ImportRefused(f"Không có “{name}”. Kiểm tra lại đường dẫn.")
        if not _is_zip(source, name):
            shutil.copyfile(source, room / Path(name).name)
            return _Source(room.resolve(), room.resolve(), title)
        unpack(source, room)
        folder = _within(room.resolve())
        return _Source(folder, folder, title if folder == room.resolve() else title_of(folder))


def _is_zip(source: Path, name: str) -> bool:
    with source.open("rb") as file:
        return name.lower().endswith(".zip") or file.read(2) == b"PK"


def _within(room: Path) -> Path:
    """The only folder of an archive, when everything lies in one."""
    while True:
        entries = [entry for entry in room.iterdir() if entry.name not in ("__MACOSX", ".DS_Store")]
        if len(entries) != 1 or not entries[0].is_dir():
            return room
        room = entries[0]


def _tree(folder: Path) -> Path:
    """The folder around a source from which its pictures may be taken."""
    around = folder
    for _ in range(LEVELS_ABOVE):
        if (around / ".git").exists() or around.parent == Path(around.anchor):
            break
        around = around.parent
    return around


def _slug(source: _Source, own: bool) -> str:
    if own and SLUG.match(source.folder.name) and source.title == title_of(source.folder):
        return source.folder.name
    slug = slug_of(source.title, "khoa-hoc")
    return f"khoa-{slug}" if slug in RESERVED else slug


def _front_of(folder: Path) -> CourseFront | None:
    """The front matter of course.md, when it is one of ours."""
    path = folder / COURSE_FILE
    if not path.is_file() or path.is_symlink():
        return None
    findings = Findings(COURSE_FILE)
    text = read_text(path, findings)
    parts = frontmatter.split(text, findings) if text is not None else None
    document = frontmatter.parse(parts.yaml, findings) if parts else None
    return frontmatter.validate(document, CourseFront, findings) if document else None


def _copied(folder: Path, into: Path, as_draft: bool) -> ImportReport:
    """A course of ours, file by file as it is; only its status may be set back."""
    report = ImportReport()
    files = files_of(folder)
    size = sum(path.stat().st_size for path in files.values())
    if len(files) > MOST_OWN_FILES or size > MOST_OWN_BYTES:
        raise ImportRefused("Khóa học lớn hơn 500 MB hoặc có quá 20.000 tệp.")
    for name, path in files.items():
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes()
        notes = []
        if as_draft and name == COURSE_FILE and _PUBLISHED.search(data):
            data = _PUBLISHED.sub(b"status: draft", data, count=1)
            notes = ["để ở bản nháp, chờ duyệt"]
        target.write_bytes(data)
        report.taken(name, notes)
    return report


def _sound(made: Path, programme: Programme, today: date, as_draft: bool) -> tuple[Problem, ...]:
    """The remarks on a course of ours; its errors are its author's to mend, nobody guesses."""
    loaded = load_course(made, programme, today)
    problems = loaded.problems
    faults = [problem for problem in problems if problem.severity == "error"]
    if faults:
        told = " ".join(f"[{fault}]" for fault in faults[:5])
        raise ImportRefused(f"Khóa học có {len(faults)} lỗi, chưa nhập gì. {told}")
    if as_draft and loaded.course is not None and loaded.course.published:
        raise ImportRefused("Khóa học đang ghi là đã công bố. Ghi “status: draft” rồi gửi lại.")
    return problems


def _put_in_place(made: Path, target: Path) -> bool:
    """Make the course appear; True when the very same one was there already."""
    if target.exists() or target.is_symlink():
        if target.is_dir() and digests_of(target) == digests_of(made):
            return True
        raise ImportRefused(
            f"Đã có khóa “{target.name}” với nội dung khác. Chọn một tên khác cho khóa mới."
        )
    for path in files_of(made).values():
        _settle(path)
    made.rename(target)
    _settle(target.parent)
    return False


def _settle(path: Path) -> None:
    """What was acknowledged outlives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
