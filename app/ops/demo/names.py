"""Invented names that sound like the people of the province, Kinh and Cơ Tu."""

import random
from collections.abc import Callable

from app.lib.vietnamese import fold

FAMILIES = {
    "Nguyễn": 34, "Trần": 13, "Lê": 12, "Phạm": 7, "Huỳnh": 7, "Võ": 7, "Phan": 6, "Đặng": 4,
    "Bùi": 3, "Hồ": 3, "Trương": 3, "Đỗ": 2, "Ngô": 2, "Dương": 2, "Đinh": 2, "Đoàn": 2, "Lương": 1,
    "Mai": 1, "Tạ": 1, "Hà": 1, "Thái": 1, "Cao": 1, "Châu": 1, "Ông": 1, "Thân": 1, "Trà": 1,
}  # fmt: skip
# by sex and age: (what stands in the middle, the given name)
ELDERS, GROWN_UPS, YOUNG = "elders", "grown-ups", "young"
PARTS = {
    ("f", ELDERS): (
        "Thị",
        "Lành|Thơm|Hường|Sáu|Bảy|Năm|Liên|Cúc|Lựu|Đào|Mận|Xuân|Thu|Nguyệt|Tám|Tư|Bông|Lài|Huệ|Sen"
        "|Lan|Điểu|Nhạn|Xứng|Vui",
    ),
    ("m", ELDERS): (
        "Văn|Hữu|Đình|Ngọc|Xuân|Công|Tấn",
        "Bảy|Sáu|Tám|Năm|Lợi|Phước|Tường|Chánh|Nhơn|Cẩn|Sanh|Lộc|Ngộ|Quý|Thạnh|Mười|Trực|Kỳ|Đệ|Hườn",
    ),
    ("f", GROWN_UPS): (
        "Thị|Thị Thu|Thị Kim|Thị Thanh|Thị Ngọc|Thị Mỹ|Thị Bích|Thị Hồng|Thị Minh|Thị Ánh",
        "Hà|Lan|Hoa|Hương|Hạnh|Nga|Oanh|Phượng|Trang|Thủy|Vân|Yến|Nhung|Hiền|Loan|Diệu|Tuyết|Ly"
        "|Thảo|Hằng|Sương|Tâm|Xuyến|Đông",
    ),
    ("m", GROWN_UPS): (
        "Văn|Minh|Thanh|Quốc|Đức|Hữu|Anh|Công|Ngọc|Viết|Đình|Trọng",
        "Hùng|Dũng|Tuấn|Sơn|Long|Phúc|Hải|Thắng|Cường|Vinh|Bình|Tiến|Toàn|Quang|Nam|Trung|Tâm|Hiếu"
        "|Khánh|Lâm|Vũ|Phong|Tín|Hậu",
    ),
    ("f", YOUNG): (
        "Ngọc|Bảo|Thảo|Phương|Khánh|Gia|Hoàng|Thùy|Quỳnh|Minh|Thị Yến|Thị Hà",
        "Ngân|Vy|My|Nhi|Trâm|Anh|Thư|Hân|Uyên|Châu|Linh|Như|Trân|Yên|Đan|Giang",
    ),
    ("m", YOUNG): (
        "Gia|Minh|Quốc|Nhật|Hoàng|Anh|Thành|Đăng|Bảo|Duy|Tuấn",
        "Huy|Khoa|Khang|Phúc|Nguyên|Khôi|Đạt|Kiệt|Thịnh|Tín|Phát|Quân|Lâm|Bách|Hưng",
    ),
}
HIGHLAND_FAMILIES = (
    "Bh'riu", "Zơrâm", "Coor", "Alăng", "Pơloong", "Arất", "Bling", "Bnướch", "Ating", "Tơngôl",
    "Clâu", "Hốih", "Riah", "Avô",
)  # fmt: skip
HIGHLAND_GIVEN = {
    "f": "Thị Nhươm|Thị Lệ|Thị Mơ|Thị Hiên|Thị Thương|Thị Nhàn|Thị Vân|Thị Hạnh|Thị Lý|Thị Nghỉ",
    "m": "Ngơi|Zem|Rin|Tơi|Thiết|Nhơn|Vương|Đăng|Thịnh|Hảo|Nghĩa|Nhất|Lư|Văn Sơn",
}
# chance must not make a known person of an invented one
PUBLIC_PERSONS = frozenset(
    fold(name)
    for name in (
        "Nguyễn Văn Linh", "Nguyễn Minh Triết", "Nguyễn Tấn Dũng", "Nguyễn Xuân Phúc",
        "Nguyễn Văn Trỗi", "Nguyễn Thị Bình", "Nguyễn Thị Định", "Nguyễn Thị Sáu", "Võ Thị Sáu",
        "Nguyễn Đức Cảnh", "Nguyễn Văn An", "Nguyễn Hữu Thọ", "Nguyễn Đình Chiểu", "Nguyễn Du",
        "Nguyễn Khuyến", "Nguyễn Thanh Bình", "Nguyễn Thanh Long", "Nguyễn Văn Bình",
        "Nguyễn Văn Hùng", "Nguyễn Văn Thắng", "Nguyễn Quốc Dũng", "Nguyễn Thị Kim Ngân",
        "Nguyễn Thị Hà", "Nguyễn Bá Thanh", "Nguyễn Xuân Thắng", "Nguyễn Hòa Bình",
        "Nguyễn Công Phượng", "Nguyễn Quang Hải", "Nguyễn Tiến Minh", "Nguyễn Thị Oanh",
        "Trần Đức Lương", "Trần Quốc Vượng", "Trần Cẩm Tú", "Trần Hưng Đạo", "Trần Văn Trà",
        "Trần Thanh Mẫn", "Trần Hồng Hà", "Trần Quốc Toản", "Trần Đình Nam", "Trần Cao Vân",
        "Lê Đức Anh", "Lê Đức Thọ", "Lê Minh Hưng", "Lê Thành Long", "Lê Minh Khái", "Lê Văn Tám",
        "Lê Trung", "Lê Quốc Hùng", "Lê Ngọc Quang", "Lê Công Vinh", "Lê Quang Liêm",
        "Phạm Văn Đồng", "Phạm Minh Chính", "Phạm Bình Minh", "Phạm Tuân", "Phạm Hùng",
        "Phan Văn Khải", "Phan Văn Giang", "Phan Đình Phùng", "Phan Châu Trinh", "Phan Bội Châu",
        "Phan Đình Trạc", "Phan Việt Cường", "Võ Văn Kiệt", "Võ Văn Thưởng", "Võ Chí Công",
        "Võ Nguyên Giáp", "Huỳnh Thúc Kháng", "Huỳnh Tấn Phát", "Trương Tấn Sang",
        "Trương Hòa Bình", "Trương Vĩnh Ký", "Hồ Xuân Hương", "Hồ Đức Phớc", "Hồ Kỳ Minh",
        "Bùi Thanh Sơn", "Bùi Văn Nam", "Đặng Văn Lâm", "Đặng Thùy Trâm", "Đặng Ngọc Long",
        "Đỗ Mười", "Đỗ Văn Chiến", "Đỗ Hùng Dũng", "Ngô Xuân Lịch", "Ngô Bảo Châu",
        "Dương Văn Minh", "Đinh Tiến Dũng", "Lương Cường", "Lương Nguyễn Minh Triết",
        "Hà Ngọc Chiến", "Mai Văn Chính", "Bh'riu Liếc", "Coor Lắc", "Arất Nghĩa", "Alăng Vương",
    )
)  # fmt: skip


class Names:
    """Names drawn one after another, none twice."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._used: set[str] = set()

    def kinh(self, sex: str, age: int) -> str:
        """A Kinh name as a person of this sex ("f", "m") and age may bear it."""
        era = ELDERS if age >= 58 else YOUNG if age < 30 else GROWN_UPS
        middles, given = (part.split("|") for part in PARTS[sex, era])
        families, weights = list(FAMILIES), list(FAMILIES.values())
        return self._new(
            lambda: (
                self._rng.choices(families, weights)[0],
                self._rng.choice(middles),
                self._rng.choice(given),
            )
        )

    def highland(self, sex: str) -> str:
        """A Cơ Tu name."""
        given = HIGHLAND_GIVEN[sex].split("|")
        return self._new(lambda: (self._rng.choice(HIGHLAND_FAMILIES), self._rng.choice(given)))

    def _new(self, draw: Callable[[], tuple[str, ...]]) -> str:
        while True:
            name = " ".join(draw())
            words = name.split()
            doubled = len({fold(word) for word in words}) < len(words)
            if not doubled and name not in self._used and fold(name) not in PUBLIC_PERSONS:
                self._used.add(name)
                return name
