"""Commands about whole records."""

import click
from flask.cli import AppGroup

from app.extensions import db
from app.persons.actions.merging import gather
from app.persons.actions.twins import look

persons_commands = AppGroup("persons", help="Hồ sơ người học: tìm hồ sơ trùng.")


@persons_commands.command("twins")
def find_twins() -> None:
    """Tìm các hồ sơ có thể là của cùng một người; việc hợp nhất do người có trách nhiệm quyết."""
    found, gathered = look(), gather()
    db.session.commit()
    click.echo(f"Thấy thêm {found} cặp hồ sơ có thể trùng.")
    if gathered:
        click.echo(f"Đã chuyển {gathered} dòng đến muộn về hồ sơ được giữ.")
