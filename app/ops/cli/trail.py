"""`flask --app wsgi audit check`: the audit trail is as it was written."""

import re

import click
from flask.cli import AppGroup

from app.accounts import audit_chain
from app.accounts.audit_chain import End
from app.ops.cli.ledgers import print_some

audit_commands = AppGroup("audit", help="Nhật ký việc làm.")


class _EndType(click.ParamType):  # type: ignore[type-arg]
    name = "end"

    def convert(self, value: str, *_: object) -> End:
        match = re.fullmatch(r"(\d):(\d{1,9}):([0-9a-f]{64})", value)
        if match is None:
            raise click.BadParameter("hãy chép nguyên dòng lần trước in ra, như 0:12:ab34…")
        return End(int(match[1]), int(match[2]), match[3])


@audit_commands.command("check")
@click.option(
    "--end", "known", type=_EndType(), multiple=True, help="cuối chuỗi mà lần trước in ra"
)
def check_audit(known: tuple[End, ...]) -> None:
    """Đọc lại cả nhật ký: không dòng nào bị sửa, xóa, chen vào."""
    faults = list(audit_chain.faults())
    faults += [
        f"chuỗi {end.chain}, mắt {end.place} không còn như lần trước: bị cắt hay viết lại"
        for end in known
        if not audit_chain.stands(end)
    ]
    print_some(faults)
    if faults:
        raise click.ClickException(f"Nhật ký có {len(faults)} chỗ sai.")
    ends = audit_chain.ends()
    click.echo(f"Nhật ký nguyên vẹn, {sum(end.place for end in ends)} dòng nối liền.")
    for end in ends:
        click.echo(f"Chép lại để lần sau so: --end {end}")
