"""Questions to the helpers: who sees them, and who answers first."""

import pytest

from app.extensions import db
from app.learning.asks import (
    MOST_OPEN,
    MOST_SHOWN,
    TooManyOpen,
    answer,
    ask,
    ask_of,
    asks_at,
    asks_in,
    asks_of,
)
from app.learning.models import Ask
from app.lib.ids import operation_id
from tests.acts import rows


@pytest.fixture
def asked(learner, stranger, course):
    """The learner asked twice, the stranger once; the ids in that order."""
    for person, slug in ((learner, "mot"), (learner, "hai"), (stranger, "mot")):
        ask(person, course, course.step(slug), f"{slug} khó", operation_id())
        db.session.flush()
    return [one.id for one in rows(Ask)]


def test_helpers_see_those_who_live_or_work_with_them(asked, commune, office, learner):
    for unit in (commune, office):
        page = asks_of((unit.path,), 1, 10)
        assert [(one.id, one.full_name) for one in page.items] == [
            (asked[0], learner.full_name),
            (asked[1], learner.full_name),
        ]
        assert page.total == 2


def test_a_helper_of_the_province_sees_all_a_helper_of_nobody_none(asked):
    assert asks_of(("/",), 1, 10).total == 3
    assert asks_of((), 1, 10).total == 0


def test_the_list_is_paged_longest_waiting_first(asked):
    assert [one.id for one in asks_of(("/",), 1, 2).items] == asked[:2]
    assert [one.id for one in asks_of(("/",), 2, 2).items] == asked[2:]


def test_one_outside_the_scope_is_not_found(asked, commune, other_commune):
    assert ask_of(asked[0], (commune.path,)) is not None
    assert ask_of(asked[0], (other_commune.path,)) is None


def test_is_answered_once_by_whoever_is_first(asked, learner, trainer, admin, course):
    assert answer(trainer, asked[0], "Bấm giữ.", operation_id())
    assert not answer(admin, asked[0], "Khác.", operation_id())
    [line] = asks_at(learner.id, [(course.slug, "mot")])
    assert (line.answer, line.answered_by) == ("Bấm giữ.", trainer.full_name)
    assert [one.id for one in asks_of(("/",), 1, 10).items] == asked[1:]
    assert [one.id for one in asks_of(("/",), 1, 10, answered=True).items] == asked[:1]


def test_the_same_answer_again_is_the_same_act(asked, trainer):
    op_id = operation_id()
    assert answer(trainer, asked[0], "Bấm giữ.", op_id)
    assert answer(trainer, asked[0], "Bấm giữ.", op_id)


def test_an_answer_has_words(asked, trainer):
    with pytest.raises(ValueError, match="words"):
        answer(trainer, asked[0], " \n", operation_id())


def test_a_learner_s_questions_of_a_course_newest_first(asked, learner, course):
    assert [one.step_slug for one in asks_in(learner.id, course)] == ["hai", "mot"]


def test_only_so_many_wait_about_one_step(learner, trainer, course):
    for _ in range(MOST_OPEN):
        ask(learner, course, course.step("mot"), "khó", operation_id())
    op_id = operation_id()
    with pytest.raises(TooManyOpen):
        ask(learner, course, course.step("mot"), "khó nữa", op_id)
    ask(learner, course, course.step("hai"), "khác", operation_id())
    assert answer(trainer, rows(Ask)[0].id, "Bấm giữ.", operation_id())
    ask(learner, course, course.step("mot"), "khó nữa", op_id)
    assert len(rows(Ask)) == MOST_OPEN + 2


def test_sent_again_one_that_was_taken_is_not_refused(learner, course):
    ops = [operation_id() for _ in range(MOST_OPEN)]
    for op_id in [*ops, ops[0]]:
        ask(learner, course, course.step("mot"), "khó", op_id)
    assert len(rows(Ask)) == MOST_OPEN


def test_the_newest_are_shown(learner, course):
    asked = {"person_id": learner.id, "course_slug": course.slug, "step_slug": "mot"}
    db.session.add_all(Ask(**asked, text=str(n)) for n in range(MOST_SHOWN + 1))
    db.session.flush()
    for lines in (asks_in(learner.id, course), asks_at(learner.id, [(course.slug, "mot")])):
        assert len(lines) == MOST_SHOWN
        assert [lines[0].text, lines[-1].text] == [str(MOST_SHOWN), "1"]
