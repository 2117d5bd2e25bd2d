"""The outline of a draft: made, named, moved, taken out, brought back."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Operation
from app.authoring.front_lines import formerly, title
from app.lib.ids import operation_id
from tests.acts import post, rows
from tests.authoring.acts import (
    DRAFT,
    LESSON,
    SECOND,
    TEST,
    begin,
    draft,
    file_of,
    names,
    on_file,
    rewrite,
    said,
    submit,
)

STEP = {"title": "Quét mã QR", "module": "01-phan-mot", "kind": "lesson"}


@pytest.fixture(autouse=True)
def opened(as_trainer: FlaskClient, course_files: Path) -> None:
    """The trainer has opened the draft."""
    begin(as_trainer)


def test_a_new_module_with_a_lesson(as_trainer: FlaskClient) -> None:
    post(as_trainer, f"{DRAFT}/modules", name="Phần ba: mua bán")
    assert title(file_of("04-phan-ba-mua-ban/module.md").text, "") == "Phần ba: mua bán"
    answer = post(as_trainer, f"{DRAFT}/steps", **{**STEP, "module": "04-phan-ba-mua-ban"})
    lesson = file_of("04-phan-ba-mua-ban/01-quet-ma-qr.md")
    assert answer.location == f"{DRAFT}/{lesson.id}"
    assert "không có lỗi" in said(as_trainer, DRAFT).lower()


@pytest.mark.parametrize("kind", ["lesson", "test", "practical"])
@pytest.mark.parametrize("module", ["01-phan-mot", ""])
def test_a_new_step_of_each_kind(as_trainer: FlaskClient, kind: str, module: str) -> None:
    post(as_trainer, f"{DRAFT}/steps", **{**STEP, "kind": kind, "module": module})
    name = f"{module}/03-quet-ma-qr.md" if module else "04-quet-ma-qr.md"
    page = as_trainer.get(f"{DRAFT}/{file_of(name).id}/place").text
    assert {"lesson": "Bài học", "test": "Bài kiểm tra", "practical": "Thực hành"}[kind] in page


def test_two_of_one_title_have_addresses_of_their_own(as_trainer: FlaskClient) -> None:
    for _ in range(2):
        post(as_trainer, f"{DRAFT}/steps", **STEP)
    assert {"01-phan-mot/03-quet-ma-qr.md", "01-phan-mot/04-quet-ma-qr-2.md"} <= set(names())


def test_an_act_is_done_once(as_trainer: FlaskClient) -> None:
    op_id = operation_id()
    first = post(as_trainer, f"{DRAFT}/steps", op_id=op_id, **STEP)
    again = post(as_trainer, f"{DRAFT}/steps", op_id=op_id, **STEP)
    assert first.location == again.location
    other = post(as_trainer, f"{DRAFT}/steps", op_id=op_id, **{**STEP, "title": "Khác"})
    assert other.status_code == 409
    move = operation_id()
    for _ in range(2):
        on_file(as_trainer, file_now("mot"), "move", op_id=move, way="down")
    assert {"01-phan-mot/01-hai.md", "01-phan-mot/02-mot.md"} <= set(names())


def file_now(slug: str) -> str:
    """The present name of a step of the first module."""
    return next(name for name in names() if name.endswith(f"-{slug}.md"))


def test_another_title(as_trainer: FlaskClient) -> None:
    on_file(as_trainer, LESSON, "name", title="Bài một: mới", slug="mot")
    assert title(file_of(LESSON).text, "") == "Bài một: mới"
    assert formerly(file_of(LESSON).text) == []
    on_file(as_trainer, "01-phan-mot/module.md", "name", title="Mở đầu")
    on_file(as_trainer, "course.md", "name", title="Khóa mới")
    page = said(as_trainer, DRAFT)
    assert "Bài một: mới" in page and "Mở đầu" in page and "Khóa mới" in page


def test_another_slug_keeps_links_questions_and_credit(as_trainer: FlaskClient) -> None:
    rewrite(as_trainer, SECOND, "Bài hai nói về mã QR.", "Xem lại [bài một](01-mot.md#mo-dau).")
    on_file(as_trainer, LESSON, "name", title="Bài một", slug="mo-dau-thoi")
    renamed = file_of("01-phan-mot/01-mo-dau-thoi.md")
    assert formerly(renamed.text) == ["mot"]
    assert "[bài một](01-mo-dau-thoi.md#mo-dau)" in file_of(SECOND).text
    assert "lesson=mo-dau-thoi}" in file_of(TEST).text and "lesson=mot}" not in file_of(TEST).text
    assert "Không có lỗi" in said(as_trainer, DRAFT)
    on_file(as_trainer, renamed.name, "name", title="Bài một", slug="mot")
    assert formerly(file_of(LESSON).text) == []


def test_a_taken_slug(as_trainer: FlaskClient) -> None:
    answer = on_file(as_trainer, LESSON, "name", title="Bài một", slug="hai")
    assert answer.status_code == 400 and "Đã có bài ở địa chỉ" in answer.text
    assert not rows(Operation, verb="rename_file")


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"title": "x" * 151}, {"title": "A", "slug": "Á"}, {}]
)
def test_bad_names(as_trainer: FlaskClient, wrong: dict[str, str]) -> None:
    before = file_of(LESSON).text
    assert on_file(as_trainer, LESSON, "name", **wrong).status_code == 400
    assert file_of(LESSON).text == before


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("modules", {"name": "  "}),
        ("steps", {**STEP, "title": ""}),
        ("steps", {**STEP, "kind": "page"}),
        ("steps", {**STEP, "module": "99-khong-co"}),
    ],
)
def test_nothing_is_made_of_bad_input(
    as_trainer: FlaskClient, verb: str, data: dict[str, str]
) -> None:
    before = names()
    assert post(as_trainer, f"{DRAFT}/{verb}", **data).status_code == 400
    assert names() == before


def test_a_module_changes_places(as_trainer: FlaskClient) -> None:
    on_file(as_trainer, "02-phan-hai/module.md", "move", way="up")
    assert names() == [
        "01-phan-hai/01-ba.md",
        "01-phan-hai/module.md",
        "02-phan-mot/01-mot.md",
        "02-phan-mot/02-hai.md",
        "02-phan-mot/module.md",
        "03-kiem-tra.md",
        "course.md",
    ]
    assert "Không có lỗi" in said(as_trainer, DRAFT)


@pytest.mark.parametrize(("name", "way"), [(LESSON, "up"), (TEST, "down")])
def test_no_further(as_trainer: FlaskClient, name: str, way: str) -> None:
    before = names()
    on_file(as_trainer, name, "move", way=way)
    assert names() == before


def test_what_has_no_place_is_not_moved(as_trainer: FlaskClient) -> None:
    answer = on_file(as_trainer, "course.md", "move", way="up")
    assert answer.status_code == 303 and "Chỉ dời được bài và phần." in said(as_trainer, DRAFT)
    assert on_file(as_trainer, LESSON, "move", way="sideways").status_code == 400
    before = names()
    on_file(as_trainer, LESSON, "move", module="99-khong-co")
    assert names() == before


def test_a_lesson_goes_to_another_module(as_trainer: FlaskClient) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Xem [bài hai](02-hai.md), [đầu](../course.md).")
    on_file(as_trainer, LESSON, "move", module="02-phan-hai")
    moved = file_of("02-phan-hai/02-mot.md")
    assert "[bài hai](../01-phan-mot/02-hai.md), [đầu](../course.md)" in moved.text
    on_file(as_trainer, moved.name, "move", module="")
    assert "[bài hai](01-phan-mot/02-hai.md), [đầu](course.md)" in file_of("04-mot.md").text


def test_two_of_one_slug_may_change_places(as_trainer: FlaskClient, course_files: Path) -> None:
    post(as_trainer, f"{DRAFT}/discard")
    folder = course_files / "thu-nghiem" / "01-phan-mot"
    (folder / "02-hai.md").rename(folder / "02-mot.md")
    begin(as_trainer)
    on_file(as_trainer, LESSON, "move", way="down")
    assert {LESSON, "01-phan-mot/02-mot.md"} <= set(names())


def test_taken_out_and_brought_back(as_trainer: FlaskClient) -> None:
    text = file_of(SECOND).text
    on_file(as_trainer, SECOND, "remove", heir=0)
    assert SECOND not in names()
    page = said(as_trainer, DRAFT)
    assert "Đã bỏ ra" in page and 'badge-wrong">bỏ ra' in page
    on_file(as_trainer, SECOND, "return")
    assert file_of(SECOND).text == text and not file_of(SECOND).removed
    assert "Chưa đổi gì." in said(as_trainer, DRAFT)
    (line,) = rows(AuditLine, verb="remove_file")
    assert line.detail == SECOND


def test_taken_out_with_an_heir(as_trainer: FlaskClient) -> None:
    on_file(as_trainer, LESSON, "remove", heir=file_of(SECOND).id)
    assert formerly(file_of(SECOND).text) == ["mot"]
    on_file(as_trainer, LESSON, "return")
    assert formerly(file_of(SECOND).text) == []
    assert "Không có lỗi" in said(as_trainer, DRAFT)


def test_back_under_a_name_that_is_taken_by_now(as_trainer: FlaskClient) -> None:
    on_file(as_trainer, LESSON, "remove", heir=0)
    post(as_trainer, f"{DRAFT}/steps", **{**STEP, "title": "Một"})
    old = next(row for row in rows(type(file_of(SECOND)), removed=True))
    post(as_trainer, f"{DRAFT}/{old.id}/return")
    assert "Đã có bài ở địa chỉ “mot”" in said(as_trainer, DRAFT)
    assert file_of(LESSON).removed


def test_a_module_goes_when_it_is_empty(as_trainer: FlaskClient) -> None:
    head = "02-phan-hai/module.md"
    on_file(as_trainer, head, "remove", heir=0)
    assert head in names()
    assert "Chỉ bỏ được bài, hoặc phần không còn bài nào." in said(as_trainer, DRAFT)
    on_file(as_trainer, "02-phan-hai/01-ba.md", "remove", heir=0)
    on_file(as_trainer, head, "remove", heir=0)
    assert (
        "Phần hai" not in said(as_trainer, DRAFT).partition("Đã bỏ ra")[0].partition("outline")[2]
    )
    on_file(as_trainer, "hinh-phan-hai/module.md", "return")
    on_file(as_trainer, "02-phan-hai/01-ba.md", "return")
    assert "Chưa đổi gì." in said(as_trainer, DRAFT)


def test_pictures_of_a_module_that_goes_are_kept(
    as_trainer: FlaskClient, course_files: Path
) -> None:
    folder = course_files / "thu-nghiem" / "02-phan-hai"
    (folder / "anh.svg").write_bytes(SVG)
    rewrite(as_trainer, LESSON, "Không đọc mã.", "![Ảnh màn hình](../02-phan-hai/anh.svg)")
    on_file(as_trainer, "02-phan-hai/01-ba.md", "remove", heir=0)
    on_file(as_trainer, "02-phan-hai/module.md", "remove", heir=0)
    assert "(../hinh-phan-hai/anh.svg)" in file_of(LESSON).text
    assert "Không có lỗi" in said(as_trainer, DRAFT)
    assert as_trainer.get(f"{DRAFT}/media/hinh-phan-hai/anh.svg").data == SVG


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'


def test_the_course_itself_stays(as_trainer: FlaskClient) -> None:
    on_file(as_trainer, "course.md", "remove", heir=0)
    assert "course.md" in names()


def test_nothing_moves_while_others_read(as_trainer: FlaskClient) -> None:
    post(as_trainer, f"{DRAFT}/steps", **STEP)
    assert submit(as_trainer).status_code == 303
    before = names()
    for name, verb, data in (
        (LESSON, "move", {"way": "down"}),
        (LESSON, "remove", {"heir": 0}),
        (LESSON, "name", {"title": "X", "slug": "x"}),
    ):
        on_file(as_trainer, name, verb, **data)
    post(as_trainer, f"{DRAFT}/modules", name="Phần mới")
    assert names() == before
    assert "đang chờ duyệt nên chưa sửa được" in said(as_trainer, DRAFT)
    page = said(as_trainer, f"{DRAFT}/{file_of(LESSON).id}/place")
    assert "Bản soạn đã gửi duyệt" in page and "Đổi tên</span>" not in page


@pytest.mark.parametrize("verb", ["name", "move", "remove", "return"])
def test_strangers_and_wrong_methods(
    client: FlaskClient, as_learner: FlaskClient, as_trainer: FlaskClient, verb: str
) -> None:
    address = f"{DRAFT}/{file_of(LESSON).id}/{verb}"
    assert post(client, address).location == "/login"
    assert post(as_learner, address).status_code == 404
    assert as_trainer.get(address).status_code == 405


def test_a_file_that_is_gone(as_trainer: FlaskClient) -> None:
    on_file(as_trainer, LESSON, "remove", heir=0)
    assert as_trainer.get(f"{DRAFT}/{file_of(LESSON).id}/place").status_code == 404
    on_file(as_trainer, LESSON, "move", way="down")
    assert "không còn trong bản soạn" in said(as_trainer, DRAFT)
    assert as_trainer.get(f"{DRAFT}/99999999999/place").status_code == 404
    assert draft().closed_at is None
