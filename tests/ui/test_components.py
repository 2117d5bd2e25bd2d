"""The living page shows every component there is."""

import re
from pathlib import Path

from flask.testing import FlaskClient

TEMPLATES = Path(__file__).resolve().parents[2] / "app" / "ui" / "templates" / "ui"
# the layout of every page shows them, or another component does
SHOWN_WITHIN = {"display_settings", "mark", "lamp", "verdict"}


def test_every_component_is_shown(client: FlaskClient) -> None:
    assert client.get("/components").status_code == 200
    page = (TEMPLATES / "components.html").read_text("utf-8")
    absent = {
        file.stem for file in (TEMPLATES / "components").glob("*.html") if not _shown(file, page)
    }
    assert absent == SHOWN_WITHIN


def _shown(file: Path, page: str) -> bool:
    macros = re.findall(r"{% macro (\w+)", file.read_text("utf-8"))
    names = {macro: macro for macro in macros}
    names |= dict(re.findall(r"(\w+) as (\w+)", page))
    return any(re.search(rf"{{[{{%] ?(call )?{names[macro]}\(", page) for macro in macros)
