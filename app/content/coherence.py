"""What must fit together across the files of a course and the programme."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from app.content.models import Question, StepKind
from app.content.pace import check_pace
from app.content.problems import Findings, listed, nearest
from app.content.programme import Programme
from app.content.schemas import CourseFront
from app.content.source import SLUG
from app.content.steps import StepDraft
from app.content.strict_yaml import Document

FRESH = timedelta(days=365)


def check_course(
    front: CourseFront,
    document: Document,
    findings: Findings,
    programme: Programme,
    today: date,
) -> None:
    """Check `course.md` against the programme."""
    groups = [group.id for group in programme.groups]
    for place, group in enumerate(front.audience):
        _known(group, groups, "Nhóm người học", document.line(("audience", place)), findings)
    for place, skill in enumerate(front.skills):
        _known(skill, programme.skills, "Kỹ năng", document.line(("skills", place)), findings)
    for key in ("outcomes", "reviewed", "author", "licence"):
        if not getattr(front, key):
            findings.warning(
                document.line(()), f"Nên có mục “{key}”.", f"Thêm dòng “{key}: …” ở đầu tệp."
            )
    _check_age(front.reviewed, "reviewed", document, findings, today)


def check_steps(drafts: list[StepDraft], programme: Programme, today: date) -> None:
    """Check the steps against each other and against the programme."""
    lessons = {draft.step.slug for draft in drafts if draft.step.kind is StepKind.LESSON}
    tests = {draft.step.slug for draft in drafts if draft.step.kind is StepKind.TEST}
    slugs = {draft.step.slug: draft.file.name for draft in drafts}
    owners: dict[str, StepDraft] = {}
    for draft in drafts:
        document, findings = draft.document, draft.findings
        if draft.step.skill:
            line = document.line(("skill",))
            _known(draft.step.skill, programme.skills, "Kỹ năng", line, findings)
        _check_age(draft.step.checked, "checked", document, findings, today)
        _check_formerly(draft, slugs)
        if draft.step.instead_of:
            line = document.line(("instead_of",))
            _known(draft.step.instead_of, tests, "Bài kiểm tra", line, findings)
        for question in draft.step.questions:
            _check_question(question, draft, lessons, programme)
            _check_owner(question, draft, owners)
        if draft.step.test is not None and draft.bounded:
            _check_draw(draft, programme)


def check_lengths(drafts: list[StepDraft], pace: int | None) -> None:
    """Check the minutes of lessons against `pace`, the words a minute that their readers read;
    None: nobody has measured it."""
    for draft in drafts if pace else ():
        if draft.bounded:
            check_pace(draft.step, draft.words, pace or 1, draft.document, draft.findings)


def _check_formerly(draft: StepDraft, slugs: dict[str, str]) -> None:
    """A former name that a step bears today would give its credit away to another one."""
    for place, old in enumerate(draft.step.formerly):
        line = draft.document.line(("formerly", place))
        if not SLUG.match(old):
            draft.findings.error(
                line,
                f"Tên cũ “{old}” không phải là tên bài.",
                "Ghi tên tệp cũ, bỏ số thứ tự và .md, ví dụ formerly: [mat-khau].",
            )
        elif old in slugs:
            draft.findings.error(
                line,
                f"Tên cũ “{old}” vẫn là tên của {slugs[old]}.",
                "Bài tách làm hai thì cả hai phần đều mang tên mới và cùng ghi tên cũ.",
            )
        elif old in draft.step.formerly[:place]:
            draft.findings.error(line, f"Tên cũ “{old}” viết hai lần.", "Bỏ bớt một tên.")


def _check_question(
    question: Question, draft: StepDraft, lessons: set[str], programme: Programme
) -> None:
    line, findings = draft.lines.get(question.id, 1), draft.findings
    needed = draft.step.kind is StepKind.TEST
    if question.skill:
        _known(question.skill, programme.skills, "Kỹ năng", line, findings)
    elif needed:
        findings.error(
            line, f"Câu “{question.id}” chưa có kỹ năng.", "Thêm skill=K1 vào ngoặc nhọn."
        )
    if question.lesson:
        _known(question.lesson, lessons, "Bài học", line, findings)
    elif needed:
        findings.error(
            line,
            f"Câu “{question.id}” chưa nói bài nào nên đọc lại.",
            "Thêm lesson=ten-bai vào ngoặc nhọn.",
        )


def _check_owner(question: Question, draft: StepDraft, owners: dict[str, StepDraft]) -> None:
    owner = owners.setdefault(question.id, draft)
    if owner is not draft:
        draft.findings.error(
            draft.lines.get(question.id, 1),
            f"Mã câu hỏi “{question.id}” đã dùng ở {owner.file.name}.",
            "Đặt mã khác cho câu này.",
        )


def _check_draw(draft: StepDraft, programme: Programme) -> None:
    rule, findings = draft.step.test, draft.findings
    if not draft.lines:
        findings.error(1, "Bài kiểm tra chưa có câu hỏi nào.", "Thêm câu hỏi “### ? …”.")
    pool = Counter(question.skill for question in draft.step.questions)
    for skill, wanted in (rule.draw if rule else {}).items():
        line = draft.document.line(("draw", skill))
        if not _known(skill, programme.skills, "Kỹ năng", line, findings):
            continue
        if wanted > pool[skill]:
            findings.error(
                line,
                f"Rút {wanted} câu kỹ năng {skill} nhưng ngân hàng chỉ có {pool[skill]} câu.",
                f"Viết thêm câu hỏi {skill}, hoặc giảm số câu rút trong “draw”.",
            )


def _known(word: str, known: Iterable[str], name: str, line: int, findings: Findings) -> bool:
    """Whether the word is one of the known ones; with none known, anything goes."""
    words = sorted(known)
    if word in words or (not words and not name.startswith("Bài")):
        return True
    meant = nearest(word, words) or next((w for w in words if w.lower() == word.lower()), None)
    mend = f"Có phải “{meant}” không?" if meant else f"Dùng một trong: {listed(words[:12])}."
    if not words:
        mend = "Khóa học chưa có bài nào như thế."
    findings.error(line, f"{name} “{word}” không có.", mend)
    return False


def _check_age(
    day: date | None, key: str, document: Document, findings: Findings, today: date
) -> None:
    if day is not None and today - day > FRESH:
        findings.warning(
            document.line((key,)),
            f"Nội dung xem lại lần cuối ngày {day:%d/%m/%Y}, đã hơn một năm.",
            f"Đọc lại, sửa chỗ đã khác, rồi ghi ngày mới ở “{key}”.",
        )
