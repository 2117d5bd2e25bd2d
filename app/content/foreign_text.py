"""Bodies of other people's pages in our dialect: headings from ##, notes as GitHub alerts."""

import re
from collections import Counter
from dataclasses import dataclass

from app.content import blocks
from app.content.lines import Fences
from app.content.outside_code import outside_code

ALERTS = {
    "note": "NOTE", "info": "NOTE", "abstract": "NOTE", "seealso": "NOTE", "example": "NOTE",
    "tip": "TIP", "hint": "TIP", "success": "TIP", "check": "TIP",
    "important": "IMPORTANT",
    "warning": "WARNING", "attention": "WARNING", "warn": "WARNING",
    "danger": "CAUTION", "caution": "CAUTION", "error": "CAUTION", "bug": "CAUTION",
}  # fmt: skip
_COLONS = re.compile(
    r" {0,3}(:{3,})[ \t]*(?:\{?[ \t]*\.?([A-Za-z][\w-]*))?\]?[ \t]*([^}\n]*)\}?\s*$"
)
_SLASHES = re.compile(r" {0,3}(/{3,})(?:[ \t]*([A-Za-z][\w-]*)[ \t]*(?:\|(.*))?)?$")
_INDENTED = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t\w-]*?)(?:[ \t]+\"(.*)\")?[ \t]*$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)(.*)")
_QUESTION = re.compile(r" {0,3}#{1,6} +\?.*\{#[\w-]+[^{}]*\}[ \t]*$")  # one of ours
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_NO_TITLE = re.compile(r"\s{4}|[ \t]*(?:[-*+>|#<]|\d+[.)]|$)")
_ATTRIBUTES = re.compile(r"\{:?[ \t]?[#.][^{}]*\}$")
_OPEN_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_MAY_PART = re.compile(r" {0,3}(?:[-*+]|\d+[.)]|\[[^\]]+\]:|<(?:tr|li|p|dt|dd|div)\b)")
_LONGEST_MARK = 300
_MANY_MARKS, _MUCH_TEXT = 200, 30_000
_SIGNS = re.compile(r"!?\[([^\]]*)\]\([^)]+\)|<[^>]*>|[*`]|(?<!\w)_|_(?!\w)")


@dataclass(frozen=True)
class Text:
    """A body in our dialect with its title ("" for none) and what was changed."""

    title: str
    body: str
    notes: tuple[str, ...] = ()


def in_our_dialect(body: str, title: str, plain: bool) -> Text:
    """The body with alerts and headings as ours are. `plain`: no sign of ours is kept as one
    (`///`, `$`), for a page whose author cannot have meant them."""
    lines = body.split("\n")
    noted = _Alerts(plain)
    lines = [out for line in lines for out in noted.take(line)] + noted.rest()
    heads = _Headings(lines, plain)
    found = heads.set(title)
    notes = [*noted.notes, *heads.notes]
    lines = _loosened(heads.lines)
    notes += ["tách đoạn quá dài"] if len(lines) > len(heads.lines) else []
    text = "\n".join(lines).strip("\n")
    if plain and "$" in text:
        text = outside_code(text, lambda part: re.sub(r"(?<!\\)\$", r"\\$", part))
        notes.append("dấu $ giữ làm chữ thường")
    return Text(found, text, tuple(notes))


def _loosened(lines: list[str]) -> list[str]:
    """The lines with a blank one inside runs so long that no checker takes them."""
    fences, out, marks, length = Fences(), [""], dict.fromkeys("[<$", 0), 0
    out.clear()
    for line in lines:
        code = fences.inside(line)
        much = length > _MUCH_TEXT or max(marks.values()) > _MANY_MARKS
        if not line.strip() or (much and not code and _MAY_PART.match(line)):
            out += [""] if line.strip() else []
            marks, length = dict.fromkeys(marks, 0), 0
        out.append(line)
        length += len(line)
        marks = {mark: count + line.count(mark) for mark, count in marks.items()}
    return out


