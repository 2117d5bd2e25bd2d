"""The `///` blocks: what they become, and every way of writing them wrong."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.content.checker import Problem, check
from app.content.library import Library
from app.content.models import Step

TODAY = date(2026, 11, 24)
Lesson = Callable[[str], Path]
STEPS = (
    "/// steps | Bật chữ to\n1. Mở **Cài đặt**.\n\n    ![Nút](a.svg)\n\n2. Bấm **Màn hình**.\n///\n"
)
SCENE = "/// drill | Tin lạ\n    kind: message\n    from: 0889 123 xxx\n\nTrúng thưởng!\n///\n"
QUESTION = "### ? Làm gì? {#lam-gi}\n- [ ] Bấm\n- [x] Xóa\n> Xóa là xong.\n"


@pytest.fixture
def rendered(courses: Path, lesson: Lesson) -> Callable[[str], str]:
    def rendered(body: str) -> str:
        return step_of(courses, lesson, body).html

    return rendered


def step_of(courses: Path, lesson: Lesson, body: str) -> Step:
    (courses / "c4-thu/01-phan-mot/a.svg").write_text('<svg viewBox="0 0 2 1"></svg>')
    (courses / "c4-thu/01-phan-mot/a.mp3").write_bytes(b"x" * 1_234_000)
    lesson(body)
    library = Library(courses, None)
    course = library.course("c4-thu")
    assert course is not None, library.problems
    return course.steps[0]


def test_steps_are_a_numbered_list_with_pictures(rendered: Callable[[str], str]) -> None:
    html = rendered(STEPS)
    assert '<section aria-label="Từng bước: Bật chữ to" class="walk">' in html
    assert '<ol class="walk-list">' in html
    assert html.count('<li class="walk-step" data-step="') == 2
    assert '<img alt="Nút" src="/courses/c4-thu/media/01-phan-mot/a.svg?v=' in html


def test_steps_stand_inside_a_device_variant(rendered: Callable[[str], str]) -> None:
    html = rendered(f"//// device | android\n\n{STEPS}\n////\n\nSau.\n")
    inner = html.partition('data-device="android"')[2]
    assert inner.index('class="walk"') < inner.index("</section>\n</section>")
    assert inner.endswith("<p>Sau.</p>")


def test_a_scene_says_that_it_is_not_real(courses: Path, lesson: Lesson) -> None:
    step = step_of(
        courses, lesson, f"{SCENE}\n{QUESTION}\n{SCENE}\n{QUESTION.replace('#lam', '#x')}"
    )
    assert [block.type for block in step.blocks] == ["prose", "practice"] * 2
    assert '<figure class="scene scene-message">' in step.html
    assert "Cảnh tập, không có thật" in step.html
    assert '<span class="scene-sender">0889 123 xxx</span>' in step.html


def test_nothing_in_a_scene_can_be_followed(courses: Path, lesson: Lesson) -> None:
    scene = SCENE.replace("Trúng", "https://trung-xxx.vn Trúng")
    html = step_of(courses, lesson, f"{scene}\n{QUESTION}").html
    assert "<a>https://trung-xxx.vn</a>" in html


def test_an_option_is_text_whatever_yaml_would_make_of_it(courses: Path, lesson: Lesson) -> None:
    scene = SCENE.replace("0889 123 xxx", "0123     # số: lạ")
    assert ">0123</span>" in step_of(courses, lesson, f"{scene}\n{QUESTION}").html


def test_text_for_a_group_names_it(rendered: Callable[[str], str]) -> None:
    html = rendered("/// for | nguoi-cao-tuoi\nĐeo kính vào.\n///\n")
    assert 'class="for" data-for="nguoi-cao-tuoi"' in html
    assert "Dành cho: Người cao tuổi" in html


def test_another_language_names_its_reviewer(rendered: Callable[[str], str]) -> None:
    html = rendered("/// lang | en\n    reviewer: Trần Bích\n\nOpen.\n///\n")
    assert 'class="lang" data-lang="en" lang="en"' in html
    assert '<p class="lang-reviewer" lang="vi">Người duyệt bản tiếng Anh: Trần Bích</p>' in html


def test_a_recording_is_fetched_only_when_played_and_tells_its_size(
    rendered: Callable[[str], str],
) -> None:
    html = rendered("/// listen | a.mp3\n    lang: ktv\n\nLời ghi âm.\n///\n")
    assert '<figure class="listen" data-lang="ktv">' in html
    assert ' controls preload="none" src="/courses/c4-thu/media/01-phan-mot/a.mp3?v=' in html
    assert "Tệp nghe 1,2 MB" in html
    assert "<summary>Xem lời</summary>\n<p>Lời ghi âm.</p>" in html


def test_blocks_written_with_their_content_at_once(rendered: Callable[[str], str]) -> None:
    assert 'class="walk-list"' in rendered("/// steps | Mở\n1. Một\n2. Hai\n///\nSau.\n")


FAULTS = [
    ("/// step | x\n1. a\n///\n", 7, "Không có khối “step”", "“/// steps”"),
    ("/// steps\n1. a\n///\n", 7, "chưa có phần sau dấu |", "steps | "),
    ("/// steps | x\n///\n", 7, "chưa có nội dung", "“1. …”"),
    ("/// steps | x\n1. a\n\nChữ lạ.\n///\n", 10, "chỉ có một danh sách đánh số", "lùi vào"),
    ("/// steps | x\n1. a\n\n![n](a.svg)\n///\n", 10, "chỉ có một danh sách", "lùi vào"),
    ("/// steps | x\n- a\n///\n", 8, "chỉ có một danh sách", "“1. …”"),
    ("/// steps | x\n```\na\n```\n///\n", 8, "chỉ có một danh sách", "“1. …”"),
    ("/// steps | x\n1. a ![n](a.svg)\n   ![n](a.svg)\n///\n", 9, "hai hình", "hai bước"),
    ("/// steps | x\n    kind: message\n\n1. a\n///\n", 8, "Không hiểu dòng", "Bỏ dòng này"),
    ("/// steps | x\n1. a\n", 7, "Khối /// chưa đóng", "dòng ///"),
    ("/// steps | x\n1. a\n////\n", 9, "Dấu //// đóng một khối chưa mở", "đúng số dấu"),
    ("/// device | android\n\n/// steps | x\n1. a\n///\n", 7, "Khối /// chưa đóng", "bốn dấu"),
    ("//// steps | x\n1. a\n\n/// device | android\nx\n///\n////\n", 10, "không đặt được", "riêng"),
    ("//// device | android\n/// steps | x\n1. a\n////\n", 8, "Khối /// chưa đóng", "dòng ///"),
    ("- /// steps | x\n", 7, "trong danh sách hoặc trích dẫn", "sát lề trái"),
    ("> /// steps | x\n", 7, "trong danh sách hoặc trích dẫn", "sát lề trái"),
    ("/// for | nguoi-cao-tuo\nx\n///\n", 7, "Không có nhóm người học", "“nguoi-cao-tuoi”"),
    ("/// lang | english\n    reviewer: A\n\nx\n///\n", 7, "Không có ngôn ngữ", "“en”"),
    ("/// lang | en\nx\n///\n", 7, "thiếu dòng “reviewer”", "reviewer: …"),
    ("/// lang | en\n    reviewer:\n\nx\n///\n", 7, "thiếu dòng “reviewer”", "reviewer: …"),
    ("/// lang | en\n    reviewer: A\n    reviewer: B\n\nx\n///\n", 9, "Không hiểu", "reviewer"),
    ("/// listen | b.mp3\n\nLời.\n///\n", 7, "Không có tệp nghe “b.mp3”", "vào khóa học"),
    ("/// listen | a.svg\n\nLời.\n///\n", 7, "Không có tệp nghe “a.svg”", ".mp3"),
    ("/// listen | https://a.vn/a.mp3\n\nLời.\n///\n", 7, "Không có tệp nghe", "vào khóa học"),
    ("/// listen | a.mp3\n///\n", 7, "chưa có nội dung", "lời của bản ghi âm"),
    ("/// listen | a.mp3\n    lang: xx\n\nLời.\n///\n", 7, "“lang” của khối “listen”", "“en”"),
    ("/// drill | x\n    kind: mail\n    from: a\n\nb\n///\n", 7, "“kind” của khối", "“message”"),
    ("/// drill | x\n    kind: call\n\nb\n///\n", 7, "thiếu dòng “from”", "from: …"),
    ("/// drill | x\n    kind call\n\nb\n///\n", 8, "Không hiểu dòng “kind call”", "kind: …"),
    (SCENE, 7, "chưa có câu hỏi nào", "### ?"),
    (SCENE.replace("Trúng", "Bấm [đây](x) trúng") + QUESTION, 11, "liên kết thật", "xxx"),
    (SCENE.replace("Trúng", "https://a.vn Trúng") + QUESTION, 11, "liên kết thật", "xxx"),
    (SCENE.replace("Trúng", "Gọi 0905.123.456") + QUESTION, 11, "số điện thoại đủ số", "xxx"),
    (SCENE.replace("123 xxx", "123 456") + QUESTION, 7, "số điện thoại đủ số", "xxx"),
    (SCENE.replace("Trúng", "## Trúng") + QUESTION, 11, "có tiêu đề", "#"),
    ("/// for | nguoi-dan\n\n" + QUESTION + "///\n", 7, "Khối /// chưa đóng", "trước câu hỏi"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "line", "message", "mend"), FAULTS)
def test_a_block_written_wrong_is_told_with_line_and_mend(
    courses: Path, lesson: Lesson, body: str, line: int, message: str, mend: str
) -> None:
    (courses / "c4-thu/01-phan-mot/a.svg").write_text('<svg viewBox="0 0 2 1"></svg>')
    (courses / "c4-thu/01-phan-mot/a.mp3").write_bytes(b"x")
    lesson("Chào.\n\n" + body)
    told = [p for p in check(courses, TODAY) if p.severity == "error" and message in p.message]
    assert [problem.line for problem in told] == [line], check(courses, TODAY)
    assert mend in told[0].mend


def only(courses: Path) -> Problem:
    (problem,) = check(courses, TODAY)
    return problem


def test_one_scene_alone_is_no_drill(courses: Path, lesson: Lesson) -> None:
    lesson(SCENE + QUESTION)
    assert (only(courses).severity, only(courses).line) == ("warning", 5)
    assert "1 cảnh" in only(courses).message


def test_a_programme_without_groups_lets_any_group_be_named(courses: Path, lesson: Lesson) -> None:
    (courses / "programme.yaml").unlink()
    lesson("/// for | lang-ben\nx\n///\n")
    assert check(courses, TODAY) == []
