"""An act carries an operation id and counts once (rule 2)."""

import pytest
from flask import Flask

from app.accounts import operations
from app.accounts.operations import OperationConflict, Replay
from app.extensions import db
from app.lib.ids import operation_id


def test_a_new_id_says_go(app: Flask) -> None:
    assert operations.begin(operation_id(), 1, "enrol", "x") is None


def test_the_same_act_again_is_a_replay_with_its_outcome(app: Flask) -> None:
    op_id = operation_id()
    operations.begin(op_id, 1, "enrol", {"course": "x"})
    operations.conclude(op_id, "7")
    db.session.commit()
    assert operations.begin(op_id, 1, "enrol", {"course": "x"}) == Replay("7")


@pytest.mark.parametrize(
    ("person", "verb", "content"), [(2, "enrol", "x"), (1, "leave", "x"), (1, "enrol", "y")]
)
def test_other_content_under_the_same_id_is_refused(
    app: Flask, person: int, verb: str, content: str
) -> None:
    op_id = operation_id()
    operations.begin(op_id, 1, "enrol", "x")
    with pytest.raises(OperationConflict):
        operations.begin(op_id, person, verb, content)


def test_a_failed_act_leaves_its_id_free(app: Flask) -> None:
    op_id = operation_id()
    operations.begin(op_id, 1, "enrol", "x")
    db.session.rollback()
    assert operations.begin(op_id, 1, "enrol", "x") is None
