"""Which files of a course are what: the folder as modules and steps, before any is read."""

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
    for _, entry in _numbered_entries(course):
        if entry.is_dir():
            entries.append(_module(course, entry, findings))
        else:
            step = _step(course, entry, findings)
            entries.append(ModuleFolder(None, "", (step,)))
    for path in sorted(course.glob("*.md")):
        if numbered(path.name) is None and path.name != COURSE_FILE:
            _unused(course, path, findings)
    modules = tuple(_joined(entries))
    _check_unique(course, modules, findings)
    return modules


def _numbered_entries(folder: Path) -> list[tuple[int, Path]]:
    found = []
    for path in folder.iterdir():
        place = numbered(path.name)
        if place and not path.is_symlink() and (path.is_dir() or path.suffix == ".md"):
            found.append((place[0], path))
    return sorted(found, key=lambda item: (item[0], item[1].name))


def _module(course: Path, folder: Path, findings: Findings) -> ModuleFolder:
    place = numbered(folder.name)
    slug = place[1] if place else folder.name
    name = folder.relative_to(course).as_posix()
    _check_slug(slug, findings.beside(f"{course.name}/{name}"))
    steps = tuple(
        _step(course, path, findings) for _, path in _numbered_entries(folder) if path.is_file()
    )
    if not steps:
        findings.beside(f"{course.name}/{name}").warning(
            1, "Phần này chưa có bài nào.", "Thêm tệp 01-ten-bai.md vào thư mục."
        )
    for path in sorted(folder.glob("*.md")):
        if numbered(path.name) is None and path.name != MODULE_FILE:
            _unused(course, path, findings)
    return ModuleFolder(folder, slug, steps)


def _step(course: Path, path: Path, findings: Findings) -> StepFile:
    name = path.relative_to(course).as_posix()
    place = numbered(path.name)
    slug = place[1] if place else path.stem
    _check_slug(slug, findings.beside(f"{course.name}/{name}"))
    return StepFile(path, name, slug)


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


def _unused(course: Path, path: Path, findings: Findings) -> None:
    findings.beside(f"{course.name}/{path.relative_to(course).as_posix()}").warning(
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
