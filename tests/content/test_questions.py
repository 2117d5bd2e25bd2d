"""Questions as authors write them: every kind, and every way to get one wrong."""

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.links import CourseMap, FileLinks
from app.content.models import Question, QuestionKind, Step
from app.content.problems import Findings, Problem
from app.content.question_text import cells, split_body
from app.content.rendering import Setting
from app.content.steps import BodyWriter

SETTING = Setting("c", CourseMap(Path("khong-co"), "c"), {})


def read(body: str) -> tuple[Step, list[Problem]]:
    findings = Findings("bai.md")
    links = FileLinks(SETTING.course, "bai.md", body, findings)
    writer = BodyWriter(SETTING, links, findings)
    return writer.fill(Step(slug="bai", title="Bài"), dedent(body), 1, {}), findings.found


def one(body: str) -> Question:
    step, problems = read(body)
    assert problems == []
    return step.questions[0]


def words(question: Question, ids: tuple[str, ...]) -> list[str]:
    by_id = {option.id: option.html for option in question.options}
    return [by_id[option_id] for option_id in ids]


def test_single_choice() -> None:
    question = one("""\
        ### ? Người lạ xin mã **OTP**, bác làm gì? {#otp-1 skill=K4 lesson=mat-khau-va-otp}
        - [ ] Đọc mã
        - [x] Tắt máy
        > Mã OTP là chìa khóa.
        > Đừng đưa ai.
        """)
    assert question.kind is QuestionKind.SINGLE
    assert (question.id, question.skill, question.lesson) == ("otp-1", "K4", "mat-khau-va-otp")
    assert question.prompt_html == "Người lạ xin mã <strong>OTP</strong>, bác làm gì?"
    assert [option.html for option in question.options] == ["Đọc mã", "Tắt máy"]
    assert words(question, question.right) == ["Tắt máy"]
    assert question.explanation_html == "<p>Mã OTP là chìa khóa.\nĐừng đưa ai.</p>"


def test_multiple_choice_with_blank_lines_and_capitals() -> None:
    question = one("""\
        ## ? Chọn tất cả ý đúng {#m-1}

        * [X] Một
          và một nữa

        * [] Hai
        * [x] Ba

        > Vì thế.

        > Đoạn hai.
        """)
    assert question.kind is QuestionKind.MULTIPLE
    assert words(question, question.right) == ["Một\nvà một nữa", "Ba"]
    assert question.explanation_html.count("<p>") == 2


def test_short_answers() -> None:
    question = one("### ? Gọi số nào? {#s-1}\n= 113\n= Một một ba\n> Công an.\n")
    assert (question.kind, question.right) == (QuestionKind.SHORT, ("113", "Một một ba"))


def test_a_number() -> None:
    question = one("### ? Mấy phút? {#n-1}\n= 10 ± 0,5\n> Mười.\n")
    assert question.kind is QuestionKind.NUMBER
    assert (question.right, question.tolerance) == (("10",), 0.5)


def test_ordering_keeps_the_right_order_to_itself() -> None:
    question = one("### ? Xếp lại {#o-1}\n1. Mở máy\n2. Vào mạng\n3) Tắt máy\n> Vậy đó.\n")
    assert question.kind is QuestionKind.ORDER
    assert words(question, question.right) == ["Mở máy", "Vào mạng", "Tắt máy"]
    assert tuple(option.id for option in question.options) != question.right


def test_matching() -> None:
    question = one("""\
        ### ? Nối {#g-1}
        | Việc | Ứng dụng |
        |---|---|
        | Gọi hình | Zalo |
        | Giấy tờ | VNeID |
        | Nhắn tin | Zalo |
        > Vậy đó.
        """)
    assert question.kind is QuestionKind.MATCH
    assert [row.html for row in question.left] == ["Gọi hình", "Giấy tờ", "Nhắn tin"]
    assert words(question, question.right) == ["Zalo", "VNeID", "Zalo"]
    assert len(question.options) == 2


def test_a_prompt_of_several_parts() -> None:
    question = one("""\
        ### ? Tin này thật không? {#p-1}
        Bác nhận được tin:

        > Trúng thưởng, bấm vào đây.

        - [ ] Thật
        - [x] Giả
        > Ai cho không bao giờ.
        """)
    assert "<blockquote>" in question.prompt_html
    assert "Trúng thưởng" in question.prompt_html


def test_plain_paragraphs_of_a_prompt_are_words_for_a_legend() -> None:
    question = one("### ? Một? {#p-1}\n\nHai.\n= 1\n> Vì thế.\n")
    assert question.prompt_html == "Một?<br>Hai."


def test_no_block_and_no_link_gets_into_an_option() -> None:
    question = one("### ? Gì? {#p-1}\n- [x] [a](https://a.vn) <div>b</div>\n- [ ] # c\n> Vì thế.\n")
    html = " ".join(option.html for option in question.options)
    assert "<a" not in html
    assert "<div" not in html
    assert "<h" not in html


def test_option_ids_stay_when_options_move_and_say_nothing_of_the_place() -> None:
    text = "### ? Gì? {{#p-1}}\n{}\n{}\n> Vì thế.\n"
    first = one(text.format("- [x] Một", "- [ ] Hai"))
    other = one(text.format("- [ ] Hai", "- [x] Một"))
    assert {option.id for option in first.options} == {option.id for option in other.options}
    assert first.right == other.right
    assert one(text.format("- [x] Hai", "- [ ] Một")).right != first.right