class _Alerts:
    """Turns ::: note, /// note and !!! note into GitHub alerts, line by line."""

    def __init__(self, plain: bool) -> None:
        self.plain = plain
        self.fences = Fences()
        self.stack: list[tuple[str, bool]] = []  # the mark that closes it; is it an alert
        self.marks, self.alerts = Counter[str](), 0  # of what is on the stack
        self.indented = False
        self.fence = ""
        self.notes: list[str] = []

    def take(self, line: str) -> list[str]:
        """The lines that stand for this one."""
        if self.indented and not self.fences.unclosed and line[:1].strip():
            self.indented = False
            return ["", *self.take(line)]
        line = line[4:] if self.indented and line.startswith("    ") else line
        was_open = self.fences.unclosed
        if self.fences.inside(line):
            if not was_open and (match := _OPEN_FENCE.match(line)):
                self.fence = match[1]
            return [self.quoted(line)]
        return self.mark(line)

    def rest(self) -> list[str]:
        """What closes a fence that the author left open."""
        if not self.fences.unclosed:
            return []
        self.notes.append("đóng khối mã còn mở")
        return [self.quoted(self.fence)]

    def mark(self, line: str) -> list[str]:
        if len(line) > _LONGEST_MARK:
            return [self.quoted(line)]
        if match := _INDENTED.match(line):
            before = self.quoted("")
            self.indented = True
            return [before, *self.open("", match[1], match[2] or "")[1:]]
        if match := _COLONS.match(line):
            return self.fenced(line, match[1], match[2], match[3])
        if (match := _SLASHES.match(line)) and not self.is_ours(match):
            return self.fenced(line, match[1], match[2], match[3] or "")
        return [self.quoted(line)]

    def is_ours(self, match: re.Match[str]) -> bool:
        if match[2]:
            return not self.plain and match[2].lower() in blocks.FORMS
        return not self.plain and not self.marks[match[1]]

    def fenced(self, line: str, mark: str, name: str | None, title: str) -> list[str]:
        if name:
            return self.open(mark, name, title)
        if self.marks[mark]:
            while self.close() != mark:
                pass
            return [""] if not self.stack else [self.quoted("")]
        return [self.quoted("\\" + line.lstrip() if mark[0] == "/" else line)]

    def open(self, mark: str, name: str, title: str) -> list[str]:
        alert = ALERTS.get(name.lower())
        title = title.strip().strip('"[]').strip()
        before = self.quoted("")
        if mark:
            self.stack.append((mark, alert is not None))
            self.marks[mark] += 1
            self.alerts += alert is not None
        self.notes.append(
            f"khối “{name}” thành khung [!{alert}]" if alert else f"bỏ vỏ khối “{name}”, giữ chữ"
        )
        first = [before]
        if alert and self.alerts <= 1:
            first += [f"> [!{alert}]"]
        return [*first, self.quoted(f"**{title}**"), self.quoted("")] if title else first

    def close(self) -> str:
        """Take the innermost block off the stack; its mark."""
        mark, alert = self.stack.pop()
        self.marks[mark] -= 1
        self.alerts -= alert
        return mark

    def quoted(self, line: str) -> str:
        inside = self.indented or self.alerts > 0
        return f"> {line}".rstrip() if inside else line


class _Headings:
    """Makes the first # the title and sets the others so that the highest is ##."""

    def __init__(self, lines: list[str], plain: bool) -> None:
        self.lines = lines
        self.plain = plain
        self.notes: list[str] = []
        self.found: list[tuple[int, int, str]] = []
        self._find()

    def _find(self) -> None:
        fences = Fences()
        for place, line in enumerate(self.lines):
            if fences.inside(line):
                continue
            if not self.plain and _QUESTION.match(line):
                continue
            if match := _HEADING.match(line):
                self.found.append(
                    (place, len(match[1]), self._words(_without_marks(match[2].strip())))
                )
            elif place and _SETEXT.match(line) and self._is_setext(place):
                level = 1 if line.strip()[0] == "=" else 2
                self.found.append((place, level, self._words(self.lines[place - 1].strip())))
                self.lines[place - 1] = ""

    def _is_setext(self, place: int) -> bool:
        above = self.lines[place - 1]
        alone = place < 2 or not self.lines[place - 2].strip()
        return bool(above.strip()) and alone and not _NO_TITLE.match(above)

    def _words(self, text: str) -> str:
        plain = _ATTRIBUTES.sub("", text).strip()
        return f"\\{plain}" if plain.startswith("?") else plain

    def set(self, title: str) -> str:
        """Put the headings in place; returns the page's title."""
        first = next((head for head in self.found if head[1] == 1), None)
        if first and (not title or plain_words(first[2]) == plain_words(title)):
            title = first[2]
            self.found.remove(first)
            self.lines[first[0]] = ""
            self.notes.append("tiêu đề # thành tên bài")
        shift = 2 - min((level for _, level, _ in self.found), default=2)
        if shift:
            self.notes.append("đổi bậc tiêu đề để bài bắt đầu từ ##")
        for place, level, words in self.found:
            self.lines[place] = f"{'#' * min(max(level + shift, 2), 6)} {words}" if words else ""
        return plain_words(title) or plain_words(self.found[0][2] if self.found else "")


def _without_marks(text: str) -> str:
    """The words of a heading without the # that may close it."""
    bare = text.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else text


def plain_words(text: str) -> str:
    """A line of Markdown as bare words, for titles; at most 200 characters."""
    bare = _SIGNS.sub(lambda sign: sign[1] or "", text.removeprefix("\\"))
    return " ".join(bare.replace("\\", "").split())[:200]
