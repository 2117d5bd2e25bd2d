"""/v/<code>: anyone asks whether a certificate is valid, and learns the least."""

import re

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.certificates.check import masked_name
from app.certificates.models import Award
from app.extensions import db
from app.lib.ids import verification_code
from app.units.models import Unit
from tests.certificates.conftest import REASON


def test_a_certificate_in_force(client: FlaskClient, award: Award) -> None:
    page = client.get(f"/v/{award.code}")
    assert page.status_code == 200
    assert "<h1>Giấy chứng nhận có hiệu lực</h1>" in page.text
    for fact in (award.printed_number, award.course_title, "N. T. Hoa", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"):
        assert fact in page.text
    assert client.queries <= 1


def test_it_tells_no_more_than_that(client: FlaskClient, award: Award) -> None:
    for address in (f"/v/{award.code}", f"/v/{award.code}.json"):
        # the names of assets hold digits of their own
        told = re.sub(r"/static/[^\"]+", "", client.get(address).text)
        for private in ("Nguyễn", "1985", "0905", award.unit_name, award.result, "90"):
            assert private not in told.replace(award.code, "")


def test_a_revoked_one_says_when_and_not_why(client: FlaskClient, revoked: Award) -> None:
    page = client.get(f"/v/{revoked.code}").text
    assert "<h1>Giấy chứng nhận đã bị thu hồi</h1>" in page
    assert "không còn hiệu lực từ ngày" in page
    assert REASON not in page


def test_an_unknown_code(client: FlaskClient) -> None:
    page = client.get(f"/v/{verification_code()}")
    assert page.status_code == 404
    assert "<h1>Không có giấy chứng nhận này</h1>" in page.text


@pytest.mark.parametrize("code", ["ABC", "ABCDE23456789", "xin-chao", "<b>", "1OIL0U1111"])
def test_a_mistyped_code_gets_a_form(client: FlaskClient, code: str) -> None:
    page = client.get(f"/v/{code}")
    assert page.status_code == 404
    assert "<h1>Mã kiểm tra chưa đúng</h1>" in page.text and 'name="code"' in page.text


def test_one_wrong_letter_is_a_slip_and_not_a_forgery(client: FlaskClient, award: Award) -> None:
    slip = ("A" if award.code[0] != "A" else "B") + award.code[1:]
    assert "Mã kiểm tra chưa đúng" in client.get(f"/v/{slip}").text


def test_a_code_written_loosely_comes_to_its_one_address(client: FlaskClient, award: Award) -> None:
    loose = f"{award.code[:5].lower()}-{award.code[5:]}"
    assert client.get(f"/v/{loose}").location == f"/v/{award.code}"


def test_only_get(client: FlaskClient, award: Award) -> None:
    for address in ("/v", f"/v/{award.code}", f"/v/{award.code}.json"):
        assert client.post(address).status_code == 405


def test_a_page_with_the_readers_settings_is_not_kept_for_others(
    client: FlaskClient, as_learner: FlaskClient, award: Award
) -> None:
    for browser in (client, as_learner):
        assert "public" not in browser.get(f"/v/{award.code}").headers["Cache-Control"]


def test_json_says_the_same(client: FlaskClient, award: Award) -> None:
    answer = client.get(f"/v/{award.code}.json")
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer.headers
    assert answer.json == {
        "state": "valid",
        "printed_number": award.printed_number,
        "course": award.course_title,
        "hours": award.hours,
        "awarded_on": award.awarded_on.isoformat(),
        "issuer": "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "name": "N. T. Hoa",
    }


def test_json_of_a_revoked_one(client: FlaskClient, revoked: Award) -> None:
    answer = client.get(f"/v/{revoked.code}.json").json
    assert answer and answer["state"] == "revoked" and answer["revoked_on"]
    assert "reason" not in answer


@pytest.mark.parametrize("code", ["ABC", "%00", "84CW8JXFEZ"])
def test_json_of_an_unknown_code(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/v/{code}.json")
    assert (answer.status_code, answer.json) == (404, {"state": "unknown"})


def test_what_was_issued_does_not_change(
    client: FlaskClient, award: Award, learner: Person, office: Unit
) -> None:
    before = client.get(f"/v/{award.code}.json").json
    learner.full_name, office.name = "Trần Văn Khác", "Đơn vị khác"
    db.session.commit()
    assert client.get(f"/v/{award.code}.json").json == before


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Thị Hoa", "N. T. Hoa"),
        ("Bh'riu Liếc", "B. Liếc"),
        ("đinh Ơ", "Đ. Ơ"),
        ("Hoa", "Hoa"),
        ("A\u0306n Ha\u0300", "Ă. Hà"),
    ],
)
def test_a_name_is_masked(name: str, masked: str) -> None:
    assert masked_name(name) == masked
