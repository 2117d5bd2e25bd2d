"""Commands for offices that work on the server: `staff list`, `people import`, a check."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts.actions import PEOPLE
from app.config import Settings
from app.db import take_turns
from app.extensions import db
from app.learning.assignments import deadlines
from app.lib.spreadsheets import SIZE_LIMIT
from app.staff import actions, desks, exports, made_lists, rebuilding, standing
from app.staff.formats import FORMATS
from app.staff.pdf import ListTooLong
from app.staff.plan import Outcome, Plan, draw
from app.staff.queries import State, Wanted
from app.staff.roster import RosterProblem, read
from app.units.actions import UnitProblem, unit_or_problem
from app.units.models import Unit

staff_commands = AppGroup("staff", help="Danh sách học tập của đơn vị.")
people_commands = AppGroup("people", help="Nhập danh sách người.")
OUTCOME_WORDS = {
    Outcome.NEW: "người mới",
    Outcome.CHANGED: "có thay đổi",
    Outcome.SAME: "đã có, không đổi",
    Outcome.DOUBT: "chưa chắc là ai",
    Outcome.WRONG: "dòng sai",
}


@staff_commands.command("list")
@click.option("--unit", "code", required=True, help="Mã đơn vị.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--course", "slug", default="", help="Mã khóa học; bỏ trống: khóa nhiều người học.")
@click.option("--state", type=click.Choice([state.value for state in State]), default=None)
def list_command(code: str, form: str, out: Path, slug: str, state: str | None) -> None:
    """Ghi danh sách hoàn thành, chưa hoàn thành của một đơn vị ra tệp."""
    unit = _unit(code)
    wanted = _wanted(unit, slug, State(state) if state else None)
    entered = made_lists.enter(None, [unit], wanted, unit, form)
    made = exports.composed(entered)
    with click.progressbar(made.lines, label="Ghi danh sách") as lines:
        try:
            data = FORMATS[form].write(made, lines)
        except ListTooLong as problem:
            raise click.ClickException(str(problem)) from None
    try:
        facts = made_lists.keep(entered, data)
        out.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"Không ghi được {out}: {error.strerror}.") from None
    db.session.execute(made_lists.noting(entered.id, {**facts, "people": len(made.lines)}))
    db.session.commit()
    click.echo(f"{made.total} Đã ghi {out}.")


@staff_commands.command("standings")
@click.option("--rebuild", is_flag=True, help="Ghi lại cho đúng với sổ.")
def standings_command(rebuild: bool) -> None:
    """So bảng tình trạng học của các đơn vị đông người với sổ; khác thì báo."""
    if rebuild:
        for _ in rebuilding.rebuild():
            db.session.commit()
    different = rebuilding.differences() if standing.made() else 0
    click.echo(f"Bảng tình trạng học: {different} dòng khác với sổ.")
    if different:
        raise click.exceptions.Exit(1)


@people_commands.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--unit", "code", required=True, help="Mã đơn vị.")
@click.option("--kind", type=click.Choice(["work", "school"]), default="work",
              help="work: người làm việc; school: học sinh, sinh viên.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Chỉ xem, không ghi gì.")
@click.option("--only-good", is_flag=True, help="Có dòng sai thì vẫn nhập các dòng đúng.")
def import_command(file: Path, code: str, kind: str, dry_run: bool, only_good: bool) -> None:
    """Nhập danh sách người của một đơn vị từ tệp XLSX, XLS, ODS hoặc CSV."""
    plan = _plan(file, _unit(code), kind)
    _tell(plan)
    wrong = plan.counts[Outcome.WRONG]
    if dry_run:
        click.echo("Chỉ xem thử, chưa ghi gì.")
    elif wrong and not only_good:
        click.echo("Chưa nhập gì. Hãy sửa tệp, hoặc thêm --only-good để chỉ nhập các dòng đúng.")
    else:
        click.echo(_import(plan))
    if wrong and not (only_good and not dry_run):
        raise click.exceptions.Exit(1)


def _import(plan: Plan) -> str:
    try:
        with click.progressbar(plan.applicable({}), label="Nhập") as lines:
            done = actions.import_roster(None, plan, {}, lines)
        db.session.commit()
    except actions.RosterClash:
        db.session.rollback()
        raise click.ClickException(
            "Trong lúc đó có người khác ghi cùng số định danh. Chưa nhập gì; hãy chạy lại."
        ) from None
    return done


def _plan(file: Path, unit: Unit, kind: str) -> Plan:
    settings: Settings = current_app.extensions["settings"]
    try:
        if file.stat().st_size > SIZE_LIMIT:
            raise RosterProblem("Tệp lớn hơn 5 MB. Hãy chia nhỏ tệp.")
        roster = read(file.read_bytes(), file.name)
    except RosterProblem as problem:
        raise click.ClickException(str(problem)) from None
    # until the commit: what is drawn here must still be true when it is written
    take_turns(PEOPLE)
    return draw(roster, unit, kind, settings.identity_key.get_secret_value())


def _tell(plan: Plan) -> None:
    for outcome in (Outcome.WRONG, Outcome.DOUBT):
        for line in plan.of(outcome):
            reasons = [f"{note.column}: {note.text}" for note in line.notes] + [line.doubt]
            click.echo(f"Dòng {line.row.number} ({line.row.name}): {' '.join(reasons).strip()}")
    counts = [f"{number} {OUTCOME_WORDS[key]}" for key, number in plan.counts.items() if number]
    click.echo(f"{len(plan.lines)} dòng: " + ", ".join(counts) + ".")
    if plan.unused:
        click.echo("Cột không dùng đến: " + ", ".join(plan.unused) + ".")


def _unit(code: str) -> Unit:
    try:
        return unit_or_problem(code)
    except UnitProblem as problem:
        raise click.ClickException(str(problem)) from None


def _wanted(unit: Unit, slug: str, state: State | None) -> Wanted:
    desk = desks.desk((unit.path,))
    course = next((course for course in desk.courses if slug in ("", course.slug)), None)
    if course is None:
        known = ", ".join(course.slug for course in desk.courses) or "chưa có khóa nào"
        raise click.ClickException(f"Không có khóa học “{slug}” cho đơn vị này. Có: {known}.")
    return Wanted(course, tuple(desk.units), deadlines(course.slug, desk.units), state)
