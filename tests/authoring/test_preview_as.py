"""The preview as each group of learners and each kind of machine, of the disk and of the draft."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.content.shelf import shelf
from tests.authoring.acts import COURSE, LESSON, TEST, begin, on_file, rewrite
from tests.authoring.conftest import change

PAGE = f"{COURSE}/preview/mot"
VARIANTS = """
/// device | android
Bấm nút Android.
///

/// device | iphone
Bấm nút iPhone.
///

/// for | nguoi-dan
Dành riêng cho người dân.
///

Xem [bài hai](02-hai.md).
"""


@pytest.fixture(autouse=True)
def variants(course_files: Path) -> None:
    """The first lesson has passages for machines and for a group."""
    change(course_files / "thu-nghiem" / LESSON, "Không đọc mã.", f"Không đọc mã.\n{VARIANTS}")
    shelf.library.refresh()


def test_everything_by_itself(as_trainer: FlaskClient) -> None:
    page = as_trainer.get(PAGE).text
    for words in ("nút Android", "nút iPhone", "riêng cho người dân"):
        assert words in page
    assert '<option value="can-bo">' in page and '<option value="iphone">' in page


@pytest.mark.parametrize(("machine", "other"), [("Android", "iPhone"), ("iPhone", "Android")])
def test_one_machine(as_trainer: FlaskClient, machine: str, other: str) -> None:
    page = as_trainer.get(f"{PAGE}?may={machine.lower()}").text
    assert f"nút {machine}" in page and f"nút {other}" not in page
    assert f'<option value="{machine.lower()}" selected>' in page


def test_one_group(as_trainer: FlaskClient) -> None:
    assert "riêng cho người dân" in as_trainer.get(f"{PAGE}?nhom=nguoi-dan").text
    page = as_trainer.get(f"{PAGE}?nhom=can-bo").text
    assert "riêng cho người dân" not in page and '<option value="can-bo" selected>' in page


@pytest.mark.parametrize("query", ["nhom=khong-co", "may=khong-co", "may=ca-hai", "ban=khac"])
def test_what_is_unknown_is_everything(as_trainer: FlaskClient, query: str) -> None:
    page = as_trainer.get(f"{PAGE}?{query}").text
    assert "nút Android" in page and "nút iPhone" in page and "riêng cho người dân" in page


def test_the_choice_goes_along(as_trainer: FlaskClient) -> None:
    begin(as_trainer)
    page = as_trainer.get(f"{PAGE}?ban=soan&nhom=can-bo&may=iphone").text
    query = "ban=soan&amp;nhom=can-bo&amp;may=iphone"
    assert f'href="{COURSE}/preview/hai?{query}"' in page
    assert f'action="{PAGE}?question=tap-1&amp;{query}#q-tap-1"' in page


def test_the_draft(as_trainer: FlaskClient) -> None:
    assert as_trainer.get(f"{PAGE}?ban=soan").status_code == 404
    begin(as_trainer)
    rewrite(as_trainer, LESSON, "Bấm nút iPhone.", "Bấm nút Home.")
    on_file(as_trainer, LESSON, "name", title="Bài mở đầu", slug="mo-dau")
    page = as_trainer.get(f"{COURSE}/preview/mo-dau?ban=soan&may=iphone").text
    assert "Bấm nút Home." in page and "nút Android" not in page
    assert "Bài mở đầu" in page
    assert as_trainer.get(f"{PAGE}?ban=soan").status_code == 404
    assert "Bấm nút iPhone." in as_trainer.get(PAGE).text


def test_practice_in_the_draft(as_trainer: FlaskClient) -> None:
    begin(as_trainer)
    rewrite(as_trainer, LESSON, "> Mã OTP là chìa khóa tài khoản.", "> Lời giải mới.")
    answer = as_trainer.post(f"{PAGE}?question=tap-1&ban=soan", data={"q-tap-1": "x"})
    assert answer.status_code == 200 and "Lời giải mới." in answer.text


def test_a_test_of_the_draft(as_trainer: FlaskClient) -> None:
    begin(as_trainer)
    rewrite(as_trainer, TEST, "Ý đúng của câu 3", "Ý rất đúng của câu 3")
    assert "Ý rất đúng" in as_trainer.get(f"{COURSE}/preview/kiem-tra?ban=soan").text
    assert "Ý rất đúng" not in as_trainer.get(f"{COURSE}/preview/kiem-tra").text


def test_a_draft_with_an_error_shows_as_far_as_it_goes(as_trainer: FlaskClient) -> None:
    begin(as_trainer)
    rewrite(as_trainer, TEST, "- [x] Ý đúng của câu 3", "- [ ] Ý đúng của câu 3")
    assert "nút Android" in as_trainer.get(f"{PAGE}?ban=soan").text
