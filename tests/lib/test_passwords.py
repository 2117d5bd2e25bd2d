"""Passwords: long, of any letters, none that somebody of the place would try first."""

import pytest

from app.accounts.secrets import hash_secret, matches
from app.lib.passwords import guessable


@pytest.mark.parametrize(
    "password",
    [
        "binhdanhocvuso2026",
        "Bình dân học vụ số!",
        "MatKhau123456",
        "mật khẩu Đà Nẵng 2026",
        "qwertyuiop12",
        "Quản trị Đà Nẵng",
        "aaaaaaaaaaaa",
        "ababababababab",
        "TranThiLan2026",
    ],
)
def test_words_of_the_place_make_no_password(password: str) -> None:
    assert guessable(password, "Trần Thị Lan")


@pytest.mark.parametrize(
    "password",
    [
        "bốn con cò bay lả",
        "chỉ có chữ thường thôi",
        "92740185637401",
        "Zuôih-Avương-Coor",
        "danang mùa hoa sưa nở",
    ],
)
def test_any_letters_will_do(password: str) -> None:
    assert not guessable(password, "Trần Thị Lan")


def test_case_and_every_character_count() -> None:
    long = "Câu dài " * 20 + "hết"
    known = hash_secret(long)
    assert matches(long, known)
    for other in (long[:-1], long.lower(), long + " "):
        assert not matches(other, known)
