"""Set-up says what this machine lacks for printing."""

import pytest
from flask import Flask

from app.certificates import cli


def test_a_machine_that_has_everything_says_so(app: Flask) -> None:
    said = app.test_cli_runner().invoke(args=["certificates", "ready"])
    assert said.exit_code == 0
    assert "đủ thư viện và phông chữ" in said.output


def test_what_is_missing_is_named_and_stops_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "missing_parts", lambda: ["Thiếu phông X (fonts-x)."])
    said = app.test_cli_runner().invoke(args=["certificates", "ready"])
    assert said.exit_code == 0
    assert "Thiếu phông X (fonts-x)." in said.stderr
    assert "đủ thư viện" not in said.output.replace(said.stderr, "")
