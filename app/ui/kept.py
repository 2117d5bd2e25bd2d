"""HTML that is put together once and served until what it was made from is replaced."""

from collections.abc import Callable, Hashable

from markupsafe import Markup

MOST = 512


class Kept:
    """Finished pieces of pages by key, each with the objects it was made from (its basis).

    Courses and the programme are frozen and replaced as whole objects, so that a piece is
    still true while its basis is the very same objects.
    """

    def __init__(self) -> None:
        self._pieces: dict[Hashable, tuple[tuple[object, ...], Markup]] = {}

    def get(self, key: Hashable, basis: tuple[object, ...], make: Callable[[], str]) -> Markup:
        """The piece under this key; made anew when its basis is no longer the same."""
        known = self._pieces.get(key)
        if known and len(known[0]) == len(basis) and all(map(_same, known[0], basis)):
            return known[1]
        if len(self._pieces) >= MOST:
            self._pieces.clear()
        piece = Markup(make())
        self._pieces[key] = (basis, piece)
        return piece


def _same(one: object, other: object) -> bool:
    return one is other
