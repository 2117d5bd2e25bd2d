"""Acts that are done whole or not at all, whatever the one who asked does with the refusal."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from app.extensions import db

Given = ParamSpec("Given")
Result = TypeVar("Result")


def whole(act: Callable[Given, Result]) -> Callable[Given, Result]:
    """Take everything back, the claim on the operation id too, when the act raises."""

    @wraps(act)
    def carried_out(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        with db.session.begin_nested():
            # the savepoint is made with this, and else would come after statements that know
            # the connection already
            db.session.connection()
            return act(*args, **kwargs)

    return carried_out
