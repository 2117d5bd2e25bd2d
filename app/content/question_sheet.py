"""Questions in a table (CSV): question, options, right, explanation, skill, lesson."""

import re
from collections.abc import Iterator

from app.content.asked import Asked, Unusable
from app.lib.csv_text import CsvProblem, decoded, tables
from app.lib.vietnamese import fold

MOST_ROWS = 5_000
_NAMES = {
    "question": ("question", "cau hoi", "noi dung", "prompt"),
    "options": ("options", "phuong an", "cac phuong an", "lua chon", "answers"),
    "right": ("right", "dap an", "dung", "dap an dung", "correct", "answer"),
    "explanation": ("explanation", "giai thich", "loi giai thich", "feedback"),
    "skill": ("skill", "ky nang"),
    "lesson": ("lesson", "bai", "bai hoc"),
}
_LETTERS = re.compile(r"[a-z](?:\s*[,;/|\s]\s*[a-z])*\Z")
_NUMBERS = re.compile(r"\d{1,2}(?:\s*[,;/|\s]\s*\d{1,2})*\Z")
_OPTION_COLUMN = re.compile(r"(?:option|phuong an|lua chon|dap an)\s*([a-h]|\d)\Z|([a-h])\Z")


def read_sheet(data: bytes) -> list[Asked | Unusable] | None:
    """The questions of a CSV; None when its headings are not those of questions."""
    try:
        for records in tables(decoded(data), MOST_ROWS):
            columns = _columns(records[0]) if records else {}
            if "question" in columns and "right" in columns:
                return list(_questions(records[1:], columns))
    except CsvProblem:
        return None
    return None


def _columns(heads: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, head in enumerate(fold(head) for head in heads):
        name = next((key for key, names in _NAMES.items() if head in names), None)
        if name is None and _OPTION_COLUMN.match(head):
            name = "options"
        if name:
            found.setdefault(name, []).append(place)
    return found


def _questions(rows: list[list[str]], columns: dict[str, list[int]]) -> Iterator[Asked | Unusable]:
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        told = {
            name: [row[place].strip() for place in places if place < len(row)]
            for name, places in columns.items()
        }
        yield _question(f"dòng {number}", told)


def _question(where: str, told: dict[str, list[str]]) -> Asked | Unusable:
    def one(name: str) -> str:
        return next(iter(told.get(name, [])), "")

    options = _options(told.get("options", []))
    right = one("right")
    if not one("question") or not right:
        return Unusable(where, "thiếu câu hỏi hoặc đáp án")
    choices: tuple[tuple[str, bool], ...] = ()
    if options:
        ticked = _ticked(right, options)
        if not ticked:
            return Unusable(where, f"đáp án “{right[:40]}” không khớp phương án nào")
        choices = tuple((text, place in ticked) for place, text in enumerate(options))
    return Asked(
        where,
        one("question"),
        choices,
        accepted=() if options else tuple(filter(None, map(str.strip, right.split("|")))),
        explanation=one("explanation"),
        skill=one("skill"),
        lesson=one("lesson"),
    )


def _options(cells: list[str]) -> list[str]:
    """The options: a cell each, or one cell with | or line breaks between them."""
    found = [cell for cell in cells if cell]
    if len(found) == 1:
        found = _cut(found[0], "|\n") if re.search(r"[|\n]", found[0]) else _cut(found[0], ";")
    return [re.sub(r"^[A-Ha-h][.)]\s+", "", option) for option in found if option]


def _cut(text: str, signs: str) -> list[str]:
    parts = (part.strip() for part in re.split(f"[{re.escape(signs)}]", text))
    return [part for part in parts if part]


def _ticked(right: str, options: list[str]) -> set[int]:
    """Which options a cell means: their texts, their letters (A, C) or their numbers from 1."""
    texts = [fold(option) for option in options]
    told = [fold(part) for part in _cut(right, "|\n;")]
    if fold(right) in texts:
        return {texts.index(fold(right))}
    if all(part in texts for part in told):
        return {texts.index(part) for part in told}
    plain = fold(right)
    places: list[int] = []
    if _LETTERS.match(plain):
        places = [ord(letter) - ord("a") for letter in re.findall("[a-z]", plain)]
    elif _NUMBERS.match(plain):
        places = [int(digits) - 1 for digits in re.findall(r"\d+", plain)]
    return set(places) if all(0 <= place < len(options) for place in places) else set()
