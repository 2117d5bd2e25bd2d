"""A form that met a full disk, a fault, a limit or an earlier act loses nothing that was typed."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from sqlite3 import OperationalError as Locked
from typing import Any, NoReturn

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app import LARGEST_UPLOAD
from app.accounts.models import Person
from app.content.models import Course
from app.lessons.models import Mark
from app.lib.ids import operation_id
from app.ui.typed import READ_ON, typed
from tests.acts import post, rows
from tests.ui.test_expired_form import fields

NOTES = "/courses/thu-nghiem/mot/notes"
WRITTEN = "Bấm nút nguồn bên phải, giữ ba giây\nrồi thả ra <nhẹ tay>"
TEXT = re.compile(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', re.DOTALL)
SignIn = Callable[[Person], FlaskClient]
Fails = Callable[[str, BaseException | int], None]


@pytest.fixture
def browser(sign_in: SignIn, learner: Person, course: Course) -> FlaskClient:
    """The learner's browser, in the test course."""
    client = sign_in(learner)
    post(client, "/courses/thu-nghiem/enrolment")
    return client


@pytest.fixture
def fails(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fails]:
    """Let a view fail with an exception, or answer with an error of this number."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def view_fails(endpoint: str, how: BaseException | int) -> None:
        def view(**_: Any) -> NoReturn:
            if isinstance(how, int):
                abort(how)
            raise how

        monkeypatch.setitem(app.view_functions, endpoint, view)

    yield view_fails
    app.config["PROPAGATE_EXCEPTIONS"] = None


def written(page: TestResponse) -> dict[str, str]:
    """The texts on a kept page."""
    return dict(TEXT.findall(page.text.replace("&lt;", "<").replace("&gt;", ">")))


LOCKED = OperationalError("", {}, Locked("database is locked"))


@pytest.mark.parametrize(
    ("how", "status"),
    [(429, 429), (RuntimeError("lỗi"), 500), (503, 503), (LOCKED, 503)],
)
def test_what_was_written_is_sent_again_with_one_tap(
    browser: FlaskClient, fails: Fails, monkeypatch: pytest.MonkeyPatch, how: Any, status: int
) -> None:
    once = operation_id()
    with monkeypatch.context():
        fails("lessons.notes", how)
        page = post(browser, NOTES, op_id=once, text=WRITTEN)
    monkeypatch.undo()
    assert page.status_code == status
    assert "Những gì anh chị đã điền vẫn còn" in page.text
    assert f'action="{NOTES}' in page.text
    assert fields(page)["op_id"] == once
    assert written(page) == {"text": WRITTEN}
    sent = fields(page) | written(page)
    assert browser.post(NOTES, data=sent).status_code == 303
    assert [mark.text for mark in rows(Mark)] == [WRITTEN]


def test_the_same_id_for_something_else_may_be_sent_as_another_act(browser: FlaskClient) -> None:
    once = operation_id()
    assert post(browser, NOTES, op_id=once, text="Một").status_code == 303
    page = post(browser, NOTES, op_id=once, text=WRITTEN)
    assert page.status_code == 409
    assert "Gửi như một việc mới" in page.text
    sent = fields(page) | written(page)
    assert sent["op_id"] != once
    assert browser.post(NOTES, data=sent).status_code == 303
    assert WRITTEN in [mark.text for mark in rows(Mark)]


def test_a_file_that_is_too_large_takes_no_words_along(
    sign_in: SignIn, trainer: Person, course: Course
) -> None:
    large = FileStorage(BytesIO(b"x" * (LARGEST_UPLOAD + 1)), "khoa.zip", "file")
    boundary, body = encode_multipart({"title": WRITTEN, "file": large})
    kind = f"multipart/form-data; boundary={boundary}"
    page = sign_in(trainer).post("/studio/import", data=body, content_type=kind)
    assert page.status_code == 413
    assert written(page) == {"title": WRITTEN}
    assert '<input class="input input-file" type="file" id="file-1" name="file">' in page.text
    assert 'enctype="multipart/form-data"' in page.text


def test_what_is_larger_still_is_not_read(client: FlaskClient, app: Flask) -> None:
    words = BytesIO(b"phone=0905123456")
    with app.test_request_context(
        "/login",
        method="POST",
        input_stream=words,
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"CONTENT_LENGTH": str(READ_ON + 1)},
    ):
        assert typed().fields == ()
    assert words.tell() == 0


def test_a_button_is_offered_again_only_where_time_mends(
    browser: FlaskClient, fails: Fails
) -> None:
    fails("lessons.complete", 503)
    page = post(browser, "/courses/thu-nghiem/mot/completion")
    assert "Gửi lại" in page.text
    fails("lessons.complete", 409)
    page = post(browser, "/courses/thu-nghiem/mot/completion")
    assert page.status_code == 409
    assert "Gửi như một việc mới" not in page.text
    assert "Về trang đầu" in page.text


def test_a_secret_is_not_in_the_page(client: FlaskClient, fails: Fails) -> None:
    fails("accounts.login", 503)
    page = client.post("/login", data={"phone": "0905123456", "pin": "471302"})
    assert fields(page).keys() == {"csrf_token", "phone"}
    assert "471302" not in page.text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Mode": "cors"}])
def test_neither_another_site_nor_a_script_gets_a_form(
    browser: FlaskClient, fails: Fails, headers: dict[str, str]
) -> None:
    fails("lessons.notes", 503)
    data = {"op_id": operation_id(), "text": WRITTEN}
    page = browser.post(NOTES, data=data, headers=headers)
    assert page.status_code == 503
    assert "Gửi lại" not in page.text.partition("<main")[2]
    assert written(page) == {}
