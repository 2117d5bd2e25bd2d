"""Lesson text: ordinary Markdown as its author meant it, safe, and fit for our pages."""

import re
import struct
from pathlib import Path

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.content import safe_html
from app.content.allowed_html import ALLOWED_TAGS
from app.content.gfm import for_python_markdown
from app.content.images import size_of
from app.content.links import CourseMap, FileLinks
from app.content.markup import CourseMarkdown, convert, heading_id, is_plain
from app.content.problems import Findings

CONVERTER = CourseMarkdown()
PAGES = {"course.md": "/courses/c", "01-a/02-b.md": "/courses/c/b", "01-a/01-x.md": "/courses/c/x"}


LINKS = FileLinks(CourseMap(Path("khong-co"), "c", {}, PAGES), "x.md", "", Findings("x"))


def render(text: str, folder: Path = Path("khong-co")) -> str:
    course = CourseMap(folder, "c", {"hinh/nút nguồn.png": "abcdef123456"}, PAGES)
    links = FileLinks(course, "01-a/01-x.md", text, Findings("x"))
    return safe_html.page(convert(CONVERTER, text), links)


def test_headings_get_folded_ids_of_their_own() -> None:
    html = render("## Đổi mật khẩu\n\n## Đổi mật khẩu\n\n## Main\n\n## 你好\n")
    assert re.findall('id="([^"]+)"', html) == [
        "doi-mat-khau",
        "doi-mat-khau_1",
        "muc-main",
        "muc",
    ]


def test_a_body_never_has_an_h1() -> None:
    assert render("# To\n\n<h1>Hai</h1>\n").count("<h2") == 2


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("TIP", "Mẹo"),
        ("NOTE", "Lưu ý"),
        ("IMPORTANT", "Quan trọng"),
        ("WARNING", "Cảnh báo"),
        ("CAUTION", "Nguy hiểm"),
    ],
)
def test_alerts(kind: str, title: str) -> None:
    html = render(f"> [!{kind}]\n> Một **hai**\n> - ba\n")
    assert html.startswith(f'<div class="callout callout-{kind.lower()}">')
    assert f'<p class="callout-title">{title}</p>' in html
    assert "<p>Một <strong>hai</strong></p>" in html
    assert "<li>ba</li>" in html


def test_two_alerts_and_a_quote_stay_apart() -> None:
    html = render("> [!TIP]\n> a\n\n> [!NOTE]\n> b\n\n> c\n")
    assert html.count("callout-title") == 2
    assert html.count("<blockquote>") == 1


def test_an_unknown_alert_is_a_quote() -> None:
    assert "<blockquote>" in render("> [!LẠ]\n> a\n")


def test_device_variants() -> None:
    html = render("/// device | android\n1. Mở **Cài đặt**.\n///\n\n/// device | iphone\nb\n///\n")
    assert 'data-device="android"' in html
    assert 'aria-label="Trên máy Android"' in html
    assert '<p class="device-name">Máy Android</p>' in html
    assert "<strong>Cài đặt</strong>" in html
    assert html.count("<section") == html.count("</section>") == 2


def test_landmarks_of_a_page_have_different_names() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    device = "/// device | android\nx\n///\n\n"
    labels = re.findall('aria-label="([^"]+)"', render((table + device) * 2))
    assert labels == ["Bảng", "Trên máy Android", "Bảng 2", "Trên máy Android 2"]


def test_tables() -> None:
    html = render("Xem:\n| a | b |\n|---|--:|\n| `<i>` | 2 |\n")
    assert '<div class="table-wrap" tabindex="0" role="region" aria-label="Bảng"><table' in html
    assert '<th scope="col" class="align-right">b</th>' in html
    assert "<code>&lt;i&gt;</code>" in html
    assert "style=" not in html


def test_task_lists_can_be_ticked_and_their_text_is_the_label() -> None:
    html = render("- [ ] một **hai**\n- [x] ba\n  - con\n")
    assert '<label><input type="checkbox"> một <strong>hai</strong></label></li>' in html
    assert '<label><input type="checkbox" checked> ba</label><ul>' in html


def test_footnotes_speak_vietnamese() -> None:
    html = render("Một[^a]\n\n[^a]: Chú thích\n")
    assert "Chú thích" in html
    assert 'title="Về chỗ có chú thích 1"' in html


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Cần:\n- a\n- b", "<p>Cần:</p> <ul> <li>a</li> <li>b</li> </ul>"),
        ("Cần:\n1. a\n2. b", "<p>Cần:</p> <ol> <li>a</li> <li>b</li> </ol>"),
        ("Năm\n2026. Hết", "<p>Năm 2026. Hết</p>"),
        ("- a\n  - b", "<ul> <li>a<ul> <li>b</li> </ul> </li> </ul>"),
        ("1. a\n   - b\n2. c", "<ol> <li>a<ul> <li>b</li> </ul> </li> <li>c</li> </ol>"),
        ("1. a\n\n   b", "<ol> <li> <p>a</p> <p>b</p> </li> </ol>"),
        ("1) a\n2) b", "<ol> <li>a</li> <li>b</li> </ol>"),
        ("3. a", '<ol start="3"> <li>a</li> </ol>'),
        ("- a\n1. b", "<ul> <li>a</li> </ul> <ol> <li>b</li> </ol>"),
        ("- a\nb", "<ul> <li>a b</li> </ul>"),
        ("- a\n\nb", "<ul> <li>a</li> </ul> <p>b</p>"),
        ("- a\n## B", '<ul> <li>a</li> </ul> <h2 id="b">B</h2>'),
        ("- a\n  > b", "<ul> <li> <p>a</p> <blockquote> <p>b</p> </blockquote> </li> </ul>"),
        ("***", "<hr>"),
        ("~~a~~ 1_000_000", "<p><del>a</del> 1_000_000</p>"),
        ("`<b>` & <c", "<p><code>&lt;b&gt;</code> &amp; &lt;c</p>"),
    ],
)
def test_ordinary_markdown_of_others(text: str, wanted: str) -> None:
    assert " ".join(render(text).split()) == wanted


