"""Files on disk stay the truth: what git changes beside an open draft is noticed and settled."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.authoring.models import DraftFile, Revision
from app.authoring.on_disk import read_disk
from app.lib.ids import operation_id
from tests.acts import post, rows
from tests.authoring.acts import (
    DRAFT,
    LESSON,
    SECOND,
    approve,
    begin,
    draft,
    file_of,
    names,
    on_file,
    publish,
    rewrite,
    said,
    submit,
    text_on_disk,
    through,
)
from tests.authoring.conftest import change

DISK = f"{DRAFT}/disk"


@pytest.fixture(autouse=True)
def opened(as_trainer: FlaskClient, course_files: Path) -> Path:
    """The trainer has opened the draft; the folder of its course."""
    begin(as_trainer)
    return course_files / "thu-nghiem"


def seen(folder: Path, name: str) -> str:
    """What names the state of a file on disk."""
    found = read_disk(folder).get(name)
    return found.digest if found else ""


def settle(browser: FlaskClient, folder: Path, name: str, text: str, act: str = "keep") -> None:
    """Decide on a file as it stands here and on disk."""
    file = file_of(name)
    facts = {"seen": seen(folder, file.base_name or name), "base": file.revision}
    assert on_file(browser, name, "disk", text=text, act=act, **facts).status_code == 303


def test_nothing_changed(as_trainer: FlaskClient) -> None:
    assert "Tệp trên máy chủ vừa đổi" not in said(as_trainer, DRAFT)
    assert "Không có gì cần ghép" in said(as_trainer, DISK)


def test_what_changed_only_on_disk_is_taken(as_trainer: FlaskClient, opened: Path) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    change(opened / SECOND, "mã QR", "mã QR động")
    (opened / "01-phan-mot" / "03-bon.md").write_text(
        "---\ntitle: Bài bốn\nminutes: 5\n---\nChữ.\n", encoding="utf-8"
    )
    (opened / "02-phan-hai" / "01-ba.md").unlink()
    assert "3 tệp chỉ đổi trên máy chủ" in said(as_trainer, DRAFT)
    page = said(as_trainer, DISK)
    for words in ("tệp mới trên máy chủ", "đã sửa trên máy chủ", "đã xóa trên máy chủ"):
        assert words in page
    assert file_of(SECOND).text.count("động") == 0
    op_id = operation_id()
    for _ in range(2):
        assert post(as_trainer, DISK, op_id=op_id).location == DRAFT
    assert "mã QR động" in file_of(SECOND).text
    assert "01-phan-mot/03-bon.md" in names() and "02-phan-hai/01-ba.md" not in names()
    assert "cho ai" in file_of(LESSON).text
    assert [line.person_id for line in rows(Revision, file_id=file_of(SECOND).id)] == [None, None]


def test_new_files_follow_a_module_that_moved(as_trainer: FlaskClient, opened: Path) -> None:
    on_file(as_trainer, "01-phan-mot/module.md", "move", way="down")
    (opened / "01-phan-mot" / "03-bon.md").write_text(
        "---\ntitle: Bài bốn\nminutes: 5\n---\nChữ.\n", encoding="utf-8"
    )
    post(as_trainer, DISK)
    assert "02-phan-mot/03-bon.md" in names()
    assert "Không có lỗi" in said(as_trainer, DRAFT)


def test_a_file_changed_in_both_places_is_settled_by_hand(
    as_trainer: FlaskClient, as_colleague: FlaskClient, opened: Path
) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    change(opened / LESSON, "Đọc **chậm** thôi.", "Đọc thật chậm.")
    assert "1 tệp đổi ở cả hai nơi" in said(as_trainer, DRAFT)
    answer = submit(as_trainer)
    assert answer.status_code == 400 and "Hãy ghép trước" in answer.text
    page = said(as_trainer, DISK)
    assert "ghép được trọn vẹn" in page and "Đọc thật chậm." in page
    joined = page.partition(f'id="joined-{file_of(LESSON).id}"')[2].partition("</textarea>")[0]
    assert "Không đọc mã cho ai." in joined and "Đọc thật chậm." in joined
    text = file_of(LESSON).text.replace("Đọc **chậm** thôi.", "Đọc thật chậm.")
    settle(as_trainer, opened, LESSON, text)
    through(as_trainer, as_colleague)
    assert text_on_disk(opened.parent, LESSON) == text


@pytest.mark.parametrize("mine", [True, False])
def test_one_of_both_may_be_chosen(
    as_trainer: FlaskClient, as_colleague: FlaskClient, opened: Path, mine: bool
) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    ours = file_of(LESSON).text
    change(opened / LESSON, "Không đọc mã.", "Đừng đọc mã.")
    assert "1 chỗ hai bên cùng sửa" in said(as_trainer, DISK)
    theirs = text_on_disk(opened.parent, LESSON)
    settle(as_trainer, opened, LESSON, ours if mine else theirs)
    assert file_of(LESSON).text == (ours if mine else theirs)
    assert ours in [line.text for line in rows(Revision, file_id=file_of(LESSON).id)]
    if mine:
        through(as_trainer, as_colleague)
        assert text_on_disk(opened.parent, LESSON) == ours
    else:
        assert submit(as_trainer).status_code == 400


@pytest.mark.parametrize("keep", [True, False])
def test_gone_on_disk_and_changed_here(
    as_trainer: FlaskClient, as_colleague: FlaskClient, opened: Path, keep: bool
) -> None:
    rewrite(as_trainer, SECOND, "mã QR", "mã QR động")
    (opened / SECOND).unlink()
    change(opened / "03-kiem-tra.md", "lesson=hai", "lesson=mot")
    assert "đã bị xóa trên máy chủ" in said(as_trainer, DISK)
    text = file_of(SECOND).text
    settle(as_trainer, opened, SECOND, text, "keep" if keep else "remove")
    post(as_trainer, DISK)
    if keep:
        through(as_trainer, as_colleague)
    assert (opened / SECOND).exists() is keep
    assert (SECOND in names()) is keep
    if not keep:
        on_file(as_trainer, SECOND, "return")
        assert file_of(SECOND).text == text


@pytest.mark.parametrize("keep", [True, False])
def test_taken_out_here_and_changed_on_disk(
    as_trainer: FlaskClient, as_colleague: FlaskClient, opened: Path, keep: bool
) -> None:
    ba = "02-phan-hai/01-ba.md"
    on_file(as_trainer, ba, "remove", heir=0)
    post(as_trainer, f"{DRAFT}/steps", title="Bốn", module="02-phan-hai", kind="lesson")
    with (opened / ba).open("a", encoding="utf-8") as file:
        file.write("\nThêm một câu.\n")
    assert "Bản soạn đã bỏ tệp này" in said(as_trainer, DISK)
    text = text_on_disk(opened.parent, ba) if keep else ""
    settle(as_trainer, opened, ba, text, "keep" if keep else "remove")
    through(as_trainer, as_colleague)
    assert (opened / ba).exists() is keep


def test_a_new_file_of_one_name_in_both_places(as_trainer: FlaskClient, opened: Path) -> None:
    post(as_trainer, f"{DRAFT}/steps", title="Bốn", module="01-phan-mot", kind="lesson")
    (opened / "01-phan-mot" / "03-bon.md").write_text(
        "---\ntitle: Bốn\nminutes: 6\n---\nChữ khác.\n", encoding="utf-8"
    )
    assert "1 tệp đổi ở cả hai nơi" in said(as_trainer, DRAFT)
    text = text_on_disk(opened.parent, "01-phan-mot/03-bon.md")
    settle(as_trainer, opened, "01-phan-mot/03-bon.md", text)
    assert "Chưa đổi gì." in said(as_trainer, DRAFT)


def test_the_same_change_in_both_places_is_no_clash(as_trainer: FlaskClient, opened: Path) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    change(opened / LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    assert "cả hai nơi" not in said(as_trainer, DRAFT)
    post(as_trainer, DISK)
    assert "Chưa đổi gì." in said(as_trainer, DRAFT)


def test_changed_once_more_while_somebody_decides(as_trainer: FlaskClient, opened: Path) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    change(opened / LESSON, "Không đọc mã.", "Đừng đọc mã.")
    facts = {"seen": seen(opened, LESSON), "base": file_of(LESSON).revision, "act": "keep"}
    change(opened / LESSON, "Đừng đọc mã.", "Chớ đọc mã.")
    before = file_of(LESSON).text
    on_file(as_trainer, LESSON, "disk", text="Mất", **facts)
    assert "vừa đổi lần nữa" in said(as_trainer, DISK) and file_of(LESSON).text == before


def test_written_on_while_somebody_decides(as_trainer: FlaskClient, opened: Path) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    change(opened / LESSON, "Không đọc mã.", "Đừng đọc mã.")
    facts = {"seen": seen(opened, LESSON), "base": file_of(LESSON).revision, "act": "keep"}
    rewrite(as_trainer, LESSON, "cho ai.", "cho bất cứ ai.")
    on_file(as_trainer, LESSON, "disk", text="Mất", **facts)
    assert "bất cứ ai" in file_of(LESSON).text


def test_a_clash_that_comes_after_the_approval_stops_publication(
    as_trainer: FlaskClient, as_colleague: FlaskClient, opened: Path
) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    submit(as_trainer)
    approve(as_colleague)
    change(opened / LESSON, "Không đọc mã.", "Đừng đọc mã.")
    answer = publish(as_colleague)
    assert answer.status_code == 400 and "Hãy ghép trước" in answer.text
    assert "Đừng đọc mã." in text_on_disk(opened.parent, LESSON)
    assert "rút bản soạn về trước" in said(as_colleague, DISK)


def test_other_files_of_git_are_published_over_by_nobody(
    as_trainer: FlaskClient, as_colleague: FlaskClient, opened: Path
) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    submit(as_trainer)
    approve(as_colleague)
    change(opened / SECOND, "mã QR", "mã QR động")
    assert publish(as_colleague).status_code == 303
    assert "mã QR động" in text_on_disk(opened.parent, SECOND)
    assert "cho ai" in text_on_disk(opened.parent, LESSON)


@pytest.mark.parametrize(
    "wrong", [{"act": "x"}, {"base": ""}, {"base": "x"}, {"text": "x" * (1024 * 1024 + 1)}]
)
def test_bad_input(as_trainer: FlaskClient, opened: Path, wrong: dict[str, str]) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    before = file_of(LESSON).text
    change(opened / LESSON, "Không đọc mã.", "Đừng đọc mã.")
    facts = {"seen": seen(opened, LESSON), "base": 1, "text": "Chữ", "act": "keep", **wrong}
    assert on_file(as_trainer, LESSON, "disk", **facts).status_code in (303, 400)
    assert file_of(LESSON).text == before


def test_signed_out_and_learners(client: FlaskClient, as_learner: FlaskClient) -> None:
    assert client.get(DISK).location == f"/login?next={DISK}"
    assert post(client, DISK).location == "/login"
    assert as_learner.get(DISK).status_code == post(as_learner, DISK).status_code == 404
    assert draft().closed_at is None and rows(DraftFile, removed=True) == []
