"""Every column that names a person says what becomes of it; nothing sensitive has a column."""

import re

from app.extensions import Base
from app.persons.holdings import HOLDINGS

# who did something, not about whom something is kept: stays with the record that did it
ACTORS = {
    "acknowledged_by", "actor_id", "added_by", "answered_by", "assigned_by", "confirmed_by",
    "decided_by", "done_by", "ended_by", "entered_by", "filed_by", "granted_by", "issued_by",
    "merged_by", "opened_by", "recorded_by", "removed_by", "revoked_by", "set_by", "settled_by",
    "submitted_by", "undone_by", "viewer_id", "withdrawn_by",
}  # fmt: skip
# what merging itself, the register and the count keep in their own way (app.certificates.merging)
OWN_WAY = {
    ("person", "merged_into"),
    ("person_merge", "old_id"),
    ("person_merge", "new_id"),
    ("twin_proposal", "low_id"),
    ("twin_proposal", "high_id"),
    ("award", "person_id"),
    ("award_in_force", "person_id"),
    ("attainment", "person_id"),
    # who helped or taught is a fact of the session
    ("field_session", "helper_id"),
    ("observed_act", "helper_id"),
    # who wrote what is the history of the course
    ("draft_event", "person_id"),
    ("draft_picture", "person_id"),
    ("draft_revision", "person_id"),
}
SENSITIVE = re.compile(
    r"ethnic|dan_toc|disab|khuyet_tat|health|suc_khoe|religion|ton_giao|blood|biometric|face|photo"
    r"|latitude|longitude|gps"
)


def test_every_column_that_names_a_person_is_declared() -> None:
    declared = {(one.model.__tablename__, one.column) for one in HOLDINGS}
    found = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "person" and column.name not in ACTORS
    }
    assert found - declared - OWN_WAY == set()
    assert declared - found == set()


def test_what_is_told_and_erased_are_columns() -> None:
    for one in HOLDINGS:
        names = set(one.model.__table__.columns.keys())
        assert set(one.told.split()) <= names, one.model
        assert set(one.erased or {}) <= names, one.model
        assert not {"paper", "secret_hash", "pin_hash", "nonce", "code_hash"} & set(
            one.told.split()
        )


def test_no_ethnicity_disability_or_place_of_a_person_is_stored() -> None:
    names = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
    }
    assert [name for name in sorted(names) if SENSITIVE.search(name)] == []
