"""Every kind of question, from the author's file through the pages to the grade."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.content.models import Question, QuestionKind
from app.content.shelf import shelf
from app.quizzes.models import Attempt, AttemptAnswer
from tests.acts import rows
from tests.quizzes.exam import answer, begin, hand_in, newest

TEST = """---
title: Bài kiểm tra đủ loại
kind: test
minutes: 5
pass: 50
---
### ? Chọn tất cả ý đúng {#nhieu skill=K3 lesson=mot}
- [x] Đúng một
- [x] Đúng hai
- [ ] Sai
> Giải thích nhiều ý.

### ? Gọi số nào? {#ngan skill=K3 lesson=mot}
= 113
= một một ba
> Giải thích câu ngắn.

### ? Còn bao nhiêu tiền? {#so skill=K3 lesson=mot}
= 1500000 ± 0
> Giải thích câu số.

### ? Xếp theo thứ tự {#thu-tu skill=K4 lesson=hai}
1. Mở máy
2. Mở ứng dụng
3. Đăng nhập
> Giải thích thứ tự.

### ? Nối cho đúng {#noi skill=K4 lesson=hai}
| Việc | Ứng dụng |
|---|---|
| Gọi hình | Zalo |
| Giấy tờ | VNeID |
> Giải thích nối.
"""


@pytest.fixture
def attempt(edited_courses: Path, as_learner: FlaskClient) -> Attempt:
    """An open attempt at a test with a question of each kind but the single choice."""
    (edited_courses / "thu-nghiem/03-kiem-tra.md").write_text(TEST, encoding="utf-8")
    assert shelf.library.refresh()
    assert not shelf.library.problems
    return begin(as_learner)


def values(question: Question, right: bool) -> list[str]:
    """What a form sends for a right answer, or for one that is right in part or not at all."""
    if question.kind in (QuestionKind.SHORT, QuestionKind.NUMBER):
        return {"ngan": ["  Một một BA "], "so": ["1.500.000 đ"]}[question.id] if right else ["7"]
    if right:
        return list(question.right)
    return [question.right[0]] + [""] * (len(question.right) - 1)


def points(client: FlaskClient, attempt: Attempt, right: bool) -> dict[str, float]:
    for number, question in enumerate(attempt.questions, start=1):
        assert answer(client, attempt, number, *values(question, right)).status_code == 303
        page = client.get(f"/attempts/{attempt.id}/{number}").text
        assert "Giải thích" not in page
    hand_in(client, attempt.id)
    return {row.question_id: round(row.points, 2) for row in rows(AttemptAnswer)}


def test_all_kinds_can_be_answered_rightly(as_learner: FlaskClient, attempt: Attempt) -> None:
    graded = points(as_learner, attempt, right=True)
    assert graded == dict.fromkeys(("nhieu", "ngan", "so", "thu-tu", "noi"), 1.0)
    assert newest().percent == 100
    assert "Câu đã đúng (5)" in as_learner.get(f"/attempts/{attempt.id}").text


def test_part_of_an_answer_is_part_of_the_points(as_learner: FlaskClient, attempt: Attempt) -> None:
    graded = points(as_learner, attempt, right=False)
    assert graded == {"nhieu": 0.5, "ngan": 0, "so": 0, "thu-tu": 0.33, "noi": 0.5}
    assert newest().percent == 26
    page = as_learner.get(f"/attempts/{attempt.id}").text
    assert page.count("Đúng một phần.") == 3
    assert page.count("Giải thích") == 5


def test_a_half_filled_question_is_said_to_be_unfinished(
    as_learner: FlaskClient, attempt: Attempt
) -> None:
    for number, question in enumerate(attempt.questions, start=1):
        answer(as_learner, attempt, number, *values(question, right=False))
    page = as_learner.get(f"/attempts/{attempt.id}/review").text
    assert page.count("Còn dở<") == 2
    assert "Còn 2 câu chưa trả lời xong" in page


def test_what_was_posted_is_shown_again_when_refused(
    as_learner: FlaskClient, attempt: Attempt
) -> None:
    number = next(n for n, q in enumerate(attempt.questions, start=1) if q.id == "so")
    response = answer(as_learner, attempt, number, "mười <lăm>")
    assert response.status_code == 400
    assert 'value="mười &lt;lăm&gt;"' in response.text
    assert "Câu này trả lời bằng một số" in response.text
