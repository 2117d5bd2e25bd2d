"""Writing a file of a draft: the page, saving, and looking at what is not saved yet."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.authoring.models import CourseEditor, Draft, DraftFile, DraftState, Revision
from app.content.shelf import shelf
from app.extensions import db
from app.lib.ids import operation_id
from tests.acts import post, rows
from tests.authoring.conftest import LESSON, file_named, page_of
from tests.cast import SignIn

JSON = {"X-Fragment": "json"}


def save(browser: FlaskClient, file: DraftFile, text: str, base: int = 0, **more: object):  # type: ignore[no-untyped-def]
    """Save as the script does."""
    data = {"op_id": operation_id(), "act": "save", "text": text, "base": base, **more}
    return browser.post(page_of(file), data=data, headers=JSON)


def look(browser: FlaskClient, file: DraftFile, text: str, **reader: str):  # type: ignore[no-untyped-def]
    """What the server says of a text that is not saved."""
    answer = browser.post(f"{page_of(file)}/look", data={"text": text, **reader})
    assert answer.status_code == 200
    return answer.json


# the page


def test_a_lesson_is_opened_from_the_course(as_trainer: FlaskClient, course_files: Path) -> None:
    assert (
        'action="/studio/thu-nghiem/steps/mot/writing"' in as_trainer.get("/studio/thu-nghiem").text
    )
    answer = post(as_trainer, "/studio/thu-nghiem/steps/mot/writing")
    file = file_named(LESSON)
    assert answer.status_code == 303 and answer.location == page_of(file)
    page = as_trainer.get(answer.location).text
    assert "Đọc **chậm** thôi." in page and "Xem thử" in page
    assert f'href="{page_of(file_named("01-phan-mot/02-hai.md"))}"' in page


def test_it_is_opened_once(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    save(as_trainer, lesson, "---\ntitle: Mới\nminutes: 5\n---\nChữ.\n")
    post(as_trainer, "/studio/thu-nghiem/steps/mot/writing")
    assert len(rows(Draft)) == 1
    assert "title: Mới" in file_named(LESSON).text


def test_the_page_lists_what_is_wrong(as_trainer: FlaskClient, course_files: Path) -> None:
    file = course_files / "thu-nghiem" / LESSON
    file.write_text(file.read_text() + "\n![](khong-co.png)\n")
    post(as_trainer, "/studio/thu-nghiem/steps/mot/writing")
    page = as_trainer.get(page_of(file_named(LESSON))).text
    assert "Không có hình" in page and "khong-co.png" in page
    assert "<b>Dòng 19</b>" in page


def test_every_file_has_its_editor(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    for name in ("course.md", "01-phan-mot/module.md", "03-kiem-tra.md"):
        assert as_trainer.get(page_of(file_named(name))).status_code == 200


def test_in_english(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    as_trainer.set_cookie("display", "language:en")
    page = as_trainer.get(page_of(lesson)).text
    assert "/static/studio-en." in page and '<h1 lang="vi">Bài một</h1>' in page


def test_signed_out(client: FlaskClient, lesson: DraftFile) -> None:
    assert client.get(page_of(lesson)).location == f"/login?next={page_of(lesson)}"
    assert save(client, lesson, "x").location == "/login"


def test_a_session_that_ended_gives_the_text_back(client: FlaskClient, lesson: DraftFile) -> None:
    answer = save(client, lesson, "Đoạn vừa viết", csrf_token="cu")
    assert answer.status_code == 401 and "Đoạn vừa viết" in answer.text


@pytest.mark.parametrize("who", ["as_learner", "as_hr", "as_officer", "as_registrar"])
def test_trainers_only(who: str, lesson: DraftFile, request: pytest.FixtureRequest) -> None:
    browser = request.getfixturevalue(who)
    assert browser.get(page_of(lesson)).status_code == 404
    assert save(browser, lesson, "x").status_code == 404
    assert browser.post(f"{page_of(lesson)}/look", data={"text": "x"}).status_code == 404
    assert post(browser, "/studio/thu-nghiem/steps/mot/writing").status_code == 404


def test_a_course_of_others(
    sign_in: SignIn, village_trainer: Person, trainer: Person, lesson: DraftFile
) -> None:
    browser = sign_in(village_trainer)
    assert browser.get(page_of(lesson)).status_code == 404
    assert save(browser, lesson, "x").status_code == 404
    assert post(browser, "/studio/thu-nghiem/steps/mot/writing").status_code == 404
    db.session.add(
        CourseEditor(course_slug="thu-nghiem", person_id=village_trainer.id, added_by=trainer.id)
    )
    db.session.commit()
    assert browser.get(page_of(lesson)).status_code == 200
    assert save(browser, lesson, "x").status_code == 200


@pytest.mark.parametrize("address", ["/studio/thu-nghiem/draft/99999", "/studio/nhap/draft/1"])
def test_unknown(as_trainer: FlaskClient, lesson: DraftFile, address: str) -> None:
    assert as_trainer.get(address).status_code == 404
    assert post(as_trainer, address, text="x").status_code == 404


@pytest.mark.usefixtures("course_files")
@pytest.mark.parametrize(
    "address",
    [
        "/studio/khong-co/steps/mot/writing",
        "/studio/%2e%2e/steps/mot/writing",
        "/studio/thu-nghiem/steps/khong-co/writing",
    ],
)
def test_a_step_that_is_not_there(as_trainer: FlaskClient, address: str) -> None:
    assert post(as_trainer, address).status_code == 404
    assert rows(DraftFile) == [] == rows(Draft)


def test_wrong_method(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    assert as_trainer.put(page_of(lesson)).status_code == 405
    assert as_trainer.get(f"{page_of(lesson)}/look").status_code == 405


# saving


def test_the_script_saves(as_trainer: FlaskClient, trainer: Person, lesson: DraftFile) -> None:
    answer = save(as_trainer, lesson, "Một\r\nHai\r\n")
    assert answer.status_code == 200
    assert answer.json["base"] == 1 and answer.json["at"].startswith("20")
    file = file_named(LESSON)
    assert (file.text, file.revision) == ("Một\nHai\n", 1)
    last = rows(Revision, file_id=file.id)[-1]
    assert (last.number, last.person_id, last.text) == (1, trainer.id, "Một\nHai\n")


def test_a_form_saves_too(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    answer = post(as_trainer, page_of(lesson), act="save", text="Chữ mới", base=0)
    assert answer.status_code == 303 and answer.location == page_of(lesson)
    assert "Đã lưu bản thứ 1." in as_trainer.get(answer.location).text
    assert file_named(LESSON).text == "Chữ mới"


def test_a_form_looks_without_saving(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    text = "---\ntitle: Thử\nminutes: 5\n---\nĐoạn **thử**.\n\n![](mat.png)\n"
    answer = post(as_trainer, page_of(lesson), act="preview", text=text, base=0)
    assert answer.status_code == 200
    assert "Đoạn <strong>thử</strong>." in answer.text
    assert "Không có hình" in answer.text and "<b>Dòng 7</b>" in answer.text
    assert file_named(LESSON).revision == 0


def test_twice_is_once(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    op_id = operation_id()
    first = save(as_trainer, lesson, "Một", op_id=op_id)
    again = save(as_trainer, lesson, "Một", op_id=op_id)
    assert first.json["base"] == again.json["base"] == 1
    assert len(rows(Revision, file_id=lesson.id)) == 2
    assert save(as_trainer, lesson, "Khác", op_id=op_id).status_code == 409
    assert file_named(LESSON).text == "Một"


def test_what_is_there_already_is_no_new_revision(
    as_trainer: FlaskClient, lesson: DraftFile
) -> None:
    answer = save(as_trainer, lesson, lesson.text)
    assert answer.json["base"] == 0
    assert len(rows(Revision, file_id=lesson.id)) == 1


def test_signs_that_no_file_may_hold_go(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    save(as_trainer, lesson, "A\x00\x0bB \u2028C e\u0301")
    assert file_named(LESSON).text == "AB C é"


def test_a_line_without_end(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    text = "Một\n" + "x" * 10_001
    answer = save(as_trainer, lesson, text)
    assert answer.status_code == 400
    assert answer.json["errors"]["text"] == ["Dòng 2 quá dài. Hãy ngắt thành nhiều đoạn ngắn."]
    page = post(as_trainer, page_of(lesson), act="save", text=text)
    assert page.status_code == 400 and "Dòng 2 quá dài" in page.text and "x" * 10_001 in page.text
    answer = as_trainer.post(f"{page_of(lesson)}/look", data={"text": text})
    assert answer.status_code == 400 and "Dòng 2" in answer.json["errors"]["text"][0]


@pytest.mark.parametrize("base", ["x", "-1", "99999999999"])
def test_a_base_that_is_none(as_trainer: FlaskClient, lesson: DraftFile, base: str) -> None:
    assert post(as_trainer, page_of(lesson), text="Chữ", base=base).status_code == 400
    assert file_named(LESSON).revision == 0


def test_what_waits_for_review_stays_as_it_is(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    rows(Draft)[0].state = DraftState.SUBMITTED
    db.session.commit()
    page = as_trainer.get(page_of(lesson)).text
    assert "đang chờ duyệt" in page and "readonly" in page and "data-tools" not in page
    answer = save(as_trainer, lesson, "Muộn rồi")
    assert answer.status_code == 423 and "chờ duyệt" in answer.json["said"]
    plain = post(as_trainer, page_of(lesson), act="save", text="Muộn rồi")
    assert plain.status_code == 423 and "Muộn rồi" in plain.text
    assert file_named(LESSON).revision == 0
    assert look(as_trainer, lesson, "Chữ")["html"]


def test_a_draft_that_was_closed(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    draft = rows(Draft)[0]
    draft.closed_at, draft.outcome = draft.opened_at, "discarded"
    db.session.commit()
    answer = save(as_trainer, lesson, "Muộn rồi")
    assert answer.status_code == 404 and "Bản soạn này đã đóng" in answer.text


# looking


def test_what_is_typed_is_shown_and_checked(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    text = lesson.text + "\n## Thêm\n\n![](mat.png)\n"
    line = text.split("\n").index("![](mat.png)") + 1
    found = look(as_trainer, lesson, text)
    assert '<h2 id="them">Thêm</h2>' in found["html"]
    assert [(p["line"], p["severity"]) for p in found["problems"]] == [
        (line, "error"),
        (line, "warning"),
    ]
    assert found["problems"][0]["mend"]
    assert found["elsewhere"] == 0
    assert file_named(LESSON).revision == 0


def test_links_stay_in_the_studio(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    html = look(as_trainer, lesson, lesson.text + "\n[sang](02-hai.md#dau)\n")["html"]
    assert f'href="{page_of(file_named("01-phan-mot/02-hai.md"))}#dau"' in html
    assert "/courses/" not in html and "<form" in html and "action=" not in html


def test_faults_in_other_files_are_counted(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    other = file_named("01-phan-mot/02-hai.md")
    save(as_trainer, other, other.text + "\n![x](mat.png)\n")
    found = look(as_trainer, lesson, lesson.text)
    assert (found["problems"], found["elsewhere"]) == ([], 1)


def test_front_matter_that_cannot_be_read(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    found = look(as_trainer, lesson, "---\ntitle: [\n---\nChữ")
    assert found["problems"] and "Chưa dựng được bài này" in found["html"]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("course.md", "Thử nghiệm"),
        ("01-phan-mot/module.md", "Hai bài đầu."),
        ("03-kiem-tra.md", "Ý đúng của câu 3"),
    ],
)
def test_files_that_are_no_lesson_are_shown_too(
    as_trainer: FlaskClient, lesson: DraftFile, name: str, seen: str
) -> None:
    file = file_named(name)
    assert seen.lower() in look(as_trainer, file, file.text)["html"].lower()


def test_as_a_group_and_a_machine(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    group, other = (group.id for group in shelf.programme.groups[:2])
    text = (
        f"{lesson.text}\n/// for | {group}\nCho nhóm này.\n///\n"
        f"\n/// for | {other}\nNhóm kia.\n///\n"
        "\nChung.\n\n/// device | android\nChỉ Android.\n///\n"
    )
    every = look(as_trainer, lesson, text)["html"]
    assert all(words in every for words in ("Cho nhóm này", "Nhóm kia", "Chỉ Android"))
    seen = look(as_trainer, lesson, text, group=group, device="iphone")["html"]
    assert "Cho nhóm này" in seen and "Chung." in seen
    assert "Nhóm kia" not in seen and "Chỉ Android" not in seen


def test_script_in_a_lesson_never_comes_out(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    html = look(as_trainer, lesson, lesson.text + '\n<script>x()</script><img onerror="x()">\n')
    assert "<script" not in html["html"] and "onerror" not in html["html"]
