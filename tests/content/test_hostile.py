"""Files that mean harm are refused before they cost more than a second or 200 MiB."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("hostile.py")
HARMLESS = {"backticks", "formula of rows", "glossary: many words"}  # long, and nothing worse


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, bool]]:
    """By case: seconds of processor time, and whether the files were refused."""
    folder = tmp_path_factory.mktemp("hostile")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: (cost, refused) for name, cost, refused in rows}


def test_each_is_done_with_within_a_second(costs: dict[str, tuple[float, bool]]) -> None:
    slow = {name: cost for name, (cost, _) in costs.items() if name != "peak" and cost > 1}
    assert len(costs) > 40
    assert slow == {}


def test_all_but_the_harmless_are_refused(costs: dict[str, tuple[float, bool]]) -> None:
    assert {name for name, (_, refused) in costs.items() if not refused} <= HARMLESS


def test_none_takes_more_memory_than_there_is(costs: dict[str, tuple[float, bool]]) -> None:
    assert costs["peak"][0] <= 200  # MiB, all cases in one process
