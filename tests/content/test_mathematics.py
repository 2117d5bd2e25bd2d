"""Mathematics: where a dollar sign means it, what it becomes, what is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import html5lib
import pytest

from app.content.checker import check
from app.content.mathematics import MOST, TAGS, mathml
from tests.content.test_markdown import render

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "giá $5 và $10", "5$ hay 10$", "$ a $", "\\$a$ b$", "`$a$`", "US$5, US$6", "$HOME/$USER",
        "$$ lạc", "a$b$c",
    ],
)  # fmt: skip
def test_a_dollar_that_is_none(text: str) -> None:
    assert "<math" not in render(text)


@pytest.mark.parametrize("text", ["$a^2$", "($a$)", "**$a$**", "- $a_1$, $a_2$", "$a\nb$"])
def test_a_formula_among_words(text: str) -> None:
    html = render(text)
    assert '<span class="math math-inline"><math display="inline" alttext="a' in html
    assert "<p></p>" not in html


def test_a_formula_by_itself_is_no_list_and_no_quote() -> None:
    html = render("Tính:\n\n$$\n\\frac{1}{2}\n- b\n> c\n$$\n\nHết.\n")
    assert html.count("<math") == 1
    assert '<span class="math math-block" tabindex="0" role="group" aria-label="Công thức">' in html
    assert "<li>" not in html and "<blockquote>" not in html
    assert html.endswith("<p>Hết.</p>")


def test_underlines_and_backslashes_are_latex() -> None:
    html = render(r"$a_1*b_1*\{c\}\,d$")
    assert "<em>" not in html
    assert html.count("<msub>") == 2


def test_an_escaped_dollar_is_a_dollar() -> None:
    assert render(r"\$5") == "<p>$5</p>"


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\foo x", r"không hiểu lệnh \foo"),
        (r"\frac{1", "chưa đủ cặp"),
        (r"\left( x", "chưa đủ cặp"),
        ("{" * 30 + "}" * 30, "lồng quá sâu"),
        ("a" * 501, "dài quá 500"),
        (r"\newcommand{\a}{\b\b}\a", "đặt tên riêng"),
        (r"\def\a{\a\a}\a", "đặt tên riêng"),
        (r"\href{javascript:1}{x}", "liên kết"),
        (r"\style{x}{y}", "liên kết"),
    ],
)
def test_what_cannot_be_shown_says_why(latex: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason.replace("\\", "\\\\")):
        mathml(latex, "inline")


def test_a_wrong_formula_is_told_with_its_line(
    courses: Path, lesson: Callable[[str], Path]
) -> None:
    lesson("Chào.\n\nTính $\\foo x$ nhé.\n")
    (problem,) = check(courses, TODAY)
    assert (problem.line, problem.severity) == (7, "error")
    assert "“\\foo x” không dựng được: không hiểu lệnh \\foo" in problem.message
    assert "\\$" in problem.mend


def test_too_many_formulas(courses: Path, lesson: Callable[[str], Path]) -> None:
    lesson("$a$\n\n" * (MOST + 1))
    assert f"quá {MOST} công thức" in check(courses, TODAY)[0].message


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{<img src=x onerror=alert(1)>}",
        r"\text{</mtext></math><script>alert(1)</script>}",
        r"a<b>c&d",
        r"\text{&lt;script&gt;}",
    ],
)
def test_words_in_a_formula_stay_words(latex: str) -> None:
    tree = html5lib.parseFragment(render(f"x ${latex}$ y"), namespaceHTMLElements=False)
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert tags <= {"DOCUMENT_FRAGMENT", "p", "span", *TAGS}


def test_raw_mathml_keeps_what_shows_and_loses_what_runs() -> None:
    html = render(
        '<math><mi href="javascript:1" style="x" onclick="y">a</mi>'
        '<maction actiontype="toggle"><mn>1</mn></maction>'
        '<semantics><annotation-xml encoding="text/html"><b>z</b></annotation-xml></semantics>'
        "</math>"
    )
    assert "<mi>a</mi>" in html
    for word in ("href", "style", "onclick", "maction", "annotation", "semantics"):
        assert word not in html
