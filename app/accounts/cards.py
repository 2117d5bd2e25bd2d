"""Printed cards: a commune issues and withdraws them, their owner signs in with card and PIN.

A card holds a secret of 128 bits (in its QR code) and a short code for typing. Both are told
once, to whoever prints the card; what is stored are fingerprints.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, update

from app.accounts import audit, operations, queries
from app.accounts.models import Card, Person
from app.accounts.secrets import draw_secret, fingerprint
from app.accounts.signed_in import Someone
from app.db import step_back, take_turns
from app.extensions import db
from app.lib import clock
from app.lib.ids import normalise_code, verification_code
from app.ui.i18n import gettext as _

# from the printing in the commune to the evening when somebody has time for it
FIRST_USE = timedelta(days=60)
SECRET_LENGTH = 22


@dataclass(frozen=True)
class NewCard:
    """A card just issued, for the printer; `takes_over`: its first use sets the PIN."""

    person_id: int
    full_name: str
    secret: str
    code: str
    takes_over: bool


class CardProblem(ValueError):
    """A card cannot be issued; the text says for whom and why, in the reader's language."""


def issue_card(person: Person, by: Someone, unit_id: int | None, op_id: str) -> NewCard | None:
    """A new card for a person; the card they had is withdrawn.

    Who has no PIN yet gets a card that takes the account over: its first use, within 60 days,
    sets the PIN. `unit_id` is the commune that issues. None: this `op_id` was done before, and
    cards are told only once. Raises CardProblem, having changed nothing, for somebody who holds
    a role, and OperationConflict. Whether `by` may do this is the caller's to know.
    """
    new = _drawn([person])
    return new[0] if _issue(new, by, unit_id, op_id) else None


def issue_printed(
    people: Sequence[Person],
    by: Someone,
    unit_id: int | None,
    op_id: str,
    printer: Callable[[list[NewCard]], bytes],
) -> bytes | None:
    """As `issue_card`, for several people in this order; returns what the printer made of them.

    Printing takes seconds, so it is done before the turn to write is taken, and nothing may
    have been written before.
    """
    new = _drawn(people)
    if operations.is_known(op_id):
        _issue(new, by, unit_id, op_id)
        return None
    step_back()
    printed = printer(new)
    return printed if _issue(new, by, unit_id, op_id) else None


def withdraw_card(person: Person, by: Someone, op_id: str) -> bool:
    """The card of this person opens nothing any more; False when there was none in force.

    Raises OperationConflict.
    """
    if operations.begin(op_id, by.id, "withdraw_card", person.id):
        return False
    take_turns(f"card of {person.id}")
    return _withdraw([person.id], by) > 0


def note_use(hashed_key: str) -> None:
    """A card was used: it does not take an account over any more."""
    unused = (Card.used_at.is_(None), Card.withdrawn_at.is_(None))
    db.session.execute(
        update(Card)
        .where(or_(Card.secret_hash == hashed_key, Card.code_hash == hashed_key), *unused)
        .values(used_at=clock.now())
    )


def key_hash(key: str) -> str:
    """The fingerprint of a card's or reset key's secret, or of its typed code."""
    return fingerprint("key", key if len(key) == SECRET_LENGTH else normalise_code(key))


def is_secret(key: str) -> bool:
    """Whether this can be the secret of a QR code; a typed code is shorter."""
    return len(key) == SECRET_LENGTH


def _refuse_holders(people: Sequence[Person]) -> None:
    # whoever finds a card must not come near a desk
    holders = queries.holders_of_roles(person.id for person in people)
    names = ", ".join(person.full_name for person in people if person.id in holders)
    if names:
        raise CardProblem(
            _(
                "%(names)s giữ quyền của cán bộ nên không dùng thẻ: "
                "đăng nhập bằng thư điện tử và mật khẩu.",
                names=names,
            )
        )


def _withdraw(person_ids: list[int], by: Someone) -> int:
    held = queries.cards_that_open(person_ids)
    for card in held:
        audit.record(by.id, "withdraw_card", f"person {card.person_id}")
    db.session.execute(
        update(Card)
        .where(Card.id.in_([card.id for card in held]))
        .values(withdrawn_at=clock.now(), withdrawn_by=by.id)
    )
    return len(held)


def _drawn(people: Sequence[Person]) -> list[NewCard]:
    """Cards for these people, each once, that open nothing yet."""
    _refuse_holders(people)
    known = queries.who_has("pin", [person.id for person in people])
    return [
        NewCard(one.id, one.full_name, draw_secret(), verification_code(), one.id not in known)
        for one in dict.fromkeys(people)
    ]


def _issue(new: Sequence[NewCard], by: Someone, unit_id: int | None, op_id: str) -> bool:
    """From now on these cards open; False when this `op_id` was done before."""
    # always in this order, so that two never wait for each other
    ids = sorted(card.person_id for card in new)
    if operations.begin(op_id, by.id, "issue_cards", [ids, unit_id]):
        return False
    for person_id in ids:
        take_turns(f"card of {person_id}")
    _withdraw(ids, by)
    for card in new:
        _add(card, by, unit_id)
    return True


def _add(card: NewCard, by: Someone, unit_id: int | None) -> None:
    db.session.add(
        Card(
            person_id=card.person_id,
            unit_id=unit_id,
            secret_hash=key_hash(card.secret),
            code_hash=key_hash(card.code),
            issued_by=by.id,
            first_use_until=clock.now() + FIRST_USE if card.takes_over else None,
        )
    )
    where = f"đơn vị {unit_id or 'tất cả'}"
    audit.record(by.id, "issue_card", f"person {card.person_id}", where)
