"""Three thousand courses, made from those of the project as a large platform would hold them."""

import os
import re
import shutil
from itertools import islice, cycle
from pathlib import Path

from app.config import ROOT
from app.content.checker import course_folders
from app.content.links import is_served
from app.content.outline import COURSE_FILE
from app.content.programme import FILE

COURSES = 3_000

_TITLE = re.compile(r"^(title|code): *(.+)$", re.MULTILINE)


def write(folder: Path, courses: int = COURSES, source: Path = ROOT / "courses") -> None:
    """Write so many course folders: copies under other names, each with a title, a code and an
    overview of its own. Pictures and recordings are linked, not copied."""
    folder.mkdir(parents=True)
    shutil.copyfile(source / FILE, folder / FILE)
    for number, made_from in enumerate(islice(cycle(course_folders(source)), courses)):
        made = folder / f"{made_from.name}-{number:04}"
        shutil.copytree(made_from, made, copy_function=_copy)
        path = made / COURSE_FILE
        text = _TITLE.sub(lambda found: _numbered(found, number), path.read_text("utf-8"))
        path.write_text(f"{text}\nLớp số {number}, mở theo **yêu cầu** của xã.\n", "utf-8")


def _numbered(found: re.Match[str], number: int) -> str:
    return f'{found[1]}: "{found[2].strip(chr(34))} {number}"'


def _copy(source: str, target: str) -> None:
    if is_served(source):
        os.link(source, target)
    else:
        shutil.copyfile(source, target)
