"""Texts of rooms that know no reader: Vietnamese as they stand, and ready to be translated."""

from typing import Any


class Message(str):
    """A text in Vietnamese that keeps the pattern and the words which it was made from.

    `message("Số %(number)s…", number="02")` reads as any text does; whoever shows it can say
    it in another language.
    """

    __slots__ = ("pattern", "words")
    pattern: str
    words: dict[str, Any]


def message(pattern: str, **words: Any) -> Message:
    """The pattern with its %(name)s filled in; a percent sign is doubled only beside words."""
    made = Message(pattern % words if words else pattern)
    made.pattern, made.words = pattern, words
    return made
