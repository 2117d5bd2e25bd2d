"""Cards on paper: ten to a page, every name exact, a QR code that leads to the PIN."""

import subprocess
import unicodedata
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.cards import NewCard
from app.accounts.secrets import draw_secret
from app.accounts.sheet import MOST_CARDS, Sheet, picture, print_cards
from app.lib.ids import verification_code

SHEET = Sheet("https://hoc.vn/", "Bình dân học vụ số", "Phường Bàn Thạch", "1022")
NAMES = [
    "Nguyễn Thị Hoa",
    "Bh'riu Liếc",
    "Zơrâm Thị Ngọc Ánh",
    "Y Ŏ Ĕban Ŭ Ƀăm",
    "Công Tằng Tôn Nữ Thị Hoàng Phương Thảo",
    unicodedata.normalize("NFD", "Đặng Thị Mỹ Hằng"),
    "<b>Trần</b> & Đức",
    "Lê " + "Hoàng " * 12 + "An",
]


def cards(names: list[str], takes_over: bool = True) -> list[NewCard]:
    return [
        NewCard(n, name, draw_secret(), verification_code(), takes_over)
        for n, name in enumerate(names)
    ]


@pytest.fixture
def printed(app: Flask, tmp_path: Path):
    """The text of a sheet with these cards, page by page."""

    def text(wanted: list[NewCard]) -> list[str]:
        path = tmp_path / "cards.pdf"
        with app.test_request_context():
            path.write_bytes(print_cards(wanted, SHEET))
        done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
        return done.stdout.split("\f")[:-1]

    return text


def test_names_come_back_exactly(printed) -> None:
    page = " ".join(printed(cards(NAMES))[0].split())
    for name in NAMES:
        assert unicodedata.normalize("NFC", name) in page


def test_ten_to_a_page(printed) -> None:
    assert len(printed(cards(["Nguyễn Thị Hoa"] * 10))) == 1
    assert len(printed(cards(["Nguyễn Thị Hoa"] * 11))) == 2


def test_each_says_what_to_do_and_where_help_is(printed) -> None:
    new, known = cards(["Nguyễn Thị Hoa"]), cards(["Bh'riu Liếc"], takes_over=False)
    page = " ".join(printed(new)[0].split())
    code = new[0].code
    for words in ("tự đặt mã PIN", f"{code[:5]}-{code[5:]}", "hoc.vn/login/code", "1022"):
        assert words in page
    assert "tự đặt" not in printed(known)[0]


def test_the_qr_code_holds_the_address_of_the_pin() -> None:
    secret = draw_secret()
    assert SHEET.address(secret) == f"https://hoc.vn/c/{secret}"
    assert picture(SHEET.address(secret)).startswith("data:image/svg+xml")


def test_a_pile_is_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="at most"):
        print_cards(cards(["A"] * (MOST_CARDS + 1)), SHEET)
