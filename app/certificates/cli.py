"""Commands about certificates."""

import click
from flask.cli import AppGroup

from app.certificates.press import missing_parts

certificate_commands = AppGroup("certificates", help="Giấy chứng nhận.")


@certificate_commands.command("ready")
def ready() -> None:
    """Nói máy này còn thiếu gì để in giấy chứng nhận cho nhanh và đúng chữ."""
    parts = missing_parts()
    for part in parts:
        click.echo(part, err=True)
    if not parts:
        click.echo("In giấy chứng nhận: đủ thư viện và phông chữ.")
