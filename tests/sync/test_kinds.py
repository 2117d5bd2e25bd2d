"""What may be handed in, kind by kind, and what happens when it cannot be taken in."""

from pathlib import Path

import pytest

from app.accounts.models import Person
from app.content.models import Course
from app.content.shelf import shelf
from app.learning.models import Ask, StepCredit
from app.learning.queries import progress
from app.lessons.models import LONGEST_NOTE
from app.lessons.queries import mine
from app.sync.kinds import KINDS
from app.sync.models import SyncedOperation
from tests.acts import rows
from tests.sync.conftest import Send
from tests.sync.device import act, statuses


def test_a_note_and_its_change_in_either_order(
    from_device: Send, learner: Person, course: Course
) -> None:
    first = act("note", text="Gọi 1022")
    second = act("note", text="Gọi 1022 giờ hành chính", replaces=[first["op"]])
    assert statuses(from_device(second, first)) == ["applied", "applied"]
    assert mine(learner.id, course, course.steps[0]).note == "Gọi 1022 giờ hành chính"


def test_a_bookmark_put_and_taken(from_device: Send, learner: Person, course: Course) -> None:
    put = act("bookmark")
    from_device(put)
    assert mine(learner.id, course, course.steps[0]).bookmark_ids == (put["op"],)
    from_device(act("unbookmark", replaces=[put["op"]]))
    assert mine(learner.id, course, course.steps[0]).bookmark_ids == ()


def test_the_place_read_last_stands(from_device: Send, learner: Person, course: Course) -> None:
    from_device(act("place", paragraph=7, at="2025-11-24T09:00:00Z"))
    from_device(act("place", paragraph=3, at="2025-11-24T08:00:00Z"))
    assert mine(learner.id, course, course.steps[0]).paragraph == 7


def test_a_clock_that_runs_ahead_does_not_say_what_was_last(
    from_device: Send, learner: Person, course: Course
) -> None:
    from_device(act("place", paragraph=7, at="2025-11-24T09:00:00Z"))
    from_device(act("place", paragraph=3, at="2099-01-01T00:00:00Z"))
    assert mine(learner.id, course, course.steps[0]).paragraph == 7


def test_a_question_to_the_helpers(from_device: Send) -> None:
    assert statuses(from_device(act("ask", text="Nút nguồn ở đâu?"))) == ["applied"]
    assert [ask.text for ask in rows(Ask)] == ["Nút nguồn ở đâu?"]


def test_a_question_beyond_what_may_wait_says_so(from_device: Send) -> None:
    asked = [act("ask", text=f"Câu {number}") for number in range(6)]
    assert statuses(from_device(*asked))[-1] == "refused:asked_enough"
    assert len(rows(Ask)) == 5


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (act("note", text=7), "malformed"),
        (act("note", text="a" * (LONGEST_NOTE + 1)), "too_long"),
        (act("note", text="a", replaces="b"), "malformed"),
        (act("note", text="a", replaces=[7]), "malformed"),
        (act("note", text="a", replaces=["no id"]), "malformed"),
        (act("place", paragraph=-1), "malformed"),
        (act("place", paragraph=True), "malformed"),
        (act("place"), "malformed"),
    ],
)
def test_what_a_kind_cannot_read_is_refused(from_device: Send, sent: object, reason: str) -> None:
    assert statuses(from_device(sent)) == [f"refused:{reason}"]


def test_a_step_that_was_renamed_counts(
    from_device: Send, learner: Person, edited_courses: Path
) -> None:
    lesson = edited_courses / "thu-nghiem" / "01-phan-mot" / "01-mot.md"
    lesson.write_text(lesson.read_text().replace("---\n", "---\nformerly: [mot]\n", 1))
    lesson.rename(lesson.with_name("01-bai-dau.md"))
    test = edited_courses / "thu-nghiem" / "03-kiem-tra.md"
    test.write_text(test.read_text().replace("lesson=mot", "lesson=bai-dau"))
    shelf.library.refresh()
    assert statuses(from_device(act(step="mot"))) == ["applied"]
    course = shelf.course("thu-nghiem")
    assert course
    assert "bai-dau" in progress(learner.id, course).done


@pytest.mark.parametrize("step", ["khong-co", "kiem-tra"])
def test_a_step_that_is_no_lesson_any_more_waits(from_device: Send, step: str) -> None:
    assert statuses(from_device(act(step=step), act(step="mot"))) == [
        "quarantined:step_gone",
        "applied",
    ]
    assert [(row.state, row.step_slug) for row in rows(SyncedOperation, state="quarantined")] == [
        ("quarantined", step)
    ]


def test_a_course_that_is_gone_waits(from_device: Send) -> None:
    answer = from_device(act(course="khong-co"), act("enrol", "", course="khong-co"))
    assert statuses(answer) == ["quarantined:course_gone"] * 2
    assert all("giữ lại" in result["words"] for result in answer.json["results"])


def test_what_waits_is_answered_alike_when_it_comes_again(from_device: Send) -> None:
    sent = act(step="khong-co")
    assert statuses(from_device(sent)) == statuses(from_device(sent)) == ["quarantined:step_gone"]
    assert len(rows(SyncedOperation)) == 1


def test_a_fault_in_one_act_is_no_fault_of_the_others(
    from_device: Send, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # what no test can bring about: a defect of ours
    monkeypatch.setitem(KINDS, "enrol", lambda *_: 1 / 0)
    assert statuses(from_device(act(), act("enrol", ""), act(step="hai"))) == [
        "applied",
        "quarantined:fault",
        "applied",
    ]
    assert len(rows(StepCredit)) == 2
    assert "Nguyễn" not in caplog.text


def test_beside_a_helper_it_is_assisted(from_device: Send) -> None:
    from_device(act(helper="7"))
    assert [credit.evidence for credit in rows(StepCredit)] == ["assisted"]


def test_the_devices_clock_is_kept_as_a_claim(from_device: Send) -> None:
    for at in ("2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "hôm qua", None):
        from_device(act("note", text="a", at=at))
    for row in rows(SyncedOperation):
        assert row.claimed_at is None or row.claimed_at <= row.received_at
        assert row.claimed_at is None or (row.received_at - row.claimed_at).days <= 120
