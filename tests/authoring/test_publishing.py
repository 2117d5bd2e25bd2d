"""Publication: what learners get changes whole, and nobody loses what they learnt."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Person
from app.content.models import Course
from app.content.shelf import shelf
from app.content.source import digests_of
from app.counts.models import Evidence
from app.extensions import db
from app.learning.actions import complete_step
from app.learning.queries import progress
from app.lib.ids import operation_id
from tests.acts import finish_lessons, post, rows
from tests.authoring.acts import (
    COURSE,
    DRAFT,
    LESSON,
    SECOND,
    TEST,
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
    write,
)
from tests.authoring.conftest import change

WORKSHOPS = (".nhap-*", ".cu-*")


def served() -> Course:
    """The test course as learners get it."""
    course = shelf.course("thu-nghiem")
    assert course is not None
    return course


@pytest.fixture(autouse=True)
def opened(as_trainer: FlaskClient, course_files: Path) -> None:
    """The trainer has opened the draft."""
    begin(as_trainer)


def test_learners_get_the_new_version(
    as_trainer: FlaskClient, as_colleague: FlaskClient, client: FlaskClient, course_files: Path
) -> None:
    before, untouched = served().version, text_on_disk(course_files, SECOND)
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    through(as_trainer, as_colleague)
    assert "Không đọc mã cho ai." in client.get("/courses/thu-nghiem/mot").text
    assert served().version != before
    assert shelf.library.version("thu-nghiem", before) is not None
    assert text_on_disk(course_files, LESSON) == file_of(LESSON).text
    assert text_on_disk(course_files, SECOND) == untouched
    assert not [left for pattern in WORKSHOPS for left in course_files.glob(pattern)]
    assert len(rows(AuditLine, verb="draft_published")) == 1
    assert as_trainer.get(DRAFT).location == COURSE


def test_files_nobody_writes_here_stay(
    as_trainer: FlaskClient, as_colleague: FlaskClient, course_files: Path
) -> None:
    folder = course_files / "thu-nghiem"
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "ghi-chu.txt").write_text("của tác giả")
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    through(as_trainer, as_colleague)
    assert (folder / ".git" / "HEAD").read_text() == "ref: refs/heads/main\n"
    assert (folder / "ghi-chu.txt").read_text() == "của tác giả"


def test_line_ends_and_a_mark_at_the_start_of_others_stay(
    as_trainer: FlaskClient, as_colleague: FlaskClient, course_files: Path
) -> None:
    second = course_files / "thu-nghiem" / SECOND
    data = b"\xef\xbb\xbf" + second.read_bytes().replace(b"\n", b"\r\n")
    second.write_bytes(data)
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    through(as_trainer, as_colleague)
    assert second.read_bytes() == data


def test_a_new_course_reaches_learners(
    as_trainer: FlaskClient, as_colleague: FlaskClient, client: FlaskClient
) -> None:
    post(as_trainer, "/studio/new", title="Chợ quê", summary="Bán.", code="C9", audience="can-bo")
    new = "/studio/cho-que"
    post(as_trainer, f"{new}/draft/modules", name="Mở hàng")
    post(as_trainer, f"{new}/draft/steps", title="Quét mã", module="01-mo-hang", kind="lesson")
    assert client.get("/courses/cho-que/quet-ma").status_code == 404
    through(as_trainer, as_colleague, new)
    assert "Viết nội dung bài ở đây." in client.get("/courses/cho-que/quet-ma").text
    assert "Chợ quê" in client.get("/courses").text
    assert "Đang phục vụ" in said(as_trainer, new)


def test_an_imported_course_is_published_by_role(
    as_trainer: FlaskClient, as_colleague: FlaskClient, client: FlaskClient, course_files: Path
) -> None:
    begin(as_trainer, "/studio/nhap")
    assert client.get("/courses/nhap/mot").status_code == 404
    through(as_trainer, as_colleague, "/studio/nhap")
    assert client.get("/courses/nhap/mot").status_code == 200
    assert "status: published" in (course_files / "nhap" / "course.md").read_text("utf-8")


def test_errors_that_came_since_the_review_block_it(
    as_trainer: FlaskClient, as_colleague: FlaskClient, course_files: Path
) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    submit(as_trainer)
    approve(as_colleague)
    change(course_files / "thu-nghiem" / TEST, "- [x] Ý đúng của câu 3", "- [ ] Ý đúng của câu 3")
    before = digests_of(course_files / "thu-nghiem")
    answer = publish(as_colleague)
    assert answer.status_code == 400 and "Khóa học còn 1 lỗi." in answer.text
    assert digests_of(course_files / "thu-nghiem") == before
    assert draft().closed_at is None


def test_a_course_that_is_a_link_is_left_to_its_files(
    as_trainer: FlaskClient, as_colleague: FlaskClient, course_files: Path
) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    submit(as_trainer)
    approve(as_colleague)
    folder = course_files / "thu-nghiem"
    folder.rename(course_files.parent / "kho")
    folder.symlink_to(course_files.parent / "kho")
    answer = publish(as_colleague)
    assert answer.status_code == 400 and "là một liên kết" in answer.text
    assert folder.is_symlink()


def test_twice(as_trainer: FlaskClient, as_colleague: FlaskClient) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    submit(as_trainer)
    approve(as_colleague)
    op_id = operation_id()
    for _ in range(2):
        answer = post(as_colleague, f"{DRAFT}/publication", op_id=op_id)
        assert answer.status_code == 303
    publish(as_colleague)
    assert "đã đóng" in said(as_colleague, COURSE)
    assert len(rows(AuditLine, verb="draft_published")) == 1


def test_not_before_it_was_approved(as_trainer: FlaskClient, as_colleague: FlaskClient) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")
    assert publish(as_colleague).status_code == 400
    submit(as_trainer)
    assert publish(as_colleague).status_code == 400
    assert "cho ai" not in served().steps[0].html


def done_by(person: Person) -> set[str]:
    """The steps that somebody has to their credit now."""
    return set(progress(person.id, served()).done)


@pytest.fixture
def halfway(learner: Person) -> Person:
    """The learner has read the first two lessons."""
    course = served()
    for step in course.steps[:2]:
        complete_step(learner, course, step, Evidence.SELF, operation_id())
    db.session.commit()
    assert done_by(learner) == {"mot", "hai"}
    return learner


def test_a_renamed_lesson_stays_done(
    as_trainer: FlaskClient, as_colleague: FlaskClient, halfway: Person, client: FlaskClient
) -> None:
    on_file(as_trainer, LESSON, "name", title="Bài đầu tiên", slug="dau-tien")
    through(as_trainer, as_colleague)
    assert done_by(halfway) == {"dau-tien", "hai"}
    assert client.get("/courses/thu-nghiem/mot").location == "/courses/thu-nghiem/dau-tien"
    begin(as_trainer)
    on_file(as_trainer, "01-phan-mot/01-dau-tien.md", "name", title="Bài đầu", slug="dau")
    through(as_trainer, as_colleague)
    assert done_by(halfway) == {"dau", "hai"}


def test_moved_lessons_and_modules_stay_done(
    as_trainer: FlaskClient, as_colleague: FlaskClient, halfway: Person
) -> None:
    on_file(as_trainer, LESSON, "move", module="02-phan-hai")
    on_file(as_trainer, "02-phan-hai/module.md", "move", way="up")
    through(as_trainer, as_colleague)
    assert [step.slug for step in served().steps] == ["ba", "mot", "hai", "kiem-tra"]
    assert done_by(halfway) == {"mot", "hai"}


def test_a_removed_lesson_gives_its_credit_to_the_heir(
    as_trainer: FlaskClient, as_colleague: FlaskClient, halfway: Person
) -> None:
    rewrite(as_trainer, TEST, "lesson=mot", "lesson=ba")
    on_file(as_trainer, LESSON, "remove", heir=file_of("02-phan-hai/01-ba.md").id)
    through(as_trainer, as_colleague)
    assert done_by(halfway) == {"hai", "ba"}


def test_a_removed_lesson_without_an_heir_is_no_longer_needed(
    as_trainer: FlaskClient, as_colleague: FlaskClient, halfway: Person, learner: Person
) -> None:
    on_file(as_trainer, "02-phan-hai/01-ba.md", "remove", heir=0)
    on_file(as_trainer, "02-phan-hai/module.md", "remove", heir=0)
    through(as_trainer, as_colleague)
    assert done_by(halfway) == {"mot", "hai"}
    assert [step.slug for step in served().steps] == ["mot", "hai", "kiem-tra"]
    finish_lessons(learner, served())
    assert progress(learner.id, served()).tests_left


def test_pictures_move_with_their_module(
    as_trainer: FlaskClient, as_colleague: FlaskClient, client: FlaskClient, course_files: Path
) -> None:
    folder = course_files / "thu-nghiem"
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9z"/></svg>'
    (folder / "01-phan-mot" / "anh.svg").write_bytes(svg)
    rewrite(as_trainer, LESSON, "Không đọc mã.", "![Màn hình](anh.svg)")
    on_file(as_trainer, "01-phan-mot/module.md", "move", way="down")
    through(as_trainer, as_colleague)
    assert not (folder / "01-phan-mot").exists()
    assert (folder / "02-phan-mot" / "anh.svg").read_bytes() == svg
    assert "media/02-phan-mot/anh.svg" in client.get("/courses/thu-nghiem/mot").text


def test_the_next_draft_begins_with_what_was_published(
    as_trainer: FlaskClient, as_colleague: FlaskClient
) -> None:
    write(as_trainer, LESSON, file_of(LESSON).text + "\nThêm một câu.\n")
    through(as_trainer, as_colleague)
    begin(as_trainer)
    assert LESSON in names() and "Thêm một câu." in file_of(LESSON).base_text
    assert "Chưa đổi gì." in said(as_trainer, DRAFT)
    history = said(as_trainer, f"{DRAFT}/{file_of(LESSON).id}/history")
    assert "Lê Hồng Sơn" in history
