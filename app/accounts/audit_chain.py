"""The chains of the audit trail: each line is sealed over one before, and the whole is checked.

A line is chained at the very end of its transaction, when nothing else is waited for: so the
lock on the end of a chain is held for the commit alone, and two writers never wait for each
other in a circle. Commits that seal into one chain come one after the other; therefore there
are a few chains, and a writer takes one that is free.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import get_ident
from typing import Any

from sqlalchemy import bindparam, event, exists, func, insert, select, text
from sqlalchemy.orm import Session

from app.accounts.models import AuditLine
from app.accounts.trail_models import AuditLink
from app.db import Prepared, columns, take_turns
from app.extensions import db
from app.lib.hashing import canonical_json, digest

START = "0" * 64
FACTS = ("id", "actor_id", "verb", "subject", "detail")
PENDING = "audit lines to be chained"
AT_ONCE = 2_000
CHAINS = 4
_TRY = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:matter, 0))")

_link = columns(AuditLink)
_END = Prepared(
    select(_link.place, _link.hash)
    .where(_link.chain == bindparam("chain"))
    .order_by(_link.place.desc())
    .limit(1)
)


def note(line: AuditLine) -> None:
    """This line is to be chained when the transaction of the session commits."""
    db.session().info.setdefault(PENDING, []).append(line)


@event.listens_for(db.session, "before_commit")
def _chain(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.get(PENDING):
        return
    # what a savepoint took back is not in the session any more
    lines = [line for line in session.info.pop(PENDING) if line in session]
    if not lines:
        return
    session.flush()
    chain = _free_chain()
    last = end(chain)
    links, previous = [], last.hash
    for place, line in enumerate(lines, start=last.place + 1):
        previous = link_hash(previous, chain, place, line)
        links.append({"chain": chain, "place": place, "line_id": line.id, "hash": previous})
    session.execute(insert(AuditLink), links)


def _free_chain() -> int:
    """Be alone with a chain until the transaction ends: one that is free, else the last asked.

    SQLite has one writer at a time, and one chain.
    """
    if db.engine.dialect.name != "postgresql":
        return 0
    # each thread begins elsewhere
    first = get_ident() // 64 % CHAINS
    order = [(first + step) % CHAINS for step in range(CHAINS)]
    for chain in order:
        if db.session.scalar(_TRY, {"matter": f"audit chain {chain}"}):
            return chain
    take_turns(f"audit chain {order[-1]}")
    return order[-1]


def link_hash(previous: str, chain: int, place: int, line: Any) -> str:
    """SHA-256 over the link before, the place in its chain and the facts of the line."""
    facts = {name: getattr(line, name) for name in FACTS}
    return digest(canonical_json([previous, chain, place, line.at.isoformat(), facts]))


@dataclass(frozen=True)
class End:
    """The last link of a chain. Written down elsewhere it shows later cuts."""

    chain: int
    place: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain}:{self.place}:{self.hash}"


def end(chain: int) -> End:
    """The last link of a chain; place 0 when there is none."""
    return End(chain, *(_END.execute(chain=chain).one_or_none() or (0, START)))


def ends() -> list[End]:
    """The last links of all chains that have any."""
    return [last for last in map(end, range(CHAINS)) if last.place]


def stands(known: End) -> bool:
    """Whether a link that was written down elsewhere is still the one at its place."""
    found = select(AuditLink.hash).where(
        AuditLink.chain == known.chain, AuditLink.place == known.place
    )
    return db.session.scalar(found) == known.hash


def faults() -> Iterator[str]:
    """Read the whole trail again: what is not as it was written, in Vietnamese."""
    for chain in db.session.scalars(select(AuditLink.chain).distinct().order_by(AuditLink.chain)):
        yield from _faults_of(chain)
    linked = exists().where(AuditLink.line_id == AuditLine.id)
    without = select(func.count(AuditLine.id)).where(~linked)
    if number := db.session.scalar(without):
        yield f"{number} dòng không nằm trong chuỗi nào: có người thêm thẳng vào cơ sở dữ liệu"


def _faults_of(chain: int) -> Iterator[str]:
    previous, expected = START, 0
    for row in _links(chain):
        expected += 1
        if row.place != expected:
            yield f"chuỗi {chain} thiếu mắt {expected}"
            expected = row.place
        if row.hash != link_hash(previous, chain, row.place, row):
            yield f"chuỗi {chain}, mắt {row.place} (dòng {row.id}): nội dung hay thứ tự đã bị sửa"
        previous = row.hash


def _links(chain: int) -> Iterator[Any]:
    """The links of a chain in order with their lines, a part at a time: there may be millions."""
    line = AuditLine.__table__.c
    names = [line[name] for name in (*FACTS, "at")]
    query = select(AuditLink.place, AuditLink.hash, *names).join(
        AuditLine, AuditLine.id == AuditLink.line_id
    )
    last = 0
    while True:
        part = query.where(AuditLink.chain == chain, AuditLink.place > last)
        rows = db.session.execute(part.order_by(AuditLink.place).limit(AT_ONCE)).all()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].place
