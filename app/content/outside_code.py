"""Changing the words of a Markdown text and leaving its code alone."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable

from app.content.lines import Fences

_KEPT = re.compile("\ue000([0-9]{1,6})\ue001")
_TICKS = re.compile(r"`+")


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` made to every part that is neither a fence nor a code span."""
    fences, out, run = Fences(), [""], [""]
    out.clear()
    run.clear()
    for line in [*text.split("\n"), ""]:
        if not fences.inside(line) and line.strip():
            run.append(line)
            continue
        if run:
            out.append(_outside_spans("\n".join(run), change))
            run.clear()
        out.append(line)
    return "\n".join(out[:-1])


def _outside_spans(text: str, change: Callable[[str], str]) -> str:
    """Change a paragraph around its code spans; spans are kept by a mark while links that hold
    one are looked at as a whole."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text)]
    starts: dict[int, list[int]] = defaultdict(list)
    for start, end in runs:
        starts[end - start].append(start)
    pieces, spans, at = [""], [""], 0
    spans.clear()
    for start, end in runs:
        same = starts[end - start]
        place = bisect_right(same, start)
        if start < at or place >= len(same):
            continue
        close = same[place] + end - start
        pieces.append(f"{text[at:start]}\ue000{len(spans)}\ue001")
        spans.append(text[start:close])
        at = close
    changed = change("".join(pieces) + text[at:])
    return _KEPT.sub(lambda mark: spans[int(mark[1])] if int(mark[1]) < len(spans) else "", changed)
