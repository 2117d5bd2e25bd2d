"""`courses/programme.yaml`: whom the movement addresses, what it counts, and by which courses."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from app.content import frontmatter
from app.content.models import Frozen
from app.content.problems import Findings, listed, nearest
from app.content.source import read_text
from app.content.strict_yaml import Document

FILE = "programme.yaml"


class Group(Frozen):
    """An audience group; `address` is how pages speak to the reader ("bác").

    `sensitive`: to belong to it tells of health or origin, so it is never noted on a person.
    """

    id: str
    title: str
    framework: str
    address: str = "anh chị"
    invite: str = ""
    sensitive: bool = False


class Issuer(Frozen):
    """The body that issues certificates, as it is called today; frozen into each certificate."""

    parent_body: str = ""
    body: str = ""
    place: str = ""
    signer_title: str = ""
    signer: str = ""


class Indicator(Frozen):
    """Something the movement counts. `place` is the membership that says in which unit a person
    is counted; `unit_kinds` empty means any kind of unit; `min_age` in years."""

    id: str
    title: str
    denominator: str
    place: Literal["residence", "work", "school"]
    unit_kinds: tuple[str, ...] = ()
    min_age: Annotated[int, Field(ge=0, le=150)] = 0
    courses: tuple[str, ...] = ()


class Programme(Frozen):
    """The movement's programme. `verified` is False while nobody compared it with the source."""

    title: str = "Bình dân học vụ số"
    source: str = ""
    verified: bool = False
    issuer: Issuer = Issuer()
    frameworks: dict[str, str] = {}
    groups: tuple[Group, ...] = ()
    skills: dict[str, str] = {}
    indicators: tuple[Indicator, ...] = ()

    def group(self, group_id: str) -> Group | None:
        """The audience group with this id, or None."""
        return next((group for group in self.groups if group.id == group_id), None)

    @property
    def group_titles(self) -> dict[str, str]:
        """The titles of the audience groups by id, in the file's order."""
        return {group.id: group.title for group in self.groups}

    def address(self, audience: tuple[str, ...]) -> str:
        """How pages speak to people of these groups ("bác"): as to the first known one."""
        known = (group for group_id in audience if (group := self.group(group_id)))
        return next((group.address for group in known), "anh chị")

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The indicator with this id, or None."""
        return next((item for item in self.indicators if item.id == indicator_id), None)

    def qualifying(self, course_slug: str) -> tuple[Indicator, ...]:
        """The indicators for which finishing this course counts, in the file's order."""
        return tuple(item for item in self.indicators if course_slug in item.courses)


def load_programme(courses: Path, findings: Findings) -> Programme | None:
    """Read `programme.yaml` of a courses folder; None with the reasons in `findings`.

    No file is an empty programme: then no group and no skill is called unknown.
    """
    path = courses / FILE
    if not path.is_file():
        return Programme()
    text = read_text(path, findings)
    document = frontmatter.parse(text, findings, first_line=1) if text is not None else None
    if document is None:
        return None
    programme = frontmatter.validate(document, Programme, findings)
    if programme is not None:
        _check_ids(programme, document, findings)
    return programme


def _check_ids(programme: Programme, document: Document, findings: Findings) -> None:
    ids = {
        "groups": [group.id for group in programme.groups],
        "indicators": [indicator.id for indicator in programme.indicators],
    }
    for key, names in ids.items():
        for place, name in enumerate(names):
            if name in names[:place]:
                line = document.line((key, place))
                findings.error(line, f"Mã “{name}” dùng hai lần.", "Đặt một mã khác.")
    for place, group in enumerate(programme.groups):
        if group.framework not in programme.frameworks:
            meant = nearest(group.framework, programme.frameworks)
            findings.error(
                document.line(("groups", place, "framework")),
                f"Nhóm “{group.id}” thuộc khung “{group.framework}” không có trong “frameworks”.",
                f"Có phải “{meant}” không?" if meant else f"Có: {listed(programme.frameworks)}.",
            )
