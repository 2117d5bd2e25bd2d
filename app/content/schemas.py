"""What may stand in the front matter of each kind of course file."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[str, Field(min_length=1, max_length=500)]


class _Front(BaseModel):
    model_config = ConfigDict(frozen=True, populate_by_name=True)


class CourseFront(_Front):
    """`course.md`."""

    title: Line
    summary: Line
    code: Annotated[str, Field(max_length=20)]
    audience: Annotated[tuple[str, ...], Field(min_length=1)]
    hours: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
    skills: tuple[str, ...] = ()
    outcomes: tuple[Line, ...] = ()
    passing: Annotated[Literal["all-steps"], Field(alias="pass")] = "all-steps"
    pace: Annotated[int, Field(ge=30, le=400)] | None = None
    listen_first: bool = False
    reviewed: date | None = None
    author: str = ""
    licence: str = ""
    status: Literal["published", "draft"] = "draft"


class ModuleFront(_Front):
    """`module.md`."""

    title: Line
    summary: Annotated[str, Field(max_length=500)] = ""


class LessonFront(_Front):
    """A lesson."""

    title: Line
    # the other kinds have schemas of their own; here they are named for whoever mistypes one
    kind: Literal["lesson", "test", "practical"] = "lesson"
    minutes: Annotated[int, Field(ge=1, le=600)]
    skill: str | None = None
    checked: date | None = None
    formerly: tuple[str, ...] = ()


class TestFront(_Front):
    """A test."""

    __test__: ClassVar[bool] = False  # pytest would take the name for a test class

    title: Line
    kind: Literal["test"]
    minutes: Annotated[int, Field(ge=1, le=600)]
    passing: Annotated[int, Field(alias="pass", ge=1, le=100)]
    draw: dict[str, Annotated[int, Field(ge=1, le=500)]] = {}
    attempts: Annotated[int, Field(ge=1, le=1000)] | None = None
    wait: Annotated[int, Field(ge=0, le=525_600)] = 0
    skill: str | None = None
    checked: date | None = None
    formerly: tuple[str, ...] = ()


class PracticalFront(_Front):
    """A practical."""

    title: Line
    kind: Literal["practical"]
    minutes: Annotated[int, Field(ge=1, le=600)]
    instead_of: str | None = None
    skill: str | None = None
    checked: date | None = None
    formerly: tuple[str, ...] = ()
