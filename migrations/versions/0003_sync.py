"""sync."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device_ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("helped_in", sa.Integer(), nullable=True),
        sa.Column("session_stamp", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_device_ticket_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_ticket")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_device_ticket_secret_hash")),
    )
    with op.batch_alter_table("device_ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_ticket_person_id"), ["person_id"], unique=False)

    op.create_table(
        "carried_paper",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("carried_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_carried_paper_attempt_id_attempt")
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_carried_paper")),
    )

    op.create_table(
        "synced_operation",
        sa.Column("op_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("step_slug", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("helper", sa.String(length=64), nullable=True),
        sa.Column("helped_in", sa.Integer(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "state IN ('applied', 'refused', 'quarantined', 'closed')",
            name=op.f("ck_synced_operation_state"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_synced_operation_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["person.id"], name=op.f("fk_synced_operation_settled_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["device_ticket.id"],
            name=op.f("fk_synced_operation_ticket_id_device_ticket"),
        ),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_synced_operation")),
    )
    with op.batch_alter_table("synced_operation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_synced_operation_person", ["person_id", "state", "received_at"], unique=False
        )
        batch_op.create_index(
            "ix_synced_operation_state", ["state", "received_at", "op_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("synced_operation")
    op.drop_table("carried_paper")
    op.drop_table("device_ticket")
