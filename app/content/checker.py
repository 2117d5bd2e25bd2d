"""Checks courses without serving them: the same for the command line and the browser editor."""

import os
from datetime import date
from pathlib import Path

from app.content.loader import load_course
from app.content.outline import COURSE_FILE
from app.content.problems import Findings, Problem, in_order
from app.content.programme import FILE, Programme, load_programme
from app.content.source import numbered
from app.lib import clock
from app.lib.dates import local_date

__all__ = ["Problem", "check", "course_folders"]


def check(path: Path, today: date | None = None) -> list[Problem]:
    """All problems of one course folder, or of a folder of courses, by file and line.

    An empty list means that everything can be published. Files are named relative to the
    courses folder. Facts are old when they were checked more than a year before `today`.
    """
    day = today or local_date(clock.now())
    path = path.resolve()
    if not path.is_dir():
        return [Problem(path.name, 1, "error", "Không có thư mục này.", "Kiểm tra lại đường dẫn.")]
    if _is_course(path):
        programme = load_programme(path.parent, Findings(FILE)) or Programme()
        return list(load_course(path, programme, day).problems)
    return _check_all(path, day)


def course_folders(courses: Path) -> list[Path]:
    """The folders of a courses folder that are courses, by name; hidden ones left aside."""
    return [courses / name for name in course_names(courses)]


def course_names(courses: Path) -> list[str]:
    """What the folders of the courses are called, in order."""
    with os.scandir(courses) as entries:
        return sorted(
            entry.name for entry in entries if entry.name[0] not in "._" and entry.is_dir()
        )


def _is_course(path: Path) -> bool:
    if (path / COURSE_FILE).is_file():
        return True
    return not (path / FILE).is_file() and any(numbered(entry.name) for entry in path.iterdir())


def _check_all(courses: Path, today: date) -> list[Problem]:
    findings = Findings(FILE)
    programme = load_programme(courses, findings)
    if programme is None or findings.found:
        programme = Programme()  # its own faults first: they would be told again for each course
    folders = course_folders(courses)
    if not folders:
        findings.error(1, "Không có khóa học nào ở đây.", "Tạo thư mục khóa học có course.md.")
    for folder in folders:
        findings.found.extend(load_course(folder, programme, today).problems)
    return in_order(findings.found)
