"""Long lists in pages."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

# Keeps the offset inside what every database takes, whatever is typed into the address.
_LAST_PAGE_NUMBER = 1_000_000


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: its items, its number from 1, the page size and the whole count."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, math.ceil(self.total / self.size))

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1

    @property
    def first(self) -> int:
        """The place in the whole list of the first item here, from 1; 0 when there is none."""
        return offset(self.number, self.size) + 1 if self.items else 0

    @property
    def last(self) -> int:
        """The place in the whole list of the last item here; 0 when there is none."""
        return offset(self.number, self.size) + len(self.items) if self.items else 0


def page_number(text: str | None) -> int:
    """The page asked for in an address, from 1; whatever is not a number gives page 1."""
    digits = (text or "").strip()
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        return 1
    return min(max(int(digits), 1), _LAST_PAGE_NUMBER)


def offset(number: int, size: int) -> int:
    """How many items stand before page `number` (from 1) of `size` items each."""
    return (number - 1) * size
