"""studio."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _drafts()
    _texts()


def downgrade() -> None:
    for table in ("draft_revision", "draft_picture", "draft_file"):
        op.drop_table(table)
    for table in ("draft_event", "draft", "course_editor"):
        op.drop_table(table)


def _drafts() -> None:
    """Who writes a course, its working copies and what was done with them."""
    op.create_table(
        "course_editor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["person.id"], name=op.f("fk_course_editor_added_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_course_editor_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_editor")),
        sa.UniqueConstraint(
            "course_slug", "person_id", name=op.f("uq_course_editor_course_slug_person_id")
        ),
    )
    op.create_index(
        op.f("ix_course_editor_person_id"), "course_editor", ["person_id"], unique=False
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome = '')", name=op.f("ck_draft_closed")),
        sa.CheckConstraint(
            "outcome IN ('', 'published', 'discarded')", name=op.f("ck_draft_outcome")
        ),
        sa.CheckConstraint(
            "state IN ('editing', 'submitted', 'approved')", name=op.f("ck_draft_state")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["person.id"], name=op.f("fk_draft_opened_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["person.id"], name=op.f("fk_draft_submitted_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index("ix_draft_course_slug", "draft", ["course_slug", "id"], unique=False)
    op.create_index(
        "uq_draft_open",
        "draft",
        ["course_slug"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "draft_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_event_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_event_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_event")),
    )
    op.create_index(op.f("ix_draft_event_draft_id"), "draft_event", ["draft_id"], unique=False)


def _texts() -> None:
    """What stands in a working copy, and every text that stood there."""
    op.create_table(
        "draft_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("base_name", sa.String(length=300), nullable=False),
        sa.Column("base_digest", sa.String(length=64), nullable=False),
        sa.Column("base_text", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_file_draft_id_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_file")),
    )
    op.create_index(op.f("ix_draft_file_draft_id"), "draft_file", ["draft_id"], unique=False)
    op.create_index(
        "uq_draft_file_name",
        "draft_file",
        ["draft_id", "name"],
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    )
    op.create_table(
        "draft_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["draft_file.id"], name=op.f("fk_draft_revision_file_id_draft_file")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_revision_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_revision")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_draft_revision_file_id_number")),
    )
    op.create_table(
        "draft_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_picture_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_picture_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_picture")),
        sa.UniqueConstraint("draft_id", "name", name=op.f("uq_draft_picture_draft_id_name")),
    )
