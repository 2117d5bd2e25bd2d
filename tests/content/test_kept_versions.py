"""What is kept of courses: each version rendered once, every published one for good."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.content.library import Library
from app.content.models import Course
from app.content.source import tag_of
from tests.content.samples import COURSE, Write


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def library(courses: Path, cache: Path) -> Library:
    return Library(courses, cache)


def the_course(library: Library) -> Course:
    course = library.course("c4-thu")
    assert course is not None
    return course


def break_course(write: Write) -> None:
    write("course.md", "---\ntitle: Hỏng\n---\n")


def test_each_version_is_rendered_once(
    courses: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = the_course(Library(courses, cache))
    monkeypatch.setattr("app.content.compiler.load_course", None)
    again = the_course(Library(courses, cache))
    assert again == course
    os.utime(courses / "c4-thu/course.md", (1, 1))  # looks changed and is not
    assert the_course(Library(courses, cache)).steps[0].html == course.steps[0].html


def test_files_that_look_the_same_are_not_read(
    courses: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = the_course(Library(courses, cache))
    monkeypatch.setattr("app.content.compiler.digests_of", None)
    assert the_course(Library(courses, cache)) == course


def test_the_text_of_a_course_stays_on_disk_until_it_is_opened(
    library: Library, courses: Path
) -> None:
    shelved, whole = the_course(library).steps[0], the_course(Library(courses, None)).steps[0]
    assert not {"html", "blocks", "questions"} & vars(shelved).keys()
    assert (shelved.title, shelved.minutes, shelved.skill) == ("Bài đầu", 5, "K4")
    assert (shelved.html, shelved.blocks) == (whole.html, whole.blocks)
    assert shelved.question("otp-1") == whole.question("otp-1")
    assert shelved == whole and whole == shelved
    assert shelved.model_copy(update={"slug": "khac"}).html == whole.html
    with pytest.raises(AttributeError):
        _ = shelved.khong_co  # type: ignore[attr-defined]


def test_only_so_many_courses_are_open_at_once(
    courses: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.content.shelved.MOST_OPEN", 1)
    shutil.copytree(courses / "c4-thu", courses / "ban-hai")
    library.refresh()
    for _ in range(2):
        for course in library.courses():
            assert "Hẹn gặp lại." in course.steps[0].html


def test_a_cache_emptied_meanwhile_is_filled_again(library: Library, cache: Path) -> None:
    course = the_course(library)
    shutil.rmtree(cache)
    assert "Hẹn gặp lại." in course.steps[0].html
    assert list((cache / "c4-thu" / course.version).glob("*.json"))


def test_a_version_that_is_nowhere_any_more_says_so(
    library: Library, cache: Path, write: Write
) -> None:
    course = the_course(library)
    write("course.md", COURSE.replace("Khóa thử", "Khóa mới").encode())
    shutil.rmtree(cache)
    with pytest.raises(LookupError, match="c4-thu"):
        _ = course.steps[0].html


def test_a_damaged_cache_is_rendered_again(courses: Path, cache: Path) -> None:
    course = the_course(Library(courses, cache))
    compiled = next((cache / "c4-thu" / course.version).glob("*.json"))
    compiled.write_text('{"title": ')
    assert the_course(Library(courses, cache)) == course


def test_a_cache_that_cannot_be_written_does_no_harm(courses: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x")
    assert the_course(Library(courses, in_the_way / "cache")).title == "Khóa thử"
    assert the_course(Library(courses, None)).title == "Khóa thử"


def published_again(library: Library, write: Write, *titles: str) -> list[Course]:
    versions = []
    for title in titles:
        write("course.md", COURSE.replace("Khóa thử", title).encode())
        library.refresh()
        versions.append(the_course(library))
    return versions


def test_every_version_that_was_published_stays(
    courses: Path, library: Library, cache: Path, write: Write
) -> None:
    versions = published_again(library, write, *(f"Khóa {n}" for n in range(8)))
    for reader in (library, Library(courses, cache)):
        assert [reader.version("c4-thu", one.version) for one in versions] == versions
    assert the_course(Library(courses, cache)).title == "Khóa 7"


def test_a_version_outlives_the_engine_that_rendered_it(
    courses: Path, library: Library, cache: Path, write: Write
) -> None:
    first, second = published_again(library, write, "Một", "Hai")
    for version in (first.version, second.version):
        compiled = next((cache / "c4-thu" / version).glob("*.json"))
        compiled.write_text(compiled.read_text().replace("Xin chào", "Chào kiểu cũ"))
        compiled.rename(compiled.with_name("an-older-engine.json"))
    reader = Library(courses, cache)
    old, new = reader.version("c4-thu", first.version), reader.version("c4-thu", second.version)
    assert old is not None and "Chào kiểu cũ" in old.steps[0].html
    assert new == second  # its files are at hand: rendered again
    assert len(list((cache / "c4-thu" / second.version).glob("*.json"))) == 1


def test_a_version_kept_before_a_field_was_added_is_read(
    library: Library, cache: Path, write: Write
) -> None:
    first, _ = published_again(library, write, "Một", "Hai")
    compiled = next((cache / "c4-thu" / first.version).glob("*.json"))
    kept = json.loads(compiled.read_text())
    del kept["glossary"]
    for step in (step for module in kept["modules"] for step in module["steps"]):
        for name in ("items", "instead_of", "formerly"):
            del step[name]
    compiled.write_text(json.dumps(kept))
    assert library.version("c4-thu", first.version) == first


@pytest.mark.parametrize(
    ("slug", "version"),
    [("c4-thu", "0" * 12), ("c4-thu", "../x"), ("..", "0" * 12), ("c4-thu", ""), ("x", "0" * 12)],
)
def test_no_such_version(library: Library, slug: str, version: str) -> None:
    assert library.version(slug, version) is None


def test_a_draft_was_never_published_and_leaves_the_cache(
    library: Library, cache: Path, write: Write
) -> None:
    published = the_course(library)
    for number in range(8):
        text = COURSE.replace("published", "draft").replace("Khóa thử", f"Khóa {number}")
        write("course.md", text.encode())
        library.refresh()
    draft = the_course(library)
    assert not draft.published
    assert library.version("c4-thu", draft.version) is None
    assert library.version("c4-thu", published.version) == published
    assert len([entry for entry in (cache / "c4-thu").iterdir() if entry.is_dir()]) <= 5


def test_a_picture_keeps_its_address_while_it_stays_the_same(
    library: Library, write: Write, lesson: Callable[[str], Path]
) -> None:
    def address() -> str:
        library.refresh()
        return re.findall('src="([^"]+)"', the_course(library).steps[0].html)[0]

    write("01-phan-mot/a.svg", "<svg></svg>")
    lesson("![Hình](a.svg)\n")
    first = address()
    lesson("Thêm lời. ![Hình](a.svg)\n")
    assert address() == first
    write("01-phan-mot/a.svg", "<svg><g/></svg>")
    assert address() != first


def test_a_picture_that_was_published_stays(
    library: Library, write: Write, lesson: Callable[[str], Path]
) -> None:
    path = write("01-phan-mot/a.svg", "<svg></svg>")
    library.refresh()
    old, name = tag_of(path), "01-phan-mot/a.svg"
    write("01-phan-mot/a.svg", "<svg><g/></svg>")
    library.refresh()
    kept = library.media("c4-thu", name, old)
    assert kept is not None and kept.read_text() == "<svg></svg>"
    assert library.media("c4-thu", name, tag_of(path)) == path
    assert library.media("c4-thu", name, "0" * 16) == library.media("c4-thu", name) == path
    path.unlink()
    library.refresh()
    assert library.media("c4-thu", name) is None
    assert library.media("c4-thu", name, old) == kept
    assert library.media("c4-thu", "01-phan-mot/a.md", old) is None
    assert library.media("c4-thu", name, "../../c4-thu/x") is None
