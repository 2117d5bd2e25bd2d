"""audit_chain: every audit line is sealed over the one before, those that exist too."""

import hashlib
import json
import unicodedata
from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

START = "0" * 64
AT_ONCE = 5_000


def upgrade() -> None:
    op.create_table(
        "audit_link",
        sa.Column("chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["audit_line.id"], name=op.f("fk_audit_link_line_id_audit_line")
        ),
        sa.PrimaryKeyConstraint("chain", "place", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("line_id", name=op.f("uq_audit_link_line_id")),
    )
    op.create_index("ix_audit_line_subject", "audit_line", ["subject"])
    chain_what_is_there()
    append_only("audit_link")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_link_append_only ON audit_link")
        op.execute("DROP FUNCTION audit_link_append_only()")
    op.drop_index("ix_audit_line_subject", "audit_line")
    op.drop_table("audit_link")


def chain_what_is_there() -> None:
    """Lines of before are sealed as they stand today, in the order of their ids."""
    line = sa.table(
        "audit_line",
        sa.column("id", sa.Integer()),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("actor_id", sa.Integer()),
        sa.column("verb", sa.String()),
        sa.column("subject", sa.String()),
        sa.column("detail", sa.String()),
    )
    link = sa.table("audit_link", *map(sa.column, ("chain", "place", "line_id", "hash")))
    place, previous, last = 0, START, 0
    while True:
        query = sa.select(line).where(line.c.id > last).order_by(line.c.id).limit(AT_ONCE)
        rows = op.get_bind().execute(query).all()
        links = []
        for row in rows:
            place += 1
            previous = link_hash(previous, place, row)
            links.append({"chain": 0, "place": place, "line_id": row.id, "hash": previous})
        if links:
            op.get_bind().execute(sa.insert(link), links)
            last = rows[-1].id
        if len(rows) < AT_ONCE:
            return


def link_hash(previous, place, row):
    """As app.accounts.audit_chain writes it."""
    at = row.at.replace(tzinfo=UTC) if row.at.tzinfo is None else row.at.astimezone(UTC)
    facts = {"id": row.id, "actor_id": row.actor_id}
    for name in ("verb", "subject", "detail"):
        facts[name] = unicodedata.normalize("NFC", getattr(row, name))
    told = [previous, 0, place, at.isoformat(), facts]
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def append_only(table):
    """The database itself refuses to change or delete a line of this table."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
    )
