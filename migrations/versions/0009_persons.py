"""persons."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("number_sealed", sa.String(length=80), nullable=True))
    # SQLite adds a foreign key only together with its column
    op.execute(
        "ALTER TABLE person ADD COLUMN merged_into INTEGER"
        " CONSTRAINT fk_person_merged_into_person REFERENCES person (id)"
    )
    op.create_index("ix_person_merged_into", "person", ["merged_into"])
    op.create_index("ix_person_twins", "person", ["name_fold", "birth_date"])
    op.create_table(
        "learning_need",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "need IN ('large_text', 'read_aloud', 'captions', 'own_language')",
            name=op.f("ck_learning_need_need"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_learning_need_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "need", name=op.f("pk_learning_need")),
    )
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("old_id", sa.Integer(), nullable=False),
        sa.Column("new_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("merged_by", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("old_id <> new_id", name=op.f("ck_person_merge_two_records")),
        sa.ForeignKeyConstraint(
            ["old_id"], ["person.id"], name=op.f("fk_person_merge_old_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["new_id"], ["person.id"], name=op.f("fk_person_merge_new_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["merged_by"], ["person.id"], name=op.f("fk_person_merge_merged_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["person.id"], name=op.f("fk_person_merge_undone_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index("ix_person_merge_new_id", "person_merge", ["new_id"])
    op.create_index(
        "uq_person_merge_standing",
        "person_merge",
        ["old_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "twin_proposal",
        sa.Column("low_id", sa.Integer(), nullable=False),
        sa.Column("high_id", sa.Integer(), nullable=False),
        sa.Column("alike", sa.String(length=10), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_twin_proposal_order")),
        sa.CheckConstraint(
            "alike IN ('all', 'birth', 'phone')", name=op.f("ck_twin_proposal_alike")
        ),
        sa.CheckConstraint("decision IN ('merged', 'two')", name=op.f("ck_twin_proposal_decision")),
        sa.ForeignKeyConstraint(
            ["low_id"], ["person.id"], name=op.f("fk_twin_proposal_low_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["high_id"], ["person.id"], name=op.f("fk_twin_proposal_high_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_twin_proposal_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("low_id", "high_id", name=op.f("pk_twin_proposal")),
    )
    op.create_index("ix_twin_proposal_high_id", "twin_proposal", ["high_id"])
    op.create_index("ix_twin_proposal_open", "twin_proposal", ["decision", "alike", "low_id"])
    op.create_table(
        "award_set_aside",
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("award_id <> kept_id", name=op.f("ck_award_set_aside_two_awards")),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award.id"], name=op.f("fk_award_set_aside_award_id_award")
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["award.id"], name=op.f("fk_award_set_aside_kept_id_award")
        ),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_award_set_aside")),
    )


def downgrade() -> None:
    op.drop_table("award_set_aside")
    op.drop_table("twin_proposal")
    op.drop_table("person_merge")
    op.drop_table("learning_need")
    op.drop_index("ix_person_twins", "person")
    op.drop_index("ix_person_merged_into", "person")
    op.drop_column("person", "merged_into")
    op.drop_column("person", "number_sealed")
