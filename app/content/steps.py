"""One lesson or test file, from its text to a Step."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from app.content import frontmatter, safe_html
from app.content.facts import check_dated
from app.content.links import FileLinks
from app.content.models import (
    Block,
    PracticalItem,
    Practice,
    Prose,
    Question,
    Step,
    StepKind,
    TestRule,
)
from app.content.outline import COURSE_FILE, StepFile
from app.content.pace import words_of
from app.content.practical import split_acts
from app.content.problems import Findings
from app.content.prose import check_prose
from app.content.question_text import Body, RawQuestion, split_body
from app.content.questions import QuestionBuilder
from app.content.render_memory import Rendered, memory
from app.content.rendering import Setting, token_in_parts
from app.content.schemas import LessonFront, PracticalFront, TestFront
from app.content.source import digest_of, read_text
from app.content.strict_yaml import Document
from app.content.terms import Marker


@dataclass
class StepDraft:
    """A step as far as it could be read. `lines` holds the line of each question by its id,
    `terms` the glossary words that stand in it, `words` counts all that is read; not `bounded`:
    its body was left unread."""

    step: Step
    file: StepFile
    findings: Findings
    document: Document
    lines: dict[str, int] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)
    words: int = 0
    bounded: bool = True


def read_step(
    file: StepFile, setting: Setting, digest: bytes, findings: Findings
) -> StepDraft | None:
    """Read and render one step file, whose SHA-256 is known; all faults go to `findings`. None
    when it has no front matter at all; a step with faults is still returned, so that other checks
    can go on."""

    def render(own: Findings) -> Rendered:
        text = read_text(file.path, own)
        if text is None:
            return Rendered(problems=tuple(own.found), size=None)
        same = digest_of(file.path) == digest
        return replace(_render(file, text, setting, own), size=len(text) if same else None)

    known = memory.once(setting.key(file.name, file.slug, digest.hex()), findings, render)
    if known.document is None or known.step is None:
        return None
    step = setting.step_in_place(known.step, known.token_in_parts)
    lines, terms = dict(known.lines), list(known.terms)
    return StepDraft(step, file, findings, known.document, lines, terms, known.words, known.bounded)


def read_overview(parts: frontmatter.Split, setting: Setting, findings: Findings) -> str:
    """Render the body of `course.md`."""
    body, first_line = parts.body, parts.body_line

    def render(own: Findings) -> Rendered:
        links = FileLinks(setting.course, COURSE_FILE, "\n" * (first_line - 1) + body, own)
        bounded = check_prose(body, first_line, own, setting.groups)
        html = setting.html(body, safe_html.page, links).strip() if bounded else ""
        return Rendered(html=html, problems=tuple(own.found), size=len(body))

    key = setting.key(COURSE_FILE, str(first_line), body)
    return setting.in_place(memory.once(key, findings, render).html)


def _render(file: StepFile, text: str, setting: Setting, findings: Findings) -> Rendered:
    parts = frontmatter.split(text, findings)
    document = frontmatter.parse(parts.yaml, findings) if parts else None
    if parts is None or document is None:
        return Rendered(problems=tuple(findings.found))
    draft = StepDraft(_front(file.slug, document, findings), file, findings, document)
    draft.bounded = check_prose(parts.body, parts.body_line, findings, setting.groups)
    if draft.bounded:
        links = FileLinks(setting.course, file.name, text, findings)
        writer = BodyWriter(setting, links, findings)
        step = writer.fill(draft.step, parts.body, parts.body_line, draft.lines)
        draft.words = words_of(step)
        draft.step = _with_terms(step, setting, draft.terms)
        if step.checked is None:
            check_dated(parts.body, parts.body_line, findings)
    return Rendered(
        draft.step,
        "",
        document,
        tuple(draft.lines.items()),
        tuple(draft.terms),
        draft.words,
        draft.bounded,
        tuple(findings.found),
        token_in_parts(draft.step),
    )


def _with_terms(step: Step, setting: Setting, used: list[str]) -> Step:
    """A lesson with the first use of each glossary term marked, and their meanings at its end."""
    if step.kind is not StepKind.LESSON:
        return step
    marker = Marker(setting.terms)
    blocks: list[Block] = [
        Prose(html=marker.mark(block.html)) if isinstance(block, Prose) else block
        for block in step.blocks
    ]
    used += marker.used
    entries = marker.entries()
    blocks += [Prose(html=entries)] if entries else []
    return step.model_copy(update={"blocks": tuple(blocks), "html": _prose(blocks)})


def _front(slug: str, document: Document, findings: Findings) -> Step:
    kind = document.value.get("kind", "lesson")
    schema, kind = _SCHEMAS.get(kind if isinstance(kind, str) else "", _SCHEMAS["lesson"])
    front = frontmatter.validate(document, schema, findings)
    if front is None:
        rule = TestRule(pass_percent=100) if kind is StepKind.TEST else None
        return Step(slug=slug, title=slug, kind=kind, test=rule)
    return Step(
        slug=slug,
        title=front.title,
        kind=kind,
        minutes=front.minutes,
        skill=front.skill,
        checked=front.checked,
        formerly=front.formerly,
        test=_rule(front) if isinstance(front, TestFront) else None,
        instead_of=front.instead_of if isinstance(front, PracticalFront) else None,
    )


_Schema = type[LessonFront] | type[TestFront] | type[PracticalFront]
_SCHEMAS: dict[str, tuple[_Schema, StepKind]] = {
    "lesson": (LessonFront, StepKind.LESSON),
    "test": (TestFront, StepKind.TEST),
    "practical": (PracticalFront, StepKind.PRACTICAL),
}


def _rule(front: TestFront) -> TestRule:
    return TestRule(
        pass_percent=front.passing,
        draw=front.draw,
        attempts=front.attempts,
        wait_minutes=front.wait,
    )


def _prose(blocks: Iterable[Block]) -> str:
    return "\n".join(block.html for block in blocks if isinstance(block, Prose))


class BodyWriter:
    """Renders the body of one file, questions apart from prose."""

    def __init__(self, setting: Setting, links: FileLinks, findings: Findings) -> None:
        self.setting = setting
        self.links = links
        self.findings = findings
        self.builder = QuestionBuilder(
            findings,
            inline=lambda text: self.html(text, safe_html.inline),
            prompt=lambda text: self.html(text, safe_html.prompt),
            block=lambda text: self.html(text, safe_html.page),
        )

    def html(self, text: str, clean: Callable[[str, FileLinks], str]) -> str:
        return self.setting.html(text, clean, self.links)

    def fill(self, step: Step, body: str, first_line: int, lines: dict[str, int]) -> Step:
        """The step with its prose, questions or acts. Lines of the questions go to `lines`."""
        if step.kind is StepKind.PRACTICAL:
            return self.practical(step, body, first_line)
        token = f"cauhoi{hashlib.sha256(body.encode()).hexdigest()[:12]}n"
        parts = split_body(body, first_line, token, self.findings)
        for raw in parts.questions if step.kind is StepKind.LESSON and step.skill else ():
            raw.attributes.setdefault("skill", step.skill or "")
        questions = [self.builder.build(raw) for raw in parts.questions]
        self.check_ids(parts.questions, lines)
        blocks = self.blocks(parts, questions)
        if step.kind is StepKind.TEST:
            blocks = tuple(block for block in blocks if isinstance(block, Prose))
        return step.model_copy(
            update={
                "html": _prose(blocks),
                "blocks": blocks,
                "questions": tuple(question for question in questions if question),
            }
        )

    def practical(self, step: Step, body: str, first_line: int) -> Step:
        intro, acts = split_acts(body, first_line, self.findings)
        items = (
            PracticalItem(id=act.id, html=self.html(act.text, safe_html.inline)) for act in acts
        )
        html = self.html(intro, safe_html.page).strip()
        blocks = (Prose(html=html),) if html else ()
        return step.model_copy(update={"html": html, "blocks": blocks, "items": tuple(items)})

    def check_ids(self, questions: list[RawQuestion], lines: dict[str, int]) -> None:
        for raw in questions:
            if raw.id in lines:
                self.findings.error(
                    raw.line,
                    f"Mã câu hỏi “{raw.id}” đã dùng ở dòng {lines[raw.id]}.",
                    "Đặt mã khác cho câu này.",
                )
            elif raw.id:
                lines[raw.id] = raw.line

    def blocks(self, parts: Body, questions: list[Question | None]) -> tuple[Block, ...]:
        """Prose and practice in the author's order: the rendered text cut at its tokens."""
        html = self.html(parts.text, safe_html.page)
        pieces = re.split(rf"<p>{parts.token}(\d+)z</p>", html)
        blocks: list[Block] = []
        for place, piece in enumerate(pieces):
            if place % 2 == 0:
                blocks += [Prose(html=piece.strip())] if piece.strip() else []
            elif question := questions[int(piece)]:
                blocks.append(Practice(question=question))
        self.check_tokens(parts, {int(piece) for piece in pieces[1::2]})
        return tuple(blocks)

    def check_tokens(self, parts: Body, found: set[int]) -> None:
        """A question inside raw HTML would show as a token: never let that pass."""
        for place, raw in enumerate(parts.questions):
            if place not in found:
                self.findings.error(
                    raw.line,
                    "Câu hỏi nằm trong một khối HTML chưa đóng.",
                    "Đóng thẻ HTML trước câu hỏi, hoặc bỏ thẻ ấy.",
                )
