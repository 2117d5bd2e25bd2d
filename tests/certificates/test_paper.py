"""The certificate on paper: names exact, one page, nothing invented, the same bytes each time."""

import subprocess
import unicodedata
from collections.abc import Callable

import pytest
import segno

from app.certificates import pdf, press
from app.certificates.models import Award
from tests.certificates.conftest import FACTS, pages, tool, words

Line = Callable[..., Award]
SITE = "https://hoc.example.vn"
EIGHTY = "Nguyễn Phước Hoàng Bảo Trưởng Nghĩa Khuyến Thượng Đường Phương Nguyệt Hưởng Xuyến"
TITLE = (
    "Kỹ năng số cho cán bộ, công chức, viên chức: khai thác dữ liệu dùng chung, bảo vệ dữ liệu cá "
    "nhân trong công vụ, dùng trí tuệ nhân tạo có trách nhiệm và hướng dẫn người dân làm dịch vụ "
    "công trực tuyến tại nhà"
)
UNIT = "Trung tâm Chuyển đổi số và Công nghệ thông tin – Truyền thông, " * 3
ALPHABET = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY FJWZ aăâbcdđeêghiklmnoôơpqrstuưvxy fjwz"
VOWELS = [
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
]
NAMES = [
    "Nguyễn Thị Hoa", "Bh'riu Liếc", "Zơrâm Thị Nhươm", "Coor Lắc", "Y Zơrâm Ch’ơm",
    "Ŏ ĕ ŭ ƀ", "Hoa", "Avương La Êê", EIGHTY, ALPHABET,
]  # fmt: skip


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", NAMES)
def test_names_come_back_exactly(line: Line, name: str, form: str) -> None:
    printed = words(pdf.render(line(full_name=unicodedata.normalize(form, name)), SITE))
    assert f" Cấp cho {name} Sinh ngày 05 tháng 02 năm 1961" in printed


def test_every_marked_letter_comes_back(line: Line) -> None:
    for start in range(0, len(VOWELS), 36):
        name = " ".join(VOWELS[start : start + 36])
        assert f"Cấp cho {name} Sinh" in words(pdf.render(line(full_name=name), SITE))


def test_the_paper_says_what_the_register_says(line: Line) -> None:
    printed = words(pdf.render(line(), SITE))
    for text in (
        "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG SỞ KHOA HỌC VÀ CÔNG NGHỆ Số: 000012/2026/GCN-BDHVS",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Đà Nẵng, ngày 05 tháng 02 năm 2026",
        "GIẤY CHỨNG NHẬN HOÀN THÀNH KHÓA HỌC",
        "Đơn vị: Phường Bàn Thạch đã hoàn thành khóa học Kỹ năng số cơ bản cho người dân",
        "Thời lượng: 4,5 giờ · Kết quả: Đạt, 92/100 điểm",
        "Số vào sổ: 14, sổ năm 2026",
        "GIÁM ĐỐC",
        "Giấy này không thay thế xác nhận phổ cập kỹ năng số trên VNeID.",
        f"{SITE}/v/ABCDE23456",
    ):
        assert text in printed


def test_a_year_of_birth_is_no_birthday(line: Line) -> None:
    printed = words(pdf.render(line(birth_precision="year"), SITE))
    assert "Sinh năm 1961" in printed
    assert "ngày 05 tháng 02 năm 1961" not in printed


def test_what_is_not_known_is_left_out(line: Line) -> None:
    printed = words(pdf.render(line(birth_date=None, unit_name="", issuer={}), SITE))
    assert "Cấp cho Nguyễn Thị Hoa đã hoàn thành khóa học" in printed
    assert "None" not in printed and "Đơn vị" not in printed


