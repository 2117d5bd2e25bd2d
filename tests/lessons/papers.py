"""What tests see of a printed paper."""

import re
import subprocess
from pathlib import Path

from app.lib.vietnamese import nfc

# letters of the country's languages that fonts most often lack
RARE = "ŏ ĕ ŭ ƀ Ƀ Ch'ơm Zuôih"


def tool(*command: str, pdf: bytes) -> str:
    """What a program of poppler says about a PDF that it reads from its standard input."""
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def words(pdf: bytes) -> str:
    """All words of a PDF, spaces made one."""
    text = tool("pdftotext", "-", "-", pdf=pdf)
    assert text == nfc(text)
    return " ".join(text.split())


def facts(pdf: bytes) -> dict[str, str]:
    """What the file says of itself, such as "Page size" and "Tagged"."""
    lines = tool("pdfinfo", "-", pdf=pdf).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def letter_sizes(pdf: bytes, folder: Path) -> list[int]:
    """The sizes of letters in it, in points."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    out = tool("pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", str(file), pdf=b"")
    return [int(size) for size in re.findall(r'<fontspec [^>]*size="(\d+)"', out)]
