"""`audit check`: each line of the trail is sealed over the one before."""

from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts import audit, audit_chain
from app.accounts.models import AuditLine
from app.accounts.trail_models import AuditLink
from app.extensions import db
from tests.acts import rows
from tests.ops.conftest import Command, drop_guards


def record(*subjects: str) -> None:
    """Each of these acts in a transaction of its own."""
    for subject in subjects:
        audit.record(None, "export", subject, "ba dòng · Ngô Văn Ước")
        db.session.commit()


def test_an_empty_trail_is_right(run: Command) -> None:
    assert run("audit", "check").exit_code == 0


def test_lines_stand_in_the_chain_in_the_order_of_their_commits(run: Command) -> None:
    record("unit 1", "unit 2")
    audit.record(None, "export", "unit 3")
    audit.record(None, "export", "unit 4")
    db.session.commit()
    assert {link.line_id for link in rows(AuditLink)} == {line.id for line in rows(AuditLine)}
    assert [link.place for link in rows(AuditLink)] == [1, 2, 3, 4]
    done = run("audit", "check")
    assert done.exit_code == 0
    assert "4 dòng" in done.output


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("UPDATE audit_line SET detail = 'hai dòng' WHERE subject = 'unit 2'", "mắt 2"),
        ("UPDATE audit_line SET actor_id = NULL, verb = 'grade' WHERE subject = 'unit 2'", "mắt 2"),
        ("UPDATE audit_line SET subject = 'unit 9' WHERE subject = 'unit 3'", "mắt 3"),
        ("DELETE FROM audit_link WHERE place = 2", "thiếu mắt 2"),
        ("UPDATE audit_link SET place = place + 10 WHERE place = 3", "thiếu mắt 3"),
    ],
)
def test_a_change_is_found(peek: Command, tampering: str, told: str) -> None:
    record("unit 1", "unit 2", "unit 3")
    for table in ("audit_line", "audit_link"):
        drop_guards(table)
    db.session.execute(text(tampering))
    found = peek("audit", "check")
    assert found.exit_code == 1
    assert told in found.output


def test_a_line_that_was_slipped_in_is_found(run: Command) -> None:
    record("unit 1")
    db.session.add(AuditLine(actor_id=None, verb="grade", subject="attempt 1", detail=""))
    found = run("audit", "check")
    assert found.exit_code == 1
    assert "1 dòng không nằm trong chuỗi nào" in found.output


def test_a_cut_end_is_found_by_what_was_written_down(run: Command, peek: Command) -> None:
    record("unit 1", "unit 2", "unit 3")
    (end,) = map(str, audit_chain.ends())
    assert end in run("audit", "check").output
    assert run("audit", "check", "--end", end).exit_code == 0
    for table in ("audit_link", "audit_line"):
        drop_guards(table)
    db.session.execute(text("DELETE FROM audit_link WHERE place = 3"))
    db.session.execute(text("DELETE FROM audit_line WHERE subject = 'unit 3'"))
    assert peek("audit", "check").exit_code == 0
    found = peek("audit", "check", "--end", end)
    assert found.exit_code == 1
    assert "mắt 3 không còn" in found.output


@pytest.mark.parametrize("end", ["", "3", "0:3:xyz", "0:x:" + "0" * 64])
def test_an_end_that_nobody_printed_is_refused(run: Command, end: str) -> None:
    assert run("audit", "check", "--end", end).exit_code == 2


def test_what_was_taken_back_is_not_chained(run: Command) -> None:
    audit.record(None, "export", "unit 1")
    db.session.rollback()
    savepoint = db.session.begin_nested()
    audit.record(None, "export", "unit 2")
    savepoint.rollback()
    with db.session.begin_nested():
        audit.record(None, "export", "unit 3")
    record("unit 4")
    assert [line.subject for line in rows(AuditLine)] == ["unit 3", "unit 4"]
    assert len(rows(AuditLink)) == 2
    assert run("audit", "check").exit_code == 0


def test_many_who_write_at_once_make_one_chain(app: Flask, run: Command) -> None:
    together = Barrier(4)

    def write(name: int) -> None:
        with app.app_context():
            together.wait()
            for number in range(5):
                audit.record(None, "export", f"unit {name}{number}")
                db.session.commit()

    threads = [Thread(target=write, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows(AuditLink)) == 20
    assert run("audit", "check").exit_code == 0


@pytest.mark.parametrize("change", ["DELETE FROM audit_link", "UPDATE audit_link SET place = 99"])
def test_the_database_keeps_the_links(run: Command, change: str) -> None:
    record("unit 1")
    with pytest.raises(Exception, match="append-only"):
        db.session.execute(text(change))
    db.session.rollback()
