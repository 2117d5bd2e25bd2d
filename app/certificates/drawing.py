"""What is drawn under the words of a certificate: its frame with the lamp, and the QR code.

Written as PDF operators, in millimetres from the top left corner of the page: as SVG the same
lines would take as long as all the words together.
"""

from collections.abc import Iterable, Sequence

POINTS = 72 / 25.4
WIDTH, HEIGHT = 297, 210
INK, RULE, LACQUER, FLAME, WHITE = (
    ".05 .32 .38", ".66 .8 .82", ".76 .23 .17", ".94 .71 .25", "1 1 1",
)  # fmt: skip

# the frame is a band of squared paper two cells wide, as in a pupil's notebook
CELL, ACROSS, DOWN = 2.5, 112, 77
LEFT, TOP = (WIDTH - CELL * ACROSS) / 2, (HEIGHT - CELL * DOWN) / 2
MEDAL_X, MEDAL_Y = WIDTH / 2, 12.2

# the lamp of the site's mark, in its own units
FLAME_SHAPE = (
    "24 9.5 m 28.6 14.9 31.2 19.2 31.2 23.2 c 31.2 27.2 28 30.4 24 30.4 c "
    "20 30.4 16.8 27.2 16.8 23.2 c 16.8 19.2 19.4 14.9 24 9.5 c f"
)
GLASS = (
    "17.5 2.5 m 30.5 2.5 l 32.7 2.5 34.5 4.3 34.5 6.5 c 34.5 36 l 13.5 36 l 13.5 6.5 l "
    "13.5 4.3 15.3 2.5 17.5 2.5 c s 22 6.5 m 26 6.5 l 24 36 m 24 32 l 37 41 m 42.5 41 l "
    "42.5 39 m 42.5 43 l S"
)
BOWL = (
    "12 37.5 m 36 37.5 l 36 43.5 l 40 45.1 42.5 47.5 42.5 50.5 c 42.5 53.7 39.5 56 35 56 c "
    "31 56 l 33.5 62 l 14.5 62 l 17 56 l 13 56 l 8.5 56 5.5 53.7 5.5 50.5 c "
    "5.5 47.5 8 45.1 12 43.5 c f"
)


def under_the_words(code: Iterable[Sequence[int]], x: float, y: float, side: float) -> bytes:
    """The frame, and a QR code (rows of 0 and 1) as a square of `side` mm at `x`, `y`."""
    ground = f"{POINTS:.5f} 0 0 {-POINTS:.5f} 0 {HEIGHT * POINTS:.3f} cm"
    # readers for the blind pass over it: the words beside the code say the same
    return f"/Artifact BMC q {ground} {FRAME} {_squares(code, x, y, side)} Q EMC".encode()


def _squares(code: Iterable[Sequence[int]], x: float, y: float, side: float) -> str:
    rows = [bytes(row).translate(_DIGITS).decode() for row in code]
    size = side / len(rows)
    ops = [f"q {size:.4f} 0 0 {size:.4f} {x} {y} cm 0 g"]
    for n, row in enumerate(rows):
        start = row.find("1")
        while start >= 0:
            end = (row + "0").find("0", start)
            ops.append(f"{start} {n} {end - start} 1 re")
            start = row.find("1", end)
    return " ".join([*ops, "f Q"])


_DIGITS = bytes.maketrans(b"\x00\x01", b"01")


def _frame() -> str:
    band = 2 * CELL
    return " ".join(
        [
            _grid(),
            _strokes(INK, 0.5, _box(0)),
            _strokes(INK, 0.3, _box(band)),
            _strokes(LACQUER, 0.3, _box(band + 1.4)),
            f"{WHITE} rg",
            _strokes(INK, 0.5, _circle(9.4), "b"),
            _strokes(LACQUER, 0.3, _circle(8.3)),
            _lamp(),
        ]
    )


def _grid() -> str:
    # the short lines across the band are the dashes of four lines as broad as the band
    middle, right, bottom = CELL, WIDTH - LEFT - CELL, HEIGHT - TOP - CELL
    dashes = [
        _line(LEFT, TOP + middle, WIDTH - LEFT, TOP + middle),
        _line(LEFT, bottom, WIDTH - LEFT, bottom),
        _line(LEFT + middle, TOP, LEFT + middle, HEIGHT - TOP),
        _line(right, TOP, right, HEIGHT - TOP),
    ]
    across = _strokes(RULE, 2 * CELL, " ".join(dashes))
    return f"[.14 {CELL - 0.14}] .07 d {across} [] 0 d {_strokes(RULE, 0.14, _box(CELL))}"


def _lamp() -> str:
    scale = 0.225
    place = f"{scale} 0 0 {scale} {MEDAL_X - 24 * scale:g} {MEDAL_Y - 32 * scale:g} cm"
    line = f"{INK} RG 2.4 w 1 J 1 j {GLASS}"
    return f"q {place} {FLAME} rg {FLAME_SHAPE} {line} {INK} rg {BOWL} Q"


def _strokes(colour: str, width: float, path: str, paint: str = "S") -> str:
    return f"{colour} RG {width} w {path} {paint}"


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x:g} {y:g} m {to_x:g} {to_y:g} l"


def _box(inset: float) -> str:
    x, y = LEFT + inset, TOP + inset
    return f"{x:g} {y:g} {WIDTH - 2 * x:g} {HEIGHT - 2 * y:g} re"


def _circle(radius: float) -> str:
    x, y, r, k = MEDAL_X, MEDAL_Y, radius, 0.5523 * radius
    return (
        f"{x + r:g} {y:g} m "
        f"{x + r:g} {y + k:g} {x + k:g} {y + r:g} {x:g} {y + r:g} c "
        f"{x - k:g} {y + r:g} {x - r:g} {y + k:g} {x - r:g} {y:g} c "
        f"{x - r:g} {y - k:g} {x - k:g} {y - r:g} {x:g} {y - r:g} c "
        f"{x + k:g} {y - r:g} {x + r:g} {y - k:g} {x + r:g} {y:g} c h"
    )


FRAME = _frame()
