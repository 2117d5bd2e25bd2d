"""The certificate on paper: one A4 page, drawn from the register's line and nothing else."""

from pathlib import Path
from string import Template
from typing import Any

import segno
from markupsafe import escape

from app.certificates import press
from app.certificates.models import Award
from app.lib.dates import long_date
from app.lib.vietnamese import nfc

PAPER = Path(__file__).parent / "paper"
_page = Template((PAPER / "paper.html").read_text("utf-8"))


def render(line: Award, base_url: str) -> bytes:
    """The PDF of an award; `base_url` is the public address of the site, for the QR code.

    The same award gives the same bytes, whatever became of the person, the unit or the course.
    """
    facts = _facts_of_award(line) | _facts_of_issuer(line) | _check(line, base_url)
    html = _page.substitute({name: escape(nfc(text)) for name, text in facts.items()})
    return press.print_pdf(press.Page(html, PAPER / "paper.css", line.code))


def check_address(code: str, base_url: str) -> str:
    """The address of the public check of a code."""
    return f"{base_url.rstrip('/')}/v/{code}"


def _facts_of_award(line: Award) -> dict[str, str]:
    unit = f"Đơn vị: {line.unit_name}" if line.unit_name else ""
    return {
        "number": line.printed_number,
        "line": str(line.line),
        "year": str(line.year),
        "moment": f"{line.awarded_at:%Y-%m-%dT%H:%M:%SZ}",
        "name": line.full_name,
        "name_size": _size(line.full_name, 30, 48),
        "person_facts": "\n".join(filter(None, (_born(line), unit))),
        "course": line.course_title,
        "title_size": _size(line.course_title, 52, 110),
        "hours": line.hours.replace(".", ","),
        "result": line.result,
    }


def _facts_of_issuer(line: Award) -> dict[str, str]:
    issuer = line.issuer
    day = long_date(line.awarded_on)
    return {
        "parent_body": issuer.get("parent_body", ""),
        "body": issuer.get("body", ""),
        "place_and_day": ", ".join(filter(None, (issuer.get("place"), day))),
        "signer_title": issuer.get("signer_title", ""),
        "signer": issuer.get("signer", ""),
    }


def _check(line: Award, base_url: str) -> dict[str, str]:
    address = check_address(line.code, base_url)
    return {"code": line.code, "address": address, "qr": _qr(address)}


def _born(line: Award) -> str:
    if line.birth_date is None:
        return ""
    if line.birth_precision == "year":
        return f"Sinh năm {line.birth_date.year}"
    return f"Sinh {long_date(line.birth_date)}"


def _size(text: str, short: int, middling: int) -> str:
    if len(text) <= short:
        return "short"
    return "middling" if len(text) <= middling else "long"


def _qr(address: str) -> str:
    # the paper around it is white, which is the quiet zone; a mask of our choice, since weighing
    # all eight takes longer than everything else about the code
    code: Any = segno.make(address, error="m", mask=2, micro=False)
    return str(code.png_data_uri(scale=4, border=0))
