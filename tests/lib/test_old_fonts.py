"""Names typed with old fonts are known; names of today never are."""

import pytest

from app.lib.old_fonts import looks_old

OLD = (
    *("TrÇn ThÞ Hoa", "NguyÔn V¨n Hïng", "Lª ThÞ Hång", "Ph¹m §øc", "Hoµng Minh", "§ç ThÞ HuÖ"),
    *("Leâ Thò Hueä", "Traàn Vaên Huøng", "Nguyeãn Thò Thuûy", "Phaïm Ñöùc", "Ñoã Vaên Ñaït"),
)
TODAY = (
    *("Nguyễn Thị Hoa", "Trần Văn Ế", "Lê Hoà", "Nguyễn Thuỳ Dương", "Hoàng Thị Huệ"),
    "Đỗ Quý Toàn",
    *("Bh'riu Liếc", "Zơrâm Thị Nhươm", "Coor Lắc", "Trần Thị Ŏn", "La Êê", "Zuôih", "Y Ƀlŭ"),
    *("ĐẶNG VĂN ÚT", "nguyễn thị Út", "Phan Thị Ỷ", "Hà Ái Liên", "Uông Thị Yến", "Mai Thị Oanh"),
    *("Nguyễn Thị Khuê", "Tạ Quang Huân", "Lê Khuyến", "Ngô Ngoạn", "Mai Hoè", "Thạch Thị Sóc"),
)  # fmt: skip


@pytest.mark.parametrize("name", OLD)
def test_old_fonts_are_known(name: str) -> None:
    assert looks_old(name)


@pytest.mark.parametrize("name", TODAY)
def test_names_of_today_are_not_old(name: str) -> None:
    assert not looks_old(name)
