"""Vietnamese text: spelling variants, search without marks, names and their order."""

import unicodedata

from app.lib.messages import message

LONGEST_NAME = 80
# words for one person, so that a name can follow them
SINGULAR = frozenset({"bác", "em", "cô", "chú", "anh", "chị"})

APOSTROPHES = "'’"
_APOSTROPHE_LOOKALIKES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
_STROKED = str.maketrans({"đ": "d", "ƀ": "b"})
_NAME_PUNCTUATION = APOSTROPHES + "-."

# In the order of the alphabet: huyền, hỏi, ngã, sắc, nặng. Ngang has no mark.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# ă before â, ê, ô before ơ and ư; the Cơ Tu letters ĕ ŏ ŭ ĭ stand after the Vietnamese ones.
_SHAPES = {
    ("a", "\u0306"): "1",
    ("a", "\u0302"): "2",
    ("e", "\u0302"): "1",
    ("o", "\u0302"): "1",
    ("o", "\u031b"): "2",
    ("u", "\u031b"): "1",
    ("e", "\u0306"): "3",
    ("o", "\u0306"): "3",
    ("u", "\u0306"): "3",
    ("i", "\u0306"): "3",
}
_STROKED_LETTERS = {"đ": "d1", "ƀ": "b1"}


def nfc(text: str) -> str:
    """The text in composed Unicode (NFC), the form in which everything is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text as it is searched: lower case, no marks, đ as d, single spaces.

    NFC and NFD input, either tone placement (hòa, hoà) and every apostrophe fold equal.
    The letters ŏ ĕ ŭ ƀ fold to o e u b. Folding twice changes nothing.
    """
    plain = "".join(c for c in _decomposed(text) if unicodedata.category(c) not in ("Mn", "Cf"))
    plain = plain.translate(_APOSTROPHE_LOOKALIKES).translate(_STROKED)
    return nfc(" ".join(plain.split()))


def sort_key(full_name: str) -> str:
    """A string of a-z and 0-9 that puts names in Vietnamese order when compared byte by byte.

    Order: given name (last word), family name (first word), middle names. In each word the
    letters decide first (a ă â b c d đ …, with f j w z where Latin has them), then the tones
    (ngang huyền hỏi ngã sắc nặng). Case, apostrophes, hyphens and tone placement do not count.
    """
    words = nfc(full_name).split()
    return "".join(_word_key(word) for word in words[-1:] + words[:-1])


def text_key(text: str) -> str:
    """As `sort_key`, for titles and places: the words decide in the order they are written."""
    return "".join(_word_key(word) for word in nfc(text).split())


def _word_key(word: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for base, marks in _marked_letters(word):
        letters.append(_letter_key(base, marks))
        tones += [_TONES[mark] for mark in marks if mark in _TONES]
    # "0" sorts before every letter and digit, so "an" comes before "anh" and "án" between them.
    return "".join(letters) + "0" + "".join(tones) + "0"


def _marked_letters(word: str) -> list[tuple[str, list[str]]]:
    letters: list[tuple[str, list[str]]] = []
    for character in _decomposed(word):
        if letters and unicodedata.combining(character):
            letters[-1][1].append(character)
        else:
            letters.append((character, []))
    return letters


def _letter_key(base: str, marks: list[str]) -> str:
    if base in _STROKED_LETTERS:
        return _STROKED_LETTERS[base]
    if "a" <= base <= "z":
        return base + next((_SHAPES[base, m] for m in marks if (base, m) in _SHAPES), "0")
    if base.isascii() and base.isdigit():
        return "9" + base
    return f"z9{ord(base):07d}" if base.isalnum() else ""


def _decomposed(text: str) -> str:
    # Decomposed before and after: small letters of some capitals carry marks of their own.
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())


def given_name(text: str) -> str:
    """The name one is called by: the last word ("Hoa" of "Nguyễn Thị Hoa"), or ""."""
    return nfc(text).split()[-1] if text.split() else ""


def addressed(address: str, name: str) -> str:
    """A name with the word one says before it: "bác Hoa"; words for several stand alone."""
    return f"{address} {name}" if address in SINGULAR else name


def tidy_name(text: str) -> str:
    """A person's name as it is stored: NFC, single spaces, no control characters, case kept.

    Raises ValueError, in Vietnamese, for an empty name, one of more than 80 characters, and
    one with digits or symbols other than apostrophe, hyphen and dot.
    """
    spaced = " ".join(nfc(text).replace("‘", "’").split())
    name = nfc("".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf")))
    name = " ".join(name.split())
    if not any(c.isalpha() for c in name):
        raise ValueError(message("Chưa có họ và tên. Hãy ghi đủ họ, chữ đệm và tên."))
    if len(name) > LONGEST_NAME:
        raise ValueError(
            message(
                "Họ và tên dài %(length)s ký tự; nhiều nhất là %(most)s ký tự.",
                length=len(name),
                most=LONGEST_NAME,
            )
        )
    wrong = next((c for c in name if not _may_stand_in_name(c)), None)
    if wrong:
        raise ValueError(
            message(
                "Họ và tên có ký tự “%(sign)s”. Chỉ dùng chữ cái, dấu ' - và dấu chấm.", sign=wrong
            )
        )
    return name


def _may_stand_in_name(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] in "LM" or character == " " or character in _NAME_PUNCTUATION


def titled(text: str) -> str:
    """A name typed all in capitals (or all in small letters) with capitals where they belong.

    "BH'RIU LIẾC" gives "Bh'riu Liếc", "Y ZƠRÂM" gives "Y Zơrâm". A name in mixed case is the
    writer's own spelling and stays as it is. Spaces are squeezed, the result is NFC.
    """
    name = " ".join(nfc(text).split())
    if not (name.isupper() or name.islower()):
        return name
    return nfc("".join(_capitals(name.lower())))


def _capitals(name: str) -> list[str]:
    starts = [i == 0 or name[i - 1] in " -." for i in range(len(name))]
    return [c.upper() if start else c for c, start in zip(name, starts, strict=True)]
