"""Each ledger against its rebuild from the one above it: credits, register, count."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, exists, select

from app.accounts import audit
from app.certificates import actions as certificates
from app.certificates.models import Award, AwardInForce
from app.certificates.queries import standing_awards
from app.certificates.register import Fault, faults
from app.counts.models import Attainment
from app.counts.queries import attainments
from app.extensions import db
from app.learning.models import StepCredit

Key = tuple[int, str]


@dataclass(frozen=True)
class Difference:
    """A person and indicator for which the count is not what the register gives.

    `counted` and `expected` are (unit id, evidence, award id), or None when not counted.
    """

    person_id: int
    indicator: str
    counted: tuple[int | None, str, int] | None
    expected: tuple[int | None, str, int] | None

    @property
    def words(self) -> str:
        """The difference in one Vietnamese line."""
        who = f"người {self.person_id}, chỉ tiêu {self.indicator}"
        if self.counted is None:
            return f"{who}: sổ có (giấy id {self.expected and self.expected[2]}), bảng đếm thiếu"
        if self.expected is None:
            return f"{who}: bảng đếm có, sổ không có giấy nào còn hiệu lực cho chỉ tiêu này"
        return f"{who}: đang đếm {_told(self.counted)}, theo sổ là {_told(self.expected)}"


def count_differences() -> list[Difference]:
    """Where the count differs from its rebuild out of the register; empty when they are equal."""
    counted, expected = attainments(), certificates.expected_attainments()
    return [
        Difference(*key, counted.get(key), expected.get(key))
        for key in sorted(counted.keys() | expected.keys())
        if counted.get(key) != expected.get(key)
    ]


def rebuild_count(differences: Iterable[Difference]) -> None:
    """Make the count what the register gives; only the differing lines are touched."""
    wrong = list(differences)
    for difference in wrong:
        db.session.execute(
            delete(Attainment).where(
                Attainment.person_id == difference.person_id,
                Attainment.indicator == difference.indicator,
            )
        )
    people = {difference.person_id for difference in wrong}
    for line in standing_awards():
        if line.person_id in people:
            certificates.count(line)
    audit.record(None, "recount", "counts", f"sửa {len(wrong)} dòng theo sổ")


def register_faults() -> list[Fault]:
    """What is wrong with the register itself, and awards in force that no study stands behind."""
    return [*faults(), *_without_credits()]


def _without_credits() -> list[Fault]:
    credited = exists().where(
        StepCredit.person_id == AwardInForce.person_id,
        StepCredit.course_slug == AwardInForce.course_slug,
    )
    lines = db.session.scalars(
        select(Award)
        .join(AwardInForce, AwardInForce.award_id == Award.id)
        .where(~credited)
        .order_by(Award.year, Award.line, Award.id)
    )
    return [
        Fault(f"{line.year}, dòng {line.line}", "không có bước học nào của người này trong khóa")
        for line in lines
    ]


def _told(place: tuple[int | None, str, int]) -> str:
    unit, evidence, award = place
    return f"đơn vị {unit or 'chưa rõ'} / {evidence} / giấy id {award}"
