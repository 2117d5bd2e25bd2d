"""`counts check`, `counts rebuild`, `register check`."""

import pytest
from sqlalchemy import text

from app.accounts.models import AuditLine, Person
from app.content.models import Course
from app.counts.models import Attainment
from app.extensions import db
from tests.acts import pass_course, rows
from tests.ops.conftest import Command, drop_guards


@pytest.fixture
def awarded(learner: Person, stranger: Person, course: Course) -> None:
    """Two people with an award each."""
    pass_course(learner, course)
    pass_course(stranger, course)


def test_an_empty_register_is_right(run: Command) -> None:
    assert run("counts", "check").exit_code == 0
    assert run("register", "check").exit_code == 0


def test_what_the_river_wrote_is_right(run: Command, awarded: None) -> None:
    assert rows(Attainment)
    assert run("counts", "check").exit_code == 0
    assert run("register", "check").exit_code == 0


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("DELETE FROM attainment WHERE person_id = 1", "bảng đếm thiếu"),
        ("UPDATE attainment SET evidence = 'class' WHERE person_id = 1", "/ class /"),
        (
            "UPDATE attainment SET indicator = indicator || '-cu' WHERE person_id = 1",
            "sổ không có giấy nào",
        ),
    ],
)
def test_a_wrong_count_is_told_and_mended(
    run: Command, awarded: None, tampering: str, told: str
) -> None:
    right = [(a.person_id, a.indicator, a.unit_id, a.evidence) for a in rows(Attainment)]
    db.session.execute(text(tampering))
    found = run("counts", "check")
    assert found.exit_code == 1
    assert told in found.output
    assert run("counts", "rebuild").exit_code == 0
    assert run("counts", "check").exit_code == 0
    again = [(a.person_id, a.indicator, a.unit_id, a.evidence) for a in rows(Attainment)]
    assert sorted(again) == sorted(right)
    assert len(rows(AuditLine, verb="recount")) == 1


def test_rebuilding_what_is_right_changes_nothing(run: Command, awarded: None) -> None:
    before = [a.id for a in rows(Attainment)]
    assert "không sửa gì" in run("counts", "rebuild").output
    assert [a.id for a in rows(Attainment)] == before
    assert rows(AuditLine, verb="recount") == []


def test_a_changed_line_of_the_register_is_found(peek: Command, awarded: None) -> None:
    drop_guards("award")
    db.session.execute(text("UPDATE award SET result = 'Đạt, 100/100 điểm'"))
    found = peek("register", "check")
    assert found.exit_code == 1
    assert "dòng 1: nội dung đã bị sửa" in found.output


def test_an_award_without_any_study_is_found(run: Command, awarded: None) -> None:
    db.session.execute(text("DELETE FROM step_credit WHERE person_id = 1"))
    found = run("register", "check")
    assert (found.exit_code, "không có bước học nào" in found.output) == (1, True)
