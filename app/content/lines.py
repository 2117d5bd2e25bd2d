"""Reading Markdown line by line: what is code and what is text."""

import re

_FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})")


class Fences:
    """Follows ``` and ~~~ while lines go by."""

    def __init__(self) -> None:
        self._open: str | None = None

    def inside(self, line: str) -> bool:
        """Whether this line is code or a fence; call it once for each line, in order."""
        match = _FENCE.match(line)
        if self._open is None:
            self._open = match[1] if match else None
            return match is not None
        if match and match[1].startswith(self._open) and not line.strip(" `~"):
            self._open = None
        return True

    @property
    def unclosed(self) -> bool:
        """Whether a fence is open after the last line."""
        return self._open is not None


def indent_of(line: str) -> int:
    """Number of spaces in front."""
    return len(line) - len(line.lstrip(" "))
