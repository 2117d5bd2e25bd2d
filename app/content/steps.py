"""One lesson or test file, from its text to a Step."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from markdown import Markdown

from app.content import frontmatter, safe_html
from app.content.links import CourseMap, FileLinks
from app.content.markup import convert
from app.content.models import Block, Practice, Prose, Question, Step, StepKind, TestRule
from app.content.outline import StepFile
from app.content.problems import Findings
from app.content.prose import check_prose
from app.content.question_text import Body, RawQuestion, split_body
from app.content.questions import QuestionBuilder
from app.content.schemas import LessonFront, TestFront
from app.content.source import read_text
from app.content.strict_yaml import Document


@dataclass
class StepDraft:
    """A step as far as it could be read. `lines` holds the line of each question by its id."""

    step: Step
    file: StepFile
    findings: Findings
    document: Document
    lines: dict[str, int] = field(default_factory=dict)


def read_step(
    file: StepFile, course: CourseMap, converter: Markdown, findings: Findings
) -> StepDraft | None:
    """Read and render one step file; all faults go to `findings`. None when it has no front
    matter at all; a step with faults is still returned, so that other checks can go on."""
    text = read_text(file.path, findings)
    parts = frontmatter.split(text, findings) if text is not None else None
    document = frontmatter.parse(parts.yaml, findings) if parts else None
    if text is None or parts is None or document is None:
        return None
    step = _front(file.slug, document, findings)
    draft = StepDraft(step, file, findings, document)
    links = FileLinks(course, file.name, text, findings)
    bounded = check_prose(parts.body, parts.body_line, findings)
    writer = BodyWriter(converter if bounded else None, links, findings)
    draft.step = writer.fill(step, parts.body, parts.body_line, draft.lines)
    return draft


def _front(slug: str, document: Document, findings: Findings) -> Step:
    kind = document.value.get("kind", "lesson")
    if kind == "test":
        return _test(slug, document, findings)
    front = frontmatter.validate(document, LessonFront, findings)
    if front is None:
        return Step(slug=slug, title=slug)
    return Step(
        slug=slug,
        title=front.title,
        minutes=front.minutes,
        skill=front.skill,
        checked=front.checked,
    )


def _test(slug: str, document: Document, findings: Findings) -> Step:
    front = frontmatter.validate(document, TestFront, findings)
    if front is None:
        return Step(slug=slug, title=slug, kind=StepKind.TEST, test=TestRule(pass_percent=100))
    rule = TestRule(
        pass_percent=front.passing,
        draw=front.draw,
        attempts=front.attempts,
        wait_minutes=front.wait,
    )
    return Step(
        slug=slug,
        title=front.title,
        kind=StepKind.TEST,
        minutes=front.minutes,
        skill=front.skill,
        checked=front.checked,
        test=rule,
    )


class BodyWriter:
    """Renders the body of one file, questions apart from prose. Without a converter it only
    takes the questions apart."""

    def __init__(self, converter: Markdown | None, links: FileLinks, findings: Findings) -> None:
        self.converter = converter
        self.links = links
        self.findings = findings
        self.references = ""
        self.builder = QuestionBuilder(
            findings,
            inline=lambda text: self.html(text, safe_html.inline),
            prompt=lambda text: self.html(text, safe_html.prompt),
            block=lambda text: self.html(text, safe_html.page),
        )

    def html(self, text: str, clean: Callable[[str, FileLinks], str]) -> str:
        """Markdown as safe HTML; hopeless nesting is noted as a problem."""
        if self.converter is None:
            return text
        try:
            return clean(convert(self.converter, text), self.links)
        except RecursionError:
            self.findings.error(1, "Bài viết lồng quá sâu, không dựng được.", "Viết lại cho phẳng.")
            return ""

    def fill(self, step: Step, body: str, first_line: int, lines: dict[str, int]) -> Step:
        """The step with its prose and questions. Lines of the questions go to `lines`."""
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
                "html": "\n".join(block.html for block in blocks if isinstance(block, Prose)),
                "blocks": blocks,
                "questions": tuple(question for question in questions if question),
            }
        )

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
            if self.converter is not None and place not in found:
                self.findings.error(
                    raw.line,
                    "Câu hỏi nằm trong một khối HTML chưa đóng.",
                    "Đóng thẻ HTML trước câu hỏi, hoặc bỏ thẻ ấy.",
                )
