"""What holds of a province after whatever was done to it: rule 5, and the tree it stands on."""

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import func, select

from app.accounts.models import Person
from app.board.queries import breakdown, overview, place_of
from app.content.shelf import shelf
from app.counts.models import Attainment, Evidence
from app.counts.queries import attainments, tallies
from app.extensions import db
from app.ops.ledgers import count_differences, register_faults
from app.units.models import Membership, Unit
from app.units.queries import in_force, today


def totals() -> dict[tuple[str, str], int]:
    """Persons counted by indicator and evidence."""
    found: dict[tuple[str, str], int] = {}
    for tally in tallies(today()):
        key = (tally.indicator, str(tally.evidence))
        found[key] = found.get(key, 0) + tally.persons
    return found


def units_of_today() -> list[Unit]:
    """The units in force, in the order of their making."""
    query = select(Unit).where(in_force(Unit, today())).order_by(Unit.id)
    return list(db.session.scalars(query))


class Rule5(RuleBasedStateMachine):
    """A province with a `root`, looked at after every step."""

    root: Unit

    def __init__(self) -> None:
        super().__init__()
        # who moved by themselves, or has two records, may count elsewhere than they are
        self.went_elsewhere: set[int] = set()

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
    def everybody_counts_where_they_are(self) -> None:
        """Whatever became of the units: the count went where the person went."""
        published = {(t.indicator, t.unit_id): 0 for t in tallies(today())}
        for tally in tallies(today()):
            published[tally.indicator, tally.unit_id] += tally.persons
        for key, persons in self._where_they_are().items():
            assert persons <= published.get(key, 0), key

    def _where_they_are(self) -> dict[tuple[str, int | None], int]:
        places = {
            (row.person_id, row.kind): row.unit_id
            for row in db.session.scalars(select(Membership).where(in_force(Membership, today())))
        }
        kinds = {one.id: one.place for one in shelf.programme.indicators}
        found: dict[tuple[str, int | None], int] = {}
        for person, indicator in attainments():
            if person not in self.went_elsewhere:
                key = (indicator, places[person, kinds[indicator]])
                found[key] = found.get(key, 0) + 1
        return found

    @invariant()
    def leaves_sum_to_the_province(self) -> None:
        """Nobody counts in a unit that has ended, and the parts of the board sum to the whole."""
        standing = {unit.id for unit in units_of_today()}
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
        """Today's memberships are in today's units, and everybody lives in one place."""
        rows = list(db.session.scalars(select(Membership).where(in_force(Membership, today()))))
        standing = {unit.id for unit in units_of_today()}
        assert {row.unit_id for row in rows} <= standing
        at_home = [row.person_id for row in rows if row.kind == "residence"]
        everybody = select(Person.id).where(Person.merged_into.is_(None)).order_by(Person.id)
        assert sorted(at_home) == list(db.session.scalars(everybody))

    @invariant()
    def the_tree_is_one(self) -> None:
        """Every path is that of the parent and one's own."""
        units = {unit.id: unit for unit in units_of_today()}
        for unit in units.values():
            above = units[unit.parent_id].path if unit.parent_id else "/"
            assert unit.path == f"{above}{unit.id}/", unit.name

    @invariant()
    def ledgers_equal_their_rebuild(self) -> None:
        """`counts check` and `register check` find nothing."""
        assert count_differences() == [] and register_faults() == []
