"""YAML in which every value is text: `no` stays "no" and `12:30` stays "12:30".

Read from events with a stack of our own: anchors, tags and deep nesting are refused before they
can grow, and the line of every key is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

DEEPEST = 6
MOST = 5_000  # keys and values of one document

Path = tuple[str | int, ...]


class YamlProblem(ValueError):
    """The text cannot be read: `line` counts from 1, `message` and `mend` are Vietnamese."""

    def __init__(self, line: int, message: str, mend: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.mend = mend


@dataclass(frozen=True)
class Document:
    """A value made of dict, list and str, and the line where each part of it stands."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of this part, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, first_line: int = 1) -> Document:
    """Read one YAML document whose first line is line `first_line` of its file.

    An empty text is an empty mapping. Raises YamlProblem.
    """
    reader = _Reader(first_line)
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        value = reader.document(events)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = first_line + min(mark.line if mark else 0, text.count("\n"))
        raise YamlProblem(
            line,
            "Phần khai báo viết sai cách.",
            "Mỗi dòng viết “tên: giá trị”; giá trị có dấu hai chấm thì đặt trong ngoặc kép.",
        ) from problem
    return Document(value, reader.lines)


class _Reader:
    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.lines: dict[Path, int] = {}

    def document(self, events: Iterator[Any]) -> Any:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                return self.node(event, events, ())
        return {}

    def node(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        line = self.first_line + event.start_mark.line
        self.lines.setdefault(path, line)
        self.refuse_tricks(event, line, path)
        if len(self.lines) > MOST:
            raise YamlProblem(line, "Phần khai báo quá dài.", f"Giữ dưới {MOST} dòng.")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        return event.value.strip()

    def refuse_tricks(self, event: Any, line: int, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise YamlProblem(
                line, "Không dùng được ký hiệu & và * ở đây.", "Đặt giá trị trong ngoặc kép."
            )
        if event.tag:
            raise YamlProblem(
                line, "Không dùng được ký hiệu ! ở đây.", "Đặt giá trị trong ngoặc kép."
            )
        if len(path) > DEEPEST:
            raise YamlProblem(line, "Phần khai báo lồng quá sâu.", "Viết lại cho phẳng hơn.")

    def mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = self.first_line + event.start_mark.line
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlProblem(line, "Tên mục không phải là chữ.", "Viết “tên: giá trị”.")
            self.refuse_tricks(event, line, path)
            key = event.value.strip()
            if key in found:
                raise YamlProblem(line, f"Mục “{key}” viết hai lần.", "Bỏ bớt một dòng.")
            self.lines[*path, key] = line
            found[key] = self.node(next(events), events, (*path, key))
        return found

    def sequence(self, events: Iterator[Any], path: Path) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.node(event, events, (*path, len(found))))
        return found
