"""The menu of every page."""

from app.home.routes import DESKS
from app.permissions import PERMISSIONS


def test_a_visitor_may_sign_in(client):
    menu = _menu(client)
    assert 'href="/login"' in menu
    assert 'href="/learn"' not in menu


def test_a_learner_has_the_own_pages(as_learner):
    menu = _menu(as_learner)
    assert all(f'href="{url}"' in menu for url in ("/learn", "/courses", "/certificates"))
    assert 'href="/staff"' not in menu
    assert 'href="/login"' not in menu


def test_staff_have_their_desk(as_hr):
    assert 'href="/staff"' in _menu(as_hr)


def test_says_where_one_is(as_learner):
    assert 'href="/courses" aria-current="page"' in _menu(as_learner)


def test_desks_are_endpoints_with_a_permission():
    assert {desk.endpoint for desk in DESKS} <= PERMISSIONS.keys()


def _menu(client):
    return client.get("/courses").text.split('<nav class="menu"')[1].split("</nav>")[0]
