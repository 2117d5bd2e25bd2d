"""What people type into a box of several lines, as it is stored."""

import unicodedata

from app.lib.vietnamese import nfc

KEPT_CONTROLS = "\n\t"


def free_text(text: str) -> str:
    """The text in NFC with one kind of line end, trimmed, without what no column takes.

    Control characters and halves of surrogate pairs go; everything that can be read stays.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs"))
    return nfc("".join(kept)).strip()
