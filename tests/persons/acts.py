"""What people do in tests of whole records."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.accounts.actions import add_person
from app.accounts.models import Person
from app.counts.queries import attainments, rollups
from app.extensions import Base, db
from app.lib.ids import operation_id
from app.ops.ledgers import count_differences, register_faults
from app.persons.actions import merging
from app.persons.models import PersonMerge

# what is only ever added to, and what says that two records were merged or parted
LEFT_OUT = {
    "operation", "audit_line", "audit_link", "sensitive_view", "person_merge", "twin_proposal",
    "attainment",
}  # fmt: skip


def twin_of(person: Person, **facts: Any) -> Person:
    """A second record of the same human being, as registering or a class sheet would make it."""
    known = {"birth_date": person.birth_date, "phone": person.phone, "group": person.group}
    twin = add_person(person.full_name, **{**known, **facts})
    db.session.commit()
    return twin


def merge(actor: Person, old: Person, new: Person) -> PersonMerge:
    """Merge `old` into `new` and commit."""
    merged = merging.merge(actor, old.id, new.id, operation_id())
    db.session.commit()
    return merged


def part(actor: Person, merged: PersonMerge) -> None:
    """Undo a merge and commit."""
    merging.undo(actor, merged, operation_id())
    db.session.commit()


def everything(but: Iterable[str] = LEFT_OUT) -> dict[str, list[str]]:
    """All rows of all tables that a merge and its undo must leave as they were."""
    db.session.rollback()
    return {
        table.name: sorted(map(str, db.session.execute(select(table))))
        for table in Base.metadata.sorted_tables
        if table.name not in set(but)
    }


def counted() -> tuple[Any, Any]:
    """The count, person by person, and as it is published."""
    return attainments(), rollups()


def ledgers_agree() -> bool:
    """Whether register, credits and count equal their rebuilds."""
    return not count_differences() and not register_faults()
