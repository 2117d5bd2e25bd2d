"""field."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _cards()
    _field()


def downgrade() -> None:
    _drop_field()
    _drop_cards()


def _cards() -> None:
    """Ways to sign in beside phone and password: cards, one-time keys, devices, second factor."""
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_use_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_card_issued_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_card_person_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_card_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["person.id"], name=op.f("fk_card_withdrawn_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_card_code_hash")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_card_secret_hash")),
    )
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_card_in_force",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "reset_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('pin', 'password')", name=op.f("ck_reset_key_kind")),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_reset_key_issued_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reset_key_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reset_key")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_reset_key_code_hash")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_reset_key_secret_hash")),
    )
    with op.batch_alter_table("reset_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reset_key_issued_at"), ["issued_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reset_key_person_id"), ["person_id"], unique=False)

    op.create_table(
        "device_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("shown_name", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_device_profile_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_profile")),
        sa.UniqueConstraint(
            "device_hash", "person_id", name=op.f("uq_device_profile_device_hash_person_id")
        ),
    )
    with op.batch_alter_table("device_profile", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_device_profile_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_device_profile_used_at"), ["used_at"], unique=False)

    op.create_table(
        "second_factor",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_second_factor_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint(
            "person_id", "code_hash", name=op.f("uq_recovery_code_person_id_code_hash")
        ),
    )


def _drop_cards() -> None:
    for table in ("recovery_code", "second_factor", "device_profile", "reset_key", "card"):
        op.drop_table(table)


def _field() -> None:
    """Helpers: sessions with learners, whom they help, tests handed over, acts observed, teams."""
    op.create_table(
        "field_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("agreed", sa.String(length=10), nullable=False),
        sa.Column("witness", sa.String(length=80), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alone_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("helper_id <> learner_id", name=op.f("ck_field_session_two_people")),
        sa.CheckConstraint(
            "agreed IN ('pin', 'card', 'voice', 'paper')", name=op.f("ck_field_session_agreed")
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["person.id"], name=op.f("fk_field_session_helper_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["person.id"], name=op.f("fk_field_session_learner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_field_session_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_session")),
    )
    with op.batch_alter_table("field_session", schema=None) as batch_op:
        batch_op.create_index(
            "uq_field_session_open",
            ["helper_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_field_session_history", ["helper_id", "learner_id", "id"], unique=False
        )
        batch_op.create_index("ix_field_session_learner", ["learner_id", "id"], unique=False)

    with op.batch_alter_table("step_credit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("helped_in", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_step_credit_helped_in_field_session"),
            "field_session",
            ["helped_in"],
            ["id"],
        )
        batch_op.create_index(batch_op.f("ix_step_credit_helped_in"), ["helped_in"], unique=False)
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("witness", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("recorded_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_consent_recorded_by_person"), "person", ["recorded_by"], ["id"]
        )

    op.create_table(
        "helped_person",
        sa.Column("helper_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("village", sa.String(length=120), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("how IN ('registered', 'agreed')", name=op.f("ck_helped_person_how")),
        sa.CheckConstraint("helper_id <> person_id", name=op.f("ck_helped_person_two_people")),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["person.id"], name=op.f("fk_helped_person_helper_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_helped_person_person_id_person")
        ),
        sa.PrimaryKeyConstraint("helper_id", "person_id", name=op.f("pk_helped_person")),
    )
    with op.batch_alter_table("helped_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_helped_person_person_id"), ["person_id"], unique=False)

    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("step_slug", sa.String(length=80), nullable=False),
        sa.Column("proof", sa.String(length=10), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("proof IN ('pin', 'card', 'once')", name=op.f("ck_hand_over_proof")),
        sa.CheckConstraint(
            "(proof = 'once') = (pin_hash IS NOT NULL)", name=op.f("ck_hand_over_pin_for_once")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["field_session.id"], name=op.f("fk_hand_over_session_id_field_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_over_session_id"), ["session_id"], unique=False)

    op.create_table(
        "observed_act",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("step_slug", sa.String(length=80), nullable=False),
        sa.Column("item_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("helper_id <> person_id", name=op.f("ck_observed_act_two_people")),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["person.id"], name=op.f("fk_observed_act_helper_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_observed_act_person_id_person")
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "course_slug", "step_slug", "item_id", name=op.f("pk_observed_act")
        ),
    )

    op.create_table(
        "team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(length=80), nullable=False),
        sa.Column("name_sort", sa.String(length=400), nullable=False),
        sa.Column("phone", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["person.id"], name=op.f("fk_team_member_added_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by"], ["person.id"], name=op.f("fk_team_member_removed_by_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_team_member_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
    )
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.create_index(
            "uq_team_member_listed",
            ["unit_id", "phone"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )


def _drop_field() -> None:
    for table in ("team_member", "observed_act", "hand_over", "helped_person"):
        op.drop_table(table)
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_consent_recorded_by_person"), type_="foreignkey")
        batch_op.drop_column("recorded_by")
        batch_op.drop_column("witness")
    with op.batch_alter_table("step_credit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_credit_helped_in"))
        batch_op.drop_constraint(
            batch_op.f("fk_step_credit_helped_in_field_session"), type_="foreignkey"
        )
        batch_op.drop_column("helped_in")
    op.drop_table("field_session")
