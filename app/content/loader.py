"""A course folder as a Course, or the reasons why it cannot be one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.content import coherence, frontmatter
from app.content.declared import front_matter
from app.content.glossary import read_glossary
from app.content.links import CourseMap, is_served
from app.content.models import Course, Module, Step, StepKind, Term
from app.content.outline import COURSE_FILE, MODULE_FILE, ModuleFolder, outline, with_unique_slugs
from app.content.problems import Findings, Problem, has_errors, in_order
from app.content.programme import Programme
from app.content.rendering import SLUG_TOKEN, Setting
from app.content.schemas import CourseFront, ModuleFront
from app.content.source import SLUG, digests_of, read_text, tag, version_of
from app.content.steps import StepDraft, read_overview, read_step


@dataclass(frozen=True)
class Loaded:
    """What became of a folder: `course` is None if any of the problems is an error; `attempt` is
    the course as far as it could be read, for those who mend it."""

    course: Course | None
    problems: tuple[Problem, ...]
    attempt: Course | None = None


def load_course(
    folder: Path, programme: Programme, today: date, digests: Mapping[str, bytes] | None = None
) -> Loaded:
    """Read, check and render a whole course. Facts checked over a year before `today` warn;
    `digests` are those of the course's files, where they are known already."""
    findings = Findings(f"{folder.name}/{COURSE_FILE}")
    try:
        known = digests_of(folder) if digests is None else digests
        course = _Loading(folder, programme, today, known, findings).course()
    except OSError as problem:
        findings.error(
            1, f"Không đọc được thư mục khóa học ({problem.strerror}).", "Kiểm tra quyền đọc."
        )
        course = None
    problems = tuple(in_order(findings.found))
    return Loaded(None if has_errors(problems) else course, problems, course)


class _Loading:
    def __init__(
        self,
        folder: Path,
        programme: Programme,
        today: date,
        digests: Mapping[str, bytes],
        findings: Findings,
    ) -> None:
        self.folder = folder
        self.digests = digests
        self.programme = programme
        self.today = today
        self.findings = findings

    def course(self) -> Course | None:
        slug = self.folder.name
        if not SLUG.match(slug):
            self.findings.error(
                1,
                f"Tên thư mục “{slug}” không dùng được làm địa chỉ.",
                "Đặt tên bằng chữ thường không dấu, số và dấu gạch.",
            )
        folders = with_unique_slugs(outline(self.folder, self.findings))
        glossary = read_glossary(self.folder, self.digests, self.findings)
        groups = self.programme.group_titles
        setting = Setting(slug, self.map(folders), groups, glossary.terms)
        drafts = [self.steps(module, setting) for module in folders]
        found = [draft for module in drafts for draft in module]
        glossary.tell_unused({word for draft in found for word in draft.terms})
        coherence.check_steps(found, self.programme, self.today)
        if all(draft.step.kind is StepKind.PRACTICAL for draft in found):
            self.findings.error(1, "Khóa học chưa có bài nào.", "Thêm tệp 01-ten-bai.md.")
        modules = tuple(
            self.module(module, tuple(draft.step for draft in steps))
            for module, steps in zip(folders, drafts, strict=True)
        )
        filled = tuple(module for module in modules if module.steps)
        return self.front(setting, filled, found)

    def map(self, folders: tuple[ModuleFolder, ...]) -> CourseMap:
        address = f"/courses/{SLUG_TOKEN}"
        pages = {COURSE_FILE: address}
        for module in folders:
            if module.folder is not None:
                pages[f"{module.folder.name}/{MODULE_FILE}"] = address
            pages |= {step.name: f"{address}/{step.slug}" for step in module.steps}
        tags = {name: tag(found) for name, found in self.digests.items() if is_served(name)}
        return CourseMap(self.folder, SLUG_TOKEN, tags, pages)

    def steps(self, module: ModuleFolder, setting: Setting) -> list[StepDraft]:
        drafts = []
        for file in module.steps:
            findings = self.findings.beside(f"{self.folder.name}/{file.name}")
            draft = read_step(file, setting, self.digests.get(file.name, b""), findings)
            drafts += [draft] if draft else []
        return drafts

    def module(self, module: ModuleFolder, steps: tuple[Step, ...]) -> Module:
        if module.folder is None:
            return Module(slug=module.slug, title=_title_at_the_top(steps), steps=steps)
        name = f"{self.folder.name}/{module.folder.name}/{MODULE_FILE}"
        findings = self.findings.beside(name)
        path = module.folder / MODULE_FILE
        if not path.is_file():
            findings.error(1, "Thiếu tệp module.md.", "Tạo module.md có mục title và summary.")
            return Module(slug=module.slug, title=module.slug, steps=steps)
        digest = self.digests.get(f"{module.folder.name}/{MODULE_FILE}", b"")
        document = front_matter(path, digest, findings)
        front = frontmatter.validate(document, ModuleFront, findings) if document else None
        title, summary = (front.title, front.summary) if front else (module.slug, "")
        return Module(slug=module.slug, title=title, summary=summary, steps=steps)

    def front(
        self, setting: Setting, modules: tuple[Module, ...], drafts: list[StepDraft]
    ) -> Course | None:
        path = self.folder / COURSE_FILE
        if not path.is_file():
            self.findings.error(1, "Thiếu tệp course.md.", "Tạo course.md có title, summary, …")
            return None
        text = read_text(path, self.findings)
        parts = frontmatter.split(text, self.findings) if text is not None else None
        document = frontmatter.parse(parts.yaml, self.findings) if parts else None
        if parts is None or document is None:
            return None
        front = frontmatter.validate(document, CourseFront, self.findings)
        if front is None:
            return None
        coherence.check_course(front, document, self.findings, self.programme, self.today)
        coherence.check_lengths(drafts, front.pace)
        overview = read_overview(parts, setting, self.findings)
        return self.made(front, overview, modules, setting.terms)

    def made(
        self,
        front: CourseFront,
        overview: str,
        modules: tuple[Module, ...],
        terms: tuple[Term, ...],
    ) -> Course:
        return Course(
            slug=self.folder.name,
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
            listen_first=front.listen_first,
            version=version_of(self.digests),
            modules=modules,
            glossary=terms,
        )


def _title_at_the_top(steps: tuple[Step, ...]) -> str:
    """What a run of steps at the top of a course is called."""
    kinds = {step.kind for step in steps}
    if StepKind.LESSON in kinds:
        return "Bài học"
    if len(kinds) == 2:
        return "Thực hành và kiểm tra"
    return "Kiểm tra" if StepKind.TEST in kinds else "Thực hành"
