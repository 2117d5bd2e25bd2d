"""Links to places within other people's pages, by the names that generators give headings."""

from datetime import date
from pathlib import Path

import pytest

from app.content.adoption import adopt
from app.content.foreign_anchors import anchors_of
from app.content.library import Library

PAGE = """# Node.js

## Building Node.js on Windows

## Notes

## Notes

Chữ dưới gạch
-------------

## `fs.readFile(path[, options])` {#read-file}

<a name="cu"></a>
## `timeout[Symbol.toPrimitive]()`

```
## không phải tiêu đề
```
"""


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("nodejs", ""),
        ("building-nodejs-on-windows", "building-node-js-on-windows"),
        ("building-node-js-on-windows", "building-node-js-on-windows"),
        ("notes", "notes"),
        ("notes-1", "notes_1"),
        ("notes_1", "notes_1"),
        ("chữ-dưới-gạch", "chu-duoi-gach"),
        ("fsreadfilepath-options", "fs-readfile-path-options"),
        ("read-file", "fs-readfile-path-options"),
        ("cu", "timeout-symbol-toprimitive"),
        ("timeoutsymboltoprimitive", "timeout-symbol-toprimitive"),
    ],
)
def test_a_heading_is_found_by_whatever_it_is_called(name: str, own: str) -> None:
    assert anchors_of(PAGE)[name] == own


def test_what_is_no_heading_is_no_place() -> None:
    assert "không-phải-tiêu-đề" not in anchors_of(PAGE)


def test_a_title_declared_apart_leaves_the_first_heading_in_place() -> None:
    assert anchors_of("# Mở\n", "Khác")["mo"] == "mo"
    assert anchors_of("# Mở\n", "Mở")["mo"] == ""


def test_links_lead_there_in_the_page_and_between_pages(tmp_path: Path) -> None:
    source, courses = tmp_path / "nguon", tmp_path / "khoa"
    source.mkdir()
    (source / "a.md").write_text(f"{PAGE}\n[x](#notes-1) [y](#khong-co) [z](b.md#node-js-hai)\n")
    (source / "b.md").write_text("# Đầu\n\n## Node.js hai\n\n[về](a.md#FsReadFilePath-Options)\n")
    adopted = adopt(source, courses, date(2026, 11, 24))
    assert (adopted.report.tally.links, adopted.report.tally.broken_links) == (3, 1)
    course = Library(courses).course(adopted.slug)
    assert course is not None
    first, second = course.steps
    for link in ('href="#notes_1"', f'href="/courses/{course.slug}/b#node-js-hai"', 'id="notes_1"'):
        assert link in first.html
    assert "#khong-co" not in first.html
    assert f'href="/courses/{course.slug}/a#fs-readfile-path-options"' in second.html
    assert 'id="fs-readfile-path-options"' in first.html
    assert not [problem for problem in adopted.problems if "không có mục" in problem.message]


def test_each_folder_that_is_skipped_has_its_line(tmp_path: Path) -> None:
    source = tmp_path / "nguon"
    for name in ("node_modules/x", ".git/y", "__pycache__", "bai"):
        (source / name).mkdir(parents=True)
        (source / name / "a.md").write_text("# A\n")
    report = adopt(source, tmp_path / "khoa", date(2026, 11, 24)).report
    told = {line.file: line.notes[0] for line in report.lines if line.file.endswith("/")}
    assert told == {
        "node_modules/": "bỏ qua cả thư mục: thư viện của người khác",
        ".git/": "bỏ qua cả thư mục: thư mục ẩn",
        "__pycache__/": "bỏ qua cả thư mục: bộ nhớ đệm",
    }


def test_a_picture_from_the_root_of_a_site_is_found_in_the_folder_around_the_page(
    tmp_path: Path,
) -> None:
    source = tmp_path / "nguon"
    for name in ("docs/sau", "docs/img", "docs/static/hinh"):
        (source / name).mkdir(parents=True)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    (source / "docs/img/a.svg").write_text(drawing)
    (source / "docs/static/hinh/b.svg").write_text(drawing)
    (source / "docs/sau/x.md").write_text(
        "# X\n\n![a](/img/a.svg) ![b](/hinh/b.svg) ![c](/c.svg)\n"
    )
    report = adopt(source, tmp_path / "khoa", date(2026, 11, 24)).report
    assert (report.tally.images, report.tally.broken_images) == (2, 1)


def test_a_line_without_end_is_broken_between_words(tmp_path: Path) -> None:
    source = tmp_path / "nguon"
    source.mkdir()
    (source / "a.md").write_text(f"# A\n\n{'chữ - 1. ' * 2_000}\n")
    (source / "b.md").write_text(f"# B\n\n{'x' * 6_000}\n")
    adopted = adopt(source, tmp_path / "khoa", date(2026, 11, 24))
    told = {line.file: line.notes for line in adopted.report.lines}
    assert "ngắt dòng quá dài" in told["a.md"]
    assert told["b.md"] == ("có dòng dài hơn 5.000 ký tự",)
    course = Library(tmp_path / "khoa").course(adopted.slug)
    assert course is not None
    assert course.steps[0].html.count("<p>") == 1 and "<li>" not in course.steps[0].html
