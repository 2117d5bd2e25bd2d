"""Handed in, withdrawn, judged by another, sent back, approved."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from app.accounts.models import AuditLine, Grant, Person, Role
from app.authoring.models import CourseEditor, Draft, DraftEvent, Revision
from app.extensions import db
from app.lib import clock
from app.lib.ids import operation_id
from app.units.models import Unit
from tests.acts import post, rows
from tests.authoring.acts import (
    DRAFT,
    LESSON,
    SECOND,
    TEST,
    approve,
    begin,
    draft,
    file_of,
    on_file,
    publish,
    rewrite,
    said,
    submit,
    trainer_of,
)
from tests.cast import SignIn

REVIEW = f"{DRAFT}/review"


@pytest.fixture(autouse=True)
def written(as_trainer: FlaskClient, course_files: object) -> None:
    """The trainer has changed a lesson in a draft."""
    begin(as_trainer)
    rewrite(as_trainer, LESSON, "Không đọc mã.", "Không đọc mã cho ai.")


def state() -> str:
    """Where the draft stands."""
    return str(draft().state)


def test_handed_in_with_words(as_trainer: FlaskClient, as_colleague: FlaskClient) -> None:
    assert submit(as_trainer, words="Xem giúp bài một.").location == DRAFT
    assert state() == "submitted"
    page = said(as_colleague, DRAFT)
    assert "Xem giúp bài một." in page and f'href="{REVIEW}"' in page
    assert "Chờ duyệt" in said(as_colleague, "/studio")
    assert len(rows(AuditLine, verb="draft_submitted")) == 1


def test_not_with_errors(as_trainer: FlaskClient) -> None:
    rewrite(as_trainer, TEST, "- [x] Ý đúng của câu 3", "- [ ] Ý đúng của câu 3")
    answer = submit(as_trainer)
    assert answer.status_code == 400 and state() == "editing"
    summary = answer.text[answer.text.index("error-summary") :]
    assert "Khóa học còn 1 lỗi." in summary
    assert f'href="{DRAFT}/{file_of(TEST).id}"' in summary.partition("</div>")[0]


def test_not_without_a_change(as_trainer: FlaskClient) -> None:
    rewrite(as_trainer, LESSON, "Không đọc mã cho ai.", "Không đọc mã.")
    answer = submit(as_trainer)
    assert answer.status_code == 400 and "chưa khác gì" in answer.text


def test_not_while_a_text_waits_to_be_merged(as_trainer: FlaskClient) -> None:
    file = file_of(SECOND)
    db.session.add(Revision(file_id=file.id, base_number=0, text="Khác\n"))
    db.session.commit()
    assert "chưa ghép" in said(as_trainer, DRAFT)
    answer = submit(as_trainer)
    assert answer.status_code == 400 and "để riêng chưa ghép" in answer.text


def test_words_too_long(as_trainer: FlaskClient) -> None:
    assert submit(as_trainer, words="x" * 2001).status_code == 400
    assert state() == "editing"


def test_nobody_writes_while_others_read(as_trainer: FlaskClient) -> None:
    submit(as_trainer)
    file = file_of(LESSON)
    answer = post(as_trainer, f"{DRAFT}/{file.id}", text="Khác", base=file.revision, act="save")
    assert answer.status_code == 423
    post(as_trainer, f"{DRAFT}/discard")
    assert state() == "submitted" and draft().closed_at is None


def test_withdrawn(as_trainer: FlaskClient, as_colleague: FlaskClient) -> None:
    submit(as_trainer)
    post(as_trainer, f"{DRAFT}/withdrawal")
    assert state() == "editing" and draft().submitted_by is None
    submit(as_trainer)
    approve(as_colleague)
    post(as_trainer, f"{DRAFT}/withdrawal")
    assert state() == "editing"
    rewrite(as_trainer, LESSON, "cho ai.", "cho bất cứ ai.")
    assert publish(as_colleague).status_code == 400


def test_sent_back_with_a_comment(as_trainer: FlaskClient, as_colleague: FlaskClient) -> None:
    submit(as_trainer)
    empty = post(as_colleague, REVIEW, verdict="return", words="  ")
    assert empty.status_code == 400 and "Hãy ghi cần sửa gì" in empty.text
    assert state() == "submitted"
    post(as_colleague, REVIEW, verdict="return", words="Câu thứ hai dài quá.")
    assert state() == "editing"
    assert "Câu thứ hai dài quá." in said(as_trainer, DRAFT)


def test_approved_it_may_be_published(as_trainer: FlaskClient, as_colleague: FlaskClient) -> None:
    submit(as_trainer)
    assert "Duyệt hay gửi trả?" in said(as_colleague, REVIEW)
    approve(as_colleague)
    assert state() == "approved"
    assert "Công bố cho người học" in said(as_trainer, DRAFT)
    verbs = [str(event.verb) for event in rows(DraftEvent)]
    assert verbs == ["opened", "submitted", "approved"]


def test_never_ones_own(as_trainer: FlaskClient, as_colleague: FlaskClient) -> None:
    submit(as_trainer)
    assert "Duyệt hay gửi trả?" not in said(as_trainer, REVIEW)
    assert "Xem và duyệt" not in said(as_trainer, DRAFT)
    post(as_trainer, REVIEW, verdict="approve", words="")
    assert state() == "submitted"
    assert "không tự duyệt bài của mình" in said(as_trainer, DRAFT)


def test_nor_what_one_wrote_and_another_handed_in(
    as_trainer: FlaskClient, as_colleague: FlaskClient, as_admin: FlaskClient
) -> None:
    submit(as_colleague)
    post(as_trainer, REVIEW, verdict="approve", words="")
    post(as_colleague, REVIEW, verdict="approve", words="")
    assert state() == "submitted"
    approve(as_admin)
    assert state() == "approved"


def test_who_is_alone_reviews_ones_own(as_trainer: FlaskClient) -> None:
    submit(as_trainer)
    approve(as_trainer)
    assert state() == "approved"


def test_alone_means_that_no_role_is_in_force(
    as_trainer: FlaskClient, as_colleague: FlaskClient, trainer: Person
) -> None:
    submit(as_trainer)
    others = update(Grant).where(Grant.person_id != trainer.id)
    db.session.execute(others.values(ended_at=clock.now()))
    db.session.commit()
    approve(as_trainer)
    assert state() == "approved"


def test_where_all_wrote_another_than_who_handed_it_in(
    as_trainer: FlaskClient, as_colleague: FlaskClient
) -> None:
    rewrite(as_colleague, SECOND, "mã QR", "mã QR tĩnh")
    submit(as_trainer)
    post(as_trainer, REVIEW, verdict="approve", words="")
    assert state() == "submitted"
    approve(as_colleague)
    assert state() == "approved"


@pytest.fixture
def as_editor(sign_in: SignIn, village_trainer: Person) -> FlaskClient:
    """Who writes this course and no other."""
    db.session.add(CourseEditor(course_slug="thu-nghiem", person_id=village_trainer.id))
    db.session.commit()
    return sign_in(village_trainer)


def test_editors_write_but_neither_review_nor_publish(
    as_editor: FlaskClient, as_trainer: FlaskClient, as_colleague: FlaskClient
) -> None:
    submit(as_trainer)
    assert as_editor.get(REVIEW).status_code == 200
    post(as_editor, REVIEW, verdict="approve", words="")
    assert state() == "submitted"
    approve(as_colleague)
    assert "Công bố cho người học" not in said(as_editor, DRAFT)
    assert publish(as_editor).status_code == 400
    assert state() == "approved" and draft().closed_at is None


def test_an_admin_reviews(as_trainer: FlaskClient, as_admin: FlaskClient) -> None:
    submit(as_trainer)
    approve(as_admin)
    assert state() == "approved"


def test_a_trainer_of_one_unit_is_no_other_reviewer(as_trainer: FlaskClient, commune: Unit) -> None:
    trainer_of("Phan Văn Xóm", commune.id, Role.TRAINER)
    submit(as_trainer)
    approve(as_trainer)
    assert state() == "approved"


def test_each_step_only_once(as_trainer: FlaskClient, as_colleague: FlaskClient) -> None:
    op_id = operation_id()
    for _ in range(2):
        assert post(as_trainer, f"{DRAFT}/submission", op_id=op_id, words="").status_code in (
            303,
            400,
        )
    op_id = operation_id()
    for _ in range(2):
        post(as_colleague, REVIEW, op_id=op_id, verdict="approve", words="")
    assert [str(event.verb) for event in rows(DraftEvent)] == ["opened", "submitted", "approved"]
    post(as_colleague, REVIEW, verdict="return", words="Muộn rồi")
    assert state() == "approved"
    assert "không còn ở bước này" in said(as_colleague, DRAFT)


def test_bad_input(as_trainer: FlaskClient, as_colleague: FlaskClient) -> None:
    submit(as_trainer)
    assert post(as_colleague, REVIEW, verdict="maybe", words="").status_code == 400
    assert as_colleague.post(f"{DRAFT}/withdrawal").status_code == 400
    assert as_colleague.post(f"{DRAFT}/publication").status_code == 400
    assert state() == "submitted"


@pytest.mark.parametrize("verb", ["submission", "withdrawal", "publication"])
def test_strangers_and_wrong_methods(
    client: FlaskClient, as_learner: FlaskClient, as_trainer: FlaskClient, verb: str
) -> None:
    assert post(client, f"{DRAFT}/{verb}").location == "/login"
    assert post(as_learner, f"{DRAFT}/{verb}").status_code == 404
    assert as_trainer.get(f"{DRAFT}/{verb}").status_code == 405


def test_the_review_shows_every_kind_of_change(as_trainer: FlaskClient) -> None:
    on_file(as_trainer, "02-phan-hai/01-ba.md", "remove", heir=0)
    on_file(as_trainer, SECOND, "move", way="up")
    post(as_trainer, f"{DRAFT}/steps", title="Bài mới", module="", kind="lesson")
    page = said(as_trainer, REVIEW)
    for word in ("mới", "đã sửa", "đổi chỗ", "bỏ ra"):
        assert f">{word}</span>" in page
    assert "tên tệp cũ: 01-phan-mot/02-hai.md" in page
    assert "<ins>Không đọc mã cho ai. Gọi lại số chính thức.</ins>" in page
    assert len(rows(Draft)) == 1
