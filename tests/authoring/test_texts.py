"""Two people write one lesson: what comes second is set aside, shown beside the other, merged."""

import threading
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.authoring.models import DraftFile, Revision
from app.extensions import db
from app.lib.ids import operation_id
from tests.acts import post, rows
from tests.authoring.conftest import LESSON, file_named, page_of
from tests.authoring.test_editor import JSON, save

HEAD = "---\ntitle: Bài một\nminutes: 5\n---\n"
BASE = f"{HEAD}Một\nHai\nBa\n"
MINE = BASE.replace("Một", "Một của thầy")
THEIRS = BASE.replace("Ba", "Ba của cô")
RIVALS = 8


def part(as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile) -> Revision:
    """The colleague saves first, then the trainer over the same revision; what was set aside."""
    save(as_trainer, lesson, BASE)
    save(as_colleague, lesson, THEIRS, base=1)
    save(as_trainer, lesson, MINE, base=1)
    aside: Revision = rows(Revision, number=None)[-1]
    return aside


def merge_page(aside: Revision) -> str:
    """Where both texts stand side by side."""
    return f"/studio/thu-nghiem/draft/{aside.file_id}/merge/{aside.id}"


def test_the_second_is_set_aside_and_told(
    as_trainer: FlaskClient, as_colleague: FlaskClient, trainer: Person, lesson: DraftFile
) -> None:
    save(as_trainer, lesson, BASE)
    save(as_colleague, lesson, THEIRS, base=1)
    answer = save(as_trainer, lesson, MINE, base=1)
    (aside,) = rows(Revision, number=None)
    assert answer.status_code == 409
    assert answer.json == {
        "said": "Đặng Thị Mai đã lưu bài này lúc anh chị đang viết.",
        "mine": MINE,
        "page": merge_page(aside),
    }
    assert (aside.text, aside.base_number, aside.person_id) == (MINE, 1, trainer.id)
    assert file_named(LESSON).text == THEIRS


def test_without_a_script_the_same_leads_to_both_texts(
    as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile
) -> None:
    save(as_colleague, lesson, THEIRS)
    answer = post(as_trainer, page_of(lesson), act="save", text=MINE, base=0)
    (aside,) = rows(Revision, number=None)
    assert answer.status_code == 303 and answer.location == merge_page(aside)


def test_both_texts_and_their_union_are_shown(
    as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile
) -> None:
    page = as_trainer.get(merge_page(part(as_trainer, as_colleague, lesson))).text
    assert "Hai bên sửa ở những chỗ khác nhau" in page
    assert f"{HEAD}Một của thầy\nHai\nBa của cô\n</textarea>" in page
    assert "Bản của Đặng Thị Mai" in page and "Bản của tôi" in page


def test_the_colleague_sees_whose_text_it_is(
    as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile
) -> None:
    page = as_colleague.get(merge_page(part(as_trainer, as_colleague, lesson))).text
    assert "Bản của Lê Hồng Sơn" in page and "Bản của tôi" in page


