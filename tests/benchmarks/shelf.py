"""Three thousand courses, made from those of the project as a large platform would hold them."""

import os
import re
import shutil
from itertools import cycle, islice
from pathlib import Path

from app.config import ROOT
from app.content.checker import course_folders
from app.content.links import is_served
from app.content.outline import COURSE_FILE
from app.content.programme import FILE

COURSES = 3_000

_OWN = re.compile(r'^(title|code|summary): *"?([^"\n]+?)"? *$', re.MULTILINE)


def write(folder: Path, courses: int = COURSES, source: Path = ROOT / "courses") -> None:
    """Write so many course folders: copies under other names, each with a title, a code and a
    summary of its own. Pictures and recordings are linked, not copied."""
    folder.mkdir(parents=True)
    shutil.copyfile(source / FILE, folder / FILE)
    for number, made_from in enumerate(islice(cycle(course_folders(source)), courses)):
        made = folder / f"{made_from.name}-{number:04}"
        shutil.copytree(made_from, made, copy_function=_copy)
        _make_its_own(made / COURSE_FILE, number)


def _make_its_own(path: Path, number: int) -> None:
    path.write_text(_OWN.sub(rf'\1: "\2 {number}"', path.read_text("utf-8")), "utf-8")


def _copy(source: str, target: str) -> None:
    if is_served(source):
        os.link(source, target)
    else:
        shutil.copyfile(source, target)