def test_the_signer_is_printed_and_nothing_that_looks_signed(line: Line) -> None:
    issuer = {**FACTS["issuer"], "signer": "Trần Văn Bình"}  # type: ignore[dict-item]
    printed = words(pdf.render(line(issuer=issuer), SITE))
    assert "Trần Văn Bình" in printed
    assert "ã ký" not in printed


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"birth_date": None, "unit_name": ""},
        {"full_name": "Ư" * 80},
        {"full_name": EIGHTY, "course_title": TITLE, "unit_name": UNIT},
        {"full_name": EIGHTY, "course_title": TITLE + TITLE, "unit_name": UNIT},
    ],
)
def test_everything_stands_on_one_page(line: Line, facts: dict[str, str]) -> None:
    printed = pdf.render(line(**facts), SITE)
    assert pages(printed) == 1
    assert "trên VNeID." in words(printed)


def test_one_line_of_html_in_a_name_is_only_text(line: Line) -> None:
    name = "<img src='file:///etc/hostname'>&amp;"
    assert f"Cấp cho {name} Sinh" in words(pdf.render(line(full_name=name), SITE))


def test_the_same_line_gives_the_same_bytes(line: Line) -> None:
    assert pdf.render(line(), SITE) == pdf.render(line(), SITE)


def test_a_reader_knows_language_title_and_structure(line: Line) -> None:
    printed = pdf.render(line(), SITE)
    facts = tool("pdfinfo", printed, "-")
    assert "Giấy chứng nhận 000012/2026/GCN-BDHVS – Nguyễn Thị Hoa" in facts
    assert "Tagged:          yes" in facts and "841.89 x 595.276 pts (A4)" in facts
    assert "H1" in tool("pdfinfo", printed, "-struct", "-")
    assert "pdfuaid" in tool("pdfinfo", printed, "-meta", "-")


def test_the_qr_code_holds_the_address_of_the_check(line: Line) -> None:
    printed = pdf.render(line(), SITE)
    assert f"{SITE}/v/ABCDE23456" in tool("pdfinfo", printed, "-url", "-")
    expected = segno.make(f"{SITE}/v/ABCDE23456", error="m", mask=2).matrix
    assert squares(printed, len(expected)) == [list(row) for row in expected]


def test_the_qr_code_has_its_quiet_zone(line: Line) -> None:
    modules = len(segno.make(f"{SITE}/v/ABCDE23456", error="m", mask=2).matrix)
    around = squares(pdf.render(line(), SITE), modules, margin=4)
    sides = [row[:4] + row[-4:] for row in around]
    assert not any(map(any, around[:4] + around[-4:] + sides))


def squares(printed: bytes, modules: int, margin: int = 0) -> list[list[int]]:
    """The printed QR code as a reader sees it: 1 for dark, at the middle of each square."""
    size = 27 / modules
    left, top = (mm - margin * size for mm in (27.5, 149.5))
    picture = image(printed)
    places = [(n + 0.5) * size for n in range(modules + 2 * margin)]
    return [[int(picture(left + x, top + y) < 128) for x in places] for y in places]


def image(printed: bytes) -> Callable[[float, float], int]:
    """How bright the page is (0 to 255) so many millimetres from its left and top edge."""
    command = ["pdftoppm", "-gray", "-r", "254", "-"]
    data = subprocess.run(command, input=printed, capture_output=True, check=True).stdout
    kind, width, height, depth = data.split(maxsplit=4)[:4]
    assert (kind, depth) == (b"P5", b"255")
    pixels = data[-int(width) * int(height) :]
    return lambda x, y: pixels[int(y * 10) * int(width) + int(x * 10)]


def test_all_is_set_in_one_family(line: Line) -> None:
    fonts = tool("pdffonts", pdf.render(line(full_name="Ŏ ĕ ŭ ƀ Nhươm"), SITE), "-")
    families = {row.split("+")[1].split()[0] for row in fonts.splitlines()[2:]}
    assert all(name.startswith(press.letters().replace(" ", "-")) for name in families)


def test_missing_parts_name_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [part for part in press.missing_parts() if press.COMPLETE + " (" in part] == []
    monkeypatch.setattr(press, "_complete", lambda family: False)
    assert [part for part in press.missing_parts() if "fonts-noto-core" in part]
    assert [part for part in press.missing_parts() if "fonts-liberation2" in part]
