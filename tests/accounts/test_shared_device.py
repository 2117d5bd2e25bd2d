"""Several learners on one device: names on buttons, the PIN, changing over, leaving nothing."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_credential
from app.accounts.devices import KEPT, MOST, shown_name
from app.accounts.models import DeviceProfile, Person
from app.extensions import db
from app.lib import clock
from tests.accounts.acts import PIN, member, register, sign_in, signed_in_as
from tests.accounts.cards import card_for, enter, scan
from tests.acts import post, rows

TU_PIN = "381946"


@pytest.fixture
def hoa(app) -> Person:
    return member("Nguyễn Thị Hoa")


@pytest.fixture
def tu(app) -> Person:
    return member("Trần Văn Tư", phone="0914222333", pin=TU_PIN)


@pytest.fixture
def shared(client: FlaskClient, hoa: Person, tu: Person) -> FlaskClient:
    """A device on which both signed in; nobody is signed in now."""
    for phone, pin in (("0905123456", PIN), ("0914222333", TU_PIN)):
        sign_in(client, phone, pin)
        post(client, "/switch")
    return client


def who(person: Person) -> int:
    """The number of this person's name on the device."""
    return rows(DeviceProfile, person_id=person.id)[0].id


def unlock(client: FlaskClient, person: Person, pin: str):
    return post(client, f"/login/pin?who={who(person)}", pin=pin)


def test_the_people_known_here_are_large_buttons(shared, hoa, tu):
    page = shared.get("/login").text
    assert page.index("Hoa N.") < page.index("Tư T.")
    assert f'href="/login/pin?who={who(hoa)}"' in page
    assert "Nguyễn" not in page
    assert "0905" not in page
    assert "Người khác" in page


def test_two_taps_then_the_pin(shared, tu):
    sign_in(shared)
    assert post(shared, "/switch").location == "/login"
    page = shared.get(f"/login/pin?who={who(tu)}")
    assert "Mã PIN của Tư T." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert unlock(shared, tu, TU_PIN).location == "/learn"
    assert signed_in_as(shared) == tu.get_id()


def test_it_leads_back_to_where_one_came_from(shared, tu):
    assert f"who={who(tu)}&amp;next=/certificates" in shared.get("/login?next=/certificates").text
    answer = post(shared, f"/login/pin?who={who(tu)}&next=/certificates", pin=TU_PIN)
    assert answer.location == "/certificates"


def test_each_behind_the_own_pin(shared, hoa, tu):
    page = unlock(shared, hoa, TU_PIN)
    assert page.status_code == 401
    assert "Mã PIN chưa đúng" in page.text
    assert signed_in_as(shared) is None


def test_five_wrong_pins_ask_to_wait(shared, hoa):
    assert [unlock(shared, hoa, "999888").status_code for _ in range(5)] == [401] * 4 + [429]


def test_others_are_asked_for_their_phone(shared):
    page = shared.get("/login?other=1").text
    assert 'name="phone"' in page
    assert "Hoa N." not in page


def test_another_device_knows_nobody(app, shared, hoa):
    stranger = app.test_client()
    assert 'name="phone"' in stranger.get("/login").text
    assert unlock(stranger, hoa, PIN).location == "/login"
    assert stranger.get(f"/login/pin?who={who(hoa)}").location == "/login"


@pytest.mark.parametrize(
    "number", ["", "x", "0", "99999", "-1", "9" * 30, "2147483648", "9" * 5000]
)
def test_nobody_else_can_be_asked_for(shared, number):
    assert shared.get(f"/login/pin?who={number}").location == "/login"
    assert post(shared, f"/login/pin?who={number}", pin=PIN).location == "/login"


def test_a_forged_cookie_knows_nobody(shared):
    known = shared.get_cookie("device").value
    for value in (known[:-2], "x", "", known.partition(".")[0]):
        shared.set_cookie("device", value)
        assert 'name="phone"' in shared.get("/login").text


