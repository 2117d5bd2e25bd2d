"""The people of the demo world who can sign in: one for each role, printed by `demo load`."""

from dataclasses import dataclass
from datetime import date

from app.accounts.models import Role
from app.counts.models import Evidence
from app.ops.demo.people import BREAKS, C5, MORNING, OFFICE, Somebody, Stage

PIN = "246810"
PASSWORD = "Hoc-de-giup-nhau-2026"


@dataclass(frozen=True)
class Member:
    """Somebody who signs in: with a phone and PIN, or with `email` and password for a role.

    `role_in` is the code of the unit the role is for; None: the whole province.
    """

    title: str
    who: Somebody
    email: str = ""
    role: Role | None = None
    role_in: str | None = None

    @property
    def login(self) -> str:
        """What is typed beside the secret."""
        return self.email or self.who.phone or ""

    @property
    def secret(self) -> str:
        """The PIN or password."""
        return PASSWORD if self.email else PIN


def _staff(name: str, born: date, position: str, work: str = "") -> Somebody:
    return Somebody(
        name, born, "can-bo", "20335", work, position=position, hours=OFFICE,
        stage=Stage.DONE if work else Stage.NOT_BEGUN,
    )  # fmt: skip


ADMIN = Member(
    "Quản trị", _staff("Trần Quang Khánh", date(1984, 3, 9), "Kỹ sư", "20335-CQ1-CN"),
    "quan-tri@demo.vn", Role.ADMIN,
)  # fmt: skip
REGISTRAR = Member(
    "Người giữ sổ giấy chứng nhận", _staff("Võ Thị Kim Ngọc", date(1979, 10, 21), "Văn thư"),
    "giu-so@demo.vn", Role.REGISTRAR,
)  # fmt: skip
OFFICER = Member(
    "Cán bộ theo dõi chỉ tiêu", _staff("Phan Hữu Lộc", date(1976, 5, 2), "Chuyên viên chính"),
    "theo-doi@demo.vn", Role.OFFICER,
)  # fmt: skip
HELPER = Member(
    "Người hỗ trợ",
    Somebody("Alăng Thị Nhàn", date(1994, 2, 14), "can-bo", "20467", "20467-CQ1",
             position="Khuyến nông viên", hours=OFFICE, stage=Stage.DONE,
             evidence=Evidence.CLASS),
    "ho-tro@demo.vn", Role.HELPER, "20467",
)  # fmt: skip
CAST = (
    Member(
        "Người học, đang học dở",
        Somebody("Lê Thị Mỹ Hạnh", date(1988, 4, 17), "nguoi-dan", "20335", phone="0905000001",
                 stage=Stage.HALF),
    ),
    Member(
        "Người cao tuổi, thi chưa đạt một lần",
        Somebody("Huỳnh Văn Tám", date(1956, 1, 1), "nguoi-cao-tuoi", "20341", phone="0905000002",
                 precision="year", course=C5, hours=MORNING, stage=Stage.FAILED),
    ),
    Member(
        "Người học, đã có giấy chứng nhận",
        Somebody("Đoàn Thị Thu Sương", date(1982, 8, 30), "nguoi-lao-dong", "20551", "20551-DN1",
                 position="Tổ trưởng chuyền", phone="0905000003", hours=BREAKS,
                 stage=Stage.DONE_LATER),
    ),
    Member(
        "Con chị Sương, chung điện thoại, chưa học",
        Somebody("Phạm Đoàn Bảo Ngân", date(2009, 11, 2), "hoc-sinh-sinh-vien", "20551",
                 "20410-TH1", kind="school", position="Lớp 11A1", phone="0905000003"),
    ),
    Member(
        "Người dạy", _staff("Nguyễn Đình Tường", date(1981, 9, 5), "Giáo viên", "20410-TH1"),
        "nguoi-day@demo.vn", Role.TRAINER,
    ),
    HELPER,
    Member(
        "Cán bộ nhân sự",
        _staff("Trương Thị Bích Thảo", date(1986, 12, 11), "Chuyên viên nhân sự", "20335-CQ1-TH"),
        "nhan-su@demo.vn", Role.HR, "20335-CQ1",
    ),
    OFFICER,
    REGISTRAR,
    ADMIN,
)  # fmt: skip

# Her certificate is issued with a wrong birth year, revoked by the registrar, and issued anew.
MISTAKEN = Somebody(
    "Bùi Thị Bích Ngọc", date(1968, 7, 12), "can-bo", "20356", "20335-CQ1-TN",
    position="Chuyên viên", hours=OFFICE, stage=Stage.DONE, numbered=True,
)  # fmt: skip
RIGHT_BIRTH = date(1986, 7, 12)
REASON = "Ghi nhầm năm sinh 1968, đúng là 1986; cấp lại giấy khác."
