"""A world as large as the province: 1.1 million people, 100,000 of them staff.

94 communes, 200 workplaces (half of them under one department), enrolments, credits and awards,
all invented and the same every time. The rows are written once as text files into a folder under
/tmp, from which either database takes them in bulk.
"""

import random
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql

from app import create_app
from app.accounts.actions import add_person, grant_role
from app.accounts.models import Role
from app.config import Settings
from app.content.models import StepKind
from app.content.shelf import shelf
from app.extensions import db
from app.lib.vietnamese import fold, sort_key
from app.units.actions import UnitRow, add_unit

CACHE = Path(tempfile.gettempdir()) / "bdhvs-province"
# a new number for a new world
EDITION = 3
PEOPLE, STAFF, COMMUNES, OFFICES = 1_100_000, 100_000, 94, 200
FAMILIES, MIDDLES, GIVEN = (
    words.split()
    for words in (
        "Nguyễn Trần Lê Phạm Huỳnh Phan Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Zơrâm Bh'riu",
        "Văn Thị Hữu Đức Minh Thanh Ngọc Thị-Kim Quốc Xuân Hoàng Thế Bảo Gia Phương Thùy",
        "An Anh Ánh Ân Bình Cường Chi Dũng Duyên Đạt Đức Giang Hà Hải Hạnh Hằng Hiền Hiếu Hoa "
        "Hoàng Hòa Hồng Huệ Hùng Hương Khánh Lan Lâm Liên Linh Long Lợi Mai Minh Mỹ Nam Nga Ngân "
        "Ngọc Nhung Oanh Phong Phúc Phương Quang Quân Quỳnh Sơn Tâm Thanh Thảo Thắng Thu Thủy "
        "Tiến Trang Trung Tú Tuấn Tuyết Tùng Uyên Vân Việt Vinh Vũ Xuân Yến Ý Liếc Nhươm",
    )
)
OFFICE_COURSE, PEOPLES_COURSE = "c1-can-bo", "c4-nguoi-dan"
MOMENT = "2026-03-01 02:00:00.000000"
COLUMNS = {
    "person": (
        "id full_name name_fold name_sort birth_date birth_precision phone group session_stamp "
        "created_at"
    ),
    "membership": "id person_id unit_id kind position valid_from",
    "enrolment": "person_id course_slug version last_step enrolled_at active_at",
    "step_credit": "person_id course_slug step_slug version evidence op_id credited_at",
    "award": (
        "id year number line code person_id course_title course_slug course_version hours "
        "full_name birth_date birth_precision unit_name issuer result evidence awarded_at "
        "awarded_on claims printed_number previous_hash hash"
    ),
    "award_in_force": "person_id course_slug award_id",
}  # fmt: skip
Row = tuple[object, ...]


def built(folder: Path, database: str = "") -> Flask:
    """The app on a database that holds this world; SQLite's is copied from the cache."""
    folder.mkdir(parents=True, exist_ok=True)
    ready = CACHE / f"province-{EDITION}-{_schema()}.db"
    if not database and ready.is_file():
        (folder / "bdhvs.db").write_bytes(ready.read_bytes())
    app = create_app(Settings(instance=folder, database_url=database, watch_seconds=0))
    _write_texts()
    with app.app_context():
        if database or not ready.is_file():
            upgrade()
            _units()
            db.session.commit()
            db.engine.dispose()
            (_fill_postgresql if database else _fill_sqlite)(folder, database)
            _officers()
            db.session.commit()
            db.engine.dispose()
        if not database and not ready.is_file():
            _checkpoint(folder / "bdhvs.db")
            ready.write_bytes((folder / "bdhvs.db").read_bytes())
    return app


def _schema() -> str:
    names = sorted(path.name for path in Path("migrations/versions").glob("*.py"))
    texts = b"".join((Path("migrations/versions") / name).read_bytes() for name in names)
    return sha256(texts).hexdigest()[:10]


