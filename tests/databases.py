"""A real, migrated database for tests: SQLite files, or a PostgreSQL the tests start themselves."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

POSTGRESQL = os.environ.get("BDHVS_TEST_DATABASE", "sqlite") == "postgresql"


@contextmanager
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL cluster of its own on a unix socket; yields its address without database."""
    folder = Path(tempfile.mkdtemp(prefix="bdhvs-pg-"))
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    # the server refuses to run as root
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_postgres:
        shutil.chown(folder, "postgres")
    run = [*as_postgres, str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-s"]
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200"
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
