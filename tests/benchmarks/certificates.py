"""What a certificate costs: CPU of one core when warm, and memory over a thousand of them.

Absolute times wander on shared machines, so the bare engine is measured in the same run: when it
takes longer than usual, so does the certificate.
"""

import gc
import resource
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from app.certificates import pdf
from app.certificates.models import Award

MOST_SECONDS = 0.035
MOST_GROWTH_KIB = 20 * 1024
# what settles grows at first and then no more
MOST_LATE_GROWTH_KIB = 4 * 1024
WARM_UP = 50
COUNT = 1000


def measure() -> bool:
    """Print seconds of CPU and growth of memory; say whether both bounds hold."""
    for n in range(WARM_UP):
        ours(n), bare(n)
    # as wsgi.py does
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    before = _peak()
    pairs = [(_seconds(ours, n), _seconds(bare, n)) for n in range(COUNT // 2)]
    half = _peak()
    pairs += [(_seconds(ours, n), _seconds(bare, n)) for n in range(COUNT // 2, COUNT)]
    growth, late = _peak() - before, _peak() - half
    seconds, floor = (statistics.median(each) for each in zip(*pairs, strict=True))
    flat = growth <= MOST_GROWTH_KIB and late <= MOST_LATE_GROWTH_KIB
    held = seconds <= MOST_SECONDS and flat
    print(
        f"\nCertificate: {seconds:.4f} s of one core, median of {COUNT} (at most {MOST_SECONDS};"
        f" the bare engine's plain page: {floor:.4f} s); memory grew by {growth / 1024:.1f} MiB,"
        f" {late / 1024:.1f} MiB of it in the second half"
        f" {'đạt' if held else 'KHÔNG ĐẠT'}"
    )
    return held


def ours(n: int) -> None:
    """One certificate of the product."""
    pdf.render(award(n), "http://127.0.0.1:8000")


def bare(n: int) -> None:
    """The same words on a plain page, by the engine with its own things kept."""
    weasyprint, fonts, sheet = _engine()
    line = award(n)
    words = (line.full_name, line.unit_name, line.course_title, line.result, *line.issuer.values())
    text = "".join(f"<p>{word}</p>" for word in words)
    page = weasyprint.HTML(string=f"<h1>GIẤY CHỨNG NHẬN</h1>{text}")
    page.write_pdf(stylesheets=[sheet], font_config=fonts)


@cache
def _engine() -> tuple[Any, Any, Any]:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = '@page { size: A4 landscape } html { font: 12.5pt "Liberation Serif" }'
    return weasyprint, fonts, weasyprint.CSS(string=style, font_config=fonts)


def _seconds(act: Callable[[int], None], n: int) -> float:
    start = time.process_time()
    act(n)
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
