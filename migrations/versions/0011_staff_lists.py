"""Courses given to units, lists that were made, where staff stand."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

IN_FORCE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _assignments()
    _monthly()
    _lists()
    _standings()
    _departures()


def _assignments() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assigned_by", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["person.id"], name=op.f("fk_assignment_assigned_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_assignment_ended_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(
        "uq_assignment_in_force",
        "assignment",
        ["unit_id", "course_slug", "group"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )
    op.create_index("ix_assignment_course", "assignment", ["course_slug", "unit_id"])


def _monthly() -> None:
    op.create_table(
        "staff_monthly",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("day BETWEEN 1 AND 28", name=op.f("ck_staff_monthly_day")),
        sa.CheckConstraint("form IN ('xlsx', 'csv', 'pdf')", name=op.f("ck_staff_monthly_form")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_staff_monthly_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["person.id"], name=op.f("fk_staff_monthly_set_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_staff_monthly_ended_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_monthly")),
    )
    op.create_index(
        "uq_staff_monthly_in_force",
        "staff_monthly",
        ["unit_id", "course_slug", "state", "form"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )


def _lists() -> None:
    op.create_table(
        "staff_list_year",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_staff_list_year_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("unit_id", "year", name=op.f("pk_staff_list_year")),
    )
    op.create_table(
        "staff_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column("course_title", sa.String(length=300), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("monthly_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.String(length=7), nullable=True),
        sa.CheckConstraint("form IN ('xlsx', 'csv', 'pdf')", name=op.f("ck_staff_list_form")),
        sa.CheckConstraint(
            "(monthly_id IS NULL) = (month IS NULL)", name=op.f("ck_staff_list_monthly")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_staff_list_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_staff_list_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["monthly_id"],
            ["staff_monthly.id"],
            name=op.f("fk_staff_list_monthly_id_staff_monthly"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_list")),
        sa.UniqueConstraint("code", name=op.f("uq_staff_list_code")),
        sa.UniqueConstraint(
            "unit_id", "year", "number", name=op.f("uq_staff_list_unit_id_year_number")
        ),
        sa.UniqueConstraint("monthly_id", "month", name=op.f("uq_staff_list_monthly_id_month")),
    )
    op.create_index("ix_staff_list_actor_id", "staff_list", ["actor_id"])
    op.create_index("ix_staff_list_digest", "staff_list", ["digest"])


def _standings() -> None:
    op.create_table(
        "staff_standing",
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("name_sort", sa.String(length=400), nullable=False),
        sa.Column("name_fold", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("course_slug", "membership_id", name=op.f("pk_staff_standing")),
    )
    op.create_index(
        "ix_staff_standing_unit",
        "staff_standing",
        ["course_slug", "unit_id", "state", "group", "places", "person_id", "membership_id"],
    )
    op.create_index(
        "ix_staff_standing_name",
        "staff_standing",
        [
            *("course_slug", "name_sort", "membership_id", "unit_id", "state", "group", "places"),
            *("person_id", "name_fold"),
        ],
    )
    several = sa.text("places > 1")
    op.create_index(
        "ix_staff_standing_several",
        "staff_standing",
        ["course_slug", "unit_id", "state", "group", "person_id", "membership_id"],
        sqlite_where=several,
        postgresql_where=several,
    )
    op.create_table(
        "staff_standing_count",
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "course_slug", "unit_id", "state", "group", name=op.f("pk_staff_standing_count")
        ),
    )
    op.create_table(
        "staff_standing_made",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_staff_standing_made_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_standing_made")),
    )


def _departures() -> None:
    op.create_table(
        "staff_departure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("before", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reason IN ('moved', 'left', 'mistake')", name=op.f("ck_staff_departure_reason")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_staff_departure_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_staff_departure_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_staff_departure_ended_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["person.id"], name=op.f("fk_staff_departure_undone_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_departure")),
    )
    for column in ("membership_id", "person_id", "unit_id"):
        op.create_index(f"ix_staff_departure_{column}", "staff_departure", [column])


def downgrade() -> None:
    op.drop_table("staff_departure")
    op.drop_table("staff_standing_made")
    op.drop_table("staff_standing_count")
    op.drop_table("staff_standing")
    op.drop_table("staff_list")
    op.drop_table("staff_list_year")
    op.drop_table("staff_monthly")
    op.drop_table("assignment")
