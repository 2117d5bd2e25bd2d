"""A learner registers."""

import unicodedata

import pytest

from app.accounts.actions import add_person, grant_role
from app.accounts.models import Consent, Credential, Person, Role
from app.extensions import db
from app.lib.dates import parse_vietnamese_date
from app.lib.ids import operation_id
from tests.accounts.acts import FORM, PIN, register, signed_in_as
from tests.acts import rows

LONG = "Tôn Nữ " + "Ngọc " * 14 + "Anh"


def test_signs_in_at_once_and_asks_where_one_lives(client):
    answer = register(client)
    assert (answer.status_code, answer.location) == (303, "/residence")
    [person] = rows(Person)
    assert person.full_name == "Nguyễn Thị Ngọc Ánh"
    assert signed_in_as(client) == person.get_id()


def test_keeps_the_place_one_came_from(client):
    answer = client.post(
        "/register?next=/courses/thu-nghiem/mot", data={**FORM, "op_id": operation_id()}
    )
    assert answer.location == "/residence?next=/courses/thu-nghiem/mot"


def test_never_leads_to_another_site(client):
    answer = client.post("/register?next=//xau.vn", data={**FORM, "op_id": operation_id()})
    assert "xau.vn" not in answer.location


def test_the_form_asks_in_three_blocks_without_choosing_for_anyone(client):
    page = client.get("/register")
    assert page.text.count('class="block"') == 3
    assert "checked" not in page.text.split('id="group"')[1].split("</fieldset>")[0]


def test_the_group_one_came_with_is_chosen(client):
    chosen = client.get("/register?group=nguoi-cao-tuoi").text
    assert 'value="nguoi-cao-tuoi" checked' in chosen


@pytest.mark.parametrize("group", ["nguoi-khuyet-tat", "dan-toc-thieu-so"])
def test_what_tells_of_health_or_origin_is_never_noted(client, group):
    assert f'value="{group}"' not in client.get(f"/register?group={group}").text
    assert register(client, group=group).status_code == 400
    assert not rows(Person)


def test_consent_and_a_hash_of_the_pin_are_kept(client):
    register(client)
    [consent] = rows(Consent)
    assert (consent.purpose, consent.channel) == ("learning", "web")
    [credential] = rows(Credential)
    assert PIN not in credential.secret_hash


@pytest.mark.parametrize("phone", ["0905123456", "+84 905 123 456", "0905.123.456", "84905123456"])
def test_a_phone_in_four_spellings_is_one_phone(client, phone):
    register(client, phone=phone)
    assert rows(Person)[0].phone == "0905123456"


@pytest.mark.parametrize("name", ["Hoa", "Bh'riu Liếc", "Zơrâm Thị Nhươm", LONG])
def test_names_are_kept_as_they_are(client, name):
    register(client, full_name=name)
    assert rows(Person)[0].full_name == name


def test_eighty_letters_are_eighty_however_they_are_typed(client):
    assert len(LONG) == 80
    register(client, full_name=unicodedata.normalize("NFD", LONG))
    assert rows(Person)[0].full_name == LONG


def test_a_decomposed_name_is_composed(client):
    register(client, full_name=unicodedata.normalize("NFD", "Trần Thị Đượm"))
    assert rows(Person)[0].full_name == unicodedata.normalize("NFC", "Trần Thị Đượm")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("full_name", "", "Chưa có họ và tên."),
        ("full_name", "Nguyễn V4n A", "có ký tự"),
        ("full_name", "A" * 81, "nhiều nhất là 80"),
        ("birth", "31/02/1961", "không có ngày này"),
        ("birth", "05/02/61", "bốn chữ số"),
        ("birth", "05/02/2099", "từ 1900 đến năm nay"),
        ("phone", "12345", "số di động có 10 chữ số"),
        ("phone", "02363822822", "số máy bàn"),
        ("group", None, "Hãy chọn một nhóm."),
        ("group", "khong-co", "Hãy chọn một mục"),
        ("pin", "12345", "đúng 6 chữ số"),
        ("pin", "123456", "dãy số liền nhau"),
        ("pin_again", "285918", "không giống nhau"),
        ("consent", None, "Cần đồng ý"),
    ],
)
def test_says_what_to_mend_and_keeps_the_rest(client, field, typed, words):
    page = register(client, **{field: typed})
    assert page.status_code == 400
    assert words in page.text
    assert FORM["full_name"] in page.text or field == "full_name"
    assert FORM["birth"] in page.text or field == "birth"
    assert FORM["phone"] in page.text or field == "phone"
    assert PIN not in page.text
    assert not rows(Person)


