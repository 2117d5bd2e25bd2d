"""Mathematics in a lesson: `$a^2$` among words and `$$…$$` by itself, shown as MathML.

A dollar sign is mathematics only where it can be nothing else: `giá $5 và $10` stays as it is.
"""

import html
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import Converter
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from pymdownx.util import escape_chars

LONGEST = 500  # characters of one formula
DEEPEST = 20
MOST = 300  # formulas of one text

# the parts of MathML that show something; none that runs, links or carries other markup
TAGS = frozenset(
    {"math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded"}
    | {"mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub"}
    | {"msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none"}
)
_SIZES = {"width", "height", "depth", "lspace", "rspace", "voffset"}
ATTRIBUTES = {
    "math": {"display", "alttext"},
    "menclose": {"notation"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mo": {"stretchy", "fence", "form", "separator", "symmetric", "largeop", "movablelimits"}
    | {"minsize", "maxsize", "lspace", "rspace", "accent"},
    "mover": {"accent"},
    "mpadded": _SIZES,
    "mspace": _SIZES | {"linebreak"},
    "mstyle": {"displaystyle", "scriptlevel", "mathvariant"},
    "mtable": {"columnalign", "rowspacing", "columnspacing", "columnlines", "rowlines"}
    | {"displaystyle"},
    "mtd": {"columnalign", "columnspan", "rowspan"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
}

_INLINE = r"(?<![\\\w$])\$(?![\s$])((?:\\.|[^\\$])+?)(?<!\s)\$(?![\w$])"
_DISPLAY = r"(?<![\\$])\$\$(?!\$)((?:\\.|[^\\$])+?)\$\$(?!\$)"
_MACROS = re.compile(r"\\(?:newcommand|renewcommand|def|let|gdef|require)\b")
_NESTING = re.compile(r"\\[\\{}]|[{}]|\\(?:begin|left|end|right)\b")
_UNPAIRED = "ngoặc, chỉ số hoặc \\begin…\\end chưa đủ cặp"
_STEPS = {"{": 1, "}": -1, r"\begin": 1, r"\end": -1, r"\left": 1, r"\right": -1}
_FORMAT = re.compile(r"\\(?:href|style|class|cssId|unicode|color|textcolor)\b")


@dataclass(frozen=True)
class Fault:
    """A formula that cannot be shown, and why, in Vietnamese."""

    latex: str
    reason: str


def mathml(latex: str, display: str) -> str:
    """A formula as MathML; `display` is "inline" or "block". Raises ValueError with the reason
    in Vietnamese."""
    _refuse_tricks(latex)
    try:
        root = Converter(display=display).convert_to_element(latex)
    except Exception as problem:  # it has a dozen errors of its own, and lets any other through
        raise ValueError(_UNPAIRED) from problem
    for element in root.iter():
        element.text, element.tail = _plain(element.text), _plain(element.tail)
        if element.text and element.text.startswith("\\") and len(element.text) > 1:
            raise ValueError(f"không hiểu lệnh {element.text[:30]}")
    root.attrib.pop("xmlns", None)
    root.set("alttext", latex)
    return tostring(root, encoding="unicode", short_empty_elements=False)


def _refuse_tricks(latex: str) -> None:
    if len(latex) > LONGEST:
        raise ValueError(f"dài quá {LONGEST} ký tự")
    if _MACROS.search(latex) or _FORMAT.search(latex):
        raise ValueError("có lệnh đặt tên riêng, tô màu hoặc gắn liên kết")
    depth = 0
    for sign in _NESTING.findall(latex):
        depth += _STEPS.get(sign, 0)  # an escaped brace is a sign like any other
        if depth > DEEPEST:
            raise ValueError("lồng quá sâu")
        if depth < 0:
            break
    if depth:
        raise ValueError(_UNPAIRED)


def _plain(text: str | None) -> str | None:
    """The converter writes signs as entities inside text; the serializer would escape them."""
    return html.unescape(text) if text else text


class _Formula(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, display: str, all_of_it: "Mathematics") -> None:
        super().__init__(pattern, md)
        self.display = display
        self.mathematics = all_of_it

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str, int, int]:
        latex = " ".join(m[1].split())
        self.mathematics.formulas += 1
        try:
            if self.mathematics.formulas > MOST:
                raise ValueError(f"bài có quá {MOST} công thức")
            shown = f'<span class="math math-{self.display}">{mathml(latex, self.display)}</span>'
        except ValueError as problem:
            self.mathematics.faults.append(Fault(m[1], str(problem)))
            shown = f"<code>{html.escape(latex)}</code>"
        return self.md.htmlStash.store(shown), m.start(0), m.end(0)


class Mathematics(Extension):
    """`$…$` and `$$…$$`; `faults` holds what could not be shown since the last reset."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Fault] = []
        self.formulas = 0

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)
        escape_chars(md, ["$"])
        # below code (190), above backslashes (180): LaTeX has its own
        block, inline = (
            _Formula(pattern, md, display, self)
            for pattern, display in ((_DISPLAY, "block"), (_INLINE, "inline"))
        )
        md.inlinePatterns.register(block, "formula-block", 186)
        md.inlinePatterns.register(inline, "formula-inline", 185)

    def reset(self) -> None:
        self.faults.clear()
        self.formulas = 0