def test_the_cookie_says_nothing_and_no_script_reads_it(client, hoa):
    cookie = next(
        header for header in sign_in(client).headers.getlist("Set-Cookie") if "device=" in header
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    (kept,) = rows(DeviceProfile)
    assert kept.device_hash not in cookie
    assert len(cookie.partition(";")[0]) < 80


def test_a_card_makes_the_name_known_too(client, hoa, admin):
    scan(client, card_for(hoa, admin))
    enter(client)
    assert [profile.person_id for profile in rows(DeviceProfile)] == [hoa.id]


def test_so_does_registering(client):
    register(client)
    assert [profile.shown_name for profile in rows(DeviceProfile)] == ["Ánh N."]


def test_staff_are_not_remembered(client, hr):
    add_credential(hr, "password", "lan@banthach.vn", "mật khẩu dài của Lan")
    db.session.commit()
    post(client, "/login/staff", email="lan@banthach.vn", password="mật khẩu dài của Lan")
    assert signed_in_as(client)
    assert not rows(DeviceProfile)


def test_changing_over_leaves_all_names_and_nobody_signed_in(shared, hoa, tu):
    sign_in(shared)
    answer = post(shared, "/switch")
    assert "Clear-Site-Data" not in answer.headers
    assert signed_in_as(shared) is None
    assert shared.get("/learn").status_code == 302
    assert len(rows(DeviceProfile)) == 2


def test_ending_takes_only_the_own_name_off(shared, hoa, tu):
    unlock(shared, hoa, PIN)
    answer = post(shared, "/logout")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert [profile.person_id for profile in rows(DeviceProfile)] == [tu.id]
    page = shared.get("/login").text
    assert "Tư T." in page
    assert "Hoa" not in page


def test_what_others_have_not_sent_yet_stays_in_the_browser(shared, hoa):
    unlock(shared, hoa, PIN)
    assert post(shared, "/logout", keep="others").headers["Clear-Site-Data"] == '"cache"'


def test_work_of_somebody_whose_name_is_off_the_device_stays_too(client, hoa):
    sign_in(client)
    answer = post(client, "/logout", keep="others")
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_the_last_one_takes_the_device_s_cookie_along(client, hoa):
    sign_in(client)
    post(client, "/logout")
    assert client.get_cookie("device") is None
    assert not rows(DeviceProfile)


def test_a_name_can_be_taken_off_without_the_pin(shared, hoa, tu):
    page = post(shared, "/login/forget", who=who(hoa))
    assert page.location == "/login"
    assert [profile.person_id for profile in rows(DeviceProfile)] == [tu.id]
    assert "Đã bỏ tên Hoa N. khỏi máy này" in shared.get("/login").text


def test_not_from_another_device(app, shared, hoa):
    post(app.test_client(), "/login/forget", who=who(hoa))
    post(shared, "/login/forget", who="x", op_id="x")
    assert post(shared, "/login/forget", who="9" * 30).status_code == 303
    assert len(rows(DeviceProfile)) == 2


def test_names_not_used_for_half_a_year_are_gone(shared):
    with clock.frozen(clock.now() + KEPT):
        assert 'name="phone"' in shared.get("/login").text


def test_and_are_taken_out_of_the_database(app, shared):
    with clock.frozen(clock.now() + KEPT):
        register(app.test_client())
    assert [profile.shown_name for profile in rows(DeviceProfile)] == ["Ánh N."]


def test_signing_in_again_keeps_the_name_fresh(shared, hoa):
    with clock.frozen(clock.now() + KEPT / 2):
        unlock(shared, hoa, PIN)
    with clock.frozen(clock.now() + KEPT + timedelta(days=1)):
        assert [p.person_id for p in rows(DeviceProfile) if p.used_at > clock.now() - KEPT] == [
            hoa.id
        ]


def test_a_whole_class_does_not_pile_up(client):
    for number in range(MOST + 2):
        member(f"Em Số {number}", phone=f"09051234{number:02d}")
        sign_in(client, f"09051234{number:02d}")
        post(client, "/switch")
    assert len(rows(DeviceProfile)) == MOST
    assert client.get("/login").text.count('class="person"') == MOST


@pytest.mark.parametrize(
    ("name", "taken", "shown"),
    [
        ("Nguyễn Thị Hoa", [], "Hoa N."),
        ("Nguyễn Thị Hoa", ["Hoa N."], "Hoa N. T."),
        ("Nguyễn Thị Hoa", ["Hoa N.", "Hoa N. T."], "Hoa N. T. (2)"),
        ("Liếc", [], "Liếc"),
        ("Liếc", ["Liếc"], "Liếc (2)"),
        ("Đỗ Ý", [], "Ý Đ."),
        ("A " + "B" * 78, [], "B" * 28 + " A."),
    ],
)
def test_as_little_of_a_name_as_tells_one_from_the_others(name, taken, shown):
    assert shown_name(name, taken) == shown


def test_pages_of_the_device_take_no_other_method(client):
    assert client.get("/switch").status_code == 405
    assert client.get("/login/forget").status_code == 405
