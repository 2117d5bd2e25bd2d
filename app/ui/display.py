"""How a browser shows pages: text size, contrast, theme; chosen before sign-in, kept a year."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, request
from werkzeug.wrappers import Response

CHOICES = {
    "text": ("normal", "large"),
    "contrast": ("normal", "high"),
    "theme": ("auto", "light", "dark"),
}
COOKIE = "display"


@dataclass(frozen=True)
class Display:
    """One of CHOICES each; the first is the default."""

    text: str = "normal"
    contrast: str = "normal"
    theme: str = "auto"


def init_app(app: Flask) -> None:
    """Give templates `display`, this browser's choice."""
    app.context_processor(lambda: {"display": chosen()})


def chosen() -> Display:
    """What this browser chose; anything unknown in the cookie counts as the default."""
    cookie = request.cookies.get(COOKIE, "")
    return _display(dict(part.partition(":")[::2] for part in cookie.split(".")))


def remember(response: Response, form: Mapping[str, str]) -> None:
    """Put a choice from a form (fields named as in CHOICES) into the browser's cookie."""
    wanted = _display(form)
    value = f"text:{wanted.text}.contrast:{wanted.contrast}.theme:{wanted.theme}"
    response.set_cookie(COOKIE, value, max_age=31_536_000, samesite="Lax", secure=request.is_secure)


def _display(wanted: Mapping[str, str]) -> Display:
    return Display(
        **{
            name: wanted[name] if wanted.get(name) in values else values[0]
            for name, values in CHOICES.items()
        }
    )