def test_what_was_typed_wrongly_is_shown_again(client):
    page = register(client, phone="0905 12x", full_name="Hoa 2<b>")
    assert 'value="0905 12x"' in page.text
    assert 'value="Hoa 2&lt;b&gt;"' in page.text


def test_under_sixteen_somebody_grown_up_agrees(client):
    page = register(client, birth="01/09/2014")
    assert "chưa đủ 16 tuổi: hãy ghi họ tên" in page.text
    assert "<details" in page.text
    assert " open>" in page.text.split('class="block-more"')[1][:10]
    register(client, birth="01/09/2014", guardian="Trần Văn Đức")
    assert rows(Consent)[0].guardian_name == "Trần Văn Đức"


def test_a_double_click_registers_once(client):
    op_id = operation_id()
    answers = [register(client, op_id=op_id) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (len(rows(Person)), len(rows(Credential)), len(rows(Consent))) == (1, 1, 1)


def test_who_is_registered_already_is_told_so(client, app):
    register(client)
    page = register(app.test_client(), full_name="nguyễn thị ngọc ánh")
    assert page.status_code == 400
    assert "đã đăng ký với số điện thoại này rồi" in page.text
    assert len(rows(Person)) == 1


def test_the_same_form_with_another_name_is_refused(client):
    op_id = operation_id()
    register(client, op_id=op_id)
    assert register(client, op_id=op_id, full_name="Trần Văn Đức").status_code == 409
    assert len(rows(Person)) == 1


def test_a_form_left_in_a_shared_phone_opens_nothing_without_the_pin(client, app):
    op_id = operation_id()
    register(client, op_id=op_id)
    other = app.test_client()
    page = register(other, op_id=op_id, pin="381946", pin_again="381946")
    assert page.status_code == 400
    assert signed_in_as(other) is None


def test_whoever_was_given_a_role_is_not_claimed_by_what_colleagues_know(client, office):
    birth, _ = parse_vietnamese_date(FORM["birth"])
    listed = add_person(FORM["full_name"], birth_date=birth, phone=FORM["phone"])
    grant_role(None, listed, Role.HR, office.id)
    db.session.commit()
    register(client)
    assert not signed_in_as(client).startswith(f"{listed.id}.")


def test_a_broken_operation_id_is_replaced_so_that_the_next_try_works(client):
    page = register(client, op_id="x")
    assert page.status_code == 400
    fresh = page.text.split('name="op_id" value="')[1].split('"')[0]
    assert register(client, op_id=fresh).status_code == 303


def test_whom_an_office_listed_already_stays_one_person(client, app):
    birth, _ = parse_vietnamese_date(FORM["birth"])
    listed = add_person("NGUYỄN THỊ NGỌC ÁNH", birth_date=birth, phone=FORM["phone"])
    db.session.commit()
    register(client)
    assert [person.id for person in rows(Person)] == [listed.id]


def test_two_of_a_family_share_a_phone(client, app):
    register(client)
    register(app.test_client(), full_name="Trần Văn Đức", pin="381946", pin_again="381946")
    assert [person.phone for person in rows(Person)] == ["0905123456"] * 2


def test_an_expired_form_keeps_what_was_typed_but_the_pin(app, client):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        page = register(client)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert page.status_code == 400
    assert "Trang mở đã lâu" in page.text
    assert all(FORM[name] in page.text for name in ("full_name", "birth", "phone"))
    assert PIN not in page.text
    assert not rows(Person)
