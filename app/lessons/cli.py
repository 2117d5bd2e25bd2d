"""`courses speak` and `courses print`: lessons read aloud and printed large, ahead of time."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.lessons.device import devices_of
from app.lessons.large_print import SIZES
from app.lessons.papers import sheet
from app.lessons.speech import CannotSpeak, Speaker
from app.lessons.typeset import CannotPrint


@click.command("speak")
@click.argument("slug", required=False)
@with_appcontext
def speak(slug: str | None) -> None:
    """Thu sẵn giọng máy đọc các bài của khóa SLUG (mặc định: mọi khóa đang mở)."""
    speaker: Speaker = current_app.extensions["speaker"]
    if not speaker.able:
        raise click.ClickException("Máy này chưa có espeak-ng và lame: apt install espeak-ng lame.")
    wanted = [
        (course, step, device)
        for course in _courses(slug)
        for step in course.steps
        if step.kind is StepKind.LESSON
        for device in ("", *devices_of(step))
    ]
    with click.progressbar(wanted, label="Đọc bài", show_pos=True) as bar:
        sizes = [_spoken(speaker, *one) for one in bar]
    click.echo(f"Đã có {len(sizes)} tệp nghe, {sum(sizes) / 1e6:.1f} MB.".replace(".", ",", 1))


def _spoken(speaker: Speaker, course: Course, step: Step, device: str) -> int:
    try:
        return speaker.speech(course, step, device).stat().st_size
    except CannotSpeak as problem:
        raise click.ClickException(f"{course.slug}/{step.slug}: {problem}") from problem


@click.command("print")
@click.argument("slug", required=False)
@with_appcontext
def print_sheets(slug: str | None) -> None:
    """In sẵn bản chữ to (A4, A5) các bài của khóa SLUG (mặc định: mọi khóa đang mở)."""
    wanted = [
        (course, step, size, device)
        for course in _courses(slug)
        for step in course.steps
        if step.kind is not StepKind.TEST
        for size in SIZES
        for device in ("", *devices_of(step))
    ]
    # addresses of pages are made as in a request
    with (
        current_app.test_request_context(),
        click.progressbar(wanted, label="In", show_pos=True) as bar,
    ):
        sizes = [_printed(*one) for one in bar]
    click.echo(f"Đã có {len(sizes)} bản in, {sum(sizes) / 1e6:.1f} MB.".replace(".", ",", 1))


def _printed(course: Course, step: Step, size: str, device: str) -> int:
    try:
        return sheet(course, step, size, device).stat().st_size
    except CannotPrint as problem:
        raise click.ClickException(f"{course.slug}/{step.slug}: {problem}") from problem


def _courses(slug: str | None) -> list[Course]:
    courses = [course for course in shelf.published() if slug in (None, course.slug)]
    if not courses:
        raise click.ClickException(f"Không có khóa học đang mở nào tên “{slug}”.")
    return courses
