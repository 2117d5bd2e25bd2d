"""Item analysis: from answers to numbers, and from numbers to what looks wrong."""

import random
import statistics
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.authoring.items import Bank, Flag, Item, analysed
from app.authoring.tally import Tally, tallies
from app.content.models import Course, Question
from app.quizzes.queries import GivenAnswer

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def given(
    attempt: int, question: str, points: float, chosen: str = "[]", seconds: float | None = None
) -> GivenAnswer:
    answered = None if seconds is None else NOON + timedelta(seconds=seconds)
    return GivenAnswer(attempt, question, points, chosen, answered and NOON, answered)


def sheets(number: int, *, of: int = 6, seed: int = 1) -> Iterator[GivenAnswer]:
    """Attempts of people of all abilities at questions "q0"…; each draws half of them."""
    rng = random.Random(seed)
    for attempt in range(number):
        ability = rng.random()
        for place in sorted(rng.sample(range(of), of // 2)):
            points = rng.choice([1.0, 0.5]) if rng.random() < ability else 0.0
            yield given(attempt, f"q{place}", points)


def test_the_numbers_are_those_of_the_textbook() -> None:
    answers = list(sheets(200))
    found, attempts = tallies(iter(answers))
    assert attempts == 200
    for name, tally in found.items():
        own = [one for one in answers if one.question_id == name]
        rests = [
            statistics.fmean(
                other.points
                for other in answers
                if other.attempt_id == one.attempt_id and other.question_id != name
            )
            for one in own
        ]
        points = [one.points for one in own]
        assert tally.difficulty == pytest.approx(statistics.fmean(points))
        assert tally.discrimination == pytest.approx(statistics.correlation(points, rests))


def test_a_question_that_the_able_miss_discriminates_backwards() -> None:
    answers = [
        one
        for attempt in range(40)
        for one in (
            given(attempt, "a", float(attempt % 2)),
            given(attempt, "b", float(attempt % 2)),
            given(attempt, "sai-dap-an", 1.0 - attempt % 2),
        )
    ]
    found, _ = tallies(answers)
    assert found["sai-dap-an"].discrimination == pytest.approx(-1)


@pytest.mark.parametrize(
    "answers",
    [
        [given(1, "a", 1.0)],
        [given(n, name, 1.0) for n in range(5) for name in ("a", "b")],
        [given(n, name, float(name == "a")) for n in range(5) for name in ("a", "b")],
    ],
    ids=["alone", "all right", "no spread"],
)
def test_without_anything_to_compare_there_is_no_discrimination(
    answers: list[GivenAnswer],
) -> None:
    assert tallies(answers)[0]["a"].discrimination is None


def test_the_median_time_of_what_was_timed_sensibly() -> None:
    tally = Tally()
    for seconds in (10, 20, 90, None, -5, 10_000_000):
        tally.add(given(1, "a", 1.0, seconds=seconds), None)
    assert (tally.seconds, tally.timed, tally.times) == (20, 3, 6)


def test_no_answers_no_numbers() -> None:
    tally = Tally()
    assert (tally.difficulty, tally.discrimination, tally.seconds) == (None, None, None)
    assert tallies([]) == ({}, 0)


def question(course: Course) -> Question:
    """The first question of the pool: single choice."""
    return course.steps[-1].questions[0]


def choices(course: Course, *times: int) -> Bank:
    """The bank when the options of the first question were chosen so often, the right one first."""
    asked = question(course)
    right = asked.right[0]
    ids = [right, *(option.id for option in asked.options if option.id != right), "da-bo"]
    tally = Tally()
    for option, number in zip(ids, times, strict=False):
        for _ in range(number):
            tally.add(given(1, asked.id, float(option == right), f'["{option}"]'), None)
    return analysed(course, {asked.id: tally}, sum(times), True)


def first(bank: Bank, course: Course) -> Item:
    return next(item for item in bank.items if item.question.id == question(course).id)


def test_the_share_of_each_option(course: Course) -> None:
    item = first(choices(course, 6, 3, 1), course)
    shares = {choice.right: choice.share for choice in item.choices}
    assert shares[True] == 0.6
    assert sorted(choice.share for choice in item.choices if not choice.right)[-2:] == [0.1, 0.3]
    assert item.former == 0


def test_options_of_a_former_version_are_told_apart(course: Course) -> None:
    options = len(question(course).options)
    item = first(choices(course, *([6] + [0] * (options - 1) + [4])), course)
    assert item.former == 0.4


def test_few_answers_are_no_facts(course: Course) -> None:
    item = first(choices(course, 3, 6), course)
    assert (item.times, item.difficulty, item.choices, item.flags) == (9, None, (), ())
    assert first(choices(course, 20, 9), course).comparable is False


@pytest.mark.parametrize(
    ("times", "flags"),
    [
        ((4, 6), {Flag.TEMPTING}),
        ((6, 4), set()),
        ((2, 4, 4), {Flag.HARD, Flag.TEMPTING}),
        ((10, 0), {Flag.EASY}),
        ((95, 5), {Flag.UNCHOSEN}),
        ((96, 4), {Flag.EASY, Flag.UNCHOSEN}),
    ],
)
def test_flags_of_difficulty_and_options(
    course: Course, times: tuple[int, ...], flags: set[Flag]
) -> None:
    assert len(question(course).options) > 2
    assert set(first(choices(course, *times), course).flags) == flags


@pytest.mark.parametrize(
    ("discrimination", "flags"),
    [(-0.01, (Flag.NEGATIVE,)), (0.09, (Flag.LOW,)), (0.1, ()), (None, ())],
)
def test_flags_of_discrimination(
    course: Course, discrimination: float | None, flags: tuple[Flag, ...]
) -> None:
    item = Item(question(course), course.steps[-1], 30, 0.5, discrimination)
    assert item.flags == flags


def test_suspect_ones_first_then_the_hardest_then_the_unknown(course: Course) -> None:
    pool = course.steps[-1].questions
    found = {}
    for place, right in ((2, 7), (4, 1), (6, 9)):
        found[pool[place].id] = Tally()
        for number in range(10):
            answer = pool[place].right[0] if number < right else "khac"
            found[pool[place].id].add(
                given(1, pool[place].id, float(number < right), f'["{answer}"]'), None
            )
    bank = analysed(course, found | {"da-bo": Tally()}, 10, True)
    names = [item.question.id for item in bank.items]
    assert names[:5] == [pool[4].id, pool[2].id, pool[6].id, pool[0].id, pool[1].id]
    assert (bank.suspect, bank.retired, bank.flags) == (1, 1, {Flag.HARD: 1})


def test_a_choice_from_the_bank(course: Course) -> None:
    bank = choices(course, 4, 6)
    assert sum(bank.skills.values()) == len(bank.items) == 12
    for skill, number in bank.skills.items():
        assert len(bank.chosen(skill, None)) == number
    assert [item.question.id for item in bank.chosen(None, "any")] == [question(course).id]
    assert bank.chosen(None, Flag.TEMPTING) == bank.chosen(None, "any")
    assert bank.chosen(None, "bia-ra") == bank.chosen("bia-ra", None) == ()


def test_words_that_one_person_typed_are_not_shown(course: Course) -> None:
    asked = question(course).model_copy(
        update={"kind": "short", "options": (), "right": ("113",), "id": "viet"}
    )
    test = course.steps[-1].model_copy(update={"questions": (asked,)})
    module = course.modules[-1].model_copy(update={"steps": (test,)})
    fields = {name: getattr(course, name) for name in Course.model_fields}
    lonely = Course(**{**fields, "modules": (module,)})
    tally = Tally()
    for words, times in (("Nguyễn Thị Hoa", 2), ("115", 3), ("113", 20)):
        for _ in range(times):
            tally.add(given(1, "viet", float(words == "113"), f'["{words}"]'), None)
    item = analysed(lonely, {"viet": tally}, 25, True).items[0]
    assert (item.wrong_html, item.wrong_times) == (("115",), 3)
