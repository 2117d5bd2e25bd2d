"""HTML that is put together once and served until what it was made from is replaced."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from app.ui.i18n import language

MOST = 512
Piece = TypeVar("Piece")


class Kept(Generic[Piece]):
    """Finished pieces of pages by key and language, each with what it was made from (its basis).

    Courses and the programme are frozen and replaced as whole objects, so that a piece is
    still true while its basis is the very same objects.
    """

    def __init__(self) -> None:
        self._pieces: dict[Hashable, tuple[tuple[object, ...], Piece]] = {}

    def get(self, key: Hashable, basis: tuple[object, ...], make: Callable[[], Piece]) -> Piece:
        """The piece under this key; made anew when its basis is no longer the same."""
        spoken = (language(), key)
        known = self._pieces.get(spoken)
        if known and len(known[0]) == len(basis) and all(map(_same, known[0], basis)):
            return known[1]
        if len(self._pieces) >= MOST:
            self._pieces.clear()
        piece = make()
        self._pieces[spoken] = (basis, piece)
        return piece


def _same(one: object, other: object) -> bool:
    return one is other
