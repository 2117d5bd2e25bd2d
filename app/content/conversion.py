"""A folder of ordinary Markdown written out as a course draft that our checker takes.

Every page is set in our dialect and the draft is loaded; a page that the checker still refuses
is set again without our own signs, and left aside if that does not help.
"""

import json
import math
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.content.asked import Known
from app.content.course_plan import WIDE, Bounds, Page, Part, Plan, plan
from app.content.foreign_links import PageLinks, Places, slug_of
from app.content.foreign_text import Text, in_our_dialect, plain_words
from app.content.import_report import ImportRefused, ImportReport
from app.content.loader import load_course
from app.content.outline import COURSE_FILE, MODULE_FILE
from app.content.problems import Findings, Problem
from app.content.programme import Programme
from app.content.prose import check_prose
from app.content.question_import import Found, as_test, question_files
from app.content.source import numbered
from app.lib.vietnamese import fold

WORDS_A_MINUTE = 160
MOST_ROUNDS = 12
EVERYBODY = "nguoi-dan"
_PLAIN, _LEFT = 1, 2
_INTRODUCTION = "00-doc-truoc.md"


@dataclass
class Conversion:
    """One course on its way. `folder` is the source, `tree` what pictures may come from,
    `into` the new course's folder, named by its slug."""

    folder: Path
    tree: Path
    into: Path
    title: str
    programme: Programme
    today: date
    bounds: Bounds = WIDE
    strictness: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def run(self) -> tuple[ImportReport, tuple[Problem, ...]]:
        """Write the draft; the report and the checker's remarks on it. Raises ImportRefused."""
        for _ in range(MOST_ROUNDS):
            report = self.write()
            loaded = load_course(self.into, self.programme, self.today)
            faults = [problem for problem in loaded.problems if problem.severity == "error"]
            if not faults:
                return report, loaded.problems
            if not self.sterner(faults):
                break
        raise ImportRefused(f"Không dựng được khóa học từ thư mục này. {faults[0]}")

    def sterner(self, faults: list[Problem]) -> bool:
        """Treat the pages that have faults with less trust; False when none is left to."""
        changed = False
        for name in {fault.file for fault in faults}:
            step = self.strictness.get(name, 0)
            changed = changed or step < _LEFT
            self.strictness[name] = min(step + 1, _LEFT)
            self.reasons.setdefault(name, next(f.message for f in faults if f.file == name))
        return changed

    def write(self) -> ImportReport:
        """Write every file of the course anew."""
        shutil.rmtree(self.into, ignore_errors=True)
        self.into.mkdir(parents=True)
        report = ImportReport()
        laid = plan(self.folder, report, self.bounds)
        self.leave(laid, report)
        found = question_files(self.folder, laid.questions)
        if not found and not any(part.pages for part in laid.parts):
            raise ImportRefused("Không có trang Markdown hay tệp câu hỏi nào đọc được.")
        places = Places(self.folder, self.tree, laid.pages, laid.texts)
        minutes = sum(self.part(part, places, report) for part in laid.parts)
        if found:
            self.tests(laid, found, report)
        self.course(laid, places, minutes, report)
        self.others(places, [*laid.others, *(n for n in laid.questions if n not in found)], report)
        report.lines.sort(key=lambda line: line.file)
        return report

    def leave(self, laid: Plan, report: ImportReport) -> None:
        """Take the pages out of the plan that the checker refused twice."""
        for part in laid.parts:
            for page in list(part.pages):
                if self.level(page.name) >= _LEFT:
                    report.left(page.source, self.reasons[self.key(page.name)])
                    part.pages.remove(page)
        laid.parts = [part for part in laid.parts if part.pages]

    def key(self, name: str) -> str:
        return f"{self.into.name}/{name}"

    def level(self, name: str) -> int:
        return self.strictness.get(self.key(name), 0)

    def part(self, part: Part, places: Places, report: ImportReport) -> int:
        """Write a module with its pages; returns their minutes."""
        if part.name:
            front = {"title": part.title or part.name, "summary": part.summary}
            self.put(f"{part.name}/{MODULE_FILE}", _front(front))
        return sum(self.page(page, places, report) for page in part.pages)

    def page(self, page: Page, places: Places, report: ImportReport) -> int:
        text = self.text(page, places, report)
        minutes = min(max(math.ceil(len(text.body.split()) / WORDS_A_MINUTE), 1), 600)
        front = {"title": text.title or page.title, "minutes": minutes}
        self.put(page.name, _front(front) + f"\n{text.body}\n")
        report.taken(page.source, text.notes)
        return minutes

    def text(self, page: Page, places: Places, report: ImportReport) -> Text:
        """The page's body in our dialect; with less trust where it could not be rendered."""
        plain = self.level(page.name) >= _PLAIN
        text = in_our_dialect(page.front.body, page.front.title, plain)
        findings = Findings(self.key(page.name))
        if not check_prose(text.body, 1, findings, self.programme.group_titles):
            if not plain:
                text = in_our_dialect(page.front.body, page.front.title, True)
            if plain or not check_prose(text.body, 1, findings, self.programme.group_titles):
                # the checker tells the same, and the next round leaves the page
                self.strictness[self.key(page.name)] = _PLAIN
                return text
        links = PageLinks(places, page.source, page.name, report.tally)
        body = links.mended(text.body).strip("\n")
        return Text(text.title, body, (*page.notes, *text.notes, *links.notes))

    def tests(self, laid: Plan, found: Found, report: ImportReport) -> None:
        """Write a test for each file of questions, and a page to read if there is none."""
        pages = [page for part in laid.parts for page in part.pages]
        lessons: dict[str, str] = {}
        for page in pages:
            place = numbered(Path(page.name).name)
            slug = place[1] if place else ""
            lessons |= {fold(slug): slug, fold(page.title): slug}
        if not lessons:
            front = _front({"title": "Đọc trước khi làm", "minutes": 1})
            self.put(_INTRODUCTION, f"{front}\nĐọc kỹ từng câu, rồi chọn ý đúng nhất.\n")
            lessons = {"": "doc-truoc"}
        skills = tuple(self.programme.skills) or ("K1",)
        taken = set(lessons.values())
        number = len([part for part in laid.parts if part.folder]) + len(pages)
        for name, asked in found.items():
            text = as_test(name, asked, Known(skills, lessons), report)
            slug = f"kiem-tra-{slug_of(Path(name).stem, 'cau-hoi')}"
            while slug in taken:
                slug += "-2"
            taken.add(slug)
            number += 1
            if text:
                self.put(f"{number:02d}-{slug}.md", text)

    def course(self, laid: Plan, places: Places, minutes: int, report: ImportReport) -> None:
        """Write course.md from the overview page, or from nothing."""
        page, body, title = laid.overview, "", self.title
        if page is not None:
            named = Page(page.source, page.front, page.notes, COURSE_FILE)
            text = self.text(named, places, report)
            title, body, notes = text.title or title, text.body, text.notes
            if self.level(COURSE_FILE) >= _LEFT:
                body, notes = "", ()
                report.left(page.source, self.reasons[self.key(COURSE_FILE)])
            else:
                report.taken(page.source, [*notes, "thành lời giới thiệu khóa học"])
        summary = page.front.summary if page else ""
        front = {
            "title": title,
            "summary": summary or _first_words(body) or title,
            "code": "NHAP",
            "audience": [self.audience()],
            "hours": max(math.ceil(minutes / 30) / 2, 0.5) if minutes < 60_000 else 1000,
            "skills": (list(self.programme.skills) or ["K1"])[:1],
            "outcomes": [f"Đọc hết khóa {title[:100]}"],
            "reviewed": self.today.isoformat(),
            "status": "draft",
        }
        self.put(COURSE_FILE, _front(front) + f"\n{body}\n")

    def audience(self) -> str:
        """Whom the draft is for until its author says so."""
        groups = [group.id for group in self.programme.groups]
        return groups[0] if groups and EVERYBODY not in groups else EVERYBODY

    def others(self, places: Places, names: list[str], report: ImportReport) -> None:
        """Copy what pages ask for; tell of what nobody asked for."""
        used = set(places.files.values())
        for name, path in places.files.items():
            target = self.into / name
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, target)
            if not path.is_relative_to(self.folder):
                report.taken(path.relative_to(self.tree).as_posix(), ["lấy từ ngoài thư mục"])
        for name in names:
            if (self.folder / name).resolve() in used:
                report.taken(name)
            else:
                report.left(name, _why_left(name))

    def put(self, name: str, text: str) -> None:
        path = self.into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _why_left(name: str) -> str:
    if name.lower().endswith((".zip", ".rar", ".7z", ".gz", ".tar")):
        return "tệp nén nằm bên trong, không mở"
    return "không trang nào dùng, hoặc không phải trang, hình hay câu hỏi"


def _front(values: Mapping[str, object]) -> str:
    """Front matter; JSON is YAML, and keeps every sign of a text."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---", ""])


def _first_words(body: str) -> str:
    for line in body.split("\n"):
        if line[:1].isalnum() and len(words := plain_words(line)) > 20:
            return words
    return ""
