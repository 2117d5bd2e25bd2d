"""What a narrow screen has to know of a lesson's table to set its rows as cards."""

import html


class TableShape:
    """What a narrow screen needs to set the rows of a table as cards: each cell knows the title
    of its column. Tables with joined cells, or titles elsewhere than in the first row, scroll."""

    def __init__(self, place: int) -> None:
        self.place = place  # of its tag among the pieces put out
        self.titles: list[str] = []
        self.column = -1
        self.in_title = False
        self.plain = True
        self.cells = 0

    @property
    def tag_class(self) -> str:
        """The class that tells a stylesheet what it can do, or nothing."""
        if not (self.plain and self.cells and len(self.titles) > 1):
            return ""
        return "table-pair" if len(self.titles) == 2 else "table-wide"

    def row(self) -> None:
        """A row begins."""
        self.column = -1

    def heading(self, found: dict[str, str]) -> None:
        """A title of a column begins."""
        self.plain &= not (self.cells or {"colspan", "rowspan"} & found.keys())
        self.titles.append("")
        self.in_title = True

    def cell(self, found: dict[str, str]) -> None:
        """A cell begins; it is given the title of its column."""
        self.in_title = False
        self.column += 1
        self.cells += 1
        self.plain &= self.column < len(self.titles) and not {"colspan", "rowspan"} & found.keys()
        if self.plain and self.column and self.titles[self.column].strip():
            found["data-label"] = html.unescape(self.titles[self.column].strip())

    def hear(self, data: str) -> None:
        """Words somewhere in the table."""
        if self.in_title:
            self.titles[-1] += data
