"""The acts of a practical: `- [ ] …` lines with an id each, below a few words of introduction."""

import re
from dataclasses import dataclass

from app.content.lines import Fences
from app.content.problems import Findings

USUAL = range(8, 13)
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

_ACT = re.compile(r" {0,3}[-*+] +\[([ xX]?)\](?: +(.*))?$")
_BULLET = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?: |$)")
_MARK = re.compile(r"\s*\{#([^{}\s]*)\}\s*\Z")
_QUESTION = re.compile(r" {0,3}#{1,6} +\?")


@dataclass
class Act:
    """One act as it was written; `id` is empty where there is none."""

    text: str
    line: int
    id: str = ""


def split_acts(body: str, first_line: int, findings: Findings) -> tuple[str, list[Act]]:
    """The introduction of a practical, and its acts. Lines count from `first_line`."""
    reader = _Reader(findings)
    for number, line in enumerate(body.split("\n"), first_line):
        reader.take(line, number)
    _check(reader.acts, first_line, findings)
    return "\n".join(reader.intro), reader.acts


class _Reader:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.fences = Fences()
        self.intro: list[str] = []
        self.acts: list[Act] = []

    def take(self, line: str, number: int) -> None:
        act = None if self.fences.inside(line) else _ACT.match(line)
        if act:
            self.act(act, number)
        elif _QUESTION.match(line):
            self.findings.error(
                number,
                "Bài thực hành không có câu hỏi.",
                "Viết việc phải làm: “- [ ] Tự mở khóa máy. {#mo-khoa}”.",
            )
        elif not self.acts:
            self.stray_bullet(line, number)
            self.intro.append(line)
        elif line.startswith("  ") and line.strip() and not _BULLET.match(line.lstrip()):
            self.acts[-1].text += " " + line.strip()
        elif line.strip():
            self.after(line, number)

    def act(self, match: re.Match[str], number: int) -> None:
        if match[1] in ("x", "X"):
            self.findings.error(
                number, "Việc này đã đánh dấu sẵn.", "Để ô trống: “- [ ] …”; người xem sẽ đánh dấu."
            )
        self.acts.append(Act((match[2] or "").strip(), number))

    def stray_bullet(self, line: str, number: int) -> None:
        if _BULLET.match(line) and _MARK.search(line):
            self.findings.error(
                number, "Việc này thiếu ô đánh dấu.", "Viết “- [ ] Tự mở khóa máy. {#mo-khoa}”."
            )

    def after(self, line: str, number: int) -> None:
        if _BULLET.match(line):
            self.findings.error(
                number,
                "Dòng này không phải là một việc có ô đánh dấu.",
                "Viết “- [ ] …  {#ma-viec}” sát lề trái, mỗi việc một dòng.",
            )
        else:
            self.findings.error(
                number,
                "Có chữ đứng giữa hoặc sau các việc.",
                "Đưa đoạn này lên trước việc đầu tiên; lời thêm của một việc thì lùi vào.",
            )


def _check(acts: list[Act], first_line: int, findings: Findings) -> None:
    lines: dict[str, int] = {}
    for act in acts:
        mark = _MARK.search(act.text)
        act.id = mark[1] if mark else ""
        act.text = _MARK.sub("", act.text).strip()
        if not act.text:
            findings.error(act.line, "Việc để trống.", "Viết việc người học phải làm.")
        if not mark:
            findings.error(act.line, "Việc này chưa có mã.", "Thêm {#ma-viec} ở cuối dòng.")
        elif not ID.match(act.id):
            findings.error(
                act.line,
                f"Mã việc “{act.id}” không đúng.",
                "Chỉ dùng chữ thường không dấu, số và dấu gạch, ví dụ {#mo-khoa}.",
            )
        elif act.id in lines:
            findings.error(
                act.line, f"Mã việc “{act.id}” đã dùng ở dòng {lines[act.id]}.", "Đặt mã khác."
            )
        lines.setdefault(act.id, act.line)
    _check_count(acts, first_line, findings)


def _check_count(acts: list[Act], first_line: int, findings: Findings) -> None:
    if not acts:
        findings.error(
            first_line,
            "Bài thực hành chưa có việc nào.",
            "Thêm các dòng “- [ ] Tự mở khóa máy. {#mo-khoa}”.",
        )
    elif len(acts) not in USUAL:
        findings.warning(
            acts[0].line,
            f"Bài thực hành có {len(acts)} việc.",
            f"Nên có {USUAL.start} đến {USUAL.stop - 1} việc, xem một buổi là xong.",
        )
