"""What is kept no longer than it is needed: each kind has its days, in `retention.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import ColumnElement, Table, delete, func, null, select, update

from app.accounts import audit
from app.accounts.models import DeviceProfile, Operation, ResetKey, SignInFailure
from app.accounts.trail_models import SensitiveView
from app.extensions import db
from app.lib import clock
from app.persons.models import PersonMerge
from app.persons.office_files import Facts, read
from app.sync.models import TICKET_LASTS

FILE = "retention.yaml"
# rows that go in one transaction: others who write wait no longer than that
AT_ONCE = 1_000
Days = Annotated[int, Field(ge=1, le=36_500)]


class Periods(Facts):
    """After how many days each kind goes. An operation is known as long as a device may send it
    again."""

    reset_keys: Days
    device_profiles: Days
    sign_in_failures: Days
    operations: Annotated[int, Field(ge=TICKET_LASTS.days, le=36_500)]
    merge_facts: Days
    sensitive_views: Days


@dataclass(frozen=True)
class Kind:
    """Rows that go once the moment in `column` lies too far back; `facts`: only that column is
    emptied, and the row stays."""

    name: str
    title: str
    model: Any
    column: str
    facts: str = ""


KINDS = (
    Kind("reset_keys", "mã đặt lại PIN, mật khẩu hết hạn", ResetKey, "expires_at"),
    Kind("device_profiles", "máy nhớ tên lâu không dùng", DeviceProfile, "used_at"),
    Kind("sign_in_failures", "lần bấm sai mã", SignInFailure, "at"),
    Kind("operations", "dấu các lần gửi", Operation, "at"),
    Kind("merge_facts", "phần cất lại để hủy hợp nhất", PersonMerge, "merged_at", "facts"),
    Kind("sensitive_views", "dấu ai đã xem gì", SensitiveView, "quarter"),
)


def due() -> list[tuple[Kind, int]]:
    """How many rows of each kind are kept too long. Raises office_files.WrongFile."""
    return [(kind, _number(kind, condition)) for kind, condition in _conditions()]


def sweep() -> Iterator[tuple[Kind, int]]:
    """Remove them, a part at a time, for the caller to commit; how many rows each part had.

    Raises office_files.WrongFile, having changed nothing.
    """
    for kind, condition in list(_conditions()):
        while part := _removed(kind, condition):
            yield kind, part


def note_sweep(gone: Mapping[str, int]) -> None:
    """Leave a line of what went, by the name of its kind; none where nothing went."""
    told = ", ".join(f"{name} {number}" for name, number in gone.items() if number)
    if told:
        audit.record(None, "retention", "records", told)


def _conditions() -> Iterator[tuple[Kind, ColumnElement[bool]]]:
    periods = read(FILE, Periods)
    for kind in KINDS:
        before = clock.now() - timedelta(days=getattr(periods, kind.name))
        condition = _columns(kind)[kind.column] < before
        if kind.facts:
            # NULL, not the null of JSON
            condition &= _columns(kind)[kind.facts].is_not(None)
        yield kind, condition


def _number(kind: Kind, condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(_columns(kind).id)).where(condition)) or 0


def _removed(kind: Kind, condition: ColumnElement[bool]) -> int:
    table: Table = kind.model.__table__
    ids = list(
        db.session.scalars(select(table.c.id).where(condition).order_by(table.c.id).limit(AT_ONCE))
    )
    if ids and kind.facts:
        emptied = update(table).where(table.c.id.in_(ids)).values({kind.facts: null()})
        db.session.execute(emptied)
    elif ids:
        db.session.execute(delete(table).where(table.c.id.in_(ids)))
    return len(ids)


def _columns(kind: Kind) -> Any:
    return kind.model.__table__.c
