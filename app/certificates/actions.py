"""Award, revoke, award again: the ways in which the register grows."""

from dataclasses import asdict, dataclass, fields

from sqlalchemy import delete

from app.accounts import audit
from app.accounts.models import Person
from app.accounts.queries import survivor_id
from app.accounts.signed_in import Someone
from app.certificates import queries, register
from app.certificates.models import Award, AwardInForce, Revocation
from app.content.models import Course
from app.content.shelf import shelf
from app.counts.actions import attain, forget, withdraw
from app.counts.models import Evidence
from app.counts.queries import claims
from app.extensions import db
from app.lib import clock
from app.lib.ids import verification_code
from app.units.models import Membership
from app.units.queries import memberships, today

SERIES = "GCN-BDHVS"
# why an award goes that only the credits of two merged records together had earned
TAKEN_APART = "Hủy hợp nhất hồ sơ: riêng từng hồ sơ chưa học đủ khóa này."


class AlreadyRevoked(Exception):
    """The award is no longer in force; nothing was changed."""


class NotRevoked(Exception):
    """Only what was revoked is awarded again; nothing was changed."""


@dataclass(frozen=True)
class Completed:
    """What was completed: the course as it was then, the result as printed, the evidence."""

    course_slug: str
    course_title: str
    course_version: str
    hours: str
    result: str
    evidence: Evidence


def award(person: Someone, course: Course, result: str, evidence: Evidence) -> Award | None:
    """Enter a completed course into the register and count it; returns the line in force.

    The caller holds a lock on the person's enrolment. An award in force is returned as it is;
    None where one was revoked: that is the registrar's to give again. `result` is printed as
    given ("Đạt, 90/100").
    """
    lines = [line for line in queries.lines_of_course(person.id, course.slug) if _stands(line)]
    if lines:
        return next((line.award for line in lines if line.in_force), None)
    hours = f"{course.hours:g}"
    completed = Completed(course.slug, course.title, course.version, hours, result, evidence)
    return _enter(person.id, person.id, completed)


def _stands(line: queries.Line) -> bool:
    """Not a line that two records earned together before they were taken apart again."""
    return line.revocation is None or line.revocation.reason != TAKEN_APART


def reissue(actor: Someone, award_id: int) -> Award:
    """Award again what was revoked: the completion of then, the person's facts of now.

    Raises LookupError for an unknown award and NotRevoked when one is in force.
    """
    old = queries.line_by_id(award_id)
    if old is None:
        raise LookupError(award_id)
    holder = survivor_id(old.award.person_id)
    lines = queries.lines_of_course(holder, old.award.course_slug)
    if any(line.in_force for line in lines):
        raise NotRevoked(award_id)
    names = [field.name for field in fields(Completed)]
    completed = Completed(**{name: getattr(old.award, name) for name in names})
    return _enter(actor.id, holder, completed)


def _enter(actor_id: int, person_id: int, completed: Completed) -> Award:
    person = db.session.get_one(Person, person_id)
    places = memberships(person_id)
    line = _line(person, places, completed)
    indicators = shelf.programme.qualifying(completed.course_slug)
    line.claims = [list(c) for c in claims(person, indicators, places, line.awarded_on)]
    head = register.locked_year(line.awarded_on.year)
    head.awards += 1
    line.number = head.awards
    line.printed_number = f"{line.number:06d}/{head.year}/{SERIES}"
    register.append(head, line)
    db.session.add(
        AwardInForce(person_id=person_id, course_slug=line.course_slug, award_id=line.id)
    )
    detail = f"{line.course_slug}@{line.course_version}"
    audit.record(actor_id, "award", f"award {line.id}", detail)
    count(queries.Held(line, person_id))
    return line


def _line(person: Person, places: list[Membership], completed: Completed) -> Award:
    return Award(
        **asdict(completed),
        code=verification_code(),
        person_id=person.id,
        full_name=person.full_name,
        birth_date=person.birth_date,
        birth_precision=person.birth_precision,
        unit_name=_unit_name(places),
        issuer=shelf.programme.issuer.model_dump(),
        awarded_at=clock.now(),
        awarded_on=today(),
    )


def _unit_name(places: list[Membership]) -> str:
    order = ("work", "school", "residence")
    best = sorted(places, key=lambda place: (order.index(place.kind), place.id))
    return best[0].unit.name if best else ""


def count(held: queries.Held) -> None:
    """Count the holder of an award for each indicator it claims; what was counted stays."""
    line = held.award
    for indicator, unit_id in line.claims:
        attain(
            held.person_id, indicator, unit_id, Evidence(line.evidence), line.id, line.awarded_on
        )


def recount(*person_ids: int) -> None:
    """Count these people anew by their awards in force."""
    forget(person_ids)
    for held in queries.standing_awards(person_ids):
        count(held)


def revoke(actor: Someone, award_id: int, reason: str) -> Revocation:
    """Take an award out of force, with a reason; what it alone counted counts no more.

    Raises LookupError for an unknown award and AlreadyRevoked when it is out of force.
    """
    head = register.locked_year(today().year)
    line = queries.line_by_id(award_id)
    if line is None:
        raise LookupError(award_id)
    if line.revocation is not None:
        raise AlreadyRevoked(award_id)
    db.session.execute(delete(AwardInForce).where(AwardInForce.award_id == award_id))
    revocation = Revocation(
        award_id=award_id, reason=reason, revoked_by=actor.id, revoked_at=clock.now()
    )
    register.append(head, revocation)
    audit.record(actor.id, "revoke", f"award {award_id}", reason)
    if withdraw(award_id):
        recount(survivor_id(line.award.person_id))
    return revocation


def expected_attainments() -> dict[tuple[int, str], tuple[int | None, str, int]]:
    """The count as the register alone gives it: {(person, indicator): (unit, evidence, award)}."""
    expected: dict[tuple[int, str], tuple[int | None, str, int]] = {}
    for line, person_id in queries.standing_awards():
        for indicator, unit_id in line.claims:
            expected.setdefault((person_id, indicator), (unit_id, str(line.evidence), line.id))
    return expected
