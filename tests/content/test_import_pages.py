"""A folder of anyone's Markdown becomes a draft that the checker takes."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.content.adoption import Adopted, adopt
from app.content.checker import check
from app.content.course_plan import Bounds
from app.content.import_report import ImportRefused, Verdict
from tests.content.samples import PROGRAMME

TODAY = date(2026, 11, 24)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
Bring = Callable[..., Adopted]


@pytest.fixture
def shelf_folder(tmp_path: Path) -> Path:
    """An empty courses folder with a programme."""
    folder = tmp_path / "courses"
    folder.mkdir()
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    return folder


@pytest.fixture
def bring(tmp_path: Path, shelf_folder: Path) -> Bring:
    """Writes files into a source folder and imports it as "thu"."""

    def bring(files: dict[str, str | bytes], at: str = "nguon", **options: object) -> Adopted:
        for name, content in files.items():
            path = tmp_path / "repo" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        options = {"slug": "thu", **options}
        return adopt(tmp_path / "repo" / at, shelf_folder, TODAY, **options)  # type: ignore[arg-type]

    return bring


def text(shelf_folder: Path, pattern: str) -> str:
    """The only file of the course that a pattern names."""
    (found,) = (shelf_folder / "thu").glob(pattern)
    return found.read_text(encoding="utf-8")


def test_folders_become_modules_and_the_readme_the_overview(
    bring: Bring, shelf_folder: Path
) -> None:
    made = bring(
        {
            "nguon/README.md": "# Kỹ năng số\n\nXem [mật khẩu](Phần%20một/Mật%20khẩu.md).\n",
            "nguon/Phần một/Mật khẩu.md": "# Mật khẩu\n\n[Về](../README.md)\n",
            "nguon/Phần một/10 Sau.md": "Chữ\n",
            "nguon/Phần một/9 Trước.md": "Chữ\n",
            "nguon/Đời sống/Đèn/tắt.md": "# Tắt\n\n## Cách\n",
        }
    )
    course = shelf_folder / "thu"
    names = sorted(p.relative_to(course).as_posix() for p in course.rglob("*.md"))
    assert names == [
        "01-phan-mot/01-truoc.md",
        "01-phan-mot/02-sau.md",
        "01-phan-mot/03-mat-khau.md",
        "01-phan-mot/module.md",
        "02-den/01-tat.md",
        "02-den/module.md",
        "course.md",
    ]
    assert 'status: "draft"' in text(shelf_folder, "course.md")
    assert "[mật khẩu](01-phan-mot/03-mat-khau.md)" in text(shelf_folder, "course.md")
    assert not [p for p in check(course, TODAY) if p.severity == "error"]
    assert made.report.tally.links == 2 and made.report.tally.broken_links == 0


def test_headings_begin_at_two_and_the_first_names_the_page(
    bring: Bring, shelf_folder: Path
) -> None:
    bring({"nguon/a.md": "Tên bài\n=======\n\n#### Sâu\n\n##### Sâu hơn {#x}\n"})
    page = text(shelf_folder, "01-a.md")
    assert 'title: "Tên bài"' in page
    assert page.endswith("---\n\n## Sâu\n\n### Sâu hơn\n")


def test_pictures_outside_the_folder_come_along(bring: Bring, shelf_folder: Path) -> None:
    made = bring(
        {
            "repo.txt": "",
            "hình/Ảnh 1.svg": SVG,
            "docs/x/a.md": "![một](../../h%C3%ACnh/%E1%BA%A2nh%201.svg)\n\n"
            '<img src="../../hình/Ảnh 1.svg" alt="hai">\n',
        },
        at="docs/x",
    )
    assert "![một](tep/anh-1.svg)" in text(shelf_folder, "01-a.md")
    assert '<img src="tep/anh-1.svg" alt="hai">' in text(shelf_folder, "01-a.md")
    assert text(shelf_folder, "tep/*.svg") == SVG
    assert made.report.tally.images == 2


def test_no_picture_from_beyond_a_repository(bring: Bring, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(SVG)
    (tmp_path / "repo" / "nguon" / ".git").mkdir(parents=True)
    made = bring({"nguon/a.md": "![s](../../secret.svg)"})
    assert made.report.tally.broken_images == 1


def test_what_leads_nowhere_leaves_its_words(bring: Bring, shelf_folder: Path) -> None:
    made = bring(
        {
            "nguon/a.md": "[mất](x.md) ![ảnh](y.png) ![xa](https://a.example/b.png) "
            '[chữ][k] <a href="z.md">thẻ</a>\n\n[k]: k.md "x"\n'
        }
    )
    assert text(shelf_folder, "01-a.md").endswith("---\n\nmất ảnh xa chữ <a>thẻ</a>\n")
    notes = made.report.lines[0].notes
    assert any("“x.md”" in note for note in notes) and any("“y.png”" in note for note in notes)
    assert made.report.lines[0].verdict is Verdict.CHANGED


def test_code_is_not_touched(bring: Bring, shelf_folder: Path) -> None:
    code = "`[a](b.md) <script>` và ``![`x`](y.png)``\n\n```\n# a\n::: note\n[a](b.md)\n```"
    bring({"nguon/a.md": f"{code}\n"})
    assert text(shelf_folder, "01-a.md").endswith(f"---\n\n{code}\n")


@pytest.mark.parametrize(
    "block",
    [
        "::: warning Nóng\nChữ\n:::",
        ":::warning{title}\nChữ\n:::",
        '!!! warning "Nóng"\n    Chữ',
        "/// warning | Nóng\nChữ\n///",
        "> [!WARNING]\n> Chữ",
    ],
)
def test_notes_become_alerts(bring: Bring, shelf_folder: Path, block: str) -> None:
    bring({"nguon/a.md": f"Trước\n\n{block}\n\nSau\n"})
    page = text(shelf_folder, "01-a.md")
    assert "\n\n> [!WARNING]\n" in page and "> Chữ" in page and "\n\nSau\n" in page
    assert ":::" not in page


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf# Ti\xe1\xba\xbfng\r\n\r\nm\xe1\xbb\x9bi\r\n",
        "# Tiếng\n\nmới\n".encode("utf-16"),
        "# Tiếng\n\nmới\n".encode("utf-16-le"),
        b"# Ti\xea\xecng\n\nm\xf5\xeci\n",
    ],
)
def test_any_encoding(bring: Bring, shelf_folder: Path, data: bytes) -> None:
    made = bring({"nguon/a.md": data})
    assert 'title: "Tiếng"' in text(shelf_folder, "01-a.md")
    assert text(shelf_folder, "01-a.md").endswith("\n\nmới\n")
    assert made.report.lines[0].verdict is Verdict.CHANGED


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Tên\ntags: [x]\n---\n",
        '{"title": "Tên", "tags": ["x"]}\n',
        '+++\ntitle = "Tên"\n+++\n',
        "---\ntitle: 'Tên'\nauthors: *a\n---\n",
    ],
)
def test_any_front_matter(bring: Bring, shelf_folder: Path, front: str) -> None:
    bring({"nguon/a.md": f"{front}Chữ\n"})
    assert 'title: "Tên"' in text(shelf_folder, "01-a.md")
    assert text(shelf_folder, "01-a.md").endswith("---\n\nChữ\n")


def test_signs_of_ours_that_were_not_meant(bring: Bring, shelf_folder: Path) -> None:
    made = bring(
        {
            "nguon/a.md": "Giá $\\frac{$ và $5\n\n/// device | tivi\n\n```\nmở\n",
            "nguon/b.md": "## ? Câu gì\n\nGiá 5\n",
        }
    )
    assert len(made.report.lines) == 2
    assert "Giá \\$\\frac{\\$ và \\$5" in text(shelf_folder, "01-a.md")
    assert text(shelf_folder, "01-a.md").endswith("\n```\nmở\n\n```\n")
    assert "## \\? Câu gì" in text(shelf_folder, "02-b.md")


def test_a_page_that_cannot_be_shown_is_left(bring: Bring, shelf_folder: Path) -> None:
    made = bring({"nguon/a.md": "Chữ [b](b.md)\n", "nguon/b.md": "[" * 4000})
    left = [line for line in made.report.lines if line.verdict is Verdict.LEFT]
    assert [line.file for line in left] == ["b.md"] and left[0].notes
    assert text(shelf_folder, "01-a.md").endswith("Chữ b\n")


def test_other_files_are_told_of(bring: Bring) -> None:
    made = bring({"nguon/a.md": "x", "nguon/b.py": "x", "nguon/trong.zip": b"PK"})
    told = {line.file: line for line in made.report.lines}
    assert told["b.py"].verdict is told["trong.zip"].verdict is Verdict.LEFT
    assert "tệp nén" in told["trong.zip"].notes[0]


def test_a_taken_slug_is_refused_unless_it_is_the_same(bring: Bring, shelf_folder: Path) -> None:
    bring({"nguon/a.md": "một"})
    assert bring({}).known
    with pytest.raises(ImportRefused, match="Đã có khóa"):
        bring({"nguon/a.md": "hai"})
    assert text(shelf_folder, "01-a.md").endswith("một\n")


@pytest.mark.parametrize("slug", ["Hoa", "a/b", "..", "import"])
def test_a_bad_slug(bring: Bring, slug: str) -> None:
    with pytest.raises(ImportRefused):
        bring({"nguon/a.md": "x"}, slug=slug)


def test_nothing_to_import(bring: Bring, shelf_folder: Path) -> None:
    with pytest.raises(ImportRefused, match="Không có trang"):
        bring({"nguon/a.bin": b"\0"})
    assert [entry.name for entry in shelf_folder.iterdir()] == ["programme.yaml"]


def test_too_much(bring: Bring, shelf_folder: Path) -> None:
    with pytest.raises(ImportRefused, match="nhiều hơn 1"):
        bring({"nguon/a.md": "x", "nguon/b.md": "x"}, bounds=Bounds(pages=1))
    assert not (shelf_folder / "thu").exists()


def test_links_of_the_file_system_are_not_followed(bring: Bring, tmp_path: Path) -> None:
    (tmp_path / "repo" / "nguon").mkdir(parents=True)
    (tmp_path / "repo" / "nguon" / "b.md").symlink_to("/etc/hostname")
    (tmp_path / "repo" / "nguon" / "d").symlink_to("/etc")
    made = bring({"nguon/a.md": "x"})
    left = {line.file for line in made.report.lines if line.verdict is Verdict.LEFT}
    assert left == {"b.md", "d"}


def test_the_name_of_the_folder_is_the_slug(bring: Bring, shelf_folder: Path) -> None:
    assert bring({"Đời sống số/a.md": "x"}, at="Đời sống số", slug="").slug == "doi-song-so"
    shutil.rmtree(shelf_folder / "doi-song-so")
