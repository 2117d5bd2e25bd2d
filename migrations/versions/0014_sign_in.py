"""Grants from a day to a day, handed on for a while; passkeys; sign-in by another's OpenID Connect."""

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
    op.create_table(
        "outside_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_outside_identity_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_outside_identity_issuer_subject")),
    )
    op.create_index(
        op.f("ix_outside_identity_person_id"), "outside_identity", ["person_id"], unique=False
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_passkey_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("passkey")
    op.drop_table("outside_identity")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_handed_from"))
        batch_op.drop_constraint(
            batch_op.f("fk_role_grant_handed_from_role_grant"), type_="foreignkey"
        )
        batch_op.drop_column("reason")
        batch_op.drop_column("handed_from")
        batch_op.drop_column("begins_at")
