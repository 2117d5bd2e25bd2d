"""`flask --app wsgi units …`"""

from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from app.extensions import db
from app.lib.spreadsheets import SpreadsheetProblem
from app.units import actions, imports, new_tree, unit_file
from app.units.actions import UnitProblem
from app.units.carrying_out import STAGES, carry_out, take_turn
from app.units.operation_models import UnitOperation
from app.units.plans import Plan
from app.units.queries import today
from app.units.undoing import BuiltOn, UndoneAlready, undo

MOST_PROBLEMS = 20
LONGEST_DECISION = 120

unit_commands = AppGroup("units", help="Cây đơn vị: xã, phường, nơi làm việc.")


@unit_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Nhập tệp đơn vị (CSV hoặc XLSX): nhận cả tệp, hoặc không nhận dòng nào.

    Các cột: code, name, kind, parent_code, valid_from, valid_to, successor_codes, population.
    """
    lines = _lines_of(file)
    try:
        done = imports.import_lines(lines)
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
            "hãy nhập tệp đơn vị mới, rồi nhập lại tệp này; hoặc đưa cây mới vào hiệu lực "
            "bằng lệnh units merge."
        )


@unit_commands.command("merge")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--decision", default="", help="Số quyết định, nghị quyết.")
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    help="Ngày có hiệu lực (không ghi: ngày valid_from trong tệp).",
)
def merge_file(file: Path, decision: str, on: datetime | None) -> None:
    """Đưa cây đơn vị mới vào hiệu lực, theo mã kế tiếp ghi ở các đơn vị cũ.

    Người, quyền, danh sách liên lạc đi theo đơn vị kế tiếp; không con số nào thay đổi. Làm trọn
    hoặc không làm gì, hoàn tác được. Chạy lại không thay đổi gì. Đơn vị bị chia: người thuộc
    thôn, tổ đi theo thôn, tổ; những người khác chờ ở đơn vị kế tiếp ghi đầu tiên, cần xác nhận.
    """
    rows = [line.unit for line in _lines_of(file)]
    day = on.date() if on else new_tree.day_of(rows)
    try:
        plan = _plan(rows, decision.strip(), day, file.name)
        done = _watched(plan)
    except UnitProblem as problem:
        db.session.rollback()
        raise click.ClickException(f"Chưa thay đổi gì. {problem}") from problem
    db.session.commit()
    click.echo(_told(plan, done) if done else "Cây đơn vị này đã có hiệu lực, không thay đổi gì.")


@unit_commands.command("undo")
@click.argument("number", type=click.IntRange(1, 2_147_483_647), metavar="ID")
def undo_operation(number: int) -> None:
    """Hoàn tác một việc về đơn vị (số của việc: units merge in ra, trang /units/operations).

    Đơn vị, người, quyền, danh bạ trở lại như trước; không con số nào thay đổi.
    """
    try:
        done = undo(number, None)
    except (LookupError, UndoneAlready, BuiltOn) as problem:
        db.session.rollback()
        raise click.ClickException(f"Chưa thay đổi gì. {_refused(number, problem)}") from problem
    db.session.commit()
    click.echo(f"Đã hoàn tác việc số {number}: {done.title}.")


def _refused(number: int, problem: Exception) -> str:
    if isinstance(problem, BuiltOn):
        later = ", ".join(f"{one.id} ({one.title})" for one in problem.later)
        return f"Hãy hoàn tác việc sau trước: {later}."
    if isinstance(problem, UndoneAlready):
        return f"Việc số {number} đã được hoàn tác từ trước."
    return f"Không có việc số {number}."


def _plan(rows: list[actions.UnitRow], decision: str, day: date | None, name: str) -> Plan:
    if day is None:
        raise UnitProblem("Các đơn vị trong tệp bắt đầu từ nhiều ngày: hãy ghi --date.")
    if day > today():
        raise UnitProblem("Ngày hiệu lực chưa tới: hãy chạy lệnh này vào đúng ngày ấy.")
    if len(decision) > LONGEST_DECISION:
        raise UnitProblem(f"Số quyết định dài quá {LONGEST_DECISION} ký tự.")
    take_turn()
    return new_tree.plan(rows, decision, day, f"Thay cây đơn vị: {name}")


def _watched(plan: Plan) -> UnitOperation | None:
    if plan.is_empty:
        return None
    with click.progressbar(length=len(STAGES), label="Sáp nhập") as bar:
        return carry_out(plan, None, lambda _stage: bar.update(1))


def _told(plan: Plan, done: UnitOperation) -> str:
    counts = done.counts
    divided = sum(len(heirs) > 1 for heirs in plan.ends.values())
    words = [
        f"Việc số {done.id}: {len(plan.ends)} đơn vị cũ thành {len(plan.created)} đơn vị mới.",
        f"Đã chuyển {counts['memberships']} chỗ ở, chỗ làm, chỗ học; {counts['roles']} quyền; "
        f"{counts['team']} dòng liên lạc; {counts['units']} đơn vị bên trong.",
    ]
    if divided:
        words.append(f"{divided} đơn vị bị chia: xem danh sách cần xác nhận nơi ở tại /units.")
    return "\n".join(words)


def _lines_of(file: Path) -> list[unit_file.FileLine]:
    """The lines of a file that is free of problems; its remarks are printed."""
    try:
        read = unit_file.read(file, file.name, today())
    except (SpreadsheetProblem, OSError) as problem:
        raise click.ClickException(str(problem)) from problem
    for remark in read.remarks:
        click.echo(remark)
    if read.problems:
        raise click.ClickException(_listed(read.problems))
    return read.lines


def _listed(problems: list[str]) -> str:
    shown = problems[:MOST_PROBLEMS]
    more = [f"… và {len(problems) - len(shown)} chỗ nữa."] if len(problems) > len(shown) else []
    return "\n".join(["Chưa nhập dòng nào. Cần sửa:", *shown, *more])
