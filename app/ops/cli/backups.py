"""`flask --app wsgi backup DIR` and `restore FILE`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app.accounts import audit
from app.config import Settings
from app.extensions import db
from app.ops import backup, dump, restore
from app.ops.archive import BackupProblem
from app.ui.filters import vn_date

NOT_EMPTY = (
    "Cơ sở dữ liệu đang có dữ liệu, nên chưa khôi phục gì. Thêm --yes nếu chắc chắn muốn thay hết."
)


@click.command("backup")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def backup_command(folder: Path) -> None:
    """Sao lưu cơ sở dữ liệu và khóa học vào một tệp trong DIR; chạy được khi đang phục vụ."""
    settings = _settings()
    try:
        with click.progressbar(length=len(backup.STAGES), label="Sao lưu") as bar:
            made = backup.make(
                folder, settings.courses, settings.cache, lambda _stage: bar.update(1)
            )
    except (BackupProblem, OSError) as problem:
        raise click.ClickException(f"Chưa sao lưu được: {problem}") from problem
    _note("backup", made.name, f"{made.stat().st_size} byte")
    click.echo(str(made.resolve()))
    click.echo(
        "Cất một bản ở máy khác. Hai khóa BDHVS_SECRET_KEY và BDHVS_IDENTITY_KEY không nằm trong "
        "tệp này: cất riêng, vì thiếu khóa thứ hai thì không nhận lại được số định danh.",
        err=True,
    )


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Thay cả khi cơ sở dữ liệu đang có dữ liệu.")
@with_appcontext
def restore_command(file: Path, yes: bool) -> None:
    """Khôi phục từ một tệp sao lưu: kiểm mã từng phần trước, rồi thay tất cả hoặc không gì cả."""
    settings = _settings()
    try:
        manifest, kept = restore.put_back(file, settings.courses, settings.cache, overwrite=yes)
    except restore.NotEmpty as problem:
        raise click.ClickException(NOT_EMPTY) from problem
    except (BackupProblem, OSError) as problem:
        raise click.ClickException(f"Chưa khôi phục được: {problem}") from problem
    made_at = vn_date(manifest.made_at)
    _note("restore", file.name, f"bản sao lưu lúc {made_at}")
    click.echo(f"Đã khôi phục bản sao lưu lúc {made_at} (phiên bản {manifest.version}).")
    if kept:
        click.echo(f"Khóa học trước đó còn giữ ở {kept}")
    if manifest.revision != dump.newest_revision():
        click.echo("Bản sao lưu thuộc phiên bản cũ. Hãy chạy tiếp: flask --app wsgi db upgrade")


def _note(verb: str, name: str, detail: str) -> None:
    # the file is made all the same; a full disk or older tables only cost the audit line
    try:
        audit.record(None, verb, name[:80], detail)
        db.session.commit()
    except SQLAlchemyError:
        db.session.rollback()
        click.echo("Không ghi được việc này vào nhật ký.", err=True)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
