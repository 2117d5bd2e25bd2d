"""A learner signs in."""

import pytest

from app.accounts.models import SignInFailure
from tests.accounts.acts import PIN, member, sign_in, signed_in_as
from tests.acts import post, rows


def test_leads_to_the_start_page(client, app):
    person = member("Nguyễn Thị Hoa")
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (303, "/learn")
    assert signed_in_as(client) == person.get_id()


def test_leads_back_to_where_one_came_from(client, app):
    member("Nguyễn Thị Hoa")
    answer = post(client, "/login?next=/certificates", phone="0905123456", pin=PIN)
    assert answer.location == "/certificates"


@pytest.mark.parametrize("page", ["https://xau.vn", "//xau.vn", "/\\xau.vn", "javascript:1"])
def test_never_leads_to_another_site(client, app, page):
    member("Nguyễn Thị Hoa")
    answer = client.post("/login", query_string={"next": page}, data=_typed())
    assert answer.location == "/learn"


@pytest.mark.parametrize("phone", ["0905123456", "+84905123456", "84 905 123 456", "0905-123-456"])
def test_a_phone_may_be_spelled_in_four_ways(client, app, phone):
    member("Nguyễn Thị Hoa")
    assert sign_in(client, phone).location == "/learn"


def test_a_wrong_pin_and_an_unknown_phone_get_the_same_kind_words(client, app):
    member("Nguyễn Thị Hoa")
    wrong, unknown = sign_in(client, pin="999888"), sign_in(client, phone="0914222333")
    for page in (wrong, unknown):
        assert page.status_code == 401
        assert "Số điện thoại hoặc mã PIN chưa đúng" in page.text
        assert "1022" in page.text
        assert "999888" not in page.text
    assert signed_in_as(client) is None


def test_the_phone_stays_typed(client):
    assert 'value="0905 123 456"' in sign_in(client, "0905 123 456", "999888").text


def test_failures_are_counted_without_the_phone(client, app):
    sign_in(client, pin="999888")
    [failure] = rows(SignInFailure)
    assert "0905123456" not in failure.account_key


@pytest.mark.parametrize(
    ("phone", "pin", "words"),
    [("", PIN, "Chưa có số điện thoại."), ("0905123456", "", "Chưa có mã PIN."), ("x", PIN, "lạ")],
)
def test_says_what_is_missing(client, phone, pin, words):
    page = sign_in(client, phone, pin)
    assert page.status_code == 400
    assert words in page.text
    assert not rows(SignInFailure)


def test_a_phone_opens_the_number_keyboard(client):
    page = client.get("/login").text
    assert 'inputmode="tel"' in page
    assert 'inputmode="numeric"' in page


def test_staff_sign_in_elsewhere(client):
    assert 'href="/login/staff"' in client.get("/login").text


def _typed():
    return {"op_id": "0" * 32, "phone": "0905123456", "pin": PIN}