def _units() -> None:
    top = add_unit(UnitRow("48", "Thành phố Đà Nẵng", "Thành phố"), None)
    communes = [
        add_unit(UnitRow(f"X{n:03}", f"Xã Số {n}", "Xã"), top) for n in range(1, COMMUNES + 1)
    ]
    department = add_unit(UnitRow("SO", "Sở Giáo dục và Đào tạo", "Cơ quan"), top)
    for n in range(OFFICES):
        above = department if n % 2 else communes[n % COMMUNES]
        kind = "Trường học" if n % 2 else ("Cơ quan", "Doanh nghiệp")[n // 2 % 2]
        add_unit(UnitRow(f"CQ{n:03}", f"{kind} số {n}", kind), above)


def _officers() -> None:
    """Who looks: HR of the whole province, of the department, of one office; an administrator."""
    for name, role, unit_id in (
        ("Trần Thị Lan Tỉnh", Role.HR, 1),
        ("Trần Thị Lan Sở", Role.HR, COMMUNES + 2),
        ("Trần Thị Lan Phòng", Role.HR, office_id(0)),
        ("Hoàng Minh Đức", Role.ADMIN, None),
    ):
        grant_role(None, add_person(name), role, unit_id)


def office_id(number: int) -> int:
    """The id of a workplace, by its number from 0."""
    return COMMUNES + 3 + number


def _write_texts() -> None:
    folder = CACHE / f"texts-{EDITION}"
    if (folder / "done").is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in _tables().items():
        with (folder / f"{table}.tsv").open("w", encoding="utf-8") as file:
            file.writelines(
                "\t".join(r"\N" if cell is None else str(cell) for cell in row) + "\n"
                for row in rows
            )
    (folder / "done").touch()


def _tables() -> dict[str, Iterable[Row]]:
    names = [
        (name := f"{family} {middle} {given}", fold(name), sort_key(name))
        for family in FAMILIES
        for middle in MIDDLES
        for given in GIVEN
    ]
    return {
        "person": _people(names),
        "membership": _memberships(),
        "enrolment": _enrolments(),
        "step_credit": _credits(),
        "award": _awards(names),
        "award_in_force": ((who, slug, n) for n, who, slug in _awarded()),
    }


def _people(names: list[tuple[str, str, str]]) -> Iterator[Row]:
    choice = random.Random(1)
    groups = ("can-bo", "nguoi-lao-dong", "nguoi-dan", "nguoi-cao-tuoi")
    for n in range(1, PEOPLE + 1):
        name = choice.choice(names)
        born = date(1950, 1, 1) + timedelta(days=choice.randrange(20_000))
        group = groups[n % 2] if n <= STAFF else groups[2 + n % 2]
        yield (n, *name, born, "day", f"09{n:08}", group, f"{n:016x}", MOMENT)


def _memberships() -> Iterator[Row]:
    choice = random.Random(2)
    since, row = "2025-07-01", 0
    for n in range(1, PEOPLE + 1):
        row += 1
        yield row, n, 2 + n % COMMUNES, "residence", "", since
        if n <= STAFF:
            row += 1
            yield row, n, office_id(n % OFFICES), "work", "Nhân viên", since
        if n <= STAFF and n % 50 == 0:
            row += 1
            yield row, n, office_id(choice.randrange(OFFICES)), "work", "Kiêm nhiệm", since


def _taken() -> Iterator[tuple[int, str]]:
    """Who takes which course: of the staff six in ten the office's, of the others one in five."""
    for n in range(1, PEOPLE + 1):
        if n <= STAFF and n % 10 < 6:
            yield n, OFFICE_COURSE
        if n % 5 == 0:
            yield n, PEOPLES_COURSE


def _enrolments() -> Iterator[Row]:
    for n, slug in _taken():
        yield n, slug, "0" * 12, "", MOMENT, MOMENT


def _credits() -> Iterator[Row]:
    for n, slug in _taken():
        course = shelf.course(slug)
        assert course is not None
        if n <= 2 * STAFF:
            for step in [one for one in course.steps if one.kind is StepKind.LESSON][: 2 + n % 4]:
                op_id = sha256(f"{n} {step.slug}".encode()).hexdigest()[:32]
                yield n, slug, step.slug, "0" * 12, "self", op_id, MOMENT


def _awarded() -> Iterator[tuple[int, int, str]]:
    number = 0
    for n, slug in _taken():
        if n % 10 < 3 or (slug == PEOPLES_COURSE and n % 10 == 5):
            number += 1
            yield number, n, slug


def _awards(names: list[tuple[str, str, str]]) -> Iterator[Row]:
    for number, who, slug in _awarded():
        mark = sha256(f"award {number}".encode()).hexdigest()
        yield (
            *(number, 2026, number, number, f"B{number:09}", who, "Kỹ năng số", slug, "0" * 12),
            *("8", names[who % len(names)][0], "1980-01-01", "day", "Cơ quan", "{}"),
            *("Đạt, 90/100 điểm", "self", MOMENT, "2026-03-01", "[]"),
            *(f"{number:06}/2026/GCN-BDHVS", mark, mark[::-1]),
        )


def _cells(table: str) -> Iterator[list[str | None]]:
    with (CACHE / f"texts-{EDITION}" / f"{table}.tsv").open(encoding="utf-8") as file:
        for line in file:
            yield [None if cell == r"\N" else cell for cell in line.rstrip("\n").split("\t")]


def _fill_sqlite(folder: Path, _database: str) -> None:
    with closing(sqlite3.connect(folder / "bdhvs.db", isolation_level=None)) as connection:
        for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        # made at the end in one go: row by row it takes ten times as long
        indexes = list(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE%INDEX%'")
        )
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"')
        for table, names in COLUMNS.items():
            columns = ", ".join(f'"{name}"' for name in names.split())
            marks = ", ".join("?" * len(names.split()))
            into = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
            connection.executemany(into, _cells(table))
        for _, text in indexes:
            connection.execute(text)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


def _fill_postgresql(_folder: Path, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        for table, names in COLUMNS.items():
            columns = sql.SQL(", ").join(map(sql.Identifier, names.split()))
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
            text = (CACHE / f"texts-{EDITION}" / f"{table}.tsv").open("rb")
            with text as file, connection.cursor().copy(into) as copy:
                while part := file.read(1 << 20):
                    copy.write(part)
        for table in ("person", "membership", "award"):
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
        connection.execute("ANALYZE")


def _checkpoint(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
