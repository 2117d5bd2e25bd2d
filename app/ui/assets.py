"""The stylesheet and the script, each bundled once at start under a name that holds its hash."""

import ast
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from app.ui.display import LANGUAGES
from app.ui.i18n import SOURCE, translated
from app.ui.modules import bundled

STATIC = Path(__file__).parent / "static"
MARKED_TEXT = re.compile(r"\b_\(('(?:[^'\\]|\\.)*')")
SCRIPTS = (
    *("app.js", "pin-pad.js", "leave.js", "walk.js", "terms.js"),
    *("variants.js", "hear.js", "own.js", "ticks.js", "share.js", "suggest.js"),
    *("away.js", "copy.js", "job.js"),
)
# only the pages on which courses are written need these; each after those it uses
STUDIO = (
    *("words", "text", "dialect", "keep", "lines", "see", "save", "picture"),
    *("tools", "tabs", "start"),
)
# the order in which cascade layers come into being; the files themselves may come in any order
LAYERS = "@layer reset, base, components, pages, utilities;"


@dataclass(frozen=True)
class Asset:
    """One bundled file as it is served."""

    path: str
    body: bytes
    mimetype: str


def init_app(app: Flask) -> None:
    """Bundle the files and give templates `asset(name)`, the address of a bundle."""
    bundles = {
        "app.css": _stylesheet(STATIC / "css"),
        "studio.css": _stylesheet(STATIC / "css" / "studio"),
    }
    scripts = {"app": _script(), "studio": bundled(STATIC / "js" / "studio", STUDIO)}
    # the few pages that ask for a key; it says nothing itself
    bundles["passkey.js"] = (STATIC / "js" / "passkey.js").read_text(encoding="utf-8")
    for name, script in scripts.items():
        for tongue in LANGUAGES:
            bundles[script_name(tongue, name)] = _spoken(script, tongue)
    served = {name: _named(name, body) for name, body in bundles.items()}
    app.extensions["assets"] = {}
    addresses: dict[str, str] = {}
    app.extensions["asset_addresses"] = addresses
    app.jinja_env.globals["asset"] = addresses.__getitem__
    for name, asset in served.items():
        add(app, name, asset)


def script_name(tongue: str, name: str = "app") -> str:
    """The name of the bundle of scripts that speaks this language."""
    return f"{name}.js" if tongue == SOURCE else f"{name}-{tongue}.js"


def add(app: Flask, name: str, asset: Asset) -> None:
    """Serve one more file; `asset(name)` is its address."""
    app.extensions["assets"][asset.path] = asset
    app.extensions["asset_addresses"][name] = f"/static/{asset.path}"


def _named(name: str, body: str) -> Asset:
    raw = body.encode()
    stem, _, ending = name.rpartition(".")
    path = f"{stem}.{hashlib.sha256(raw).hexdigest()[:12]}.{ending}"
    return Asset(path, raw, "text/css" if ending == "css" else "text/javascript")


def _stylesheet(folder: Path) -> str:
    files = sorted(folder.glob("*.css"))
    sheets = "\n".join(file.read_text(encoding="utf-8") for file in files)
    without_comments = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    lines = (line.strip() for line in without_comments.splitlines())
    return LAYERS + "\n" + "\n".join(line for line in lines if line)


def _script() -> str:
    return "\n".join((STATIC / "js" / name).read_text(encoding="utf-8") for name in SCRIPTS)


def _spoken(script: str, tongue: str) -> str:
    """The script with every text in _('…') said in this language."""

    def said(match: re.Match[str]) -> str:
        text = translated(ast.literal_eval(match[1]), tongue)
        return f"_({json.dumps(text, ensure_ascii=False)}"

    return MARKED_TEXT.sub(said, script)
