"""A draft as a whole: begun, looked at, given up; and a course that begins as one."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts.models import AuditLine, Person
from app.authoring.models import CourseEditor, Draft, DraftFile
from app.content.source import digests_of
from app.lib.ids import operation_id
from tests.acts import post, rows
from tests.authoring.acts import (
    COURSE,
    DRAFT,
    LESSON,
    TEST,
    begin,
    draft,
    file_of,
    names,
    rewrite,
    said,
)
from tests.cast import SignIn

NEW = {"title": "Chợ quê lên mạng", "summary": "Bán hàng.", "code": "C9", "audience": "nguoi-dan"}


def test_begun_from_the_course(as_trainer: FlaskClient, course_files: Path) -> None:
    assert f'action="{DRAFT}"' in said(as_trainer, COURSE)
    begin(as_trainer)
    assert f'href="{DRAFT}"' in said(as_trainer, COURSE)
    assert "Đang soạn" in said(as_trainer, "/studio")
    assert names() == sorted(
        name for name in digests_of(course_files / "thu-nghiem") if name.endswith(".md")
    )
    assert len(rows(AuditLine, verb="draft_opened")) == 1


@pytest.mark.usefixtures("course_files")
def test_the_outline(as_trainer: FlaskClient) -> None:
    begin(as_trainer)
    page = said(as_trainer, DRAFT)
    titles = ["Lời giới thiệu", "Phần một", "Bài một", "Bài hai", "Phần hai", "Bài kiểm tra thử"]
    places = [page.index(title, page.index('id="outline"')) for title in titles]
    assert places == sorted(places)
    assert f'href="{DRAFT}/{file_of(LESSON).id}"' in page
    assert "Chưa đổi gì." in page and "Không có lỗi" in page
    assert "mở bản soạn" in page and "Lê Hồng Sơn" in page


@pytest.mark.usefixtures("course_files")
def test_what_differs_from_the_disk(as_trainer: FlaskClient) -> None:
    begin(as_trainer)
    rewrite(as_trainer, LESSON, "Đọc **chậm** thôi.", "Đọc thật chậm.")
    page = said(as_trainer, DRAFT)
    assert 'badge-current">đã sửa</span> <span>Bài một' in page
    lines = said(as_trainer, f"{DRAFT}/review")
    assert "<del>Đọc **chậm** thôi.</del>" in lines and "<ins>Đọc thật chậm.</ins>" in lines


@pytest.mark.usefixtures("course_files")
def test_problems_with_a_way_to_the_file(as_trainer: FlaskClient) -> None:
    begin(as_trainer)
    rewrite(as_trainer, TEST, "- [x] Ý đúng của câu 3", "- [ ] Ý đúng của câu 3")
    page = said(as_trainer, DRAFT)
    mend = page[page.index('id="mend"') :]
    assert f'href="{DRAFT}/{file_of(TEST).id}"' in mend and "Lỗi" in mend
    assert "Sửa lỗi trước đã" in page and 'badge-wrong">1 lỗi' in page


@pytest.mark.usefixtures("course_files")
def test_learners_see_nothing_of_it(as_trainer: FlaskClient, client: FlaskClient) -> None:
    begin(as_trainer)
    rewrite(as_trainer, LESSON, "Đọc **chậm** thôi.", "Đọc thật chậm.")
    assert "Đọc thật chậm." not in client.get("/courses/thu-nghiem/mot").text
    preview = as_trainer.get(f"{COURSE}/preview/mot?ban=soan").text
    assert "Đọc thật chậm." in preview and "Đây là bản soạn" in preview
    assert "Đọc thật chậm." not in as_trainer.get(f"{COURSE}/preview/mot").text


@pytest.mark.usefixtures("course_files")
def test_begun_twice_it_is_one(as_trainer: FlaskClient, as_colleague: FlaskClient) -> None:
    op_id = operation_id()
    for browser in (as_trainer, as_trainer):
        assert post(browser, DRAFT, op_id=op_id).location == DRAFT
    begin(as_colleague)
    assert len(rows(Draft)) == 1


def test_a_course_that_cannot_be_read(as_trainer: FlaskClient, course_files: Path) -> None:
    (course_files / "moi").mkdir()
    post(as_trainer, "/studio/moi/draft")
    assert "Khóa này chưa có tệp nào đọc được" in said(as_trainer, "/studio/moi")
    assert rows(Draft) == []


@pytest.mark.usefixtures("course_files")
def test_given_up(as_trainer: FlaskClient, course_files: Path) -> None:
    before = digests_of(course_files / "thu-nghiem")
    begin(as_trainer)
    rewrite(as_trainer, LESSON, "Đọc **chậm** thôi.", "Đọc thật chậm.")
    assert "Bài một" in said(as_trainer, f"{DRAFT}/discard")
    op_id = operation_id()
    for _ in range(2):
        post(as_trainer, f"{DRAFT}/discard", op_id=op_id)
    assert draft().outcome == "discarded" and draft().closed_at
    assert digests_of(course_files / "thu-nghiem") == before
    assert as_trainer.get(DRAFT).location == COURSE
    assert "thật chậm" in file_of(LESSON).text
    begin(as_trainer)
    assert "thật chậm" not in file_of(LESSON).text


@pytest.mark.usefixtures("course_files")
def test_a_closed_draft_is_no_page(as_trainer: FlaskClient) -> None:
    begin(as_trainer)
    post(as_trainer, f"{DRAFT}/discard")
    for page in ("discard", "review", "disk"):
        assert as_trainer.get(f"{DRAFT}/{page}").status_code == 404
    assert post(as_trainer, f"{DRAFT}/modules", name="X").status_code == 404


def test_signed_out(client: FlaskClient) -> None:
    assert client.get(DRAFT).location == f"/login?next={DRAFT}"
    assert post(client, DRAFT).location == "/login"


@pytest.mark.usefixtures("course_files")
@pytest.mark.parametrize("who", ["as_learner", "as_hr", "as_officer", "as_registrar"])
def test_wrong_role(who: str, request: pytest.FixtureRequest) -> None:
    browser = request.getfixturevalue(who)
    assert browser.get(DRAFT).status_code == post(browser, DRAFT).status_code == 404


@pytest.mark.usefixtures("course_files")
def test_bad_input_and_wrong_method(as_trainer: FlaskClient) -> None:
    assert as_trainer.post(DRAFT).status_code == 400
    assert as_trainer.delete(DRAFT).status_code == 405
    assert as_trainer.get("/studio/khong-co/draft").status_code == 404


def test_a_new_course(as_trainer: FlaskClient, course_files: Path) -> None:
    answer = post(as_trainer, "/studio/new", **NEW)
    assert answer.location == "/studio/cho-que-len-mang/draft"
    page = said(as_trainer, answer.location)
    assert "Chợ quê lên mạng" in page and "Khóa chưa có bài nào" in page
    assert "Chợ quê lên mạng" in said(as_trainer, "/studio")
    assert not (course_files / "cho-que-len-mang").exists()
    assert as_trainer.get("/studio/cho-que-len-mang").location == answer.location


def test_a_new_course_is_its_makers(
    sign_in: SignIn, village_trainer: Person, course_files: Path
) -> None:
    browser = sign_in(village_trainer)
    post(browser, "/studio/new", **NEW)
    assert browser.get("/studio/cho-que-len-mang/draft").status_code == 200
    post(browser, "/studio/cho-que-len-mang/draft/discard")
    assert rows(CourseEditor) == []


@pytest.mark.usefixtures("course_files")
@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 151},
        {"audience": "khong-co"},
        {"slug": "Chữ Hoa"},
        {"slug": "../x"},
        {"slug": "thu-nghiem"},
        {"slug": "new"},
        {"code": ""},
    ],
)
def test_a_new_course_in_bad_words(as_trainer: FlaskClient, wrong: dict[str, str]) -> None:
    assert post(as_trainer, "/studio/new", **{**NEW, **wrong}).status_code == 400
    assert rows(Draft) == []


@pytest.mark.usefixtures("course_files")
def test_a_new_course_twice(as_trainer: FlaskClient) -> None:
    op_id = operation_id()
    for _ in range(2):
        assert post(as_trainer, "/studio/new", op_id=op_id, **NEW).status_code == 303
    assert len(rows(Draft)) == 1
    again = post(as_trainer, "/studio/new", **NEW)
    assert again.status_code == 400 and "Đã có khóa học ở địa chỉ" in again.text
    assert post(as_trainer, "/studio/new", op_id=op_id, **{**NEW, "code": "X"}).status_code == 409


@pytest.mark.usefixtures("course_files")
def test_quotes_and_colons_in_the_title(as_trainer: FlaskClient) -> None:
    post(as_trainer, "/studio/new", **{**NEW, "title": 'Học: "một" # hai', "slug": "hoc"})
    page = said(as_trainer, "/studio/hoc/draft")
    assert "Học: &#34;một&#34; # hai" in page
    assert [row.name for row in rows(DraftFile)] == ["course.md"]


@pytest.mark.usefixtures("course_files")
def test_a_file_of_another_draft_is_none_of_this_one(as_trainer: FlaskClient) -> None:
    begin(as_trainer, "/studio/nhap")
    other = file_of(LESSON).id
    begin(as_trainer)
    assert as_trainer.get(f"{DRAFT}/{other}/place").status_code == 404
    post(as_trainer, f"{DRAFT}/{other}/remove", heir=0)
    assert not any(row.removed for row in rows(DraftFile))
