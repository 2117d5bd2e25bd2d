"""End on a shared phone."""

from tests.accounts.acts import signed_in_as
from tests.acts import post


def test_is_asked_once_in_big_letters(as_learner):
    page = as_learner.get("/logout")
    assert "Kết thúc, xóa khỏi máy này" in page.text
    assert signed_in_as(as_learner)


def test_ends_and_leaves_nothing_in_the_browser(as_learner):
    answer = post(as_learner, "/logout")
    assert (answer.status_code, answer.location) == (303, "/")
    assert signed_in_as(as_learner) is None
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert as_learner.get("/learn").status_code == 302


def test_forgets_the_group_and_the_phone_but_not_the_big_letters(as_learner):
    as_learner.get("/?nhom=nguoi-cao-tuoi")
    as_learner.post("/display", data={"text": "large"})
    post(as_learner, "/logout")
    page = as_learner.get("/")
    assert "nay mở máy" in page.text
    assert 'data-text="large"' in page.text


def test_twice_or_signed_out_does_no_harm(client, as_learner):
    post(as_learner, "/logout")
    assert post(as_learner, "/logout").status_code == 303
    assert client.get("/logout").status_code == 200


def test_stands_on_every_page_of_a_signed_in_person(as_learner, client):
    assert 'action="/logout"' in as_learner.get("/courses").text
    assert 'action="/logout"' not in client.get("/courses").text
