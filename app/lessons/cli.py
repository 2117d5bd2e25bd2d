"""`flask --app wsgi courses speak`: lessons read aloud by the machine, made ahead of time."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app.content.models import Course, Step, StepKind
from app.content.shelf import shelf
from app.lessons.device import devices_of
from app.lessons.speech import CannotSpeak, Speaker


@click.command("speak")
@click.argument("slug", required=False)
@with_appcontext
def speak(slug: str | None) -> None:
    """Thu sẵn giọng máy đọc các bài của khóa SLUG (mặc định: mọi khóa đang mở)."""
    speaker: Speaker = current_app.extensions["speaker"]
    if not speaker.able:
        raise click.ClickException("Máy này chưa có espeak-ng và lame: apt install espeak-ng lame.")
    courses = [course for course in shelf.published() if slug in (None, course.slug)]
    if not courses:
        raise click.ClickException(f"Không có khóa học đang mở nào tên “{slug}”.")
    wanted = [
        (course, step, device)
        for course in courses
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
