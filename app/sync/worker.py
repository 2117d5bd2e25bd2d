"""The script of a device in two bundles: one for pages, one for the service worker.

The sources are ES modules. Each bundle is one file, because a module of its own would be one
more request over a thin line, and because workers of older browsers know no modules.
"""

import json
from hashlib import sha256
from typing import Any

from flask import Flask, current_app, url_for

from app.config import Settings
from app.sync.neutral import page_headers
from app.sync.words import spoken
from app.ui import assets
from app.ui.assets import STATIC, Asset
from app.ui.display import LANGUAGES
from app.ui.i18n import language
from app.ui.modules import bundled

SOURCES = STATIC / "js" / "offline"
# each after those it uses
IN_PAGES = (
    *("store", "own", "outbox", "say", "learner", "download"),
    *("company", "panel", "lesson", "leave", "shelf", "held", "exam", "start"),
)
IN_WORKER = ("store", "own", "outbox", "marking", "files", "unsent", "worker")
ICONS = (("icon-192.png", "192x192"), ("icon-512.png", "512x512"), ("icon.svg", "any"))


def init_app(app: Flask, settings: Settings) -> None:
    """Make the bundles, the icons and the manifest of this release."""
    for tongue in LANGUAGES:
        assets.add(app, f"offline-{tongue}.js", _named(f"offline-{tongue}.js", _pages(tongue)))
    for path in sorted((STATIC / "icons").iterdir()):
        assets.add(app, path.name, _named(path.name, path.read_bytes()))
    addresses = app.extensions["asset_addresses"]
    app.extensions["sync"] = {
        "worker": _named("sw.js", _worker(addresses)),
        "manifest": _named("manifest.webmanifest", _manifest(settings, addresses)),
    }


def equipment(pages: dict[str, str]) -> dict[str, Any]:
    """What the worker keeps from the first visit on: these pages, their script and assets."""
    addresses = current_app.extensions["asset_addresses"]
    name = f"offline-{language()}.js"
    script = current_app.extensions["assets"][addresses[name].removeprefix("/static/")]
    return {
        "pages": pages,
        "headers": page_headers(),
        "files": {_address(script): {"text": script.body.decode(), "type": script.mimetype}},
        "assets": [_address(asset) for asset in _shell()],
    }


def _shell() -> list[Asset]:
    known = current_app.extensions["assets"]
    addresses = current_app.extensions["asset_addresses"]
    return [
        known[addresses[name].removeprefix("/static/")]
        for name in ("app.css", assets.script_name(language()))
    ]


def _address(asset: Asset) -> str:
    return url_for("ui.static", path=asset.path)


def _pages(tongue: str) -> bytes:
    words = json.dumps(spoken(tongue), ensure_ascii=False, separators=(",", ":"))
    doors = "export const { start } = _start;\nexport const { leave } = _leave;\n"
    return f"const WORDS = {words};\n{bundled(SOURCES, IN_PAGES)}{doors}".encode()


def _worker(addresses: dict[str, str]) -> bytes:
    script = bundled(SOURCES, IN_WORKER)
    # another shell for every release of anything that it keeps
    release = sha256("\n".join([script, *sorted(addresses.values())]).encode()).hexdigest()[:12]
    return f"const SHELL = 'shell-{release}';\n{script}".encode()


def _manifest(settings: Settings, addresses: dict[str, str]) -> bytes:
    icons = [
        {"src": addresses[name], "sizes": sizes, "type": _KINDS[name.rpartition(".")[2]]}
        for name, sizes in ICONS
    ]
    maskable = {**icons[1], "src": addresses["icon-maskable-512.png"], "purpose": "maskable"}
    told = {
        "id": "/",
        "name": settings.site_name,
        "short_name": settings.site_name,
        "lang": LANGUAGES[0],
        "start_url": "./learn",
        "scope": "./",
        "display": "standalone",
        "background_color": "#fbf6ea",
        "theme_color": "#0d5262",
        "icons": [*icons, maskable],
    }
    return json.dumps(told, ensure_ascii=False).encode()


_KINDS = {
    "js": "text/javascript",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webmanifest": "application/manifest+json",
}


def _named(name: str, body: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    path = f"{stem}.{sha256(body).hexdigest()[:12]}.{ending}"
    return Asset(path, body, _KINDS[ending])
