"""What a certificate costs: CPU of one core when warm, and memory over a thousand of them."""

import resource
import statistics
import time
from datetime import UTC, date, datetime

from app.certificates import pdf
from app.certificates.models import Award

MOST_SECONDS = 0.035
MOST_GROWTH_KIB = 20 * 1024
WARM_UP = 50
COUNT = 1000


def measure() -> bool:
    """Print seconds of CPU and growth of memory; say whether both bounds hold."""
    for n in range(WARM_UP):
        pdf.render(award(n), "http://127.0.0.1:8000")
    before = _peak()
    seconds = [_seconds(n) for n in range(COUNT)]
    growth = _peak() - before
    typical = statistics.median(seconds)
    held = typical <= MOST_SECONDS and growth <= MOST_GROWTH_KIB
    print(
        f"\nCertificate: {typical:.4f} s of one core, median of {COUNT} (at most {MOST_SECONDS});"
        f" memory grew by {growth / 1024:.1f} MiB {'đạt' if held else 'KHÔNG ĐẠT'}"
    )
    return held


def _seconds(n: int) -> float:
    start = time.process_time()
    pdf.render(award(n), "http://127.0.0.1:8000")
    return time.process_time() - start


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def award(n: int) -> Award:
    """A line of the register that was never stored."""
    return Award(
        id=n,
        year=2026,
        number=n,
        line=n,
        code="ABCDEFGH23",
        course_title="Kỹ năng số cơ bản cho người dân",
        course_slug="c4-nguoi-dan",
        course_version="0" * 12,
        hours="4",
        full_name=f"Zơrâm Thị Nhươm {n}",
        birth_date=date(1961, 2, 5),
        birth_precision="day",
        unit_name="Xã Tây Giang",
        issuer={
            "parent_body": "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG",
            "body": "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
            "place": "Đà Nẵng",
            "signer_title": "GIÁM ĐỐC",
            "signer": "",
        },
        result="Đạt, 90/100 điểm",
        evidence="self",
        awarded_at=datetime(2026, 11, 23, tzinfo=UTC),
        awarded_on=date(2026, 11, 23),
        printed_number=f"{n:06d}/2026/GCN-BDHVS",
    )
