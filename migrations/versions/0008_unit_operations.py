"""unit operations."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOVED = sa.text("moved_by IS NOT NULL")


def upgrade() -> None:
    _operations()
    _details()
    _columns()


def downgrade() -> None:
    op.drop_index("ix_membership_moved", "membership")
    for column in ("moved_by", "continues_id"):
        op.drop_column("membership", column)
    with op.batch_alter_table("unit_succession", schema=None) as batch_op:
        batch_op.drop_index("ix_unit_succession_operation_id")
        batch_op.drop_constraint(
            "fk_unit_succession_operation_id_unit_operation", type_="foreignkey"
        )
        batch_op.drop_column("operation_id")
        batch_op.drop_column("rank")
    for column in ("withdrawn_at", "facts_since", "successor_codes", "remote"):
        op.drop_column("unit", column)
    for table in ("placement", "moved_row", "unit_version", "unit_change", "unit_operation"):
        op.drop_table(table)


def _operations() -> None:
    op.create_table(
        "unit_operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("decision", sa.String(length=120), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["done_by"], ["person.id"], name=op.f("fk_unit_operation_done_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["person.id"], name=op.f("fk_unit_operation_undone_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_operation")),
    )
    op.create_table(
        "unit_change",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "role IN ('changed', 'named', 'relied')", name=op.f("ck_unit_change_role")
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["unit_operation.id"],
            name=op.f("fk_unit_change_operation_id_unit_operation"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_change_unit_id_unit")),
        sa.PrimaryKeyConstraint("operation_id", "unit_id", name=op.f("pk_unit_change")),
    )
    op.create_index("ix_unit_change_unit", "unit_change", ["unit_id", "operation_id"])


def _details() -> None:
    op.create_table(
        "unit_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["unit_operation.id"],
            name=op.f("fk_unit_version_operation_id_unit_operation"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["unit.id"], name=op.f("fk_unit_version_parent_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_version_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_version")),
    )
    op.create_index("ix_unit_version_unit", "unit_version", ["unit_id", "valid_to"])
    op.create_index(op.f("ix_unit_version_operation_id"), "unit_version", ["operation_id"])
    op.create_table(
        "moved_row",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["unit_operation.id"],
            name=op.f("fk_moved_row_operation_id_unit_operation"),
        ),
        sa.PrimaryKeyConstraint("operation_id", "what", "row_id", name=op.f("pk_moved_row")),
    )
    _placements()


def _placements() -> None:
    op.create_table(
        "placement",
        sa.Column("old_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("new_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["person.id"], name=op.f("fk_placement_confirmed_by_person")
        ),
        sa.ForeignKeyConstraint(["new_id"], ["unit.id"], name=op.f("fk_placement_new_id_unit")),
        sa.ForeignKeyConstraint(["old_id"], ["unit.id"], name=op.f("fk_placement_old_id_unit")),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["unit_operation.id"],
            name=op.f("fk_placement_operation_id_unit_operation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_placement_person_id_person")
        ),
        sa.PrimaryKeyConstraint("old_id", "person_id", name=op.f("pk_placement")),
    )
    op.create_index(op.f("ix_placement_person_id"), "placement", ["person_id"])
    op.create_index(op.f("ix_placement_operation_id"), "placement", ["operation_id"])
    op.create_index("ix_placement_open", "placement", ["new_id", "confirmed_at", "person_id"])


def _columns() -> None:
    # plain ADD COLUMN, no copy of tables that hold a million rows
    op.add_column(
        "unit", sa.Column("remote", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "unit",
        sa.Column("successor_codes", sa.String(length=200), nullable=False, server_default=""),
    )
    op.add_column("unit", sa.Column("facts_since", sa.Date(), nullable=True))
    op.add_column("unit", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("unit_succession", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("operation_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_unit_succession_operation_id_unit_operation",
            "unit_operation",
            ["operation_id"],
            ["id"],
        )
        batch_op.create_index("ix_unit_succession_operation_id", ["operation_id"], unique=False)
    op.add_column("membership", sa.Column("continues_id", sa.Integer(), nullable=True))
    op.add_column("membership", sa.Column("moved_by", sa.Integer(), nullable=True))
    op.create_index(
        "ix_membership_moved",
        "membership",
        ["moved_by", "continues_id"],
        sqlite_where=MOVED,
        postgresql_where=MOVED,
    )
