"""`flask --app wsgi check`: yes or no to the source code, in about a minute."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import click

from app.config import ROOT

# the first six as `make check-static` runs them
TOOLS = (
    "ruff check .",
    "ruff format --check .",
    "mypy",
    "lint-imports",
    "djlint app --lint --quiet",
    "deptry .",
    "pytest -q -n 2",
)


@click.command("check")
def check_command() -> None:
    """Chạy mọi công cụ kiểm tra mã nguồn và bộ thử nhanh, rồi in bảng kết quả."""
    if not run(TOOLS):
        raise click.ClickException("KHÔNG ĐẠT")
    click.echo("ĐẠT")


def run(tools: Sequence[str]) -> bool:
    """Run each command line in the project's folder; True when all passed. Prints a table."""
    results = [(tool, *_timed(tool)) for tool in tools]
    click.echo("\n----- Kết quả")
    for tool, verdict, seconds in results:
        click.echo(f"{tool:<28} {verdict:<12} {seconds:5.1f} giây")
    return all(verdict == "đạt" for _, verdict, _ in results)


def _timed(tool: str) -> tuple[str, float]:
    click.echo(f"----- {tool}")
    name, *arguments = tool.split()
    # beside the Python that runs this: the tools of this environment and no other
    program = Path(sys.executable).parent / name
    began = perf_counter()
    try:
        code = subprocess.run([program, *arguments], cwd=ROOT, check=False).returncode
    except FileNotFoundError:
        click.echo(f"Chưa cài {name}. Hãy chạy: make setup", err=True)
        return "chưa cài", 0.0
    return ("đạt" if code == 0 else "KHÔNG ĐẠT"), perf_counter() - began
