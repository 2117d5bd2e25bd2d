"""Links and names in Markdown that follow a file to its new name."""

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

from app.content.outline import COURSE_FILE, MODULE_FILE
from app.content.source import numbered

_LINK = re.compile(r"(\]\(\s*<?|^\s{0,3}\[[^\]]+\]:\s*<?|/// listen \| )([^\s)>]+)", re.MULTILINE)


def step_slug(name: str) -> str:
    """The slug of a lesson's file by its name in the course; "" for what is no lesson."""
    base = posixpath.basename(name)
    if base in (COURSE_FILE, MODULE_FILE):
        return ""
    place = numbered(base)
    return place[1] if place else ""


def relinked(text: str, before: str, now: str, moved: Mapping[str, str]) -> str:
    """The text of a file that was called `before` and is called `now`: its relative links lead
    where they led, and steps that were renamed are called by their new names.

    `moved`: new names of files and folders by their old ones, relative to the course.
    """

    def follow(link: re.Match[str]) -> str:
        return link[1] + _target(link[2], before, now, moved)

    text = _LINK.sub(follow, text)
    for old, new in moved.items():
        was, is_now = step_slug(old), step_slug(new)
        if was and was != is_now:
            text = re.sub(rf"(\blesson=){re.escape(was)}(?![\w-])", rf"\g<1>{is_now}", text)
            pattern = rf"^(instead_of:[ \t]*){re.escape(was)}[ \t]*$"
            text = re.sub(pattern, rf"\g<1>{is_now}", text, flags=re.MULTILINE)
    return text


def _target(link: str, before: str, now: str, moved: Mapping[str, str]) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return link
    here = posixpath.dirname(before)
    old = posixpath.normpath(posixpath.join(here, unquote(parts.path)))
    new = renamed(old, moved)
    if new == old and here == posixpath.dirname(now):
        return link
    path = quote(posixpath.relpath(new, posixpath.dirname(now) or "."), safe="/+,;=@!'~")
    return parts._replace(path=path).geturl()


def renamed(name: str, moved: Mapping[str, str]) -> str:
    """What a file is called now: by itself, else by the folder that it lies in."""
    folder, slash, rest = name.partition("/")
    return moved.get(name) or moved.get(folder, folder) + slash + rest
