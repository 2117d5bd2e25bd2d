"""Which version of the product this is."""

import tomllib
from functools import cache

from app.config import ROOT


@cache
def version() -> str:
    """The version in pyproject.toml; "chưa rõ" where that file was not shipped."""
    try:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        return str(project["version"])
    except OSError:
        return "chưa rõ"