def test_text_after_a_question_needs_a_heading_and_then_is_prose() -> None:
    step, problems = read("Đầu.\n\n### ? Gì? {#a}\n= 1\n> Vì thế.\n\n## Tiếp\n\nCuối.\n")
    assert problems == []
    assert [block.type for block in step.blocks] == ["prose", "practice", "prose"]
    assert "Cuối." in step.html


def test_a_question_in_a_code_block_is_code() -> None:
    step, problems = read("```\n### ? Gì? {#a}\n- [ ] b\n```\n")
    assert problems == []
    assert step.questions == ()


def test_footnotes_below_the_last_question_belong_to_the_text() -> None:
    step, problems = read("Xem[^1].\n\n### ? Gì? {#a}\n= 1\n> Vì thế.\n\n[^1]: Nguồn\n    dài\n")
    assert problems == []
    assert "Nguồn" in step.html
    assert "Nguồn" not in step.questions[0].explanation_html


FAULTS = [
    ("### ? Gì?\n= 1\n> V\n", 1, "chưa có mã"),
    ("### ? Gì? {#Mã}\n= 1\n> V\n", 1, "“Mã” không đúng"),
    ("### ? Gì? {#a skil=K1}\n= 1\n> V\n", 1, "Không hiểu “skil=K1”"),
    ("### ? {#a}\n= 1\n> V\n", 1, "chưa có lời"),
    ("### ? Gì? {#a}\n= 1\n", 1, "chưa có lời giải thích"),
    ("### ? Gì? {#a}\n\n> V\n", 1, "chưa có phương án trả lời"),
    ("### ? Gì? {#a}\n- [ ] b\n- [ ] c\n> V\n", 1, "chưa có phương án đúng"),
    ("### ? Gì? {#a}\n- [x] b\n> V\n", 1, "chỉ có một phương án"),
    ("### ? Gì? {#a}\n- [x] b\n- [ ]\n> V\n", 3, "để trống"),
    ("### ? Gì? {#a}\n- [x] b\n- [ ]  b\n> V\n", 3, "viết hai lần"),
    ("### ? Gì? {#a}\n- [x] b\n- c\n> V\n", 3, "thiếu ô [ ]"),
    ("### ? Gì? {#a}\n- [x] b\n= c\n> V\n", 1, "trộn nhiều cách"),
    ("### ? Gì? {#a}\n1. b\n2. c\n- [x] b\n> V\n", 1, "trộn nhiều cách"),
    ("### ? Gì? {#a}\n- [x] b\n- [ ] c\n\nlạ\n> V\n", 5, "chữ lạ giữa"),
    ("### ? Gì? {#a}\n- [x] b\n> V\n- [ ] c\n", 4, "sau lời giải thích"),
    ("### ? Gì? {#a}\n- [x] b\n- [ ] c\n> V\n\nlạ\n", 6, "sau lời giải thích"),
    ("### ? Gì? {#a}\n=\n> V\n", 2, "để trống"),
    ("### ? Gì? {#a}\n= mười ± 1\n> V\n", 2, "Không đọc được số"),
    ("### ? Gì? {#a}\n= 10 ± ít\n> V\n", 2, "Không đọc được số"),
    ("### ? Gì? {#a}\n= 10 ± 1\n= 12\n> V\n", 3, "hai đáp án"),
    ("### ? Gì? {#a}\n1. b\n> V\n", 1, "Không đủ việc"),
    ("### ? Gì? {#a}\n1. b\n2. b\n> V\n", 3, "viết hai lần"),
    ("### ? Gì? {#a}\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n> V\n", 4, "đúng hai ô"),
    ("### ? Gì? {#a}\n| a | b |\n|---|---|\n| 1 | |\n> V\n", 4, "đúng hai ô"),
    ("### ? Gì? {#a}\n| a | b |\n|---|---|\n| 1 | 2 |\n> V\n", 1, "ít nhất hai dòng"),
    ("### ? Gì? {#a}\n= 1\n> V\n\n### ? Gì? {#a}\n= 1\n> V\n", 5, "đã dùng ở dòng 1"),
    ("<div>\n\n### ? Gì? {#a}\n= 1\n> V\n", 3, "khối HTML chưa đóng"),
]


@pytest.mark.parametrize(("body", "line", "message"), FAULTS)
def test_faults(body: str, line: int, message: str) -> None:
    _, problems = read(body)
    found = [(problem.line, problem.severity) for problem in problems if message in problem.message]
    assert found == [(line, "error")], problems
    assert all(problem.mend for problem in problems)


def test_an_unknown_mark_names_the_nearest_known_one() -> None:
    _, problems = read("### ? Gì? {#a skil=K1}\n= 1\n> V\n")
    assert problems[0].mend == "Có phải “skill=…” không?"


def test_cells() -> None:
    assert cells("| a | b |") == ["a", "b"]
    assert cells("| a \\| c | b") == ["a | c", "b"]


LINES = st.sampled_from(
    ["## H", "### ? Q {#a}", "### ? Q", "- [ ] a", "- [x] b", "= 1", "= 1 ± 2", "1. a", "2. b",
     "| a | b |", "|---|---|", "> v", "", "chữ", "```", "/// device | android", "///", "  thụt",
     "- a", "[^1]: x", "<div>", "</div>", "<!-- x -->", "{#b}", "[x](", "**", "\t- x", "> > ["]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(LINES, max_size=14))
def test_any_lines_are_read_and_no_question_is_lost(lines: list[str]) -> None:
    step, problems = read("\n".join(lines))
    parts = split_body("\n".join(lines), 1, "dau", Findings("x"))
    assert len(step.questions) == len(parts.questions) or problems
    assert "cauhoi" not in step.html or problems
