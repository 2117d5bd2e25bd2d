"""Questions in Aiken: a line of text, lettered answers, ANSWER: and a letter."""

import re
from collections.abc import Iterator

from app.content.asked import Asked, Unusable

_OPTION = re.compile(r"([A-Za-z])[.)][ \t]+(.*)$")
_ANSWER = re.compile(r"ANSWER:[ \t]*([A-Za-z])[ \t]*$")
_FEEDBACK = re.compile(r"FEEDBACK:[ \t]*(.*)$", re.IGNORECASE)
_SIGN = re.compile(r"^ANSWER:[ \t]*[A-Za-z][ \t]*$", re.MULTILINE)


def is_aiken(text: str) -> bool:
    """Whether a text is a file of Aiken questions."""
    return bool(_SIGN.search(text))


def read_aiken(text: str) -> Iterator[Asked | Unusable]:
    """The questions of a file in order."""
    prompt: list[str] = []
    options: dict[str, str] = {}
    found: Asked | Unusable | None = None
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if found is not None and (feedback := _FEEDBACK.match(line)):
            found = _explained(found, feedback[1])
        elif answer := _ANSWER.match(line):
            if found is not None:
                yield found
            found = _question(number, prompt, options, answer[1].upper())
            prompt, options = [], {}
        elif option := _OPTION.match(line) if prompt else None:
            options[option[1].upper()] = option[2]
        elif line:
            prompt.append(line)
    if found is not None:
        yield found
    if prompt:
        yield Unusable(f"“{prompt[0][:60]}”", "thiếu dòng ANSWER")


def _question(
    number: int, prompt: list[str], options: dict[str, str], answer: str
) -> Asked | Unusable:
    where = f"dòng {number}"
    if not prompt or answer not in options:
        return Unusable(where, f"đáp án {answer} không có trong các phương án")
    choices = tuple((text, letter == answer) for letter, text in options.items())
    return Asked(where, "\n".join(prompt), choices)


def _explained(found: Asked | Unusable, text: str) -> Asked | Unusable:
    if isinstance(found, Unusable):
        return found
    return Asked(found.where, found.prompt, found.choices, explanation=text)
