"""Text as the search sees it: folded syllables, and each pair of neighbours as one word more.

A Vietnamese word is mostly two syllables, so that "mật khẩu" is looked up as the pair "_mat_khau":
exact, and cheap where each syllable alone stands in every lesson. No syllable begins like a pair.
"""

import html
import re
from itertools import pairwise

from app.lib.vietnamese import fold

LONGEST_QUERY = 12
_TAG = re.compile(r"<[^>]*>")
_LOOSE_MARK = re.compile(r" ([,.;:!?…)])")
_SYLLABLE = re.compile(r"[a-z0-9]+")


def plain(markup: str) -> str:
    """The words of safe HTML, without its tags."""
    words = " ".join(html.unescape(_TAG.sub(" ", markup)).split())
    return _LOOSE_MARK.sub(r"\1", words)


def index_words(text: str) -> list[str]:
    """The distinct syllables and pairs of a text, in order."""
    syllables = _SYLLABLE.findall(fold(text))
    return sorted({*syllables, *_pairs(syllables)})


def asked_words(query: str) -> list[str]:
    """What a query looks up: its pairs, or its one syllable. The last word may go on.

    A single letter at the end is the beginning of something: it joins its pair, and alone it
    asks for nothing.
    """
    syllables = _SYLLABLE.findall(fold(query))[:LONGEST_QUERY]
    if len(syllables) == 1:
        return syllables if len(syllables[0]) > 1 else []
    return _pairs(syllables)


def _pairs(syllables: list[str]) -> list[str]:
    return [f"_{one}_{other}" for one, other in pairwise(syllables)]


def snippet(text: str, query: str, length: int = 150) -> str:
    """The part of a plain text around the first place where the query stands in it."""
    folded = _SYLLABLE.findall(fold(query))
    words = text.split()
    place = _place([fold(word) for word in words], folded)
    start = max(0, place - 6)
    shown = " ".join(words[start:])
    cut = shown[:length].rsplit(" ", 1)[0] if len(shown) > length else shown
    return ("… " if start else "") + cut + (" …" if len(shown) > length else "")


def _place(words: list[str], wanted: list[str]) -> int:
    """Where the wanted syllables begin, one after the other; else where the first one stands."""
    bare = ["".join(_SYLLABLE.findall(word)) for word in words]
    for start in range(len(bare)):
        run = bare[start : start + len(wanted)]
        if run[:-1] == wanted[:-1] and run and run[-1].startswith(wanted[-1] if wanted else ""):
            return start
    return next((at for at, word in enumerate(bare) if wanted and word == wanted[0]), 0)
