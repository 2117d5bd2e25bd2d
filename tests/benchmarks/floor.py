"""The floor: a bare Flask page with one query, or one insert, on the same server and database."""

import os

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PAGE = """<!doctype html><html lang="vi"><head><title>{{ person.full_name }}</title></head>
<body><h1>{{ person.full_name }}</h1><p>{{ person.phone or "" }}</p></body></html>"""


class Base(DeclarativeBase):
    """Base of the floor's two tables."""


class Person(Base):
    """The product's own table, read by the floor."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    phone: Mapped[str | None]


class Floor(Base):
    """A table for the floor's inserts."""

    __tablename__ = "floor"
    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str]


db = SQLAlchemy(model_class=Base)
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["FLOOR_DATABASE"]
app.config["SECRET_KEY"] = "floor"
db.init_app(app)
page = app.jinja_env.from_string(PAGE)


@app.get("/read/<int:person_id>")
def read(person_id: int) -> str:
    """One query, one small page."""
    person = db.session.scalars(select(Person).where(Person.id == person_id)).one()
    return page.render(person=person)


@app.post("/write")
def write() -> str:
    """One insert, committed."""
    db.session.add(Floor(note="x" * 40))
    db.session.commit()
    return "ok"


with app.app_context():
    if db.engine.dialect.name == "sqlite":

        @event.listens_for(Engine, "connect")
        def durable(connection: object, _record: object) -> None:
            """The same durability as the product."""
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
                connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

        db.engine.dispose()
    db.create_all()
