"""The question bank of a course by skill, with item analysis and what looks wrong (`tally`).

Computed from the newest answers when somebody asks, whatever number there are, and kept until
more come in. No learner is in it: answers come without their names, and words that only one or
two people typed are not shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from app.authoring.pool import tests_of
from app.authoring.tally import Tally, tallies
from app.content.grading import grade
from app.content.models import Course, Question, QuestionKind, Step
from app.lib.messages import message
from app.quizzes.queries import answers_so_far, newest_answers

# fewer answers are chance: nothing is said of them; a correlation wants more
ENOUGH, ENOUGH_TO_COMPARE = 10, 30
TOO_HARD, TOO_EASY, TOO_LOW = 0.25, 0.95, 0.1
# words that so few people typed could be somebody's own
FEWEST_ALIKE = 3
# what is read at most: about a second, and more tells nothing new
MOST_ANSWERS = 80_000
MOST_KEPT = 16
CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


class Flag(StrEnum):
    """Why a question should be looked at again."""

    NEGATIVE = "negative"
    LOW = "low"
    HARD = "hard"
    EASY = "easy"
    TEMPTING = "tempting"
    UNCHOSEN = "unchosen"


FLAG_WORDS = {
    Flag.NEGATIVE: message("Người làm bài tốt lại hay sai câu này: xem lại đáp án, lời hỏi."),
    Flag.LOW: message("Người làm bài tốt và chưa tốt trả lời câu này gần như nhau."),
    Flag.HARD: message("Khó quá: điểm trung bình dưới 25 %."),
    Flag.EASY: message("Dễ quá: điểm trung bình trên 95 %."),
    Flag.TEMPTING: message("Một ý sai được chọn nhiều hơn ý đúng."),
    Flag.UNCHOSEN: message("Có ý sai không ai chọn: thay bằng ý dễ nhầm hơn."),
}
FLAG_NAMES = {
    Flag.NEGATIVE: message("Phân biệt ngược"),
    Flag.LOW: message("Ít phân biệt"),
    Flag.HARD: message("Khó quá"),
    Flag.EASY: message("Dễ quá"),
    Flag.TEMPTING: message("Ý sai lấn ý đúng"),
    Flag.UNCHOSEN: message("Ý sai bỏ không"),
}


@dataclass(frozen=True)
class Choice:
    """An option as safe HTML, whether it is right, and the share 0…1 of answers that have it."""

    html: str
    right: bool
    share: float


@dataclass(frozen=True)
class Item:
    """A question of a course's tests and how it is answered. Numbers are None while there are
    too few answers to go by.

    `difficulty` 0…1, `discrimination` -1…1, `seconds` the median until the first answer.
    `choices`: the options of a question with options; `former`: the share of answers with an
    option that the question no longer has. `wrong_html`: the commonest wrong answer to any
    other question, given `wrong_times` times.
    """

    question: Question
    test: Step
    times: int = 0
    difficulty: float | None = None
    discrimination: float | None = None
    seconds: float | None = None
    choices: tuple[Choice, ...] = ()
    former: float = 0.0
    wrong_html: tuple[str, ...] = ()
    wrong_times: int = 0

    @property
    def comparable(self) -> bool:
        """Whether there are enough answers for a correlation."""
        return self.times >= ENOUGH_TO_COMPARE

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """What looks wrong, the worst first."""
        found = [self._flag_of_discrimination(), self._flag_of_difficulty()]
        return tuple(flag for flag in (*found, *self._flags_of_choices()) if flag)

    def _flag_of_discrimination(self) -> Flag | None:
        if self.discrimination is None or self.discrimination >= TOO_LOW:
            return None
        return Flag.NEGATIVE if self.discrimination < 0 else Flag.LOW

    def _flag_of_difficulty(self) -> Flag | None:
        if self.difficulty is None or TOO_HARD <= self.difficulty <= TOO_EASY:
            return None
        return Flag.HARD if self.difficulty < TOO_HARD else Flag.EASY

    def _flags_of_choices(self) -> list[Flag]:
        wrong = [choice.share for choice in self.choices if not choice.right]
        right = [choice.share for choice in self.choices if choice.right]
        if not wrong or not right:
            return []
        found = [Flag.TEMPTING] if max(wrong) > min(right) else []
        unchosen = self.comparable and min(wrong) == 0
        return [*found, Flag.UNCHOSEN] if unchosen else found


@dataclass(frozen=True)
class Bank:
    """All questions of a course's tests: suspect ones first, then the hardest, then those with
    too few answers, in the order of their files.

    `attempts`: how many submitted attempts were gone through, `all_of_them`: whether that is
    all there are; `retired`: questions that have answers but are in no test any more.
    """

    items: tuple[Item, ...]
    attempts: int
    all_of_them: bool
    retired: int

    @property
    def skills(self) -> dict[str, int]:
        """How many questions there are of each skill, by its name; "" where none is written."""
        names = sorted({item.question.skill or "" for item in self.items})
        return {
            name: sum((item.question.skill or "") == name for item in self.items) for name in names
        }

    @property
    def flags(self) -> dict[Flag, int]:
        """How many questions have each flag, those that some have."""
        counts = {flag: sum(flag in item.flags for item in self.items) for flag in Flag}
        return {flag: count for flag, count in counts.items() if count}

    @property
    def suspect(self) -> int:
        """How many questions should be looked at again."""
        return sum(bool(item.flags) for item in self.items)

    def chosen(self, skill: str | None, flag: str | None) -> tuple[Item, ...]:
        """The questions of a skill ("" for none written; None: any) with a flag ("any": with
        some flag; None: with or without)."""
        return tuple(
            item
            for item in self.items
            if (skill is None or (item.question.skill or "") == skill)
            and (flag is None or flag in item.flags or (flag == "any" and bool(item.flags)))
        )


_kept: dict[str, tuple[tuple[object, ...], Bank]] = {}


def bank(course: Course) -> Bank:
    """The question bank of a course as its answers stand now."""
    answers = answers_so_far(course.slug)
    basis, known = _kept.get(course.slug, ((), None))
    if known and basis == (course.version, *answers):
        return known
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    tallied, attempts = tallies(newest_answers(course.slug, MOST_ANSWERS))
    found = analysed(course, tallied, attempts, answers[0] <= MOST_ANSWERS)
    _kept[course.slug] = (course.version, *answers), found
    return found


def analysed(
    course: Course, tallied: Mapping[str, Tally], attempts: int, all_of_them: bool
) -> Bank:
    """The bank of a course from the tallies of its questions by id."""
    questions = [(question, test) for test in tests_of(course) for question in test.questions]
    items = [_item(question, test, tallied.get(question.id)) for question, test in questions]
    known = {question.id for question, _ in questions}
    retired = sum(name not in known for name in tallied)
    return Bank(tuple(sorted(items, key=_urgency)), attempts, all_of_them, retired)


def _urgency(item: Item) -> tuple[bool, bool, float]:
    # sorting is stable: what is equal stays in the order of the files
    return not item.flags, item.difficulty is None, item.difficulty or 0.0


def _item(question: Question, test: Step, tally: Tally | None) -> Item:
    if tally is None or tally.times < ENOUGH:
        return Item(question, test, tally.times if tally else 0)
    several = question.kind in CHOICES
    wrong_html, wrong_times = ((), 0) if several else _commonest_wrong(question, tally)
    return Item(
        question,
        test,
        tally.times,
        tally.difficulty,
        tally.discrimination if tally.times >= ENOUGH_TO_COMPARE else None,
        tally.seconds if tally.timed >= ENOUGH else None,
        _choices(question, tally) if several else (),
        _former(question, tally) if several else 0.0,
        wrong_html,
        wrong_times,
    )


def _choices(question: Question, tally: Tally) -> tuple[Choice, ...]:
    chosen = tally.chosen()
    return tuple(
        Choice(option.html, option.id in question.right, chosen[option.id] / tally.times)
        for option in question.options
    )


def _former(question: Question, tally: Tally) -> float:
    present = {option.id for option in question.options}
    gone = (times for answer, times in tally.answers() if not present.issuperset(answer))
    return sum(gone) / tally.times


def _commonest_wrong(question: Question, tally: Tally) -> tuple[tuple[str, ...], int]:
    for answer, times in tally.answers():
        if times < FEWEST_ALIKE:
            break
        if any(answer) and not grade(question, answer).right:
            return grade(question, answer).given_html, times
    return (), 0
