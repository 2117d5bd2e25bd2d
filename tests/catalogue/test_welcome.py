"""Greetings of the groups."""

from app.catalogue.welcome import EVERYBODY, WELCOMES, welcome
from app.content.programme import Group
from app.content.shelf import shelf


def test_every_group_of_the_programme_has_its_own_words(app):
    assert {group.id for group in shelf.programme.groups} <= WELCOMES.keys()


def test_a_new_group_is_greeted_by_its_invitation():
    group = Group(id="moi", title="Nhóm mới", framework="nguoi-dan", invite="Mời bà con vào học.")
    assert welcome(group).lead == "Mời bà con vào học."


def test_nobody_in_particular_is_greeted_like_everybody():
    assert welcome(None).title == str(EVERYBODY.title)
