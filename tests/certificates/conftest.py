"""What the tests of the register share: the learner's award, a paper, a look into a PDF."""

import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.accounts.models import Person
from app.certificates import actions
from app.certificates.models import Award
from app.content.models import Course
from app.extensions import db
from tests.acts import pass_course

REASON = "Cấp nhầm người, đã cấp lại giấy khác"


@pytest.fixture
def award(learner: Person, course: Course) -> Award:
    """Bà Hoa's certificate."""
    return pass_course(learner, course)


@pytest.fixture
def revoked(award: Award, registrar: Person) -> Award:
    """Bà Hoa's certificate, taken out of force by cô Thu."""
    actions.revoke(registrar, award.id, REASON)
    db.session.commit()
    return award


@pytest.fixture
def line() -> Callable[..., Award]:
    """Makes a line of the register that was never stored; facts by name."""

    def make(**facts: Any) -> Award:
        return Award(**{**FACTS, **facts})

    return make


FACTS = {
    "id": 1,
    "year": 2026,
    "number": 12,
    "line": 14,
    "code": "ABCDE23456",
    "course_title": "Kỹ năng số cơ bản cho người dân",
    "hours": "4.5",
    "full_name": "Nguyễn Thị Hoa",
    "birth_date": date(1961, 2, 5),
    "birth_precision": "day",
    "unit_name": "Phường Bàn Thạch",
    "issuer": {
        "parent_body": "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG",
        "body": "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "place": "Đà Nẵng",
        "signer_title": "GIÁM ĐỐC",
        "signer": "",
    },
    "result": "Đạt, 92/100 điểm",
    "awarded_at": datetime(2026, 2, 5, 3, 4, 5, tzinfo=UTC),
    "awarded_on": date(2026, 2, 5),
    "printed_number": "000012/2026/GCN-BDHVS",
}


def tool(name: str, pdf: bytes, *arguments: str) -> str:
    """What a program of poppler says of a PDF."""
    done = subprocess.run([name, *arguments], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def words(pdf: bytes) -> str:
    """The text of a PDF in single spaces."""
    return " ".join(tool("pdftotext", pdf, "-raw", "-", "-").split())


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return int(tool("pdfinfo", pdf, "-").split("Pages:")[1].split()[0])
