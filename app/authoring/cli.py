"""`flask --app wsgi courses …`: check, import and export on the command line."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.catalogue.cli import index
from app.content.adoption import adopt
from app.content.checker import check as find_problems
from app.content.checker import course_folders
from app.content.export import write_archive
from app.content.import_report import ImportRefused
from app.content.outline import COURSE_FILE
from app.content.problems import Problem
from app.content.source import SLUG
from app.lessons.cli import print_sheets, speak
from app.units.queries import today

courses = AppGroup("courses", help="Tệp khóa học.")
courses.add_command(speak)
courses.add_command(print_sheets)
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


@courses.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--slug", default="", help="Tên thư mục và địa chỉ của khóa; mặc định theo tên tệp.")
def import_course(path: Path, slug: str) -> None:
    """Nhập khóa học từ PATH: thư mục Markdown, tệp ZIP, hoặc tệp câu hỏi GIFT, Aiken, CSV."""
    folder = current_app.extensions["settings"].courses
    try:
        adopted = adopt(path, folder, today(), slug)
    except ImportRefused as refusal:
        raise click.ClickException(f"Không nhập gì. {refusal}") from refusal
    except OSError as fault:
        raise click.ClickException(f"Không đọc hoặc ghi được: {fault.strerror}.") from fault
    for line in adopted.report.lines:
        click.echo(str(line))
    for problem in adopted.problems:
        click.echo(str(problem))
    click.echo(adopted.report.summary())
    state = "Đã có sẵn, giống hệt" if adopted.known else "Đã nhập"
    click.echo(f"{state}: {folder / adopted.slug}")


@courses.command("export")
@click.argument("slug")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def export_course(slug: str, out: Path) -> None:
    """Ghi khóa học SLUG thành tệp ZIP; cùng nội dung thì cùng tệp, từng byte."""
    folder = current_app.extensions["settings"].courses / slug
    if not SLUG.match(slug) or not (folder / COURSE_FILE).is_file():
        raise click.ClickException(f"Không có khóa học “{slug}”.")
    try:
        count = write_archive(folder, out)
    except OSError as fault:
        raise click.ClickException(f"Không ghi được {out}: {fault.strerror}.") from fault
    click.echo(f"Đã ghi {count} tệp vào {out}.")


def _total(path: Path, problems: list[Problem], errors: int) -> str:
    remarks = len(problems) - errors
    words = f"{errors} lỗi" if errors else "không có lỗi"
    words += f", {remarks} lưu ý" if remarks else ""
    return f"Đã soát {_count(path)} khóa học: {words}."


def _count(path: Path) -> int:
    if not path.is_dir():
        return 0
    return 1 if (path / COURSE_FILE).is_file() else len(course_folders(path))
