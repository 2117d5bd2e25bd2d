"""The part of a course file between two `---` lines: read, checked, every fault with its line."""

import re
import types
from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.content.problems import Findings, listed, nearest
from app.content.strict_yaml import Document, YamlProblem, read_yaml

_FENCE = re.compile(r"---[ \t]*\Z")

Schema = TypeVar("Schema", bound=BaseModel)


@dataclass(frozen=True)
class Split:
    """A file in two: the YAML text, and the body that begins at `body_line` (from 1)."""

    yaml: str
    body: str
    body_line: int


def split(text: str, findings: Findings) -> Split | None:
    """Part front matter from body; None with the reason in `findings` when there is none."""
    lines = text.split("\n")
    if not _FENCE.match(lines[0]):
        findings.error(
            1,
            "Thiếu phần khai báo ở đầu tệp.",
            "Dòng đầu tiên là ---, rồi “title: …” và các mục khác, rồi một dòng --- nữa.",
        )
        return None
    for number, line in enumerate(lines[1:], 1):
        if _FENCE.match(line):
            body = "\n".join(lines[number + 1 :])
            return Split("\n".join(lines[1:number]), body, number + 2)
    findings.error(1, "Phần khai báo chưa đóng.", "Thêm một dòng --- sau mục cuối cùng.")
    return None


def parse(yaml_text: str, findings: Findings, first_line: int = 2) -> Document | None:
    """The YAML as a mapping with line numbers, or None with the reason in `findings`."""
    try:
        document = read_yaml(yaml_text, first_line)
    except YamlProblem as problem:
        findings.error(problem.line, problem.message, problem.mend)
        return None
    if isinstance(document.value, dict):
        return document
    findings.error(first_line, "Phần khai báo viết sai cách.", "Mỗi dòng viết “tên: giá trị”.")
    return None


def validate(document: Document, schema: type[Schema], findings: Findings) -> Schema | None:
    """The mapping as `schema`; unknown keys are warnings, wrong ones errors in `findings`.

    A key without a value counts as not written.
    """
    value = _without_unknown(document, document.value, schema, (), findings)
    try:
        return schema.model_validate(value)
    except ValidationError as problem:
        for detail in problem.errors(include_url=False):
            _explain(document, detail, findings)
        return None


def _without_unknown(
    document: Document, value: Any, schema: Any, path: tuple[str | int, ...], findings: Findings
) -> Any:
    """The value with empty and unknown keys dropped, at every depth that has a schema."""
    if isinstance(value, list):
        inner = next(iter(get_args(schema)), None)
        return [
            _without_unknown(document, item, inner, (*path, place), findings)
            for place, item in enumerate(value)
        ]
    fields = _fields(schema)
    if not isinstance(value, dict) or fields is None:
        return value
    kept: dict[str, Any] = {}
    for key, item in value.items():
        if key not in fields:
            _unknown(document, (*path, key), key, fields, findings)
        elif item != "":
            kept[key] = _without_unknown(document, item, fields[key], (*path, key), findings)
    return kept


def _fields(schema: Any) -> dict[str, Any] | None:
    if get_origin(schema) in (types.UnionType,):
        schema = next((part for part in get_args(schema) if _fields(part)), None)
    if isinstance(schema, type) and issubclass(schema, BaseModel):
        return {
            field.alias or name: field.annotation for name, field in schema.model_fields.items()
        }
    return None


def _unknown(
    document: Document,
    path: tuple[str | int, ...],
    key: str,
    known: dict[str, Any],
    findings: Findings,
) -> None:
    meant = nearest(key, known)
    mend = f"Có phải “{meant}” không?" if meant else f"Các mục dùng được: {listed(known)}."
    findings.warning(document.line(path), f"Không có mục nào tên là “{key}”.", mend)


def _explain(document: Document, detail: ErrorDetails, findings: Findings) -> None:
    path = detail["loc"]
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    if detail["type"] == "missing":
        line = document.line(path[:-1])
        findings.error(line, f"Thiếu mục “{name}”.", f"Thêm dòng “{name}: …”.")
        return
    given = detail["input"] if isinstance(detail["input"], str) else "…"
    wanted = _wanted(detail)
    findings.error(
        document.line(path), f"Mục “{name}” không đúng: “{given[:60]}”.", f"Viết {wanted}."
    )


def _wanted(detail: ErrorDetails) -> str:
    kind, limits = detail["type"], detail.get("ctx", {})
    if kind == "literal_error":
        return f"một trong các từ {limits['expected'].replace(' or ', ', ')}"
    if kind == "value_error":
        return str(limits["error"])
    if kind in _LIMITS:
        word, key = _LIMITS[kind]
        return f"{word} {limits[key]}"
    for start, words in _WANTED.items():
        if kind.startswith(start):
            return words
    return "lại theo mẫu của khóa học khác"


_LIMITS = {
    "greater_than": ("số lớn hơn", "gt"),
    "greater_than_equal": ("số không nhỏ hơn", "ge"),
    "less_than_equal": ("số không lớn hơn", "le"),
    "string_too_long": ("ngắn lại, số ký tự không quá", "max_length"),
    "too_short": ("thêm, số dòng ít nhất là", "min_length"),
}
_WANTED = {
    "int": "một số nguyên, ví dụ 5",
    "float": "một số, ví dụ 4 hoặc 1.5",
    "finite": "một số, ví dụ 4 hoặc 1.5",
    "date": "ngày theo kiểu năm-tháng-ngày, ví dụ 2026-11-23",
    "bool": "true hoặc false",
    "tuple": "một danh sách trong ngoặc vuông, ví dụ [nguoi-dan]",
    "list": "một danh sách trong ngoặc vuông, ví dụ [nguoi-dan]",
    "dict": "trong ngoặc nhọn, ví dụ {K1: 4, K2: 4}",
    "model": "trong ngoặc nhọn, ví dụ {id: nguoi-dan, title: Người dân}",
    "string": "một dòng chữ",
}
