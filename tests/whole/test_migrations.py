"""Each migration goes up, down and up again, with data in the tables; head equals the models."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from app.accounts.models import Person
from app.content.models import Course
from app.extensions import Base, db
from tests.acts import pass_course
from tests.whole.filled import fill, rows_of


@pytest.fixture
def schema(app: Flask) -> Iterator[Flask]:
    """The app, whose schema is brought back to the head after the test."""
    yield app
    upgrade()


def revisions() -> list[str]:
    """Every revision after the first, oldest first."""
    script = ScriptDirectory("migrations")
    return [found.revision for found in reversed(list(script.walk_revisions()))]


def modelled(name: str | None, kind: str, _parents: object) -> bool:
    """The words of the search are kept in each database's own way and are no model."""
    return kind != "table" or not (name or "").startswith("search_words")


def test_head_equals_the_models(schema: Flask) -> None:
    with db.engine.connect() as connection:
        opts = {"compare_type": True, "include_name": modelled}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def test_every_step_goes_up_down_and_up_with_data(
    schema: Flask, learner: Person, stranger: Person, hr: Person, course: Course
) -> None:
    name = learner.full_name
    for person in (learner, stranger):
        pass_course(person, course)
    db.session.close()
    with db.engine.begin() as connection:
        fill(connection, Base.metadata)
    db.session.close()
    for revision in reversed(revisions()[1:]):
        above = columns()
        downgrade(revision="-1")
        below = columns()
        kept = {
            name: sorted(set(names) & set(above[name]))
            for name, names in below.items()
            if name in above
        }
        before = told(kept)
        upgrade(revision="+1")
        assert told(kept) == before, revision
        downgrade(revision="-1")
        assert told(kept) == before, revision
    upgrade()
    assert f"['{name}']" in told({"award": ["full_name"]})["award"]


def columns() -> dict[str, list[str]]:
    """The columns of every table as the database has them now."""
    with db.engine.connect() as connection:
        return {
            name: [column["name"] for column in found]
            for (_, name), found in inspect(connection).get_multi_columns().items()
            if modelled(name, "table", None) and name != "alembic_version"
        }


def told(tables: dict[str, list[str]]) -> dict[str, list[str]]:
    """What stands in these columns now."""
    with db.engine.connect() as connection:
        return rows_of(connection, tables)


def test_the_first_step_leaves_nothing_behind_when_taken_back(
    schema: Flask, learner: Person, course: Course
) -> None:
    pass_course(learner, course)
    db.session.close()
    downgrade(revision="base")
    with db.engine.connect() as connection:
        tables = set(db.inspect(connection).get_table_names()) - {"alembic_version"}
    assert tables == set()
    upgrade()


@pytest.mark.parametrize("table", ["award", "audit_line"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = id + 1000"])
def test_the_database_keeps_the_ledgers_append_only(
    app: Flask, learner: Person, course: Course, table: str, change: str
) -> None:
    pass_course(learner, course)
    with pytest.raises(Exception, match="append-only"):
        db.session.execute(text(change.format(table)))
    db.session.rollback()
