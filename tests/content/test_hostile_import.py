"""What means harm comes in by no import: pages cost a second and 200 MiB at most, archives half a
minute and 512 MiB, and nothing is half imported.

What a checker would refuse, an import may also serve: anyone's pages are to be taken, so signs
that mean nothing here are set as the words they are. That is harmless because of what is looked
at here for each of them: nothing in the page runs or leads astray, and it cost no more than a page.
"""

import json
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.content.hostile_texts import BODIES, YAMLS
from tests.content.test_import_archives import HOSTILE as ARCHIVES

SCRIPT = Path(__file__).with_name("hostile_import.py")
PAGE_SECONDS, PAGE_MIB = 1.0, 200
ARCHIVE_SECONDS, ARCHIVE_MIB = 30.0, 512
MILLION = 1_000_000
FRONTS = {
    **{f"yaml {name}": f"---\n{text}---\nChào.\n" for name, text in YAMLS.items()},
    "json nesting": '{"a":' * 20_000 + "\n\nChào.\n",
    "json list": '{"a": [' + "1," * 30_000 + "1]}\n\nChào.\n",
    "toml nesting": "+++\na = " + "[" * 20_000 + "]" * 20_000 + "\n+++\nChào.\n",
    "toml keys": "+++\n" + "".join(f"k{n} = 1\n" for n in range(10_000)) + "+++\nChào.\n",
}
EVIL = {
    "script": "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n",
    "addresses": "[a](javascript:alert(1)) <a href=' javascript:x'>b</a> ![c](data:text/html,x)\n",
    "forms": "<form action=//x.vn><input name=a></form><iframe src=//x.vn></iframe>\n",
    "names": "[a](../../../../etc/passwd) ![b](/etc/passwd) [c](file:///etc/passwd)\n",
}


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time; "refused", "left" or "served"; what harm was found."""

    seconds: float
    told: str
    harm: str


def measured(courses: Path, sources: list[Path], most: float) -> dict[str, Cost]:
    """Import the sources in a process of their own; by name, with the peak of memory."""
    courses.mkdir()
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(courses), *map(str, sources)],
        capture_output=True, text=True, timeout=most * len(sources) + 300, check=True,
    )  # fmt: skip
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(courses.iterdir()) == []
    return {name: Cost(seconds, told, harm) for name, seconds, told, harm in rows}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Cost]:
    """What folders of one hostile page and a good one cost."""
    folder = tmp_path_factory.mktemp("pages")
    texts = {**{name: f"# Chào\n\n{body}" for name, body in BODIES.items()}, **FRONTS, **EVIL}
    for name, text in texts.items():
        (folder / name).mkdir()
        (folder / name / "a.md").write_text(text, "utf-8")
        (folder / name / "b.md").write_text("# B\n\nChữ.\n", "utf-8")
    return measured(folder / "khoa", [folder / name for name in texts], PAGE_SECONDS)


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Cost]:
    """What archives cost, among them one that truly has a million files."""
    folder = tmp_path_factory.mktemp("archives")
    for name, make in ARCHIVES.items():
        (folder / f"{name}.zip").write_bytes(make())
    with (folder / "a million.zip").open("wb") as file:
        file.writelines(_with_a_million_files())
    sources = sorted(folder.glob("*.zip"))
    return measured(folder / "khoa", sources, ARCHIVE_SECONDS)


def _with_a_million_files() -> Iterator[bytes]:
    """A sound ZIP64 of a million empty pages, as any tool would write it."""
    names = [b"%06d.md" % number for number in range(MILLION)]
    local, central = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I")
    size = local.size + len(names[0])
    yield b"".join(
        local.pack(b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name for name in names
    )
    directory = b"".join(
        central.pack(
            b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, number * size
        )
        + name
        for number, name in enumerate(names)
    )
    yield directory
    start, end = MILLION * size, MILLION * size + len(directory)
    yield struct.pack(
        "<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, MILLION, MILLION, len(directory), start
    )
    yield struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    yield struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def test_a_page_costs_a_second_at_most(pages: dict[str, Cost]) -> None:
    assert len(pages) > 50
    slow = {name: cost.seconds for name, cost in pages.items() if cost.seconds > PAGE_SECONDS}
    assert {name: seconds for name, seconds in slow.items() if name != "peak"} == {}


def test_pages_take_no_more_memory_than_there_is(pages: dict[str, Cost]) -> None:
    assert pages["peak"].seconds <= PAGE_MIB


def test_what_is_served_is_words_and_nothing_that_runs(pages: dict[str, Cost]) -> None:
    assert {name: cost.harm for name, cost in pages.items() if cost.harm} == {}
    assert not any(cost.told == "refused" for cost in pages.values())  # the good page came in


def test_nesting_and_bombs_are_left_aside(pages: dict[str, Cost]) -> None:
    for name in ("brackets", "quotes apart", "angles", "images", "footnotes", "formulas"):
        assert pages[name].told in ("left", "served"), name
    assert pages["brackets"].told == "left"


def test_an_archive_costs_half_a_minute_at_most(archives: dict[str, Cost]) -> None:
    assert len(archives) > 20
    slow = {name: cost.seconds for name, cost in archives.items() if cost.seconds > ARCHIVE_SECONDS}
    assert {name: seconds for name, seconds in slow.items() if name != "peak"} == {}
    assert archives["peak"].seconds <= ARCHIVE_MIB


def test_every_hostile_archive_is_refused_whole(archives: dict[str, Cost]) -> None:
    told = {name: (cost.told, cost.harm) for name, cost in archives.items() if name != "peak"}
    assert set(told.values()) == {("refused", "")}
