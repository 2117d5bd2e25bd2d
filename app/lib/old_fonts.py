"""Vietnamese typed with the fonts of before Unicode (TCVN3, VNI) and read as something else.

"Trần Thị Hoa" comes out as "TrÇn ThÞ Hoa" or "Traàn Thò Hoa". Such text is well-formed, so only
what no Vietnamese or Cơ Tu name holds can tell.
"""

import re

from app.lib.vietnamese import nfc

_SIGNS = re.compile(
    # of TCVN3, in no European name either
    r"[µ¸¶·¹¨®©«¬§ª»¾¼½Æ×ØßÞþ÷\u00ad]"
    # a capital of TCVN3 inside a small word: "TrÇn", "NguyÔn"
    r"|[a-z][ÇÊÈÉËÌÐÎÏÑÒÕÓÔÖÝÜ]"
    # VNI writes a vowel, then its mark on a vowel of its own: "Traàn", "Huøng", "Hueä"
    r"|[aA][âáàãåäêéèúüëùûõøïÂÁÀÃÅÄÊÉÈÚÜËÙÛÕØÏ]"
    r"|[eE][âáàãåäùûõøïÂÁÀÃÅÄÙÛÕØÏ]"
    r"|[oO][âãåäùûõøïÂÃÅÄÙÛÕØÏ]"
    r"|[uUyY][ùûõøïÙÛÕØÏ]"
    # its đ, and vowels that are one letter
    r"|[ñÑ](?=[aeiouyæôöòóíìïåAEIOUYÆÔÖÒÓÍÌÏ])"
    r"|[öÖ][ùøûõïÙØÛÕÏ]"
)


def looks_old(text: str) -> bool:
    """Whether a Vietnamese name or title seems to be typed with an old font."""
    return bool(_SIGNS.search(nfc(text)))
