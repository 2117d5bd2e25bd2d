"""Questions of other tools, written down as ours are."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.content.problems import Findings, has_errors
from app.content.question_text import split_body
from app.content.questions import QuestionBuilder
from app.lib.vietnamese import fold

_SIGNS = re.compile(r"((?<!&)[\\`*_\[\]>$|~{}#])")
_START = re.compile(r"^(\s*)([-+=>?]|\d+[.)])", re.MULTILINE)
_LONGEST = 2_000


@dataclass(frozen=True)
class Asked:
    """A question as another tool holds it, all texts plain. Which field is filled says its kind:
    `choices` (text, right), `accepted` answers, or `pairs`. `where` names it in reports."""

    where: str
    prompt: str
    choices: tuple[tuple[str, bool], ...] = ()
    accepted: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    explanation: str = ""
    skill: str = ""
    lesson: str = ""


@dataclass(frozen=True)
class Unusable:
    """Something in a file of questions that becomes none; `reason` in Vietnamese."""

    where: str
    reason: str


@dataclass(frozen=True)
class Known:
    """What questions may name: skills, and lessons by their folded slugs and titles. The first
    of each stands in where a question names none."""

    skills: tuple[str, ...]
    lessons: Mapping[str, str]


def settled(asked: Asked, known: Known) -> tuple[Asked, tuple[str, ...]]:
    """The question with explanation, skill and lesson, and what had to be made up."""
    notes = []
    explanation, skill = asked.explanation.strip(), asked.skill.strip()
    lesson = known.lessons.get(fold(asked.lesson))
    if not explanation:
        explanation = _answer_told(asked)
        notes.append("thiếu lời giải thích, ghi lại đáp án đúng")
    if skill not in known.skills:
        notes.append(f"kỹ năng “{skill}” không có" if skill else "thiếu kỹ năng")
        skill = known.skills[0]
        notes[-1] += f", ghi {skill}"
    if lesson is None:
        lesson = next(iter(known.lessons.values()))
        notes.append(f"thiếu bài nên đọc lại, ghi {lesson}")
    return replace(asked, explanation=explanation, skill=skill, lesson=lesson), tuple(notes)


def written(asked: Asked, name: str) -> str:
    """The question as Markdown; `name` is its id."""
    first, *rest = _escaped(asked.prompt.strip()[:_LONGEST]).split("\n")
    lines = [f"### ? {first} {{#{name} skill={asked.skill} lesson={asked.lesson}}}", *rest]
    for text, right in asked.choices:
        lines.append(f"- [{'x' if right else ' '}] {_one_line(text)}")
    lines += [f"= {' '.join(text.split())}" for text in asked.accepted]
    if asked.pairs:
        lines += ["", "| Vế trái | Vế phải |", "|---|---|"]
        lines += [f"| {_one_line(left)} | {_one_line(right)} |" for left, right in asked.pairs]
    explanation = _escaped(asked.explanation[:_LONGEST])
    return "\n".join([*lines, *(f"> {line}".rstrip() for line in explanation.split("\n"))])


def fault_of(markdown: str) -> str | None:
    """Why the checker would refuse this question, or None."""
    findings = Findings("")
    as_it_is: Callable[[str], str] = str
    builder = QuestionBuilder(findings, as_it_is, as_it_is, as_it_is)
    found = [builder.build(raw) for raw in split_body(markdown, 1, "zqz", findings).questions]
    if has_errors(findings.found):
        return findings.found[0].message
    return None if len(found) == 1 and found[0] else "Không đọc ra đúng một câu hỏi."


def _answer_told(asked: Asked) -> str:
    right = [text for text, is_right in asked.choices if is_right]
    right += asked.accepted[:1]
    right += [f"{left} → {match}" for left, match in asked.pairs]
    return f"Đáp án đúng: {'; '.join(' '.join(text.split()) for text in right)}."


def _escaped(text: str) -> str:
    """Plain text so that Markdown shows it as it is."""
    shown = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    shown = _plain(shown)
    return _START.sub(lambda found: found[1] + _start(found[2]), shown)


def _start(sign: str) -> str:
    return f"{sign[:-1]}\\{sign[-1]}" if sign[0].isdigit() else f"\\{sign}"


def _one_line(text: str) -> str:
    return _plain(" ".join(text.split())[:_LONGEST])


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))
