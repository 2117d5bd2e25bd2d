"""`make bench-large`: possible twins among a million people, on both databases.

Names are as common as in life: a thousand people share each. Prints the seconds of looking at
everybody, and at the thousand who came last, as the worker does within a minute.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import insert, select, text

from app import create_app
from app.accounts.models import Person
from app.config import Settings
from app.extensions import db
from app.persons.actions.twins import look
from tests.databases import create_database, postgresql_server

PEOPLE, NAMES, CAME = 1_000_000, 1_000, 1_000
FIRST_BIRTH = date(1930, 1, 1)
# seconds for everybody, and for those who came
LONGEST, LONGEST_CAME = 120.0, 1.0
_chance = random.Random(2025)


def main() -> int:
    """Measure on both databases; 0 when both are within their bounds."""
    with tempfile.TemporaryDirectory() as folder:
        held = [measure("SQLite", Path(folder), "")]
    with tempfile.TemporaryDirectory() as folder, postgresql_server() as server:
        held.append(measure("PostgreSQL", Path(folder), create_database(server, "twins")))
    return 0 if all(held) else 1


def measure(title: str, folder: Path, database: str) -> bool:
    """Fill one database, look twice, print a line."""
    app = create_app(Settings(instance=folder, database_url=database, watch_seconds=0))
    with app.app_context():
        upgrade()
        for batch in _batches():
            db.session.execute(insert(Person), batch)
        db.session.commit()
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        came = select(Person.id).where(Person.id > PEOPLE - CAME)
        lately, few = _timed(lambda: look(came))
        whole, found = _timed(look)
        db.session.rollback()
        db.engine.dispose()
    held = whole <= LONGEST and lately <= LONGEST_CAME
    print(
        f"Twins, {title}: {PEOPLE:,} people; the last {CAME:,} in {lately:.2f} s ({few} pairs; at"
        f" most {LONGEST_CAME:.0f}), everybody in {whole:.1f} s ({found:,} more; at most"
        f" {LONGEST:.0f}) {'đạt' if held else 'KHÔNG ĐẠT'}"
    )
    return held


def _timed(act: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    found = act()
    db.session.commit()
    return time.perf_counter() - began, found


def _batches() -> Iterator[list[dict[str, object]]]:
    for start in range(0, PEOPLE, 10_000):
        yield [_person(number) for number in range(start + 1, start + 10_001)]


def _person(number: int) -> dict[str, object]:
    name = f"nguyen thi hoa {number % NAMES}"
    born = FIRST_BIRTH + timedelta(days=_chance.randrange(29_000))
    # a family of three has one telephone
    phone = f"09{number // 3:08d}"
    names = {"full_name": name, "name_fold": name, "name_sort": name, "session_stamp": "x"}
    return {"id": number, **names, "birth_date": born, "phone": phone}


if __name__ == "__main__":
    sys.exit(main())
