"""letter_address."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_address",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_letter_address_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_letter_address")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_letter_address_secret_hash")),
    )
    with op.batch_alter_table("letter_address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_address_email"), ["email"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("letter_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_address_email"))
    op.drop_table("letter_address")
