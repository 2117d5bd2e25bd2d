"""Targets of the plan, denominators and confirmations on VNeID of the demo world."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from app.accounts.models import Person
from app.counts.actions import confirm_vneid, set_denominator, set_target
from app.ops.demo.people import Somebody
from app.units.models import Unit

PLAN, PLAN_YEAR = "Kế hoạch 17/4/2025", 2026
TARGETS = {
    "khu-vuc-cong": 80,
    "hoc-sinh-sinh-vien": 100,
    "nguoi-truong-thanh": 80,
    "nguoi-lao-dong": 80,
}
# The world is a miniature: one invented adult for a thousand real ones.
ADULTS = "nguoi-truong-thanh"
SCALE, ADULT_SHARE, POPULATION_NOT_KNOWN = 1000, 0.72, 7000
ADULT_SOURCE = "Số minh họa cho bản dùng thử (tỷ lệ 1/1.000 dân số)"
STAFF_SOURCE = "Số minh họa cho bản dùng thử (danh sách đơn vị gửi)"
VNEID_SOURCE = "Danh sách Công an xã, phường đối chiếu (số minh họa)"
GROUPS = {
    "khu-vuc-cong": ("can-bo",),
    "hoc-sinh-sinh-vien": ("hoc-sinh-sinh-vien",),
    "nguoi-lao-dong": ("nguoi-lao-dong",),
}


def enter_targets(province: Unit, year: int) -> None:
    """The plan's percentages for the whole province."""
    for indicator, percent in TARGETS.items():
        set_target(indicator, province, min(year, PLAN_YEAR), "percent", Decimal(percent), PLAN)


def enter_denominators(
    actor: Person, units: dict[str, Unit], people: Iterable[Somebody], as_of: date
) -> None:
    """How many people each indicator is measured against, by body, commune and province."""
    people = list(people)
    province = next(unit for unit in units.values() if unit.parent_id is None)
    for indicator, source, values in (
        (ADULTS, ADULT_SOURCE, _adults(units, people)),
        *((name, STAFF_SOURCE, _staff(units, people, groups)) for name, groups in GROUPS.items()),
    ):
        leaves = {code: value for code, value in values.items() if units[code].is_commune}
        values[province.code] = sum(leaves.values())
        for code, value in values.items():
            set_denominator(actor.id, indicator, units[code], value, source, as_of)


def _adults(units: dict[str, Unit], people: list[Somebody]) -> dict[str, int]:
    living = Counter(somebody.home for somebody in people if somebody.home)
    return {
        code: max(
            round((unit.population or POPULATION_NOT_KNOWN) * ADULT_SHARE / SCALE),
            # nowhere more invented people than their own denominator
            living[code] * 4 // 3 + 1,
        )
        for code, unit in units.items()
        if unit.is_commune
    }


def _staff(
    units: dict[str, Unit], people: list[Somebody], groups: tuple[str, ...]
) -> dict[str, int]:
    """Everybody on the lists and a few who are not entered yet, for each unit they stand in."""
    by_id = {unit.id: unit for unit in units.values()}
    listed: Counter[str] = Counter()
    for work in (somebody.work for somebody in people if somebody.group in groups):
        if work:
            listed.update(by_id[int(part)].code for part in units[work].path.split("/") if part)
    return {
        code: count + (count // 12 + 1 if units[code].kind != "Cơ quan" else count // 12)
        for code, count in listed.items()
        if units[code].parent_id is not None
    }


def confirm_some(rng: random.Random, actor: Person, people: list[Person], today: date) -> None:
    """Three adults in ten are recorded as confirmed on VNeID, whatever they did here."""
    for person in people:
        grown_up = person.birth_date and today.year - person.birth_date.year > 18
        if grown_up and rng.randrange(10) < 3:
            day = today - timedelta(days=rng.randint(3, 90))
            confirm_vneid(actor.id, person.id, day, VNEID_SOURCE)
