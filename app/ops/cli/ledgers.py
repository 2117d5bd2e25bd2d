"""`flask --app wsgi counts …` and `register …`: each ledger is proved against the one above."""

from itertools import islice

import click
from flask.cli import AppGroup

from app.extensions import db
from app.ops import ledgers

MOST_LINES = 50

count_commands = AppGroup("counts", help="Bảng đếm chỉ tiêu.")
register_commands = AppGroup("register", help="Sổ giấy chứng nhận.")


@count_commands.command("check")
def check_counts() -> None:
    """So bảng đếm với bảng dựng lại từ sổ; khác nhau thì in ra và báo lỗi."""
    wrong = ledgers.count_differences()
    print_some([difference.words for difference in wrong])
    if wrong:
        raise click.ClickException(
            f"Bảng đếm khác sổ ở {len(wrong)} chỗ. Dựng lại bằng: counts rebuild"
        )
    click.echo("Bảng đếm khớp với sổ giấy chứng nhận.")


@count_commands.command("rebuild")
def rebuild_counts() -> None:
    """Sửa bảng đếm cho khớp với sổ; chỗ đúng để nguyên."""
    wrong = ledgers.count_differences()
    if wrong:
        ledgers.rebuild_count(wrong)
        db.session.commit()
    click.echo(f"Đã sửa {len(wrong)} chỗ." if wrong else "Bảng đếm đã khớp, không sửa gì.")


@register_commands.command("check")
def check_register() -> None:
    """Đọc lại cả sổ: chuỗi mã băm, số liền nhau, hiệu lực, và việc học đứng sau mỗi giấy."""
    faults = ledgers.register_faults()
    print_some([f"{fault.place}: {fault.message}" for fault in faults])
    if faults:
        raise click.ClickException(f"Sổ có {len(faults)} chỗ sai.")
    click.echo("Sổ giấy chứng nhận nguyên vẹn: mã băm nối liền, số không hở.")


def print_some(lines: list[str]) -> None:
    """What is wrong, to the error output; the first of many."""
    for line in islice(lines, MOST_LINES):
        click.echo(line, err=True)
    if len(lines) > MOST_LINES:
        click.echo(f"… và {len(lines) - MOST_LINES} dòng nữa.", err=True)
