"""`flask --app wsgi units …`"""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.extensions import db
from app.lib.spreadsheets import SpreadsheetProblem
from app.units import imports, unit_file
from app.units.actions import UnitProblem
from app.units.queries import today

MOST_PROBLEMS = 20

unit_commands = AppGroup("units", help="Cây đơn vị: xã, phường, nơi làm việc.")


@unit_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Nhập tệp đơn vị (CSV hoặc XLSX): nhận cả tệp, hoặc không nhận dòng nào.

    Các cột: code, name, kind, parent_code, valid_from, valid_to, successor_codes, population.
    """
    try:
        read = unit_file.read(file, today())
    except (SpreadsheetProblem, OSError) as problem:
        raise click.ClickException(str(problem)) from problem
    for remark in read.remarks:
        click.echo(remark)
    if read.problems:
        raise click.ClickException(_listed(read.problems))
    try:
        done = imports.import_lines(read.lines)
    except UnitProblem as problem:
        db.session.rollback()
        raise click.ClickException(_listed([str(problem)])) from problem
    db.session.commit()
    click.echo(f"Đã nhập {file.name}: thêm {done.added} đơn vị, cập nhật {done.updated}.")
    if done.linked:
        click.echo(f"Đã nối {done.linked} đơn vị cũ với đơn vị kế tiếp.")
    if done.waiting:
        click.echo(
            f"Chưa nối được {len(done.waiting)} mã kế tiếp ({', '.join(done.waiting[:5])} …): "
            "hãy nhập tệp đơn vị mới, rồi nhập lại tệp này."
        )


def _listed(problems: list[str]) -> str:
    shown = problems[:MOST_PROBLEMS]
    more = [f"… và {len(problems) - len(shown)} chỗ nữa."] if len(problems) > len(shown) else []
    return "\n".join(["Chưa nhập dòng nào. Cần sửa:", *shown, *more])
