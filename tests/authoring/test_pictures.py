"""Pictures of a draft: made small and nameless, refused when hostile, shown to its writers only."""

import io
import os
import struct
import zlib

import pytest
from flask.testing import FlaskClient
from PIL import Image

from app.accounts.models import Person
from app.authoring.models import Draft, DraftFile, DraftPicture, DraftState
from app.authoring.shrinking import LARGEST
from app.extensions import db
from app.lib.ids import operation_id
from tests.acts import post, rows
from tests.authoring.conftest import page_of
from tests.authoring.test_editor import JSON, look
from tests.cast import SignIn

ALT = "Màn hình chính, biểu tượng bánh răng"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'


def photograph(size: tuple[int, int] = (900, 600), kind: str = "JPEG") -> bytes:
    """A noisy picture as a telephone makes it, with the place where it was taken."""
    picture = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
    exif = Image.Exif()
    exif[0x010F] = "Hãng Điện Thoại"
    exif.get_ifd(0x8825)[2] = (15.0, 34.0, 12.0)
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 points wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def send(browser: FlaskClient, file: DraftFile, data: bytes, name: str = "IMG 1.jpg", **more: str):  # type: ignore[no-untyped-def]
    """Send a picture as the script does."""
    form = {"op_id": operation_id(), "alt": ALT, "picture": (io.BytesIO(data), name), **more}
    return browser.post(f"{page_of(file)}/pictures", data=form, headers=JSON)


def media(name: str) -> str:
    """Where a picture of the draft is shown."""
    return f"/studio/thu-nghiem/draft/media/{name}"


def test_a_photograph_becomes_small_and_nameless(
    as_trainer: FlaskClient, lesson: DraftFile
) -> None:
    answer = send(as_trainer, lesson, photograph())
    assert answer.status_code == 200
    assert answer.json["markdown"] == f"![{ALT}](../hinh/img-1.webp)"
    (kept,) = rows(DraftPicture)
    assert kept.name == "hinh/img-1.webp" and len(kept.data) <= LARGEST == 60 * 1024
    picture = Image.open(io.BytesIO(kept.data))
    assert picture.format == "WEBP" and not picture.getexif()
    assert b"Exif" not in kept.data and "Hãng".encode() not in kept.data


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_come_in_too(as_trainer: FlaskClient, lesson: DraftFile, kind: str) -> None:
    assert send(as_trainer, lesson, photograph((300, 200), kind)).status_code == 200
    assert Image.open(io.BytesIO(rows(DraftPicture)[0].data)).size == (300, 200)


def test_a_telephone_held_upright_stays_upright(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=exif)
    send(as_trainer, lesson, out.getvalue())
    assert Image.open(io.BytesIO(rows(DraftPicture)[0].data)).size == (40, 60)


def test_a_drawing_stays_as_it_is(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    assert (
        send(as_trainer, lesson, DRAWING, "Hình vẽ.svg")
        .json["markdown"]
        .endswith("(../hinh/hinh-ve.svg)")
    )
    assert rows(DraftPicture)[0].data == DRAWING


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bomb(), "Hình quá lớn"),
        (DRAWING.replace(b"<path", b"<script>x()</script><path"), "có mã chạy"),
        (DRAWING.replace(b"<path", b'<path onload="x()"'), "có mã chạy"),
        (DRAWING.replace(b"<path", b'<image href="https://a.vn/x.png"/><path'), "bên ngoài"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING, "có mã chạy"),
        (DRAWING + b" " * 300_000, "200 KB"),
        (b"GIF89a" + b"\0" * 100, "PNG, JPEG, WebP hoặc SVG"),
        (b"%PDF-1.7", "PNG, JPEG, WebP hoặc SVG"),
        (photograph()[:2000], "PNG, JPEG, WebP hoặc SVG"),
        (b"", "PNG, JPEG, WebP hoặc SVG"),
    ],
    ids=["bomb", "script", "handler", "outside", "entity", "heavy", "gif", "pdf", "cut", "empty"],
)
def test_what_is_no_harmless_picture_is_refused(
    as_trainer: FlaskClient, lesson: DraftFile, data: bytes, said: str
) -> None:
    answer = send(as_trainer, lesson, data)
    assert answer.status_code == 400 and said in answer.json["said"]
    assert rows(DraftPicture) == []


