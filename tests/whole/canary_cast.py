"""Who is in the world of canaries, and which of its things may stand in addresses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.accounts import numbers, second_factor
from app.accounts.actions import add_credential, add_person, grant_role
from app.accounts.factors import SecondFactor
from app.accounts.models import Credential, Person, Role
from app.content.models import Course
from app.extensions import db
from app.units.models import Unit
from tests.acts import rows
from tests.whole.canary_eyes import Canary, Facts


@dataclass
class Side:
    """A commune, its office, and a helper who helps there."""

    commune: Unit
    office: Unit
    helper: Person


@dataclass
class CanaryWorld:
    """The two sides, who is in them by a word, and values for the variable parts of addresses.

    `foreign`: those of the values that are about "ban".
    """

    course: Course
    here: Side
    there: Side
    people: dict[str, Person] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    values: dict[str, set[Any]] = field(default_factory=dict)
    foreign: dict[str, set[Any]] = field(default_factory=dict)

    def add(self, who: str) -> Person:
        """A person all of whose facts are canaries."""
        number = len(self.facts) + 1
        facts = Facts(who, chr(97 + number // 25) + chr(97 + number % 25), number)
        person = add_person(
            facts.full_name,
            birth_date=facts.birth_date,
            phone=facts.phone,
            group="can-bo",
            **numbers.stored(facts.personal_number)._asdict(),
        )
        add_credential(person, "pin", facts.phone, "271828")
        add_credential(person, "password", facts.email, "bốn từ khác nhau")
        self.people[who], self.facts[who] = person, facts
        self.keep("person_id", person.id)
        return person

    def keep(self, name: str, *values: Any) -> None:
        """These values may stand in addresses as the variable of this name."""
        self.values.setdefault(name, set()).update(values)

    def canaries(self) -> list[Canary]:
        """The canaries of everybody."""
        return [
            canary
            for who, person in self.people.items()
            for canary in self.facts[who].canaries(person.session_stamp, tuple(_secrets(person)))
        ]

    def holder(self, role: Role, unit: Unit | None) -> Person:
        """Somebody who holds a role for a unit (None: everywhere)."""
        where = "of all" if unit is None else "there" if unit is self.there.commune else "here"
        person = self.add(f"{role.value} {where}")
        grant = grant_role(None, person, role, unit.id if unit else None)
        db.session.commit()
        self.keep("grant_id", grant.id)
        return person


def _secrets(person: Person) -> Iterable[str]:
    yield from filter(None, (person.number_hash, person.number_sealed))
    for credential in rows(Credential, person_id=person.id):
        yield credential.secret_hash
    for factor in rows(SecondFactor, person_id=person.id):
        yield second_factor.secret_of(person.id, factor.nonce)
