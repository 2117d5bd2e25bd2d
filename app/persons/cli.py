"""Commands about whole records."""

import click
from flask.cli import AppGroup

from app.extensions import db
from app.persons.actions import retention
from app.persons.actions.merging import gather
from app.persons.actions.twins import look
from app.persons.office_files import WrongFile

persons_commands = AppGroup("persons", help="Hồ sơ người học: tìm hồ sơ trùng.")


@persons_commands.command("twins")
def find_twins() -> None:
    """Tìm các hồ sơ có thể là của cùng một người; việc hợp nhất do người có trách nhiệm quyết."""
    found, gathered = look(), gather()
    db.session.commit()
    click.echo(f"Thấy thêm {found} cặp hồ sơ có thể trùng.")
    if gathered:
        click.echo(f"Đã chuyển {gathered} dòng đến muộn về hồ sơ được giữ.")


retention_commands = AppGroup("retention", help="Dọn dữ liệu hết hạn giữ.")


@retention_commands.command("run")
@click.option("--dry-run", is_flag=True, help="Chỉ đếm, không xóa.")
def run_retention(dry_run: bool) -> None:
    """Xóa những gì đã quá hạn giữ (retention.yaml); chạy lại không hại gì."""
    try:
        found = {kind.name: number for kind, number in retention.due()} if dry_run else _swept()
    except WrongFile as problem:
        raise click.ClickException(str(problem)) from problem
    for kind in retention.KINDS:
        click.echo(f"{'Quá hạn' if dry_run else 'Đã xóa'} {found[kind.name]} {kind.title}.")


def _swept() -> dict[str, int]:
    gone = {kind.name: 0 for kind in retention.KINDS}
    for kind, part in retention.sweep():
        # a part at a time: nobody waits long for their turn to write
        db.session.commit()
        gone[kind.name] += part
    retention.note_sweep(gone)
    db.session.commit()
    return gone
