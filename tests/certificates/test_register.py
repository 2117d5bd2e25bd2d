"""The check of the register finds every kind of tampering (rules 3 and 4)."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.accounts.models import Person
from app.certificates import register
from app.certificates.actions import revoke
from app.certificates.models import Award
from app.content.models import Course
from app.extensions import db
from tests import databases
from tests.acts import pass_course


@pytest.fixture
def book(award: Award, stranger: Person, registrar: Person, course: Course) -> list[Award]:
    """A register of three lines: two awards and the revocation of the second."""
    second = pass_course(stranger, course)
    revoke(registrar, second.id, "Cấp nhầm người")
    db.session.commit()
    return [award, second]


def tamper(*statements: str) -> None:
    """Change the tables behind the app's back, guards taken off; never committed."""
    for table in ("award", "revocation"):
        if databases.POSTGRESQL:
            db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            db.session.execute(text(f"DROP TRIGGER {table}_no_update"))
            db.session.execute(text(f"DROP TRIGGER {table}_no_delete"))
    for statement in statements:
        db.session.execute(text(statement))
    db.session.expire_all()


def messages() -> list[str]:
    return [fault.message for fault in register.faults()]


def test_an_honest_register_has_no_fault(book: list[Award]) -> None:
    assert messages() == []


def test_the_database_itself_refuses_changes(book: list[Award]) -> None:
    for table in ("award", "revocation"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET line = 9"):
            with pytest.raises(DBAPIError, match="append-only"):
                db.session.execute(text(statement))
            db.session.rollback()


@pytest.mark.parametrize(
    "change",
    [
        "full_name = 'Nguyễn Thị Khác'",
        "birth_date = '1990-01-01'",
        "result = 'Đạt, 100/100 điểm'",
        "unit_name = 'Nơi khác'",
        "claims = '[]'",
        "issuer = '{}'",
    ],
)
def test_a_changed_fact_is_found(book: list[Award], change: str) -> None:
    tamper(f"UPDATE award SET {change} WHERE number = 1")
    (fault,) = register.faults()
    assert fault.place == f"{book[0].year}, dòng 1"
    assert "bị sửa" in fault.message


def test_a_changed_reason_is_found(book: list[Award]) -> None:
    tamper("UPDATE revocation SET reason = 'Lý do được sửa'")
    assert any("bị sửa" in message for message in messages())


def test_a_deleted_last_line_is_found(book: list[Award]) -> None:
    tamper("DELETE FROM revocation")
    assert any("có dòng bị xóa" in message for message in messages())
    assert any("hiệu lực không khớp" in message for message in messages())


def test_a_deleted_middle_line_is_found(book: list[Award]) -> None:
    tamper(
        "DELETE FROM revocation",
        "DELETE FROM attainment WHERE award_id = 1",
        "DELETE FROM award_in_force WHERE award_id = 1",
        "DELETE FROM award WHERE number = 1",
    )
    assert any("thiếu dòng 1" in message for message in messages())


def test_swapped_numbers_are_found(book: list[Award]) -> None:
    tamper(
        "UPDATE award SET number = 99 WHERE number = 1",
        "UPDATE award SET number = 1 WHERE number = 2",
        "UPDATE award SET number = 2 WHERE number = 99",
    )
    assert any("phải là số 1" in message for message in messages())


def test_a_missing_mark_of_force_is_found(book: list[Award]) -> None:
    tamper("DELETE FROM award_in_force")
    (fault,) = register.faults()
    assert "hiệu lực không khớp sổ" in fault.message


def test_a_false_mark_of_force_is_found(book: list[Award]) -> None:
    second = book[1]
    tamper(
        "INSERT INTO award_in_force (person_id, course_slug, award_id) "
        f"VALUES ({second.person_id}, '{second.course_slug}', {second.id})"
    )
    assert [message for message in messages() if "hiệu lực không khớp sổ" in message]


def test_a_moved_head_is_found(book: list[Award]) -> None:
    tamper("UPDATE register_year SET awards = 5")
    assert any("đầu sổ" in message for message in messages())