def test_two_pages_of_one_person(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    save(as_trainer, lesson, BASE)
    answer = save(as_trainer, lesson, MINE, base=0)
    assert answer.json["said"] == "Anh chị đã lưu bài này ở một trang khác."
    assert "Bản của trang mở trước" in as_trainer.get(answer.json["page"]).text


def test_where_both_changed_one_line_both_stand(
    as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile
) -> None:
    save(as_trainer, lesson, BASE)
    save(as_colleague, lesson, BASE.replace("Hai", "Hai của cô"), base=1)
    answer = save(as_trainer, lesson, BASE.replace("Hai", "Hai của thầy"), base=1)
    page = as_trainer.get(answer.json["page"]).text
    assert "Có 1 chỗ hai bên cùng sửa" in page
    assert "Hai của thầy\nHai của cô\nBa\n</textarea>" in page


def test_the_merged_text_is_saved_and_the_other_marked(
    as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile
) -> None:
    aside = part(as_trainer, as_colleague, lesson)
    both = MINE.replace("Ba", "Ba của cô")
    history = f"{page_of(lesson)}/history"
    assert "để riêng, chưa ghép" in as_trainer.get(history).text
    answer = post(as_trainer, page_of(lesson), act="save", text=both, base=2, merges=aside.id)
    assert answer.location == page_of(lesson)
    assert file_named(LESSON).text == both
    assert rows(Revision, id=aside.id)[0].merged_at
    assert "đã xem và ghép" in as_trainer.get(history).text


@pytest.mark.parametrize("kept", [MINE, THEIRS])
def test_either_can_be_kept_and_the_other_stays_in_the_history(
    as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile, kept: str
) -> None:
    aside = part(as_trainer, as_colleague, lesson)
    post(as_trainer, page_of(lesson), act="save", text=kept, base=2, merges=aside.id)
    assert file_named(LESSON).text == kept
    assert rows(Revision, id=aside.id)[0].merged_at
    texts = {line.text for line in rows(Revision, file_id=lesson.id)}
    assert {MINE, THEIRS} <= texts


def test_a_third_who_was_quicker_parts_them_anew(
    as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile
) -> None:
    aside = part(as_trainer, as_colleague, lesson)
    save(as_colleague, lesson, THEIRS + "Bốn\n", base=2)
    answer = post(as_trainer, page_of(lesson), act="save", text=MINE, base=2, merges=aside.id)
    newest = rows(Revision, number=None)[-1]
    assert newest.id != aside.id and answer.location == merge_page(newest)
    assert file_named(LESSON).text == THEIRS + "Bốn\n"


def test_the_same_act_again_tells_the_same(
    as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile
) -> None:
    save(as_colleague, lesson, THEIRS)
    op_id = operation_id()
    first, again = (save(as_trainer, lesson, MINE, op_id=op_id) for _ in range(2))
    assert first.status_code == again.status_code == 409
    assert first.json == again.json
    assert len(rows(Revision, number=None)) == 1


def test_alike_is_no_conflict(
    as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile
) -> None:
    save(as_colleague, lesson, MINE)
    answer = save(as_trainer, lesson, MINE)
    assert answer.status_code == 200 and answer.json["base"] == 1


def test_no_page_for_what_was_not_set_aside(
    as_trainer: FlaskClient, as_learner: FlaskClient, lesson: DraftFile
) -> None:
    saved = rows(Revision, file_id=lesson.id)[0]
    assert as_trainer.get(merge_page(saved)).status_code == 404
    assert as_trainer.get(f"{page_of(lesson)}/merge/99999").status_code == 404
    assert as_learner.get(merge_page(saved)).status_code == 404


def test_of_another_file_there_is_none(
    as_trainer: FlaskClient, as_colleague: FlaskClient, lesson: DraftFile
) -> None:
    aside = part(as_trainer, as_colleague, lesson)
    other = file_named("01-phan-mot/02-hai.md")
    assert as_trainer.get(f"{page_of(other)}/merge/{aside.id}").status_code == 404


@pytest.mark.faults
def test_of_many_at_once_one_is_saved_and_none_is_lost(
    app: Flask, trainer: Person, lesson: DraftFile
) -> None:
    session_id, address, file_id = trainer.get_id(), page_of(lesson), lesson.id
    db.session.close()
    gate, statuses = threading.Barrier(RIVALS), list[int]()

    def rival(number: int) -> None:
        client = FlaskClient(app)
        with client.session_transaction() as session:
            session["_user_id"] = session_id
        data = {"op_id": operation_id(), "act": "save", "text": f"Bản {number}\n", "base": 0}
        gate.wait()
        status = 503
        while status == 503:
            status = client.post(address, data=data, headers=JSON).status_code
        statuses.append(status)

    threads = [threading.Thread(target=rival, args=(number,)) for number in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(statuses) == {200: 1, 409: RIVALS - 1}
    kept = rows(Revision, file_id=file_id)
    assert [line.number for line in kept if line.number is not None] == [0, 1]
    assert {line.text for line in kept} >= {f"Bản {number}\n" for number in range(RIVALS)}
