"""Which files of a course are what: the folder as modules and steps, before any is read."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.content.problems import Findings
from app.content.source import SLUG, numbered

COURSE_FILE = "course.md"
MODULE_FILE = "module.md"


@dataclass(frozen=True)
class StepFile:
    """A lesson or test file; `name` is its path relative to the course."""

    path: Path
    name: str
    slug: str


@dataclass(frozen=True)
class ModuleFolder:
    """A run of steps: a folder with `module.md`, or steps at the top (`folder` None)."""

    folder: Path | None
    slug: str
    steps: tuple[StepFile, ...]


def outline(course: Path, findings: Findings) -> tuple[ModuleFolder, ...]:
    """The modules of a course folder in order, with what is amiss about their names."""
    entries: list[ModuleFolder] = []
    ordered, others = _entries(course)
    for entry in ordered:
        if entry.is_dir():
            entries.append(_module(course, Path(entry.path), findings))
        else:
            step = _step(course, entry.name, findings)
            entries.append(ModuleFolder(None, "", (step,)))
    for name in others:
        if name != COURSE_FILE:
            _unused(course, name, findings)
    modules = tuple(_joined(entries))
    _check_unique(course, modules, findings)
    return modules


def _entries(folder: Path) -> tuple[list[os.DirEntry[str]], list[str]]:
    """(numbered folders and Markdown files, in order; names of the other Markdown files). Paths
    are not made before they are needed: they cost more than the look into the folder."""
    found: list[tuple[int, str, os.DirEntry[str]]] = []
    others = []
    with os.scandir(folder) as entries:
        for entry in entries:
            place = numbered(entry.name)
            markdown = entry.name.endswith(".md")
            if place is None:
                others += [entry.name] if markdown else []
            elif not entry.is_symlink() and (markdown or entry.is_dir()):
                found.append((place[0], entry.name, entry))
    return [entry for *_, entry in sorted(found, key=lambda item: item[:2])], sorted(others)


def _module(course: Path, folder: Path, findings: Findings) -> ModuleFolder:
    place = numbered(folder.name)
    slug = place[1] if place else folder.name
    name = folder.name
    _check_slug(slug, findings.beside(f"{course.name}/{name}"))
    ordered, others = _entries(folder)
    files = [f"{name}/{entry.name}" for entry in ordered if entry.is_file()]
    steps = tuple(_step(course, file, findings) for file in files)
    if not steps:
        findings.beside(f"{course.name}/{name}").warning(
            1, "Phần này chưa có bài nào.", "Thêm tệp 01-ten-bai.md vào thư mục."
        )
    for other in others:
        if other != MODULE_FILE:
            _unused(course, f"{name}/{other}", findings)
    return ModuleFolder(folder, slug, steps)


def _step(course: Path, name: str, findings: Findings) -> StepFile:
    file = name.rpartition("/")[2]
    place = numbered(file)
    slug = place[1] if place else file.removesuffix(".md")
    _check_slug(slug, findings.beside(f"{course.name}/{name}"))
    return StepFile(course / name, name, slug)


def _joined(entries: list[ModuleFolder]) -> Iterator[ModuleFolder]:
    """Neighbouring steps at the top of the course become one module."""
    run: list[StepFile] = []
    for entry in entries:
        if entry.folder is None:
            run += entry.steps
            continue
        if run:
            yield ModuleFolder(None, "", tuple(run))
            run = []
        yield entry
    if run:
        yield ModuleFolder(None, "", tuple(run))


def _check_slug(slug: str, findings: Findings) -> None:
    if not SLUG.match(slug):
        findings.error(
            1,
            f"Tên “{slug}” không dùng được làm địa chỉ.",
            "Đặt tên bằng chữ thường không dấu, số và dấu gạch, ví dụ 01-ten-bai.md.",
        )


def _unused(course: Path, name: str, findings: Findings) -> None:
    findings.beside(f"{course.name}/{name}").warning(
        1, "Tệp này không thành bài học.", "Đặt tên có số đứng đầu, ví dụ 01-ten-bai.md."
    )


def _check_unique(course: Path, modules: tuple[ModuleFolder, ...], findings: Findings) -> None:
    first: dict[str, str] = {}
    for step in (step for module in modules for step in module.steps):
        if step.slug in first:
            findings.beside(f"{course.name}/{step.name}").error(
                1,
                f"Tên bài “{step.slug}” đã dùng ở {first[step.slug]}.",
                "Đổi tên tệp: hai bài trong một khóa không được cùng tên.",
            )
        first.setdefault(step.slug, step.name)


def with_unique_slugs(modules: tuple[ModuleFolder, ...]) -> tuple[ModuleFolder, ...]:
    """The modules, each with a slug of its own; runs of steps at the top are called "bai"."""
    seen: Counter[str] = Counter()
    named = []
    for module in modules:
        slug = module.slug or "bai"
        seen[slug] += 1
        named.append(replace(module, slug=slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"))
    return tuple(named)
