"""The stylesheet and the script, each bundled once at start under a name that holds its hash."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

STATIC = Path(__file__).parent / "static"
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
    bundles = {"app.css": _stylesheet(), "app.js": _script()}
    served = {name: _named(name, body) for name, body in bundles.items()}
    app.extensions["assets"] = {asset.path: asset for asset in served.values()}
    paths = {name: f"/static/{asset.path}" for name, asset in served.items()}
    app.jinja_env.globals["asset"] = paths.__getitem__


def _named(name: str, body: str) -> Asset:
    raw = body.encode()
    stem, _, ending = name.rpartition(".")
    path = f"{stem}.{hashlib.sha256(raw).hexdigest()[:12]}.{ending}"
    return Asset(path, raw, "text/css" if ending == "css" else "text/javascript")


def _stylesheet() -> str:
    files = sorted((STATIC / "css").glob("*.css"))
    sheets = "\n".join(file.read_text(encoding="utf-8") for file in files)
    without_comments = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    lines = (line.strip() for line in without_comments.splitlines())
    return LAYERS + "\n" + "\n".join(line for line in lines if line)


def _script() -> str:
    return (STATIC / "js" / "app.js").read_text(encoding="utf-8")
