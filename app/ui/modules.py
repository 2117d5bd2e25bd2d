"""ES modules of a folder as one script: each a function that runs once.

A file of its own for each would be one more request over a thin line, and workers of older
browsers know no modules.
"""

import re
from collections.abc import Sequence
from pathlib import Path

_IMPORT = re.compile(r"^import (\{.*?\}) from '\./([a-z]+)\.js';\n", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)


def bundled(folder: Path, names: Sequence[str]) -> str:
    """These modules of `folder`, each named after those it uses; `_name` holds its exports."""
    return "".join(_module(name, (folder / f"{name}.js").read_text("utf-8")) for name in names)


def _module(name: str, source: str) -> str:
    """A module as a function that runs once and gives what the module exports."""
    given = ", ".join(found[2] for found in _EXPORT.finditer(source))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = _\2;\n", _COMMENT.sub("", source)))
    return f"const _{name} = (() => {{\n{body}return {{ {given} }};\n}})();\n"
