"""How a browser shows pages: text size, contrast, theme, language, listening first.

Chosen before sign-in and kept a year.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from flask import Flask, request
from werkzeug.wrappers import Response

# the first is the one the interface is written in
LANGUAGES = ("vi", "en")
CHOICES = {
    "text": ("normal", "large"),
    "contrast": ("normal", "high"),
    "theme": ("auto", "light", "dark"),
    "language": LANGUAGES,
    # "first": lessons offer to be heard before they are read
    "sound": ("normal", "first"),
}
COOKIE = "display"


@dataclass(frozen=True)
class Display:
    """One of CHOICES each; the first is the default.

    `offer`: the browser knows no Vietnamese and has chosen no language yet, so that another may
    be offered; it is never switched by itself.
    """

    text: str = "normal"
    contrast: str = "normal"
    theme: str = "auto"
    language: str = LANGUAGES[0]
    sound: str = "normal"
    offer: bool = False


def init_app(app: Flask) -> None:
    """Give templates `display`, this browser's choice."""
    app.context_processor(lambda: {"display": chosen()})


def chosen() -> Display:
    """What this browser chose; anything unknown in the cookie counts as the default."""
    # asked for every text that Python speaks: the request itself, not its proxy
    asked = request._get_current_object()  # type: ignore[attr-defined]
    return _read(asked.cookies.get(COOKIE, ""), asked.environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def remember(response: Response, form: Mapping[str, str]) -> None:
    """Put the choices of a form (fields named as in CHOICES) into the cookie; the rest stays."""
    wanted = _display({**asdict(chosen()), **form})
    value = ".".join(f"{name}:{getattr(wanted, name)}" for name in CHOICES)
    response.set_cookie(COOKIE, value, max_age=31_536_000, samesite="Lax", secure=request.is_secure)


@lru_cache(maxsize=256)
def _read(cookie: str, accepted: str) -> Display:
    wanted = dict(part.partition(":")[::2] for part in cookie.split("."))
    unknown = bool(accepted) and LANGUAGES[0] not in accepted.lower()
    return replace(_display(wanted), offer=unknown and "language" not in wanted)


def _display(wanted: Mapping[str, str]) -> Display:
    def one(name: str) -> str:
        values = CHOICES[name]
        return wanted[name] if wanted.get(name) in values else values[0]

    return Display(one("text"), one("contrast"), one("theme"), one("language"), one("sound"))
