"""The whole database out into one file, and back in: in one step, or not at all."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect, text
from sqlalchemy.engine import URL

from app.config import ROOT
from app.extensions import Base, db
from app.ops.archive import BackupProblem

REVISIONS = "alembic_version"
CLEAR = b"SET lock_timeout = '30s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"


def database_kind() -> str:
    """ "sqlite" or "postgresql"."""
    return db.engine.dialect.name


def revision() -> str:
    """The state of the tables as migrations name it; empty before the first migration."""
    if not inspect(db.engine).has_table(REVISIONS):
        return ""
    with db.engine.connect() as connection:
        return str(connection.scalar(text(f"SELECT version_num FROM {REVISIONS}")) or "")


def newest_revision() -> str:
    """The state of the tables that this version of the product works with."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head() or ""


def knows(revision: str) -> bool:
    """Whether this version of the product can bring tables in that state up to date."""
    try:
        return ScriptDirectory(str(ROOT / "migrations")).get_revision(revision) is not None
    except CommandError:
        return False


def is_empty() -> bool:
    """Whether no table of ours holds a row."""
    present = set(inspect(db.engine).get_table_names())
    with db.engine.connect() as connection:
        return not any(
            connection.execute(table.select().limit(1)).first()
            for table in Base.metadata.sorted_tables
            if table.name in present
        )


def dump(target: Path) -> None:
    """Write the database, as it is at one moment, into a new file. Raises BackupProblem."""
    if database_kind() == "sqlite":
        _copy_sqlite(_sqlite_path(), target)
    else:
        _run(["pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}"])


def load(source: Path, scratch: Path) -> None:
    """Replace the whole database by a dump, in one transaction; a failure changes nothing.

    `scratch` is a folder for passing files. Raises BackupProblem.
    """
    db.session.remove()
    db.engine.dispose()
    if database_kind() == "sqlite":
        _refuse_broken_sqlite(source)
        _copy_sqlite(source, _sqlite_path())
    else:
        _load_postgresql(source, scratch)


def _sqlite_path() -> Path:
    return Path(db.engine.url.database or "")


def _copy_sqlite(source: Path, target: Path) -> None:
    # SQLite's own backup: one transaction on the target, safe beside running servers
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            new.execute("PRAGMA synchronous=FULL")
            old.backup(new)
    except sqlite3.Error as error:
        raise BackupProblem(f"SQLite báo lỗi: {error}. Chưa có gì thay đổi.") from error


def _refuse_broken_sqlite(source: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise BackupProblem(f"Cơ sở dữ liệu trong tệp sao lưu đã hỏng: {error}.") from error
    if verdict != "ok":
        raise BackupProblem("Cơ sở dữ liệu trong tệp sao lưu đã hỏng.")


def _load_postgresql(source: Path, scratch: Path) -> None:
    dumped, script = scratch / "dumped.sql", scratch / "restore.sql"
    # written out first: piped, a reader that dies half-way would look like the end
    _run(["pg_restore", "--no-owner", "--no-acl", f"--file={dumped}", str(source)], connect=False)
    with script.open("wb") as whole, dumped.open("rb") as content:
        whole.write(CLEAR)
        shutil.copyfileobj(content, whole)
    _run(["psql", "--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null",
          "--set=ON_ERROR_STOP=1", f"--file={script}"])  # fmt: skip


def _run(command: list[str], connect: bool = True) -> None:
    url = db.engine.url
    if connect:
        command = [*command, f"--dbname={_address(url)}"]
    # the password never stands in the list of processes
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BackupProblem(
            f"Máy này chưa có {command[0]}. Hãy cài gói postgresql-client."
        ) from error
    if done.returncode:
        reason = done.stderr.strip().splitlines()[:3]
        raise BackupProblem(f"{command[0]} báo lỗi: {' '.join(reason)}. Chưa có gì thay đổi.")


def _address(url: URL) -> str:
    plain = url.set(drivername="postgresql", password=None)
    return plain.render_as_string(hide_password=False)
