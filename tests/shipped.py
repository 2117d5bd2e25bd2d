"""The courses of this repository in tests: rendered once, for all processes and runs to come."""

from pathlib import Path

from app.config import ROOT

COURSES = ROOT / "courses"
RENDERED = Path(__file__).parent / ".artifacts" / "rendered"