def test_alt_text_and_file_are_asked(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    answer = send(as_trainer, lesson, DRAWING, alt="  ")
    assert answer.status_code == 400 and "Chưa ghi hình có gì" in answer.json["errors"]["alt"][0]
    long = send(as_trainer, lesson, DRAWING, alt="x" * 301)
    assert "300" in long.json["errors"]["alt"][0]
    data = {"op_id": operation_id(), "alt": ALT}
    answer = as_trainer.post(f"{page_of(lesson)}/pictures", data=data, headers=JSON)
    assert answer.json["errors"] == {"picture": ["Chưa chọn hình."]}
    assert rows(DraftPicture) == []


def test_signs_of_markdown_in_the_alt_text(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    answer = send(as_trainer, lesson, DRAWING, "a.svg", alt="Nút [Gửi]\nở dưới")
    assert answer.json["markdown"] == "![Nút (Gửi) ở dưới](../hinh/a.svg)"


def test_twice_is_once(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    op_id = operation_id()
    first, again = (send(as_trainer, lesson, DRAWING, "a.svg", op_id=op_id) for _ in range(2))
    assert first.json == again.json
    assert len(rows(DraftPicture)) == 1
    assert send(as_trainer, lesson, DRAWING, "a.svg", op_id=op_id, alt="Khác").status_code == 409


def test_two_pictures_of_one_name_and_one_picture_twice(
    as_trainer: FlaskClient, lesson: DraftFile
) -> None:
    other = DRAWING.replace(b"h9", b"h8")
    for data in (DRAWING, other, DRAWING):
        send(as_trainer, lesson, data, "a.svg")
    assert [kept.name for kept in rows(DraftPicture)] == ["hinh/a-2.svg", "hinh/a.svg"][::-1]


def test_without_a_script_the_line_is_told(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    form = {"op_id": operation_id(), "alt": ALT, "picture": (io.BytesIO(DRAWING), "a.svg")}
    answer = as_trainer.post(f"{page_of(lesson)}/pictures", data=form)
    assert answer.status_code == 303
    assert f"![{ALT}](../hinh/a.svg)" in as_trainer.get(answer.location).text
    answer = post(as_trainer, f"{page_of(lesson)}/pictures", alt=ALT)
    assert "Chưa chọn hình." in as_trainer.get(answer.location).text
    form = {"op_id": operation_id(), "alt": ALT, "picture": (io.BytesIO(b"x"), "a.svg")}
    answer = as_trainer.post(f"{page_of(lesson)}/pictures", data=form)
    assert "Không đọc được hình này" in as_trainer.get(answer.location).text


def test_it_is_seen_in_the_preview_and_offered_again(
    as_trainer: FlaskClient, lesson: DraftFile
) -> None:
    markdown = send(as_trainer, lesson, DRAWING, "a.svg").json["markdown"]
    found = look(as_trainer, lesson, f"{lesson.text}\n{markdown}\n")
    assert found["problems"] == []
    assert f'src="{media("hinh/a.svg")}?v=' in found["html"]
    assert "<option>../hinh/a.svg</option>" in as_trainer.get(page_of(lesson)).text


def test_its_writers_see_it_and_nobody_else(
    as_trainer: FlaskClient,
    as_learner: FlaskClient,
    client: FlaskClient,
    sign_in: SignIn,
    village_trainer: Person,
    lesson: DraftFile,
) -> None:
    send(as_trainer, lesson, DRAWING, "a.svg")
    shown = as_trainer.get(media("hinh/a.svg") + "?v=1")
    assert shown.data == DRAWING and shown.mimetype == "image/svg+xml"
    assert shown.headers["Cache-Control"].startswith("private")
    for browser in (as_learner, sign_in(village_trainer)):
        assert browser.get(media("hinh/a.svg")).status_code == 404
    assert client.get(media("hinh/a.svg")).status_code == 302
    assert client.get("/courses/thu-nghiem/media/hinh/a.svg").status_code == 404


@pytest.mark.parametrize("name", ["hinh/khong-co.svg", "course.md", "../programme.yaml", ".an.svg"])
def test_nothing_else_comes_out(as_trainer: FlaskClient, lesson: DraftFile, name: str) -> None:
    assert as_trainer.get(media(name)).status_code == 404


def test_what_waits_for_review_takes_no_picture(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    rows(Draft)[0].state = DraftState.SUBMITTED
    db.session.commit()
    answer = send(as_trainer, lesson, DRAWING)
    assert answer.status_code == 423 and "chờ duyệt" in answer.json["said"]
    assert rows(DraftPicture) == []


@pytest.mark.parametrize("who", ["as_learner", "as_hr", "as_officer", "as_registrar"])
def test_trainers_only(who: str, lesson: DraftFile, request: pytest.FixtureRequest) -> None:
    assert send(request.getfixturevalue(who), lesson, DRAWING).status_code == 404


def test_unknown_file_and_wrong_method(as_trainer: FlaskClient, lesson: DraftFile) -> None:
    data = {"op_id": operation_id(), "alt": ALT, "picture": (io.BytesIO(DRAWING), "a.svg")}
    address = "/studio/thu-nghiem/draft/99999/pictures"
    assert as_trainer.post(address, data=data, headers=JSON).status_code == 404
    assert as_trainer.get(f"{page_of(lesson)}/pictures").status_code == 405
    assert rows(DraftPicture) == []
