"""A learner says where they live."""

import pytest

from app.accounts.actions import add_person
from app.extensions import db
from app.units.models import Membership
from tests.acts import post, rows

URL = "/residence"


@pytest.fixture
def newcomer(commune, other_commune):
    person = add_person("Zơrâm Thị Nhươm")
    db.session.commit()
    return person


@pytest.fixture
def browser(sign_in, newcomer):
    return sign_in(newcomer)


def test_is_counted_there_from_now_on(browser, newcomer, commune):
    answer = post(browser, URL, commune=commune.id)
    assert (answer.status_code, answer.location) == (303, "/learn")
    [membership] = rows(Membership, person_id=newcomer.id)
    assert (membership.unit_id, membership.kind) == (commune.id, "residence")
    assert "Đã ghi nơi ở: Phường Bàn Thạch." in browser.get("/learn").text


def test_goes_back_to_the_lesson_one_came_from(browser, commune):
    answer = post(browser, "/residence?next=/courses/thu-nghiem/mot", commune=commune.id)
    assert answer.location == "/courses/thu-nghiem/mot"


def test_never_leads_to_another_site(browser, commune):
    assert post(browser, "/residence?next=//xau.vn", commune=commune.id).location == "/learn"


def test_nothing_is_chosen_for_the_learner(browser):
    page = browser.get(URL).text
    assert '<option selected value="">' in page
    assert "Để lúc khác" in page


def test_lists_communes_and_no_workplaces(browser, office):
    page = browser.get(URL).text
    assert "Xã La Êê" in page
    assert office.name not in page


def test_who_moved_sees_the_home_known_so_far_and_changes_it(
    as_learner, learner, commune, other_commune
):
    assert f'<option selected value="{commune.id}">' in as_learner.get(URL).text
    post(as_learner, URL, commune=other_commune.id)
    current = [
        m for m in rows(Membership, person_id=learner.id, kind="residence") if not m.valid_to
    ]
    assert [m.unit_id for m in current] == [other_commune.id]


@pytest.mark.parametrize("commune", ["", "x", "999999", "-1"])
def test_says_what_to_mend(browser, newcomer, commune):
    page = post(browser, URL, commune=commune)
    assert page.status_code == 400
    assert "Hãy chọn" in page.text
    assert not rows(Membership, person_id=newcomer.id)


def test_a_workplace_is_no_home(browser, newcomer, office):
    assert post(browser, URL, commune=office.id).status_code == 400
    assert not rows(Membership, person_id=newcomer.id)


def test_sent_twice_it_stands_once(browser, newcomer, commune):
    for _ in range(2):
        post(browser, URL, commune=commune.id)
    assert len(rows(Membership, person_id=newcomer.id)) == 1


def test_nobody_else_s_home_is_touched(browser, learner, other_commune):
    before = [m.unit_id for m in rows(Membership, person_id=learner.id)]
    post(browser, URL, commune=other_commune.id)
    assert [m.unit_id for m in rows(Membership, person_id=learner.id)] == before


def test_signed_out_one_is_asked_to_sign_in(client):
    assert client.get(URL).location.startswith("/login")
    assert post(client, URL, commune=1).location.startswith("/login")


def test_is_not_deleted(browser):
    assert browser.delete(URL).status_code == 405
