"""A real, migrated database for tests: SQLite files, or a PostgreSQL the tests start themselves."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Connection, text

# memory of the machine as a folder: what stands there need not reach a disk
MEMORY = Path("/dev/shm")
POSTGRESQL = os.environ.get("BDHVS_TEST_DATABASE", "sqlite") == "postgresql"


def hasty_folder() -> Path | None:
    """Where a database of tests lies that no loss of power need spare; None: the usual place."""
    return MEMORY if os.access(MEMORY, os.W_OK) else None


@contextmanager
def postgresql_server(*, hasty: bool = False) -> Iterator[str]:
    """A PostgreSQL cluster of its own on a unix socket; yields its address without database.

    A `hasty` one lies in memory and does not wait for any disk: what is written survives every
    process, its own too, but no loss of power.
    """
    folder = Path(tempfile.mkdtemp(prefix="bdhvs-pg-", dir=hasty_folder() if hasty else None))
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    # the server refuses to run as root
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_postgres:
        shutil.chown(folder, "postgres")
    run = [*as_postgres, str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-s"]
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200"
    options += " -c fsync=off -c full_page_writes=off" if hasty else ""
    try:
        _call([*run, "initdb", "-o", "--auth=trust --username=postgres --encoding=UTF8 --locale=C"])
        _call([*run, "start", "-l", str(folder / "log"), "-o", options])
        yield f"postgresql://postgres@/{{name}}?host={folder}"
    finally:
        subprocess.run([*run, "stop", "-m", "immediate"], check=False, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


def _call(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)


def create_database(server: str, name: str, template: str = "template0") -> str:
    """A new database of this name, copied from a template; returns its address."""
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    return server.format(name=name)


def emptied(connection: Connection, tables: Iterable[str]) -> None:
    """Empty these PostgreSQL tables and begin their numbers anew.

    Most tests touch few tables: to look into all and empty those is ten times as fast as
    TRUNCATE, which makes a new file for each. Triggers (keys, append-only) sleep meanwhile.
    """
    look = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM \"{t}\")" for t in tables)
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for table in connection.scalars(text(look)).all():
        connection.execute(text(f'DELETE FROM "{table}"'))
    connection.execute(
        text(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
            " FROM pg_sequences WHERE last_value IS NOT NULL"
        )
    )
