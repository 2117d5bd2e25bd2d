"""The certificate on paper: one A4 page, drawn from the register's line and nothing else."""

from pathlib import Path

import segno

from app.certificates import drawing, press
from app.certificates.models import Award
from app.lib.dates import long_date
from app.lib.vietnamese import nfc

PAPER = Path(__file__).parent / "paper"


def render(line: Award, base_url: str) -> bytes:
    """The PDF of an award; `base_url` is the public address of the site, for the QR code.

    The same award gives the same bytes, whatever became of the person, the unit or the course.
    """
    address = check_address(line.code, base_url)
    facts = _facts_of_award(line) | _facts_of_issuer(line) | {"address": address}
    written = {name: nfc(text) for name, text in facts.items()}
    page = press.Page(PAPER / "paper.html", written, PAPER / "paper.css", _under(address))
    return press.print_pdf(page)


def check_address(code: str, base_url: str) -> str:
    """The address of the public check of a code."""
    return f"{base_url.rstrip('/')}/v/{code}"


def _facts_of_award(line: Award) -> dict[str, str]:
    unit = f"Đơn vị: {line.unit_name}" if line.unit_name else ""
    return {
        "code": line.code,
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
        # without a name there is only room to sign: never anything that looks signed
        "signer": issuer.get("signer", ""),
    }


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


def _under(address: str) -> bytes:
    # a mask of our choice, since weighing all eight takes longer than everything else about it
    code = segno.make(address, error="m", mask=2, micro=False)
    return drawing.under_the_words(code.matrix, x=27.5, y=149.5, side=27)
