"""The programme: groups, skills, indicators and the courses that count."""

from pathlib import Path

import pytest

from app.content.problems import Findings, Problem
from app.content.programme import Programme, load_programme
from tests.content.samples import PROGRAMME


def load(folder: Path, text: str) -> tuple[Programme | None, list[Problem]]:
    folder.mkdir(exist_ok=True)
    (folder / "programme.yaml").write_text(text, encoding="utf-8")
    findings = Findings("programme.yaml")
    return load_programme(folder, findings), findings.found


def test_what_stands_in_the_file(tmp_path: Path) -> None:
    programme, problems = load(tmp_path, PROGRAMME)
    assert problems == []
    assert programme is not None
    assert [group.id for group in programme.groups] == ["nguoi-dan", "nguoi-cao-tuoi"]
    group = programme.group("nguoi-cao-tuoi")
    assert group is not None
    assert group.address == "bác"
    assert programme.group("khong-co") is None
    assert programme.skills["K1"] == "Dịch vụ công trực tuyến"
    assert not programme.verified


def test_which_indicators_a_course_counts_for(tmp_path: Path) -> None:
    programme, _ = load(tmp_path, PROGRAMME)
    assert programme is not None
    assert [item.id for item in programme.qualifying("c4-thu")] == ["nguoi-truong-thanh"]
    assert programme.qualifying("c5") == ()
    indicator = programme.indicator("nguoi-truong-thanh")
    assert indicator is not None
    assert (indicator.place, indicator.min_age, indicator.unit_kinds) == ("residence", 18, ())
    assert programme.indicator("khong-co") is None


def test_no_file_is_an_empty_programme(tmp_path: Path) -> None:
    findings = Findings("programme.yaml")
    assert load_programme(tmp_path, findings) == Programme()
    assert findings.found == []


def test_text_stays_text(tmp_path: Path) -> None:
    programme, _ = load(
        tmp_path, "title: no\nsource: 12:30\nverified: true\nskills: {K1: 2026-01-01}\n"
    )
    assert programme is not None
    assert (programme.title, programme.source) == ("no", "12:30")
    assert programme.verified
    assert programme.skills == {"K1": "2026-01-01"}


FAULTS = [
    ("groups: [", 1, "viết sai cách"),
    ("groups:\n  - {id: a}\n", 2, "Thiếu mục “title”"),
    ("frameworks: {a: A}\ngroups:\n  - {id: g, title: G, framework: b}\n", 3, "khung “b”"),
    (PROGRAMME.replace("nguoi-cao-tuoi,", "nguoi-dan,"), 5, "“nguoi-dan” dùng hai lần"),
    (PROGRAMME.replace("residence", "nhà"), 11, "“place” không đúng: “nhà”"),
    (PROGRAMME.replace("min_age: 18", "min_age: mười tám"), 11, "“min_age” không đúng"),
    (PROGRAMME.replace("skills:", "skill:"), 6, "Không có mục nào tên là “skill”"),
]


@pytest.mark.parametrize(("text", "line", "message"), FAULTS)
def test_faults(tmp_path: Path, text: str, line: int, message: str) -> None:
    _, problems = load(tmp_path, text)
    assert problems[0].line == line
    assert message in problems[0].message
    assert problems[0].mend


def test_a_programme_survives_json(tmp_path: Path) -> None:
    programme, _ = load(tmp_path, PROGRAMME)
    assert programme is not None
    assert Programme.model_validate_json(programme.model_dump_json()) == programme
