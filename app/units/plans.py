"""A plan: what an operation will do to the tree, before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.units.actions import UnitRow
from app.units.models import Unit
from app.units.operation_models import Kind

# a unit that is there (its id), or one that the plan makes (its code)
Ref = int | str


@dataclass(frozen=True)
class NewUnit:
    """A unit that the operation makes, and under which unit."""

    row: UnitRow
    parent: Ref | None


@dataclass(frozen=True)
class Facts:
    """What a unit is called from the day of the operation on."""

    code: str
    name: str
    kind: str
    remote: bool

    @classmethod
    def of(cls, unit: Unit) -> "Facts":
        """The facts as they stand."""
        return cls(unit.code, unit.name, unit.kind, unit.remote)


@dataclass(frozen=True)
class Plan:
    """An operation that can be looked at and carried out.

    `created`: parents first. `ends`: unit to its successors, the main one first; people go to
    the main one. `dissolved`: those of `ends` whose roles go to what stood under them, because
    what takes their people in is no successor. `parents`: unit to its new parent. `renamed`:
    unit to its new facts. `relied`: units left as they are, but built on.
    """

    kind: Kind
    title: str
    decision: str
    on: date
    created: tuple[NewUnit, ...] = ()
    ends: Mapping[int, tuple[Ref, ...]] = field(default_factory=dict)
    dissolved: frozenset[int] = frozenset()
    parents: Mapping[int, Ref] = field(default_factory=dict)
    renamed: Mapping[int, Facts] = field(default_factory=dict)
    relied: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.created or self.ends or self.parents or self.renamed)

    def touched(self) -> Iterator[tuple[int, str]]:
        """(unit id, role) of every unit that is there already, as UnitChange tells roles."""
        seen: set[int] = set()
        refs = [ref for heirs in self.ends.values() for ref in heirs]
        refs += [new.parent for new in self.created if new.parent is not None]
        relied = [*self.relied, *self.parents.values(), *refs]
        for role, ids in (
            ("changed", [*self.ends, *self.parents]),
            ("named", list(self.renamed)),
            ("relied", [ref for ref in relied if isinstance(ref, int)]),
        ):
            for unit_id in ids:
                if unit_id not in seen:
                    seen.add(unit_id)
                    yield unit_id, role
