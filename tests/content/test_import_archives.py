"""ZIPs: our own come back the same to the byte, hostile ones leave nothing behind."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.content.adoption import adopt
from app.content.checker import course_folders
from app.content.export import write_archive
from app.content.import_report import ImportRefused
from app.content.source import digests_of

TODAY = date(2026, 11, 24)
SHIPPED = Path(__file__).parents[2] / "courses"


def packed(files: dict[str, bytes], **options: int) -> bytes:
    """A ZIP of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", options.get("how", zipfile.ZIP_DEFLATED)) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def bring(tmp_path: Path) -> Callable[[bytes], str]:
    """Imports a ZIP with these bytes; when refused, nothing may be left."""
    courses = tmp_path / "courses"
    courses.mkdir()

    def bring(data: bytes) -> str:
        source = tmp_path / "Khóa thử.zip"
        source.write_bytes(data)
        try:
            return adopt(source, courses, TODAY).slug
        except ImportRefused:
            assert list(courses.iterdir()) == []
            raise

    return bring


@pytest.mark.parametrize("folder", course_folders(SHIPPED), ids=lambda folder: folder.name)
def test_an_export_comes_back_the_same(folder: Path, tmp_path: Path) -> None:
    courses = tmp_path / "courses"
    courses.mkdir()
    (courses / "programme.yaml").write_bytes((SHIPPED / "programme.yaml").read_bytes())
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    write_archive(folder, first)
    assert adopt(first, courses, TODAY).slug == folder.name
    assert digests_of(courses / folder.name) == digests_of(folder)
    write_archive(courses / folder.name, second)
    assert first.read_bytes() == second.read_bytes()


def test_an_export_with_errors_is_refused(bring: Callable[[bytes], str], tmp_path: Path) -> None:
    front = "---\ntitle: A\nsummary: b\ncode: c\naudience: [x]\nhours: 1\n---\n"
    with pytest.raises(ImportRefused, match="chưa có bài nào"):
        bring(packed({"a/course.md": front.encode()}))


def test_a_zip_of_pages(bring: Callable[[bytes], str]) -> None:
    inner = packed({"x.md": b"x"})
    files = {"Bài.md": b"# B\n", "a/b.md": b"x", "trong.zip": inner, "__MACOSX/._a": b""}
    assert bring(packed(files)) == "khoa-thu"


def odd(mode: int) -> bytes:
    """A ZIP with one entry of this kind of file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("a.md")
        entry.external_attr = (mode | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def with_flag(flag: int) -> bytes:
    """A ZIP whose only entry carries this flag, in both of its headers."""
    data = bytearray(packed({"a.md": b"x"}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign) + place
        data[at : at + 2] = struct.pack("<H", flag)
    return bytes(data)


def lying() -> bytes:
    """A ZIP that says its only entry is small."""
    data = bytearray(packed({"a.md": b"\0" * 1_000_000}))
    at = data.find(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def many(count: int) -> bytes:
    """The directory of a ZIP with so many entries."""
    entry = b"PK\x01\x02" + b"\0" * 24 + struct.pack("<H", 1) + b"\0" * 16 + b"a"
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entry) * count, 0, 0
    )
    return entry * count + end


HOSTILE = {
    "parent": lambda: packed({"../a.md": b"x"}),
    "deeper parent": lambda: packed({"a/../../b.md": b"x"}),
    "absolute": lambda: packed({"/etc/a.md": b"x"}),
    "windows": lambda: packed({"..\\a.md": b"x"}),
    "drive": lambda: packed({"C:/a.md": b"x"}),
    "symlink": lambda: odd(stat.S_IFLNK),
    "device": lambda: odd(stat.S_IFCHR),
    "ratio": lambda: packed({"a.md": b"\0" * 20_000_000}),
    "total": lambda: packed({f"{n}.md": b"\0" * 4_000_000 for n in range(60)}),
    "lying size": lying,
    "entries": lambda: many(1_000_000),
    "entries modulo": lambda: many(0x10000 * 16),
    "twins by case": lambda: packed({"a.md": b"x", "A.md": b"y"}),
    "twins by form": lambda: packed({"\u1ea3.md": b"x", "a\u0309.md": b"y"}),
    "twin folders": lambda: packed({"a/b.md": b"x", "A/c.md": b"y"}),
    "file and folder": lambda: packed({"a": b"x", "a/b.md": b"y"}),
    "encrypted": lambda: with_flag(1),
    "method": lambda: packed({"a.md": b"x"}, how=zipfile.ZIP_LZMA),
    "no zip": lambda: b"PK",
    "cut": lambda: packed({"a.md": b"x" * 100})[:-30],
    "long name": lambda: packed({"a" * 300 + ".md": b"x"}),
    "deep": lambda: packed({"a/" * 40 + "b.md": b"x"}),
    "control": lambda: packed({"a\n.md": b"x"}),
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_archives(make: Callable[[], bytes], bring: Callable[[bytes], str]) -> None:
    with pytest.raises(ImportRefused):
        bring(make())


def test_a_name_written_twice(bring: Callable[[bytes], str]) -> None:
    data = packed({"a.md": b"x", "b.md": b"y"}).replace(b"b.md", b"a.md")
    with pytest.raises(ImportRefused, match="trùng nhau"):
        bring(data)


@pytest.mark.parametrize(
    "page",
    [
        b"---\na: &a [x]\nb: [*a, *a]\n---\n",
        b"{" * 50_000,
        b'{"a":' * 20_000,
        b"+++\na = " + b"[" * 20_000 + b"\n+++\n",
        b"`" * 4_000,
        b"> " * 2_000 + b"x",
        b"::: note\n" * 5_000,
        b"[a](" * 1_000,
        b"::: " + b" " * 4_900 + b"}x",
        (b"# " + b" " * 4_900 + b"x\n") * 50,
        b"![](" + (b" " * 4_000 + b"\n") * 9,
        b"<a href=x" * 1_000,
        (b"a [b] ![c](d " * 20 + b"\n") * 2_000,
    ],
)
def test_hostile_pages(page: bytes, bring: Callable[[bytes], str]) -> None:
    assert bring(packed({"a.md": page, "b.md": b"x"})) == "khoa-thu"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.gift", b"{" + b"=" * 200_000),
        ("a.gift", b"x{=" + b"~%" * 50_000),
        ("a.csv", b"question,options,right\nx,a" + b" " * 120_000 + b"b,a" + b" " * 120_000),
        ("a.txt", b"x\n" * 50_000 + b"ANSWER: A\n"),
    ],
)
def test_hostile_questions(name: str, data: bytes, bring: Callable[[bytes], str]) -> None:
    assert bring(packed({name: data, "b.md": b"x"})) == "khoa-thu"
