"""`flask --app wsgi demo load`: a world to look around in."""

from collections.abc import Iterable, Iterator

import click
from flask import current_app
from flask.cli import AppGroup

from app.config import Settings
from app.extensions import db
from app.ops.demo import world
from app.ops.demo.cast import CAST, Member
from app.ops.demo.journeys import Act

demo_commands = AppGroup("demo", help="Dữ liệu mẫu để dùng thử.")


@demo_commands.command("load")
def load() -> None:
    """Nạp dữ liệu mẫu: đơn vị thật, người hư cấu. Chạy lại không thay đổi gì."""
    settings: Settings = current_app.extensions["settings"]
    if settings.environment == "production":
        raise click.ClickException("Đây là hệ thống thật: không nạp dữ liệu mẫu.")
    if world.is_loaded():
        click.echo("Dữ liệu mẫu đã có sẵn, không thay đổi gì.")
    else:
        click.echo(f"Đã nạp dữ liệu mẫu: {_load()} người. Không ai trong đó có thật.")
    _print_cast()


def _load() -> int:
    try:
        people = world.load(_watched)
    except world.DemoProblem as problem:
        db.session.rollback()
        raise click.ClickException(str(problem)) from problem
    db.session.commit()
    return people


def _watched(acts: list[Act]) -> Iterator[Act]:
    bar: Iterable[Act]
    with click.progressbar(acts, label="Nạp dữ liệu mẫu", show_pos=True) as bar:
        yield from bar


def _print_cast() -> None:
    learners = [member for member in CAST if not member.email]
    staff = [member for member in CAST if member.email]
    _print("Người học vào /login (số điện thoại, mã PIN):", learners)
    _print("Người làm việc vào /login/staff (thư điện tử, mật khẩu):", staff)


def _print(heading: str, members: list[Member]) -> None:
    click.echo(f"\n{heading}")
    for member in members:
        words = f"{member.title} ({member.who.name})"
        click.echo(f"  {member.login:<20} {member.secret:<22} {words}")
