"""A course folder as a Course, or the reasons why it cannot be one."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markdown import Markdown

from app.content import coherence, frontmatter, safe_html
from app.content.links import CourseMap, FileLinks
from app.content.markup import convert, new_markdown
from app.content.models import Course, Module, Step, StepKind
from app.content.outline import COURSE_FILE, MODULE_FILE, ModuleFolder, outline, with_unique_slugs
from app.content.problems import Findings, Problem, has_errors, in_order
from app.content.programme import Programme
from app.content.prose import check_prose
from app.content.schemas import CourseFront, ModuleFront
from app.content.source import SLUG, read_text, version_of
from app.content.steps import StepDraft, read_step


@dataclass(frozen=True)
class Loaded:
    """What became of a folder: `course` is None if any of the problems is an error."""

    course: Course | None
    problems: tuple[Problem, ...]


def load_course(folder: Path, programme: Programme, today: date) -> Loaded:
    """Read, check and render a whole course. Facts checked over a year before `today` warn."""
    findings = Findings(f"{folder.name}/{COURSE_FILE}")
    try:
        course = _Loading(folder, programme, today, findings).course()
    except OSError as problem:
        findings.error(
            1, f"Không đọc được thư mục khóa học ({problem.strerror}).", "Kiểm tra quyền đọc."
        )
        course = None
    problems = tuple(in_order(findings.found))
    return Loaded(None if has_errors(problems) else course, problems)


class _Loading:
    def __init__(self, folder: Path, programme: Programme, today: date, findings: Findings) -> None:
        self.folder = folder
        self.programme = programme
        self.today = today
        self.findings = findings
        self.converter: Markdown = new_markdown()

    def course(self) -> Course | None:
        slug = self.folder.name
        if not SLUG.match(slug):
            self.findings.error(
                1,
                f"Tên thư mục “{slug}” không dùng được làm địa chỉ.",
                "Đặt tên bằng chữ thường không dấu, số và dấu gạch.",
            )
        folders = with_unique_slugs(outline(self.folder, self.findings))
        course_map = self.map(folders)
        drafts = [self.steps(module, course_map) for module in folders]
        found = [draft for module in drafts for draft in module]
        coherence.check_steps(found, self.programme, self.today)
        if not found:
            self.findings.error(1, "Khóa học chưa có bài nào.", "Thêm tệp 01-ten-bai.md.")
        modules = tuple(
            self.module(module, tuple(draft.step for draft in steps))
            for module, steps in zip(folders, drafts, strict=True)
        )
        return self.front(course_map, tuple(module for module in modules if module.steps))

    def map(self, folders: tuple[ModuleFolder, ...]) -> CourseMap:
        address = f"/courses/{self.folder.name}"
        pages = {COURSE_FILE: address}
        for module in folders:
            if module.folder is not None:
                pages[f"{module.folder.name}/{MODULE_FILE}"] = address
            pages |= {step.name: f"{address}/{step.slug}" for step in module.steps}
        return CourseMap(self.folder, self.folder.name, version_of(self.folder), pages)

    def steps(self, module: ModuleFolder, course_map: CourseMap) -> list[StepDraft]:
        drafts = []
        for file in module.steps:
            findings = self.findings.beside(f"{self.folder.name}/{file.name}")
            draft = read_step(file, course_map, self.converter, findings)
            drafts += [draft] if draft else []
        return drafts

    def module(self, module: ModuleFolder, steps: tuple[Step, ...]) -> Module:
        if module.folder is None:
            only_tests = all(step.kind is StepKind.TEST for step in steps)
            title = "Kiểm tra" if only_tests else "Bài học"
            return Module(slug=module.slug, title=title, steps=steps)
        name = f"{self.folder.name}/{module.folder.name}/{MODULE_FILE}"
        findings = self.findings.beside(name)
        path = module.folder / MODULE_FILE
        if not path.is_file():
            findings.error(1, "Thiếu tệp module.md.", "Tạo module.md có mục title và summary.")
            return Module(slug=module.slug, title=module.slug, steps=steps)
        text = read_text(path, findings)
        parts = frontmatter.split(text, findings) if text is not None else None
        document = frontmatter.parse(parts.yaml, findings) if parts else None
        front = frontmatter.validate(document, ModuleFront, findings) if document else None
        title, summary = (front.title, front.summary) if front else (module.slug, "")
        return Module(slug=module.slug, title=title, summary=summary, steps=steps)

    def front(self, course_map: CourseMap, modules: tuple[Module, ...]) -> Course | None:
        path = self.folder / COURSE_FILE
        if not path.is_file():
            self.findings.error(1, "Thiếu tệp course.md.", "Tạo course.md có title, summary, …")
            return None
        text = read_text(path, self.findings)
        parts = frontmatter.split(text, self.findings) if text is not None else None
        document = frontmatter.parse(parts.yaml, self.findings) if parts else None
        if text is None or parts is None or document is None:
            return None
        front = frontmatter.validate(document, CourseFront, self.findings)
        if front is None:
            return None
        coherence.check_course(front, document, self.findings, self.programme, self.today)
        links = FileLinks(course_map, COURSE_FILE, text, self.findings)
        return _course(front, course_map, self.overview(parts, links), modules)

    def overview(self, parts: frontmatter.Split, links: FileLinks) -> str:
        if not check_prose(parts.body, parts.body_line, self.findings):
            return ""
        try:
            return safe_html.page(convert(self.converter, parts.body), links).strip()
        except RecursionError:
            self.findings.error(1, "Lời giới thiệu lồng quá sâu.", "Viết lại cho phẳng hơn.")
            return ""


def _course(
    front: CourseFront, course_map: CourseMap, overview: str, modules: tuple[Module, ...]
) -> Course:
    return Course(
        slug=course_map.slug,
        title=front.title,
        summary=front.summary,
        code=front.code,
        audience=front.audience,
        hours=front.hours,
        skills=front.skills,
        outcomes=front.outcomes,
        overview_html=overview,
        reviewed=front.reviewed,
        author=front.author,
        licence=front.licence,
        published=front.status == "published",
        version=course_map.version,
        modules=modules,
    )
