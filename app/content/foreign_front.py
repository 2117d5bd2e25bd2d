"""Front matter of other people's pages: YAML, TOML, JSON or none."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.content.strict_yaml import YamlProblem, read_yaml

_FENCED = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^(\w[\w-]*):[ \t]+(.+)$", re.MULTILINE)
_ORDER = ("order", "weight", "nav_order", "sidebar_position", "position")
_SUMMARY = ("summary", "description", "excerpt")
_LONGEST = 64 * 1024
_LONGEST_LINE = 300


@dataclass(frozen=True)
class Front:
    """What is used of front matter, and the body below it. `left`: keys that were not used."""

    body: str
    title: str = ""
    summary: str = ""
    order: float | None = None
    left: tuple[str, ...] = ()


def parted(text: str) -> Front:
    """Part front matter from body; a rule or a brace that is none stays in the body."""
    if match := _FENCED.match(text[: _LONGEST * 2]):
        values = _yaml(match[2]) if match[1] == "---" else _toml(match[2])
        return _front(values, text[match.end() :]) if values is not None else Front(text)
    if text.startswith("{"):
        return _json(text)
    return Front(text)


def _yaml(text: str) -> Mapping[str, Any] | None:
    try:
        value = read_yaml(text).value
    except YamlProblem:
        value = {key: words.strip("\"' ") for key, words in _LINE.findall(text)} or None
    return value if isinstance(value, dict) else None


def _toml(text: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _json(text: str) -> Front:
    try:
        value, end = json.JSONDecoder().raw_decode(text[:_LONGEST])
    except (ValueError, RecursionError):
        return Front(text)
    rest = text[end:]
    if not isinstance(value, dict) or rest.lstrip(" \t")[:1] not in ("", "\n"):
        return Front(text)
    return _front(value, rest)


def _front(values: Mapping[str, Any], body: str) -> Front:
    lowered = {str(key).lower(): value for key, value in values.items()}
    used = {"title", *_SUMMARY, *_ORDER}
    return Front(
        body,
        _words(lowered.get("title")),
        next((_words(lowered[key]) for key in _SUMMARY if key in lowered), ""),
        next((_number(lowered[key]) for key in _ORDER if key in lowered), None),
        tuple(key for key in lowered if key not in used),
    )


def _words(value: Any) -> str:
    return " ".join(value.split())[:_LONGEST_LINE] if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if abs(number) < 1e9 else None
