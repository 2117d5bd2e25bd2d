"""A person's own facts when two records become one: what the one that stays lacks is filled in."""

from datetime import date
from typing import Any, NamedTuple

from app.accounts.models import Person

Facts = dict[str, Any]
NUMBER = ("number_hash", "number_tail", "number_sealed")


class Filled(NamedTuple):
    """What the record that stays gets from the other one: values by attribute."""

    values: Facts

    @property
    def names(self) -> list[str]:
        """Of what kinds they are: birth, phone, group, number."""
        kinds = {"birth_date": "birth", "phone": "phone", "group": "group", "number_hash": "number"}
        return [kind for name, kind in kinds.items() if name in self.values]


def gaps(old: Person, new: Person) -> Filled:
    """What `new` lacks and `old` has. A birth date says more than the year alone."""
    values: Facts = {}
    if old.birth_date and (new.birth_date is None or _says_more(old, new)):
        values |= {"birth_date": old.birth_date, "birth_precision": old.birth_precision}
    values |= {
        name: getattr(old, name)
        for name in ("phone", "group")
        if getattr(old, name) and not getattr(new, name)
    }
    if old.number_hash and not new.number_hash:
        values |= {name: getattr(old, name) for name in NUMBER}
    return Filled(values)


def told(values: Facts) -> Facts:
    """As JSON knows it."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def read(values: Facts) -> Facts:
    """Out of JSON."""
    born = values.get("birth_date")
    return {**values, "birth_date": date.fromisoformat(born)} if born else dict(values)


def _says_more(old: Person, new: Person) -> bool:
    return (
        old.birth_date is not None
        and new.birth_date is not None
        and (old.birth_precision, new.birth_precision) == ("day", "year")
        and old.birth_date.year == new.birth_date.year
    )
