"""Checks course files that mean harm, the engine alone in its process, and prints what it cost.

Run by test_hostile.py: one line for each case, then the peak of memory.
"""

import json
import sys
import time
import types
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
# the engine is plain Python: without the web around it, its memory is what is measured
alone = types.ModuleType("app")
alone.__path__ = [str(ROOT / "app")]
sys.modules["app"] = alone

from app.content.checker import check  # noqa: E402
from tests.content.samples import COURSE, MODULE, PROGRAMME  # noqa: E402

FRONT = "---\ntitle: Bài\nminutes: 5\n---\n"
SCENE = "/// drill | x\n    kind: call\n    from: y\n\nz\n///\n\n"
STEPS = "/// steps | x\n1. a\n///\n\n"


def lines(text: str, times: int, width: int = 9_000) -> str:
    """`text` repeated, in lines that the reader of files lets through."""
    whole = text * times
    return "\n".join(whole[at : at + width] for at in range(0, len(whole), width))


BODIES = {
    "brackets": lines("[", 50_000),
    "brackets apart": lines("[", 50_000, 250).replace("\n", "\n\n"),
    "images": lines("![a](", 10_000),
    "angles": lines("<", 50_000),
    "tags": lines("<b>", 20_000),
    "tags apart": "<div>\n\n" * 10_000,
    "stars": lines("*a_", 20_000),
    "backticks": lines("`a", 10_000),
    "quotes": "> " * 4_000 + "x",
    "quotes apart": "\n".join("> " * (n % 40) + "x" for n in range(5_000)),
    "lists": "\n".join(" " * min(n, 4_000) + "- x" for n in range(5_000)),
    "lists of one line": "- " * 4_000 + "x",
    "headings": "# a\n" * 20_000,
    "footnotes": "\n".join(f"[^{n}]\n\n[^{n}]: x\n" for n in range(3_000)),
    "references": "\n".join(f"[a{n}]: x" for n in range(20_000)) + "\n\n" + "[a1]" * 250,
    "table": "|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + ("|b" * 2_000 + "|\n") * 20,
    "fences": "```\n" * 20_001,
    "blocks opened": "/// for | nguoi-dan\n\n" * 10_000,
    "blocks within blocks": "\n\n".join(
        "/" * n + (" device | android" if n % 2 else " for | nguoi-dan") for n in range(900, 2, -1)
    ),
    "blocks closed": "///\n" * 20_000,
    "blocks side by side": STEPS * 5_000,
    "scenes": SCENE * 5_000,
    "steps": "/// steps | x\n" + "1. a\n" * 50_000 + "///\n",
    "options": "/// drill | x\n" + "    kind: call\n" * 40_000 + "\nz\n///\n",
    "options in YAML": "/// drill | x\n    a: &a [x]\n" + "    - *a\n" * 9_000 + "\nz\n///\n",
    "a long option": "/// drill | x\n    kind: " + "x" * 9_900 + "\n    from: y\n\nz\n///\n",
    "block in lists": "- /// steps | x\n" * 10_000,
    "dollars": lines("$", 50_000),
    "dollars apart": lines("$a$ ", 50_000, 396).replace("\n", "\n\n"),
    "formulas": "$a$\n\n" * 20_000,
    "formula opened": "$$\na\n" * 10_000,
    "formula of braces": "$" + "{" * 4_000 + "}" * 4_000 + "$",
    "formula of fractions": "$" + "\\frac{" * 80 + "x" + "}{y}" * 80 + "$",
    "formula of macros": "$\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{xxxxxxxx}\\a$",
    "formula of scripts": "$" + "a^" * 240 + "b$",
    "formula of rows": "$\\begin{matrix}" + "a&" * 200 + "\\end{matrix}$",
    "questions": "### ? a {#a}\n- [ ] b\n- [x] c\n> d\n\n" * 5_000,
    "answers": "### ? a {#a}\n" + "- [x] b\n" * 40_000 + "> d\n",
}
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
YAMLS = {
    "aliases": BOMB,
    "merge keys": "a: &a {x: y}\n" + "b: {<<: *a}\n" * 10_000,
    "nesting": "title: " + "[" * 9_000 + "]" * 9_000 + "\n",
    "nesting by lines": "\n".join(" " * min(n, 4_000) + "a:" for n in range(5_000)) + "\n",
    "keys": "".join(f"k{n}: x\n" for n in range(60_000)),
    "one list": "audience: [" + ",\n".join(["x"] * 200_000) + "]\n",
}
TERMS = "".join(f"từ {n}{chr(97 + n % 26)}: nghĩa\n" for n in range(300))
WORDS = ("từ này từ kia " * 600 + "\n\n") * 8


def cases(course: Path) -> Iterator[str]:
    """Puts one case after the other into a course and says its name."""
    module = course / "01-phan"
    for name, body in BODIES.items():
        (module / "01-bai.md").write_text(FRONT + "Chào.\n\n" + body, encoding="utf-8")
        yield name
    (module / "01-bai.md").write_text(FRONT + "Chào.\n", encoding="utf-8")
    for name, text in YAMLS.items():
        (module / "02-bai.md").write_text(f"---\n{text}---\nChào.\n", encoding="utf-8")
        yield f"front matter: {name}"
        (module / "02-bai.md").unlink()
        (course / "glossary.yaml").write_text(text, encoding="utf-8")
        yield f"glossary: {name}"
    (course / "glossary.yaml").write_text(TERMS, encoding="utf-8")
    (module / "01-bai.md").write_text(FRONT + WORDS, encoding="utf-8")
    yield "glossary: many words"


def main(folder: Path) -> None:
    """Check every case in this folder."""
    module = folder / "courses" / "c4" / "01-phan"
    module.mkdir(parents=True)
    (folder / "courses" / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    (module.parent / "course.md").write_text(COURSE, encoding="utf-8")
    (module / "module.md").write_text(MODULE, encoding="utf-8")
    for name in cases(module.parent):
        start = time.process_time()
        found = check(folder / "courses")
        cost = time.process_time() - start
        refused = any(problem.severity == "error" for problem in found)
        print(json.dumps([name, round(cost, 3), refused]))  # noqa: T201
    # not ru_maxrss, which a process takes over from the one that started it
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(json.dumps(["peak", round(peak), True]))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
