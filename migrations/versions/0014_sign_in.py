"""Grants from a day to a day, handed on for a while; passkeys; sign-in elsewhere (OIDC)."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("begins_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("handed_from", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("reason", sa.String(length=300), server_default="", nullable=False)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_role_grant_handed_from_role_grant"),
            "role_grant",
            ["handed_from"],
            ["id"],
        )
        batch_op.create_index(
            batch_op.f("ix_role_grant_handed_from"), ["handed_from"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_handed_from"))
        batch_op.drop_constraint(
            batch_op.f("fk_role_grant_handed_from_role_grant"), type_="foreignkey"
        )
        batch_op.drop_column("reason")
        batch_op.drop_column("handed_from")
        batch_op.drop_column("begins_at")
