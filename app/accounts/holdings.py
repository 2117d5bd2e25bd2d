"""What is kept about a person, table by table: how it is called, moved, told and erased.

Each room names its tables in its own `holdings.py`; the room `persons`, which may import them
all, merges two records of one human being, tells people what is kept of them, and erases it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.accounts.factors import Passkey, RecoveryCode, SecondFactor
from app.accounts.field_session import FieldSession
from app.accounts.identity import OutsideIdentity
from app.accounts.models import (
    Card,
    Consent,
    Credential,
    DeviceProfile,
    Grant,
    LearningNeed,
    LetterAddress,
    ResetKey,
)
from app.extensions import Base
from app.ui.i18n import lazy_gettext as _l

Row = Mapping[str, Any]
# whether a row cannot stand beside those that the other record has
Clash = Callable[[Row, Sequence[Row]], bool]
KEPT: Mapping[str, Any] = {}


def one_for(*names: str) -> Clash:
    """A person has one row for each of these values; without any, one row."""

    def clash(row: Row, others: Sequence[Row]) -> bool:
        return any(all(row[name] == other[name] for name in names) for other in others)

    return clash


@dataclass(frozen=True)
class Holding:
    """The rows of one table that are about a person, named by `column`.

    Merging moves them to the other record; those that cannot stand beside its own (`clash`)
    are put away or `stay`. Rows that name the other record in `beside` stay too.
    Erasing deletes them, or writes `erased` into them (KEPT: nothing), where a bare fact
    stands on. `told`: the columns a person is told of, "" for none.
    """

    model: type[Base]
    title: Any
    told: str = ""
    column: str = "person_id"
    moves: bool = True
    clash: Clash | None = None
    on_clash: Literal["put_away", "stay"] = "put_away"
    beside: str = ""
    erased: Mapping[str, Any] | None = field(default=None)


HOLDINGS = (
    Holding(Credential, _l("Cách đăng nhập"), "kind login created_at"),
    Holding(
        Card,
        _l("Thẻ học"),
        "issued_at used_at withdrawn_at",
        clash=lambda row, others: (
            row["withdrawn_at"] is None and any(one["withdrawn_at"] is None for one in others)
        ),
        # its paper opens the joint record as well
        on_clash="stay",
    ),
    Holding(ResetKey, _l("Mã đặt lại PIN"), "kind issued_at used_at"),
    Holding(
        DeviceProfile,
        _l("Máy nhớ tên"),
        "shown_name created_at used_at",
        clash=one_for("device_hash"),
    ),
    Holding(OutsideIdentity, _l("Cách đăng nhập ở nơi khác"), "issuer linked_at"),
    Holding(SecondFactor, _l("Bảo vệ hai lớp"), "confirmed_at", clash=one_for()),
    Holding(Passkey, _l("Khóa đăng nhập"), "name made_at used_at"),
    Holding(RecoveryCode, _l("Mã dự phòng"), clash=one_for("code_hash")),
    Holding(Grant, _l("Quyền được giao"), "role granted_at ended_at", erased=KEPT),
    Holding(
        Consent,
        _l("Lời đồng ý"),
        "purpose text_version channel guardian_name witness given_at withdrawn_at",
        # that somebody agreed can be shown; who stood by is nobody's business any more
        erased={"guardian_name": None, "witness": None},
    ),
    Holding(LetterAddress, _l("Địa chỉ nhận thư"), "email asked_at confirmed_at", clash=one_for()),
    Holding(LearningNeed, _l("Cách học đã chọn"), "need chosen_at", clash=one_for("need")),
    Holding(
        FieldSession,
        _l("Buổi học cùng người hỗ trợ"),
        "place agreed witness began_at ended_at",
        column="learner_id",
        on_clash="stay",
        beside="helper_id",
        erased={"place": "", "witness": None},
    ),
)
