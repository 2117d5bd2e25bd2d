"""Ordinary Markdown of others, put in the form that Python-Markdown reads.

GitHub lets a list follow a paragraph at once and nest by the width of its marker;
Python-Markdown wants a blank line and four spaces. Only white space and `1)` change here.
"""

import json
import re
from dataclasses import dataclass

from app.content import blocks
from app.content.lines import Fences, indent_of

DEEPEST = 10
LONGEST_FORMULA = 60  # lines

_MARKER = re.compile(r"( *)([-*+]|\d{1,9}[.)])( +|$)(.*)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_QUOTE = re.compile(r" {0,3}> ?")
_TABLE_LINE = re.compile(r" *\|?[ :]*-+[ :]*(\|[ :]*-+[ :]*)*\|?$")
_STARTS = re.compile(r" {0,3}(?:#{1,6} |>|`{3}|~{3})")


def for_python_markdown(text: str, depth: int = 0) -> str:
    """The text with lists, tables, quotes and `///` blocks set as Python-Markdown wants them."""
    return "\n".join(_Setter(text.expandtabs(4).split("\n"), depth).run())


@dataclass(frozen=True)
class _Item:
    content: int  # column where the text of the item starts
    ordered: bool


class _Setter:
    def __init__(self, lines: list[str], depth: int) -> None:
        self.lines = lines
        self.depth = depth
        self.out: list[str] = []
        self.items: list[_Item] = []
        self.fences = Fences()
        self.paragraph = False  # the line before belongs to a further paragraph of an item

    def run(self) -> list[str]:
        at = 0
        while at < len(self.lines):
            at = self.take(at)
        return self.out

    def take(self, at: int) -> int:
        """Set the line at this index and what belongs to it; returns the index after that."""
        if self.fences.inside(self.lines[at]):
            self.code(self.lines[at])
            return at + 1
        line = self.with_whole_formula(at)
        if _QUOTE.match(line) and not self.within(line) and self.depth < DEEPEST:
            return self.quote(at)
        if blocks.opening(line) or blocks.closing(line):
            return self.block(at)
        self.text(line, self.lines[at + 1] if at + 1 < len(self.lines) else "")
        return at + 1

    def with_whole_formula(self, at: int) -> str:
        """The line; a formula that begins in it and goes on below comes whole into it, or its
        lines would be taken for lists and quotes."""
        line = self.lines[at]
        if not line.lstrip().startswith("$$") or line.count("$$") > 1:
            return line
        for end in range(at + 1, min(at + LONGEST_FORMULA, len(self.lines))):
            if not self.lines[end].strip():
                break
            if "$$" in self.lines[end]:
                rest = [part.strip() for part in self.lines[at + 1 : end + 1]]
                self.lines[at : end + 1] = [" ".join([line, *rest])]
                break
        return self.lines[at]

    def within(self, line: str) -> bool:
        return bool(self.items) and indent_of(line) >= self.items[-1].content

    def after_text(self) -> bool:
        return bool(self.out) and bool(self.out[-1].strip())

    def gap(self) -> None:
        if self.after_text():
            self.out.append("")

    def quote(self, at: int) -> int:
        """Set a run of `>` lines on its own; returns the index after it."""
        end = at
        while end < len(self.lines) and _QUOTE.match(self.lines[end]):
            end += 1
        inner = "\n".join(_QUOTE.sub("", line, count=1) for line in self.lines[at:end])
        self.items.clear()
        self.gap()
        set_lines = for_python_markdown(inner, self.depth + 1).split("\n")
        self.out += [f"> {line}" if line else ">" for line in set_lines]
        return end

    def block(self, at: int) -> int:
        """Set a line of slashes and the options below it; returns the index after them."""
        self.items.clear()
        self.gap()
        self.out.append(self.lines[at])
        opens, at = blocks.opening(self.lines[at]), at + 1
        while opens and at < len(self.lines) and blocks.is_option(self.lines[at]):
            # as text: YAML would make a number of a telephone number
            if found := blocks.option(self.lines[at]):
                self.out.append(f"    {found[0]}: {json.dumps(found[1], ensure_ascii=False)}")
            at += 1
        self.out.append("")
        return at

    def code(self, line: str) -> None:
        if line.strip():
            self.leave(line)
        content = self.items[-1].content if self.items else 0
        kept = line[min(indent_of(line), content) :]
        self.out.append(" " * 4 * len(self.items) + kept)

    def text(self, line: str, following: str) -> None:
        marker = None if _RULE.match(line) else _MARKER.match(line)
        if not line.strip():
            self.out.append("")
        elif marker and self.is_item(marker):
            self.item(marker)
        else:
            self.plain(line, following)

    def is_item(self, marker: re.Match[str]) -> bool:
        indent = len(marker[1])
        around = [item.content for item in self.items if item.content <= indent]
        if indent - (around[-1] if around else 0) > 3:
            return False  # so far in, it is code
        lone = not self.items and self.after_text()
        starts = marker[2] in ("-", "*", "+") or marker[2][:-1] == "1"
        return bool(marker[4]) and (starts or not lone)

    def item(self, marker: re.Match[str]) -> None:
        indent, ordered = len(marker[1]), marker[2][-1] in ".)"
        had_list, sibling = bool(self.items), None
        while self.items and indent < self.items[-1].content:
            sibling = self.items.pop()
        if not had_list or self.paragraph or (sibling and sibling.ordered != ordered):
            self.gap()
        self.paragraph = False
        width = len(marker[3]) if len(marker[3]) < 5 else 1
        head = marker[2].replace(")", ".")
        self.out.append(" " * 4 * len(self.items) + f"{head} {marker[4]}")
        self.items.append(_Item(indent + len(marker[2]) + width, ordered))

    def leave(self, line: str) -> None:
        """Close the items that a line no longer stands in."""
        while self.items and indent_of(line) < self.items[-1].content:
            self.items.pop()

    def plain(self, line: str, following: str) -> None:
        if not self.after_text() or _STARTS.match(line.lstrip()):
            had_list = bool(self.items)
            self.leave(line)
            if _QUOTE.match(line.lstrip()) or (had_list and not self.items):
                self.gap()
            self.paragraph = bool(self.items)
        if "|" in line and "-" in following and _TABLE_LINE.match(following.rstrip()):
            self.gap()
        if not self.items:
            self.out.append(line)
            return
        extra = max(indent_of(line) - self.items[-1].content, 0)
        self.out.append(" " * (4 * len(self.items) + extra) + line.lstrip(" "))
