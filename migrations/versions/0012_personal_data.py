"""personal_data: requests, incidents, who looked at what, and persons whose data was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "sensitive_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("viewer_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("quarter", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["viewer_id"], ["person.id"], name=op.f("fk_sensitive_view_viewer_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sensitive_view")),
        sa.UniqueConstraint(
            "viewer_id",
            "page",
            "subject",
            "quarter",
            name=op.f("uq_sensitive_view_viewer_id_page_subject_quarter"),
        ),
    )
    op.create_index("ix_sensitive_view_subject", "sensitive_view", ["subject", "id"])
    op.create_index("ix_sensitive_view_quarter", "sensitive_view", ["quarter"])
    create_requests()
    create_incidents()


def create_requests() -> None:
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("wanted", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("filed_by", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('view', 'correct', 'copy', 'withdraw', 'restrict', 'object', 'erase')",
            name=op.f("ck_data_request_kind"),
        ),
        sa.CheckConstraint(
            "channel IN ('self', 'helper', 'office')", name=op.f("ck_data_request_channel")
        ),
        sa.CheckConstraint("outcome IN ('done', 'refused')", name=op.f("ck_data_request_outcome")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_data_request_answered")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_data_request_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["person.id"], name=op.f("fk_data_request_filed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["person.id"], name=op.f("fk_data_request_acknowledged_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_data_request_answered_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index("ix_data_request_person_id", "data_request", ["person_id"])
    op.create_index("ix_data_request_open", "data_request", ["outcome", "answer_by", "id"])


def create_incidents() -> None:
    op.create_table(
        "data_incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("happened", sa.String(length=2000), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("measures", sa.String(length=2000), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_people_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_data_incident_recorded_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_incident")),
    )


def downgrade() -> None:
    op.drop_table("data_incident")
    op.drop_table("data_request")
    op.drop_table("sensitive_view")
    op.drop_column("person", "erased_at")
