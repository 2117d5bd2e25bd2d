"""A small province of which rule 5 must hold, whatever is done to it."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
)
from sqlalchemy import func, select

from app.accounts.actions import add_person
from app.accounts.models import Person
from app.board.queries import breakdown, overview, place_of
from app.content.shelf import shelf
from app.counts.models import Attainment, Evidence
from app.counts.queries import attainments, tallies
from app.extensions import db
from app.lib import clock
from app.ops.ledgers import count_differences, register_faults
from app.units.actions import UnitProblem, UnitRow, add_unit, join
from app.units.carrying_out import carry_out
from app.units.models import Membership, Unit
from app.units.planning import Act, Named
from app.units.plans import Plan
from app.units.queries import in_force, today
from app.units.undoing import undo
from tests.units.world import leaves, picture

BEGAN, FIRST_DAY = date(2020, 1, 1), datetime(2026, 1, 1, 2, tzinfo=UTC)


def totals() -> dict[tuple[str, str], int]:
    """Persons counted by indicator and evidence."""
    found: dict[tuple[str, str], int] = {}
    for tally in tallies(today()):
        key = (tally.indicator, str(tally.evidence))
        found[key] = found.get(key, 0) + tally.persons
    return found


class Province(RuleBasedStateMachine):
    """Three communes, each with a village and an office, an adult in every unit."""

    def __init__(self) -> None:
        super().__init__()
        self.days = ExitStack()
        self.day = FIRST_DAY
        self.made = 0

    def teardown(self) -> None:
        """Nothing was committed: the next history begins in the same empty database."""
        self.days.close()
        db.session.rollback()
        db.session.expunge_all()

    @initialize()
    def begin(self) -> None:
        """The tree, an adult in every unit of it."""
        self.days.enter_context(clock.frozen(self.day))
        self.root = add_unit(UnitRow("48", "Đà Nẵng", "Thành phố", valid_from=BEGAN), None)
        for name in ("A", "B", "C"):
            commune = self._unit(f"Xã {name}", "Xã", self.root)
            for kind in ("Thôn", "Cơ quan"):
                self._unit(f"{kind} {name}", kind, commune)
        for unit in self._units():
            self._person(unit, unit)

    # what holds after every step

    @invariant()
    def every_count_is_distinct_persons(self) -> None:
        """A person counts once for an indicator; no merged record counts."""
        counted = db.session.execute(
            select(Attainment.indicator, func.count(func.distinct(Attainment.person_id)))
            .join(Person, Person.id == Attainment.person_id)
            .where(Person.merged_into.is_(None))
            .group_by(Attainment.indicator)
        )
        published: dict[str, int] = {}
        for (indicator, _), persons in totals().items():
            published[indicator] = published.get(indicator, 0) + persons
        assert published == dict(counted.tuples().all())
        assert len(attainments()) == sum(published.values())

    @invariant()
    def leaves_sum_to_the_province(self) -> None:
        """Nobody counts in a unit that has ended, and the parts of the board sum to the whole."""
        standing = {unit.id for unit in self._units()}
        assert {t.unit_id for t in tallies(today()) if t.unit_id is not None} <= standing
        place = place_of(self.root)
        for indicator, figure in overview(place, shelf.programme.indicators):
            table = breakdown(place, indicator)
            assert table.total.evidence == figure.evidence
            for level in Evidence:
                rows = sum(row.figure.evidence[level] for row in table.rows)
                assert rows == figure.evidence[level], indicator.id

    @invariant()
    def everybody_belongs_to_what_is_there(self) -> None:
        """Today's memberships are in today's units, and one lives in one place."""
        rows = list(db.session.scalars(select(Membership).where(in_force(Membership, today()))))
        standing = {unit.id for unit in self._units()}
        assert {row.unit_id for row in rows} <= standing
        at_home = [row.person_id for row in rows if row.kind == "residence"]
        assert len(at_home) == len(set(at_home))

    @invariant()
    def the_tree_is_one(self) -> None:
        """Every path is that of the parent and one's own."""
        units = {unit.id: unit for unit in self._units()}
        for unit in units.values():
            above = units[unit.parent_id].path if unit.parent_id else "/"
            assert unit.path == f"{above}{unit.id}/", unit.name

    @invariant()
    def ledgers_equal_their_rebuild(self) -> None:
        """`counts check` and `register check` find nothing."""
        assert count_differences() == [] and register_faults() == []

    # how it is done

    def _do(self, plan: Callable[[], Plan], undone: bool) -> None:
        """Carry an operation out the next day; nothing is counted otherwise. Perhaps undo it."""
        self._sleep()
        before, counted, spread = picture(), totals(), leaves()
        try:
            made = plan()
        except UnitProblem:
            # what cannot be is refused, and tests/units/test_operations.py looks at that
            return
        done = carry_out(made, None)
        assert totals() == counted
        if undone:
            undo(done.id, None)
            assert picture() == before and totals() == counted and leaves() == spread

    def _sleep(self) -> None:
        self.day += timedelta(days=1)
        self.days.enter_context(clock.frozen(self.day))

    def _act(self) -> Act:
        return Act("12/QĐ-UBND", today())

    def _named(self, kind: str) -> Named:
        self.made += 1
        return Named(f"N{self.made}", f"{kind} Mới {self.made}", kind)

    def _unit(self, name: str, kind: str, parent: Unit) -> Unit:
        self.made += 1
        return add_unit(UnitRow(f"U{self.made}", name, kind, valid_from=BEGAN), parent)

    def _person(self, home: Unit, work: Unit) -> None:
        person = add_person("Bh'riu Thị Zơrâm", birth_date=date(1970, 1, 1))
        join(person, home, "residence")
        join(person, work, "work")
        db.session.flush()

    def _units(self) -> list[Unit]:
        query = select(Unit).where(in_force(Unit, today())).order_by(Unit.id)
        return list(db.session.scalars(query))

    def _people(self) -> list[Person]:
        query = select(Person).where(Person.merged_into.is_(None)).order_by(Person.id)
        return list(db.session.scalars(query))

    def _one(self, among: list, number: int):  # type: ignore[type-arg]
        return among[number % len(among)]

    def _everything(self) -> object:
        return picture(), leaves(), totals()

    def _counted(self) -> int:
        return sum(totals().values())
