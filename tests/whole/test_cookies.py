"""No two rooms keep different things in the browser under one name."""

import ast
import inspect
import sys
from types import ModuleType

from flask import Flask


def names_kept(module: ModuleType) -> list[str]:
    """The names of the cookies that a module writes, one for each place in which it does."""
    return [
        str(ast.literal_eval(name) if isinstance(name, ast.Constant) else vars(module)[name.id])
        for call in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr == "set_cookie"
        for name in call.args[:1]
        if isinstance(name, ast.Constant | ast.Name)
    ]


def test_every_cookie_has_a_name_of_its_own(app: Flask) -> None:
    rooms = [module for name, module in sorted(sys.modules.items()) if name.startswith("app.")]
    kept = [name for module in rooms for name in names_kept(module)]
    assert {"device", "display", "group", "learner"} <= set(kept)
    kept.append(app.config["SESSION_COOKIE_NAME"])
    assert sorted(kept) == sorted(set(kept))
