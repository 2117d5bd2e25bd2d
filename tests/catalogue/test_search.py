"""Search: with marks or without, as one types, ranked; only what is published."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.catalogue.actions import forget_course, index_course, stale
from app.catalogue.indexer import index_shelf
from app.catalogue.queries import find
from app.catalogue.words import asked_words, index_words, plain, snippet
from app.content.models import Course, Module, Step, Term
from app.content.shelf import shelf
from app.extensions import db


@pytest.fixture
def shelved(app: Flask) -> None:
    """The search knows what is on the shelf."""
    index_shelf()


def made(slug: str, version: str, *titles: str, html: str = "<p>x</p>") -> Course:
    """A course of lessons with these titles, the first of which says `html`."""
    steps = tuple(
        Step(slug=f"bai-{n}", title=title, html="" if n else html) for n, title in enumerate(titles)
    )
    return Course(
        slug=slug, title="Khóa thử", summary="", code="T", audience=("nguoi-dan",), hours=1,
        version=version, published=True, modules=(Module(slug="m", title="Phần", steps=steps),),
        glossary=(Term(word="mã OTP", meaning="Mã dùng một lần."),),
    )  # fmt: skip


def titles_of(query: str) -> set[tuple[str, str, str]]:
    return {hit[:3] for hit in find(asked_words(query))}


def test_a_text_is_its_syllables_and_its_pairs() -> None:
    assert index_words("Mật khẩu, mật") == ["_khau_mat", "_mat_khau", "khau", "mat"]


@pytest.mark.parametrize("query", ["mật khẩu", "mat khau", "MẬT  KHẨU", "mật kh", "mat k"])
def test_marks_case_and_an_unfinished_word_do_not_matter(app: Flask, query: str) -> None:
    index_course(made("k", "v1", "Đặt mật khẩu", "Khẩu trang"))
    assert titles_of(query) == {("k", "bai-0", "")}


@pytest.mark.parametrize("query", ["hòa", "hoà", "hoa"])
def test_either_tone_placement_is_found(app: Flask, query: str) -> None:
    index_course(made("k", "v1", "Hoà giải ở thôn"))
    assert titles_of(query) == {("k", "bai-0", "")}


@pytest.mark.parametrize("query", ["đường dây", "duong day"])
def test_d_with_a_stroke_is_d(app: Flask, query: str) -> None:
    index_course(made("k", "v1", "Đường dây nóng"))
    assert titles_of(query) == {("k", "bai-0", "")}


def test_a_word_that_is_explained_is_found(app: Flask) -> None:
    index_course(made("k", "v1", "Bài"))
    assert ("k", "", "mã OTP") in titles_of("ma otp")


def test_a_title_comes_before_a_text(app: Flask) -> None:
    told = "<p>Nói về chuyển tiền.</p>"
    index_course(made("k", "v1", "Bài một", "Chuyển tiền", html=told))
    assert [hit.step_slug for hit in find(asked_words("chuyển tiền"))] == ["bai-1", "bai-0"]


def test_a_new_version_replaces_the_words_of_the_old_one(app: Flask) -> None:
    assert index_course(made("k", "v1", "Mật khẩu"))
    assert not index_course(made("k", "v1", "Mật khẩu"))
    assert index_course(made("k", "v2", "Chuyển tiền"))
    assert titles_of("mật khẩu") == set()
    assert titles_of("chuyển tiền") == {("k", "bai-0", "")}


def test_what_left_the_shelf_is_forgotten(app: Flask) -> None:
    index_course(made("k", "v1", "Mật khẩu"))
    db.session.flush()
    assert stale(shelf.published())[1] == ["k"]
    forget_course("k")
    assert titles_of("mật khẩu") == set()


@pytest.mark.parametrize("query", ["", " ", "a", "!?", "\"'", "* OR", "a & !b", "x:y", "{title}"])
def test_odd_queries_are_no_error(client: FlaskClient, shelved: None, query: str) -> None:
    assert client.get("/search", query_string={"q": query}).status_code == 200


def test_the_page_shows_the_lesson_and_its_course(
    client: FlaskClient, shelved: None, course: Course
) -> None:
    lesson = course.steps[0]
    page = client.get("/search", query_string={"q": lesson.title}).text
    assert lesson.title in page
    assert f"/courses/{course.slug}/{lesson.slug}" in page


def test_nothing_found_says_what_to_try(client: FlaskClient, shelved: None) -> None:
    assert "Không thấy bài nào có “khủng long”" in client.get("/search?q=khủng long").text


def test_suggestions_are_a_fragment(client: FlaskClient, shelved: None, course: Course) -> None:
    offered = client.get("/search/suggestions", query_string={"q": course.title[:6]}).text
    assert course.title in offered
    assert "<html" not in offered


def test_the_command_renews_the_index(app: Flask) -> None:
    said = app.test_cli_runner().invoke(args=["courses", "index"]).output
    assert "khóa học thay đổi" in said
    assert app.test_cli_runner().invoke(args=["courses", "index"]).output != said


def test_plain_words_keep_their_marks() -> None:
    assert plain("<p>Mã <b>OTP</b>, nhớ <i>giữ</i>!</p>") == "Mã OTP, nhớ giữ!"


def test_a_snippet_shows_the_words_around() -> None:
    text = "một hai ba bốn năm sáu bảy tám chín mười mã OTP là chìa khóa"
    assert "mã OTP là" in snippet(text, "ma otp")
    assert snippet(text, "ma otp").startswith("… ")
