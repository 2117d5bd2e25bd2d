"""items."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("times", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("attempt_answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index(batch_op.f("ix_attempt_answer_question"))
        batch_op.create_index(
            batch_op.f("ix_attempt_answer_newest"), ["course_slug", "attempt_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("attempt_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_answer_newest"))
        batch_op.create_index(
            batch_op.f("ix_attempt_answer_question"), ["course_slug", "question_id"], unique=False
        )
        batch_op.drop_column("answered_at")
        batch_op.drop_column("shown_at")

    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_column("times")
        batch_op.drop_column("acted_at")
