"""Files of facts that an office may edit: those of the project, or its own in the instance folder.

A file of the same name in the instance folder stands in place of the project's.
"""

from pathlib import Path
from typing import TypeVar

import yaml
from flask import current_app
from pydantic import BaseModel, ConfigDict, ValidationError

from app.accounts.second_step import settings

DATA = Path(__file__).parent / "data"
Shape = TypeVar("Shape", bound="Facts")


class Facts(BaseModel):
    """The shape of a file; an unknown name in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WrongFile(ValueError):
    """The file does not have its shape; the message names the file and what to mend."""


def read(name: str, shape: type[Shape]) -> Shape:
    """The facts of a file, read anew when it was changed. Raises WrongFile."""
    own = settings().instance / name
    path = own if own.exists() else DATA / name
    known = current_app.extensions.setdefault("office_files", {})
    mark = (path, path.stat().st_mtime_ns)
    if known.get(name, (None, None))[0] != mark:
        known[name] = (mark, _read(path, shape))
    facts: Shape = known[name][1]
    return facts


def _read(path: Path, shape: type[Shape]) -> Shape:
    try:
        return shape.model_validate(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))
    except yaml.YAMLError as error:
        raise WrongFile(f"{path}: không đọc được YAML ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = " > ".join(map(str, first["loc"]))
        raise WrongFile(f"{path}: sai ở “{where}” ({first['msg']})") from error
