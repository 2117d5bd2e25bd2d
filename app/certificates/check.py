"""What the public check says of a code: the state and the least that lets one compare papers."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from app.certificates.queries import Line
from app.lib.dates import local_date
from app.lib.vietnamese import nfc

State = Literal["valid", "revoked", "merged", "unknown"]


@dataclass(frozen=True)
class Finding:
    """The answer to a check. `name` is masked ("N. T. Hoa"); `hours` is a number as text.

    "merged": two records of one human being had a paper each for this course; the one with
    `kept_number` is in force, and this one says the same of the same person.
    """

    state: State
    printed_number: str = ""
    course: str = ""
    hours: str = ""
    awarded_on: date | None = None
    issuer: str = ""
    name: str = ""
    revoked_on: date | None = None
    kept_number: str = ""
    name_withdrawn: bool = False

    def as_json(self) -> dict[str, Any]:
        """The same facts for machines: dates as YYYY-MM-DD, only what there is."""
        facts = {name: value for name, value in vars(self).items() if value}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in facts.items()
        }


def finding(line: Line | None, *, withdrawn: bool = False) -> Finding:
    """What may be said to anyone about a line of the register; None is an unknown code.

    `withdrawn`: whoever it was issued to had their data erased. The line stays in the register,
    and whoever holds the paper can compare number, course and day; the name was published for
    its owner alone, who does not want it any more.
    """
    if line is None:
        return Finding("unknown")
    award, revocation, kept_number = line
    return Finding(
        state="revoked" if revocation else "merged" if kept_number else "valid",
        printed_number=award.printed_number,
        course=award.course_title,
        hours=award.hours,
        awarded_on=award.awarded_on,
        issuer=award.issuer.get("body", ""),
        name="" if withdrawn else masked_name(award.full_name),
        name_withdrawn=withdrawn,
        revoked_on=local_date(revocation.revoked_at) if revocation else None,
        kept_number=(kept_number or "") if revocation is None else "",
    )


def masked_name(full_name: str) -> str:
    """Initials and the given name: "Nguyễn Thị Hoa" is "N. T. Hoa"; one word stays."""
    *others, given = nfc(full_name).split() or [""]
    return " ".join([*(f"{word[0].upper()}." for word in others), given])
