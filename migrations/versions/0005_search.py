"""search."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# each database has its own index of words: SQLite FTS5, PostgreSQL tsvector with GIN
SQLITE = """CREATE VIRTUAL TABLE search_words USING fts5(
    title, heading, body, tokenize="unicode61 tokenchars '_'", detail=column)"""
POSTGRESQL = """CREATE TABLE search_words (
    id INTEGER PRIMARY KEY REFERENCES search_entry ON DELETE CASCADE,
    title tsvector, heading tsvector, body tsvector)"""
COLUMNS = ("title", "heading", "body")


def upgrade() -> None:
    op.create_table(
        "searched_course",
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("course_slug", name=op.f("pk_searched_course")),
    )
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("step_slug", sa.String(length=80), nullable=False),
        sa.Column("term", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    op.create_index(op.f("ix_search_entry_course_slug"), "search_entry", ["course_slug"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE)
        return
    op.execute(POSTGRESQL)
    for column in COLUMNS:
        op.execute(
            f"CREATE INDEX ix_search_words_{column} ON search_words"
            f" USING gin ({column}) WITH (fastupdate = off)"
        )


def downgrade() -> None:
    op.execute("DROP TABLE search_words")
    op.drop_table("search_entry")
    op.drop_table("searched_course")
