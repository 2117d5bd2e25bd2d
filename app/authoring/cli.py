"""`flask --app wsgi courses check`: the same checker as the studio's, for the command line."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.catalogue.cli import index
from app.content.checker import check as find_problems
from app.content.checker import course_folders
from app.content.outline import COURSE_FILE
from app.content.problems import Problem
from app.lessons.cli import speak

courses = AppGroup("courses", help="Tệp khóa học.")
courses.add_command(speak)
courses.add_command(index)


@courses.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def check(path: Path | None) -> None:
    """Soát khóa học ở PATH (mặc định: thư mục khóa học đang phục vụ); có lỗi thì mã thoát 1."""
    path = path or current_app.extensions["settings"].courses
    problems = find_problems(path)
    for problem in problems:
        click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(_total(path, problems, errors))
    if errors:
        raise SystemExit(1)


def _total(path: Path, problems: list[Problem], errors: int) -> str:
    remarks = len(problems) - errors
    words = f"{errors} lỗi" if errors else "không có lỗi"
    words += f", {remarks} lưu ý" if remarks else ""
    return f"Đã soát {_count(path)} khóa học: {words}."


def _count(path: Path) -> int:
    if not path.is_dir():
        return 0
    return 1 if (path / COURSE_FILE).is_file() else len(course_folders(path))
