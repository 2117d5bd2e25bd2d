"""Which known person a row of a roster means: surely, perhaps, or nobody yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.models import Person
from app.lib.messages import message
from app.lib.personal_numbers import masked
from app.lib.vietnamese import fold
from app.staff.columns import TITLES
from app.staff.known import Known
from app.staff.roster import Remark, RosterRow

NUMBER = TITLES["personal_number"]


@dataclass(frozen=True)
class Match:
    """The person meant, if any; with `doubt` only perhaps; with `wrong` the row contradicts."""

    person: Person | None = None
    doubt: str = ""
    wrong: Remark | None = None


def match(row: RosterRow, number_hash: str | None, known: Known) -> Match:
    """Find the person of a row.

    Sure: the personal number; else name, birth date and telephone; else, inside the unit, the
    only one whose name and birth date are these and nothing contradicts. In doubt: name and
    birth date alone.
    """
    holder = known.by_number.get(number_hash or "")
    if holder:
        return _by_number(row, holder)
    namesakes = known.by_name.get(fold(row.name), [])
    reachable = [p for p in namesakes if p.phone and p.phone == row.phone and _born_so(p, row)]
    if len(reachable) == 1:
        return _by_phone(reachable[0], number_hash)
    alike = [p for p in namesakes if not _other_number(p, number_hash)]
    colleagues = [p for p in alike if p.id in known.places]
    certain = [p for p in colleagues if _fits(p, row)]
    if len(certain) == 1 and (row.birth or len(colleagues) == 1):
        return Match(certain[0])
    return _perhaps(_candidates(alike, row, known), known)


def duplicates(rows: Sequence[RosterRow]) -> dict[int, Remark]:
    """By row number: rows of one file that mean the same person twice."""
    found: dict[int, Remark] = {}
    numbered: dict[str, RosterRow] = {}
    named: dict[tuple[str, object], list[RosterRow]] = {}
    for row in rows:
        if row.wrong:
            continue
        first = numbered.setdefault(row.personal_number or f"row {row.number}", row)
        if first is not row:
            found[row.number] = _twice(first)
            found.setdefault(first.number, _twice(row))
            continue
        same = named.setdefault((fold(row.name), row.birth), [])
        twin = next((other for other in same if not _told_apart(other, row)), None)
        if twin:
            found[row.number] = Remark(
                TITLES["name"],
                message(
                    "Trùng với dòng %(line)s. Nếu là hai người khác nhau, hãy ghi thêm số "
                    "định danh hoặc số điện thoại cho cả hai dòng.",
                    line=twin.number,
                ),
            )
        same.append(row)
    return found


def _twice(other: RosterRow) -> Remark:
    text = message(
        "Trùng số với dòng %(line)s (%(name)s). Hãy sửa số ở một trong hai dòng.",
        line=other.number,
        name=other.name,
    )
    return Remark(NUMBER, text)


def _told_apart(one: RosterRow, other: RosterRow) -> bool:
    numbers, telephones = {one.personal_number, other.personal_number}, {one.phone, other.phone}
    return any(len(both) == 2 and None not in both for both in (numbers, telephones))


def _by_number(row: RosterRow, holder: Person) -> Match:
    if holder.name_fold == fold(row.name) or _born_so(holder, row):
        return Match(holder)
    return Match(
        wrong=Remark(
            NUMBER,
            message(
                "Số này đã ghi cho một người khác họ tên, khác ngày sinh. Hãy xem lại số trên thẻ "
                "căn cước; nếu số đúng, hãy báo người quản trị."
            ),
        )
    )


def _by_phone(person: Person, number_hash: str | None) -> Match:
    if not _other_number(person, number_hash):
        return Match(person)
    known = masked(person.number_tail or "")
    return Match(
        person,
        message(
            "Đã có người cùng họ tên, ngày sinh và số điện thoại, nhưng số định danh đã ghi là "
            "%(known)s, khác số trong tệp.",
            known=known,
        ),
    )


def _candidates(alike: list[Person], row: RosterRow, known: Known) -> list[Person]:
    return [
        person
        for person in alike
        if _born_so(person, row) or (person.id in known.places and _may_be_born_so(person, row))
    ]


def _perhaps(candidates: list[Person], known: Known) -> Match:
    if not candidates:
        return Match()
    if len(candidates) > 1:
        many = message(
            "Đã có %(people)s người trùng họ tên, không rõ là ai.", people=len(candidates)
        )
        return Match(doubt=many)
    person = candidates[0]
    where = message("Đơn vị này") if person.id in known.places else message("Hệ thống")
    alike = message("họ tên và ngày sinh") if person.birth_date else message("họ tên")
    phone = message("chưa ghi số điện thoại")
    if person.phone:
        phone = message("số điện thoại %(phone)s", phone=person.masked_phone)
    doubt = message(
        "%(where)s đã có một người trùng %(alike)s, %(phone)s.",
        where=where,
        alike=alike,
        phone=phone,
    )
    return Match(person, doubt)


def _other_number(person: Person, number_hash: str | None) -> bool:
    return bool(person.number_hash and number_hash and person.number_hash != number_hash)


def _born_so(person: Person, row: RosterRow) -> bool:
    return row.birth is not None and (person.birth_date, person.birth_precision) == row.birth


def _may_be_born_so(person: Person, row: RosterRow) -> bool:
    """Nothing contradicts: a date is missing, or one of them is only the year."""
    if person.birth_date is None or row.birth is None:
        return True
    years = {person.birth_date.year, row.birth[0].year}
    return len(years) == 1 and "year" in (person.birth_precision, row.birth[1])


def _fits(person: Person, row: RosterRow) -> bool:
    same_birth = _born_so(person, row) or (row.birth is None and person.birth_date is None)
    return same_birth and (not row.phone or not person.phone or row.phone == person.phone)
