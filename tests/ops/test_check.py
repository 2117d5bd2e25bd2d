"""`check`: a table of what passed, and one answer."""

from pathlib import Path

import pytest

from app.config import ROOT
from app.ops.cli import quality


def test_when_all_pass_the_answer_is_yes(capfd: pytest.CaptureFixture[str]) -> None:
    assert quality.run(["python --version"])
    assert "đạt" in capfd.readouterr().out


def test_one_failure_is_a_no_and_the_others_still_run(capfd: pytest.CaptureFixture[str]) -> None:
    assert not quality.run(["python -c import(", "python --version", "khong-co-cong-cu"])
    told = capfd.readouterr().out
    assert [told.count(word) for word in ("KHÔNG ĐẠT", "chưa cài")] == [1, 1]
    assert "python --version" in told


def test_it_runs_what_make_check_static_runs() -> None:
    makefile = Path(ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile[makefile.index("check-static: setup") : makefile.index("faults: setup")]
    for tool in quality.TOOLS[:-1]:
        assert tool in recipe
