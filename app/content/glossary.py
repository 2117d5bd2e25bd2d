"""A course's glossary: `glossary.yaml`, a flat mapping from a word to what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from app.content.declared import whole_file
from app.content.models import Term
from app.content.problems import Findings

FILE = "glossary.yaml"
MOST = 300
LONGEST_WORD = 60
LONGEST_MEANING = 500
_ALIKE = (FILE, "glossary.yml")


@dataclass(frozen=True)
class Glossary:
    """The terms in the file's order; `lines` by word, `findings` of the file."""

    findings: Findings
    terms: tuple[Term, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)

    def tell_unused(self, used: set[str]) -> None:
        """Warn of words that stand in no lesson."""
        for term in self.terms:
            if term.word not in used:
                self.findings.warning(
                    self.lines[term.word],
                    f"Từ “{term.word}” không có trong lời của bài nào.",
                    "Viết từ đúng như trong bài, cả dấu, hoặc bỏ dòng này.",
                )


def read_glossary(course: Path, digests: Mapping[str, bytes], findings: Findings) -> Glossary:
    """The glossary of a course folder, which has files of these names and SHA-256; faults in the
    findings of its own file. Empty without a file."""
    own = findings.beside(f"{course.name}/{FILE}")
    for name in digests:
        if name.endswith(_ALIKE) and name != FILE and PurePath(name).name in _ALIKE:
            findings.beside(f"{course.name}/{name}").warning(
                1, "Tệp này không được đọc.", f"Đặt là {FILE}, ở ngay trong thư mục khóa học."
            )
    path = course / FILE
    document = whole_file(path, digests.get(FILE, b""), own) if path.is_file() else None
    if document is None:
        return Glossary(own)
    lines = {word: document.line((word,)) for word in document.value}
    terms = _terms(document.value, lines, own)
    return Glossary(own, terms, lines)


def _terms(
    meanings: dict[str, object], lines: dict[str, int], findings: Findings
) -> tuple[Term, ...]:
    if len(meanings) > MOST:
        findings.error(1, f"Có quá {MOST} từ.", "Chỉ giữ những từ người học hay hỏi.")
        return ()
    seen: dict[str, str] = {}
    terms = []
    for word, meaning in meanings.items():
        line = lines[word]
        twin = seen.setdefault(" ".join(word.casefold().split()), word)
        if twin != word:
            findings.error(line, f"Từ “{word}” đã có ở dòng {lines[twin]}.", "Bỏ bớt một dòng.")
        elif _sound(word, meaning, line, findings):
            terms.append(Term(word=word, meaning=" ".join(str(meaning).split())))
    return tuple(terms)


def _sound(word: str, meaning: object, line: int, findings: Findings) -> bool:
    if not word[:1].isalnum() or not word[-1].isalnum() or len(word) > LONGEST_WORD:
        findings.error(
            line,
            f"“{word[:40]}” không phải là một từ.",
            f"Viết từ hoặc cụm từ, không quá {LONGEST_WORD} ký tự, đầu và cuối là chữ.",
        )
        return False
    if not isinstance(meaning, str) or not meaning:
        findings.error(
            line, f"Từ “{word}” chưa có lời giải thích.", "Viết “từ: giải thích một hai câu”."
        )
        return False
    if len(meaning) > LONGEST_MEANING:
        findings.error(
            line, f"Lời giải thích từ “{word}” quá dài.", "Rút lại còn một hai câu dễ hiểu."
        )
        return False
    return True
