"""Who lives in the demo world: drawn by body and place, each with a stage of learning."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from app.counts.models import Evidence
from app.ops.demo.names import Names

C4, C5 = "c4-nguoi-dan", "c5-nguoi-cao-tuoi"


class Stage(StrEnum):
    """How far somebody has come by today."""

    NOT_BEGUN = "chưa bắt đầu"
    FEW = "vài bài"
    HALF = "nửa khóa"
    UNTESTED = "xong bài, chưa thi"
    FAILED = "thi chưa đạt"
    TEST_FIRST = "đạt bài thi, còn bài chưa học"
    DONE = "xong ngay lần đầu"
    DONE_LATER = "xong sau khi thi lại"


def mix(*weights: int) -> tuple[int, ...]:
    """Weights of the stages, in the order of Stage."""
    return weights


EAGER = mix(5, 1, 4, 2, 2, 1, 14, 6)
STEADY = mix(8, 3, 5, 2, 3, 2, 9, 3)
SLOW = mix(9, 4, 4, 2, 2, 0, 4, 2)


@dataclass(frozen=True)
class Somebody:
    """One invented person; codes name units, `home` None: nobody knows where they live."""

    name: str
    born: date
    group: str
    home: str | None
    work: str = ""
    kind: str = "work"
    position: str = ""
    course: str = C4
    stage: Stage = Stage.NOT_BEGUN
    evidence: Evidence = Evidence.SELF
    hours: tuple[int, ...] = (19, 20, 21)
    precision: str = "day"
    phone: str | None = None
    numbered: bool = False


@dataclass(frozen=True)
class Crowd:
    """People of one kind: how many, how old, where they live and work, how they learn."""

    count: int
    ages: tuple[int, int]
    group: str
    homes: tuple[str, ...]
    work: str = ""
    positions: tuple[str, ...] = ("",)
    kind: str = "work"
    course: str = C4
    stages: tuple[int, ...] = STEADY
    # of twenty: how many learn with somebody's help, how many in class
    helped: tuple[int, int] = (2, 2)
    hours: tuple[int, ...] = (19, 20, 21)
    women: int = 50
    highland: bool = False
    numbered: bool = False
    years_only: int = 0


OFFICE, MORNING, BREAKS = (8, 9, 14, 15), (8, 9, 15), (12, 17, 19, 20)
TAM_KY = ("20335", "20335", "20341", "20350", "20356")
HOI_AN, DIEN_BAN = ("20410", "20401", "20413"), ("20551", "20579", "20575", "20557")
CENTRE = ("20242", "20257", "20209", "20263", "20275", "20285", "20305", "20260")
HIGHLANDS = (
    "20467", "20476", "20494", "20485", "20455", "20458", "20443", "20707", "20710", "20695",
    "20698", "20704",
)  # fmt: skip
PLAINS = (
    "20335", "20341", "20410", "20551", "20500", "20599", "20791", "20965", "20854", "20242",
    "20209", "20197", "20320", "20314", "20641", "20623", "20971", "20900", "20779", "20722",
)  # fmt: skip
CLERKS = ("Chuyên viên", "Chuyên viên", "Chuyên viên chính", "Văn thư", "Kế toán", "Nhân viên")

CROWDS = (
    Crowd(13, (26, 58), "can-bo", TAM_KY, "20335-CQ1-TH", CLERKS, stages=EAGER, hours=OFFICE,
          numbered=True, helped=(0, 3)),
    Crowd(15, (25, 57), "can-bo", TAM_KY, "20335-CQ1-TN", ("Chuyên viên", "Cán bộ tiếp nhận"),
          stages=EAGER, hours=OFFICE, numbered=True, helped=(0, 3), women=65),
    Crowd(10, (24, 49), "can-bo", TAM_KY, "20335-CQ1-CN", ("Kỹ sư", "Chuyên viên", "Kỹ thuật viên"),
          stages=EAGER, hours=OFFICE, numbered=True, helped=(0, 1), women=35),
    Crowd(16, (28, 59), "can-bo", CENTRE, "20242-CQ1",
          ("Viên chức", "Nhân viên kỹ thuật", "Bảo vệ"), hours=OFFICE, numbered=True),
    Crowd(8, (27, 52), "can-bo", HIGHLANDS[:4], "20467-CQ1", ("Khuyến nông viên", "Viên chức"),
          hours=OFFICE, numbered=True, highland=True, helped=(3, 6)),
    Crowd(10, (27, 57), "can-bo", HOI_AN, "20410-TH1",
          ("Giáo viên", "Giáo viên", "Nhân viên thư viện"), stages=EAGER, women=65, numbered=True),
    Crowd(34, (16, 17), "hoc-sinh-sinh-vien", HOI_AN, "20410-TH1",
          ("Lớp 11A1", "Lớp 11A2", "Lớp 12A1", "Lớp 12A3"), kind="school", stages=EAGER,
          hours=(16, 17, 20), helped=(0, 6)),
    Crowd(26, (19, 52), "nguoi-lao-dong", DIEN_BAN, "20551-DN1",
          ("Công nhân may", "Công nhân may", "Tổ trưởng chuyền", "Thợ cắt", "Kiểm hàng"),
          hours=BREAKS, women=80, helped=(1, 6)),
    Crowd(12, (22, 50), "nguoi-lao-dong", ("20197", "20200", "20194"), "20197-DN1",
          ("Thợ hàn", "Thợ tiện", "Kỹ thuật viên", "Thủ kho"), hours=BREAKS, women=15),
    Crowd(14, (30, 62), "nguoi-lao-dong", ("20854", "20878", "20875"), "20854-HX1",
          ("Thành viên", "Thành viên", "Kế toán hợp tác xã"), helped=(5, 6)),
    Crowd(14, (28, 63), "cho-so-nong-thon-so", ("20209", "20209", "20305"), "20209-CH1",
          ("Hàng vải", "Hàng cá", "Hàng rau", "Tạp hóa", "Hàng ăn"), hours=(13, 14, 20), women=85,
          helped=(6, 3)),
    Crowd(8, (30, 60), "cho-so-nong-thon-so", ("20791", "20794"), "20791-CH1",
          ("Hàng rau", "Trái cây", "Tạp hóa"), hours=(13, 14, 20), women=85, helped=(6, 3),
          stages=SLOW),
    Crowd(24, (20, 54), "nguoi-dan", HIGHLANDS, highland=True, helped=(7, 8)),
    Crowd(9, (60, 76), "nguoi-cao-tuoi", HIGHLANDS, highland=True, course=C5, helped=(9, 8),
          hours=MORNING, stages=SLOW, years_only=60),
    Crowd(50, (60, 81), "nguoi-cao-tuoi", PLAINS, course=C5, hours=MORNING, helped=(6, 5), women=55,
          years_only=30),
    Crowd(34, (19, 57), "nguoi-dan", PLAINS),
)  # fmt: skip


# What chance would hardly bring: the same name twice in one office, a very long name.
SPECIAL_NAMES = {
    "20335-CQ1-TH": ("Nguyễn Thị Thanh Hương", "Công Tằng Tôn Nữ Thị Hoàng Phương Thảo"),
    "20335-CQ1-TN": ("Nguyễn Thị Thanh Hương",),
}


@dataclass
class Population:
    """Draws everybody, crowd by crowd; `today` decides birth years."""

    rng: random.Random
    today: date
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.rng)

    def everybody(self) -> list[Somebody]:
        """All invented people, with telephones; some families share one, some elders have none."""
        people = [somebody for crowd in CROWDS for somebody in self._crowd(crowd)]
        return list(self._with_phones(people))

    def _crowd(self, crowd: Crowd) -> Iterator[Somebody]:
        special = list(SPECIAL_NAMES.get(crowd.work, ()))
        # each home, post and stage in its share, and only the order by chance
        stages = self._shares(list(Stage), crowd.stages, crowd.count)
        for number in range(crowd.count):
            one = self._one(crowd, number, stages[number])
            yield replace(one, name=special.pop()) if special else one

    def _shares(self, kinds: Sequence[Stage], weights: Sequence[int], count: int) -> list[Stage]:
        whole = sum(weights)
        drawn = [k for k, w in zip(kinds, weights, strict=True) for _ in range(w * count // whole)]
        drawn += self.rng.choices(kinds, weights, k=count - len(drawn))
        self.rng.shuffle(drawn)
        return drawn

    def _one(self, crowd: Crowd, number: int, stage: Stage) -> Somebody:
        rng = self.rng
        age = rng.randint(*crowd.ages)
        sex = "f" if rng.randrange(100) < crowd.women else "m"
        yearly = rng.randrange(100) < crowd.years_only
        born = date(self.today.year - age - 1, 1 if yearly else rng.randint(1, 12), 1)
        return Somebody(
            name=self.names.highland(sex) if crowd.highland else self.names.kinh(sex, age),
            born=born if yearly else born.replace(day=rng.randint(1, 28)),
            precision="year" if yearly else "day",
            group=crowd.group,
            home=None if rng.randrange(40) == 0 else crowd.homes[number % len(crowd.homes)],
            work=crowd.work,
            kind=crowd.kind,
            position=crowd.positions[number % len(crowd.positions)],
            course=crowd.course,
            stage=stage,
            evidence=self._evidence(crowd.helped),
            hours=crowd.hours,
            numbered=crowd.numbered,
        )

    def _evidence(self, helped: tuple[int, int]) -> Evidence:
        drawn = self.rng.randrange(20)
        if drawn < helped[0]:
            return Evidence.ASSISTED
        return Evidence.CLASS if drawn < sum(helped) else Evidence.SELF

    def _with_phones(self, people: list[Somebody]) -> Iterator[Somebody]:
        phone: Callable[[int], str] = "0900000{:03d}".format
        for number, somebody in enumerate(people, start=1):
            alone = somebody.group == "nguoi-cao-tuoi" and self.rng.randrange(6) == 0
            shares = self.rng.randrange(25) == 0
            yield replace(
                somebody, phone=None if alone else phone(number - 1 if shares else number)
            )