def test_code_in_a_list_keeps_its_indent() -> None:
    html = render("- a\n\n  ```\n  x\n    y\n  ```\n")
    assert "x\n  y" in html
    assert '<pre class="highlight" tabindex="0">' in html


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("02-b.md", 'href="/courses/c/b"'),
        ("02-b.md#Đổi mã", 'href="/courses/c/b#doi-ma"'),
        ("../course.md", 'href="/courses/c"'),
        ("https://a.vn", 'href="https://a.vn" rel="noopener"'),
        ("//a.vn", 'href="//a.vn" rel="noopener"'),
        ("tel:1022", 'href="tel:1022"'),
        ("/learn", 'href="/learn"'),
        ("#muc-hai", 'href="#muc-hai"'),
        ("#Mục-Hai", 'href="#muc-hai"'),
    ],
)
def test_links(href: str, wanted: str) -> None:
    assert f"<a {wanted}>x</a>" in render(f"[x](<{href}>)\n\n## Mục hai\n")


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


JPEG = b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x11\x08\x00\x10\x00\x20" + b"\0" * 12


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.png", png(640, 480), (640, 480)),
        ("a.svg", b'<svg viewBox="0 0 24 12.4">', (24, 12)),
        ("a.svg", b'<?xml version="1.0"?><svg width="10px" height="20">', (10, 20)),
        ("a.svg", b'<svg width="100%" height="100%">', None),
        ("a.gif", b"GIF89a\x05\x00\x06\x00", (5, 6)),
        ("a.jpg", JPEG, (32, 16)),
        ("a.jpg", b"\xff\xd8\xff", None),
        ("a.png", b"", None),
    ],
)
def test_sizes(tmp_path: Path, name: str, data: bytes, size: tuple[int, int] | None) -> None:
    (tmp_path / name).write_bytes(data)
    assert size_of(tmp_path / name) == size


def test_images_get_an_address_with_the_version_and_their_size(tmp_path: Path) -> None:
    (tmp_path / "hinh").mkdir()
    (tmp_path / "hinh/nút nguồn.png").write_bytes(png(64, 32))
    html = render("![Nút](<../hinh/nút nguồn.png>)", tmp_path)
    assert (
        '<img alt="Nút" src="/courses/c/media/hinh/n%C3%BAt%20ngu%E1%BB%93n.png?v=abcdef123456"'
        ' loading="lazy" width="64" height="32">'
    ) in html


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&colon;alert(1))",
    "[a](data:text/html,x)",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<iframe src='https://a.vn'></iframe>",
    "<p style='position:fixed'>x</p>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<form action='/logout'><button>x</button></form>",
    "<input type='text' name='a'>",
    "<base href='https://a.vn'>",
    "<object data='a'></object>",
    '![a"onerror="alert(1)](x.png)',
    "<style>body{}</style>",
    "<section aria-label='\"><script>x</script>'>y</section>",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_runs_survives(text: str) -> None:
    html = render(text)
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in tree.iter():
        name = element.tag.rpartition("}")[2]  # MathML comes with its namespace
        assert name in {"DOCUMENT_FRAGMENT", *ALLOWED_TAGS, "label"}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in {"style", "name", "action"}
            assert "script:" not in value.lower()
            assert not value.lower().startswith("data:")


def test_an_author_cannot_take_an_id_twice() -> None:
    html = render('<p id="a">x</p>\n\n<p id="a">y</p>\n')
    assert html.count('id="a"') == 1


@settings(deadline=None)
@given(st.text(alphabet="ab <>&\"'/=[]()!`*_#-|>\n1.:{}^~đ\t", max_size=120))
def test_any_text_becomes_well_formed_html(text: str) -> None:
    html = render(text)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parseFragment(html)
    assert [code for _, code, _ in parser.errors if "tag" in code] == [], html


@given(st.text(alphabet="ab -*1.)>|`~\n", max_size=200))
def test_setting_for_python_markdown_loses_no_word(text: str) -> None:
    letters = [char for char in text if char in "ab"]
    assert [char for char in for_python_markdown(text) if char in "ab"] == letters


@given(st.text(max_size=60))
def test_heading_ids_are_plain(text: str) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", heading_id(text))


@settings(deadline=None)
@given(st.text(alphabet="abđ 1.),:;-–…'\"()%?·“”\n\r\x0c\u2028", min_size=1, max_size=40))
@example("www a.vn")
@example("Mailto: a")
@example("a\n1) b")
@example("2 - 1")
def test_words_alone_need_no_rendering(text: str) -> None:
    if is_plain(text):
        assert render(text) == f"<p>{text}</p>"
        assert safe_html.inline(convert(CONVERTER, text), LINKS) == text
        assert safe_html.prompt(convert(CONVERTER, text), LINKS) == text
