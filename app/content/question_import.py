"""Files of questions of other tools, each as one test step."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from app.content.aiken import is_aiken, read_aiken
from app.content.asked import Asked, Known, Unusable, fault_of, settled, written
from app.content.course_plan import title_of
from app.content.decoding import decoded
from app.content.foreign_links import slug_of
from app.content.gift import is_gift, read_gift
from app.content.import_report import ImportReport
from app.content.question_sheet import read_sheet
from app.content.source import LARGEST_FILE

MOST_QUESTIONS = 400  # of one test
Found = Mapping[str, list[Asked | Unusable]]
_MOST_NOTES = 20
_SECONDS = 60  # for a question


def question_files(folder: Path, names: list[str]) -> Found:
    """What stands in those of the files that hold questions, by name."""
    found = {}
    for name in names:
        asked = _read(folder / name)
        if asked:
            found[name] = asked
    return found


def _read(path: Path) -> list[Asked | Unusable]:
    if path.stat().st_size > LARGEST_FILE:
        return []
    data = path.read_bytes()
    if path.suffix.lower() == ".csv":
        return read_sheet(data) or []
    text = decoded(data)
    if text is None:
        return []
    if is_aiken(text.text):
        return list(read_aiken(text.text))
    return list(read_gift(text.text)) if is_gift(text.text) else []


def as_test(name: str, found: list[Asked | Unusable], known: Known, report: ImportReport) -> str:
    """A test file with the usable questions, "" when there is none; told in the report."""
    stem = slug_of(Path(name).stem, "cau")
    prefix = stem if stem[0].isalpha() else f"cau-{stem}"
    notes: list[str] = []
    texts: list[str] = []
    for asked in found:
        text, told = _text(asked, f"{prefix}-{len(texts) + 1}", known)
        if text and len(texts) >= MOST_QUESTIONS:
            told, text = (f"quá {MOST_QUESTIONS} câu, để lại",), ""
        texts += [text] if text else []
        notes += [f"{asked.where}: {note}" for note in told]
    if not texts:
        report.left(name, "; ".join(["không có câu hỏi nào dùng được", *notes[:_MOST_NOTES]]))
        return ""
    report.taken(name, [f"thành bài kiểm tra {len(texts)} câu", *_shortened(notes)])
    return _front(name, len(texts)) + "\n\n".join(texts) + "\n"


def _text(asked: Asked | Unusable, name: str, known: Known) -> tuple[str, tuple[str, ...]]:
    if isinstance(asked, Unusable):
        return "", (f"{asked.reason}, để lại",)
    whole, notes = settled(asked, known)
    text = written(whole, name)
    fault = fault_of(text)
    return ("", (f"{fault} Để lại.",)) if fault else (text, notes)


def _shortened(notes: list[str]) -> Iterable[str]:
    more = len(notes) - _MOST_NOTES
    return [*notes[:_MOST_NOTES], *([f"và {more} điều nữa như thế"] if more > 0 else [])]


def _front(name: str, count: int) -> str:
    title = title_of(Path(name)).replace('"', "'").replace("\\", "")
    minutes = min(max(count * _SECONDS // 60, 5), 600)
    return f'---\ntitle: "{title}"\nkind: test\nminutes: {minutes}\npass: 80\n---\n\n'
