"""How a file of a draft will look to learners, and what is wrong with it, as somebody types."""

import re
from dataclasses import dataclass
from pathlib import Path

from flask import render_template, url_for
from markupsafe import Markup

from app.authoring import draft_queries as queries
from app.authoring.arrangement import Leaf
from app.authoring.opened import OpenDraft
from app.authoring.pool import pool
from app.authoring.relinking import renamed
from app.authoring.seen_as import seen_as
from app.authoring.working_copy import loaded
from app.content.links import served_file
from app.content.models import Course, Module, StepKind
from app.content.problems import Problem
from app.content.programme import Programme
from app.lessons.sheet import body_of_draft
from app.units.queries import today


@dataclass(frozen=True)
class Reader:
    """As whom one looks: ids of a group and of a kind of machine, "" for any."""

    group: str = ""
    device: str = ""


@dataclass(frozen=True)
class Sight:
    """A file of a draft as it would be read. `course`: the whole draft as far as it can be read;
    `problems`: what is wrong with this file, by line; `elsewhere`: errors in other files."""

    draft: OpenDraft
    leaf: Leaf
    course: Course | None
    problems: tuple[Problem, ...]
    elsewhere: int

    def html(self, reader: Reader) -> Markup:
        """The file as this reader will see it, with its addresses inside the studio."""
        html = _in_studio(self.draft, self._as_published())
        return Markup(seen_as(html, reader.group, reader.device))

    def _as_published(self) -> str:
        step = self.course.step(self.leaf.slug) if self.course else None
        if self.course and step and step.kind is StepKind.LESSON:
            return str(body_of_draft(self.course, step))
        return render_template(
            "authoring/_seen.html",
            leaf=self.leaf,
            course=self.course,
            step=step,
            pool=pool(self.course, step) if self.course and step else (),
            module=self._module(),
        )

    def _module(self) -> Module | None:
        slug = self.leaf.name.partition("/")[0].partition("-")[2]
        modules = self.course.modules if self.course else ()
        return next((module for module in modules if module.slug == slug), None)


def look(draft: OpenDraft, leaf: Leaf, text: str, courses: Path, programme: Programme) -> Sight:
    """The file with this text in the place of its own, and the rest of the draft around it."""
    contents = queries.contents(draft.row).with_text(leaf.name, text)
    found = loaded(contents, courses, programme, today())
    own = f"{draft.slug}/{leaf.name}"
    problems = tuple(problem for problem in found.problems if problem.file == own)
    others = (p for p in found.problems if p.file != own and p.severity == "error")
    return Sight(draft, leaf, found.attempt, problems, sum(1 for _ in others))


def _in_studio(draft: OpenDraft, html: str) -> str:
    """Links lead to the files of the draft, pictures come from it, practice goes nowhere."""
    files = {leaf.slug: leaf.id for leaf in draft.parts.lessons}
    home = rf"/courses/{re.escape(draft.slug)}"

    def step(link: re.Match[str]) -> str:
        file_id = files.get(link[2])
        place = url_for("authoring.edit", slug=draft.slug, file_id=file_id) if file_id else "#"
        return f'{link[1]}="{place}'

    media = url_for("authoring.draft_media", slug=draft.slug, path="")
    html = re.sub(r'(<form\b[^>]*?) action="[^"]*"', r"\1", html)
    html = re.sub(rf'(src|href)="(?:[^"]*?){home}/media/', rf'\1="{media}', html)
    return re.sub(rf'(href)="(?:[^":]*?){home}/([a-z0-9-]+)(?=["?#])', step, html)


def shown_problems(problems: tuple[Problem, ...]) -> list[dict[str, object]]:
    """The problems as a script reads them."""
    return [
        {"line": p.line, "severity": p.severity, "message": p.message, "mend": p.mend}
        for p in problems
    ]


def picture_in(draft: OpenDraft, name: str, courses: Path) -> bytes | Path | None:
    """A picture or recording as the draft has it: its bytes, or the file on disk; None when
    there is none that may be shown."""
    added = queries.picture(draft.row, name)
    before = {now: old for old, now in draft.folders.items()}
    return added or served_file(courses / draft.slug, renamed(name, before))
