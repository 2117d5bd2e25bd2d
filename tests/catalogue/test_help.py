"""The page of help says in words what a phone's owner has to press."""

import re

from flask.testing import FlaskClient


def section(client: FlaskClient, name: str) -> str:
    """The words of one section of the page."""
    found = re.search(rf'<h2 id="{name}">(.*?)<h2', client.get("/help").text, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[1])


def test_how_the_site_comes_to_the_home_screen(client: FlaskClient) -> None:
    words = section(client, "man-hinh-chinh")
    android, iphone = words.split("iPhone, iPad")
    assert "Chrome" in android and "ba chấm" in android and "Thêm vào màn hình chính" in android
    assert "Safari" in iphone and "Chia sẻ" in iphone and "Thêm vào MH chính" in iphone


def test_every_topic_leads_somewhere(client: FlaskClient) -> None:
    page = client.get("/help").text
    topics = re.findall(r'<li><a class="button button-quiet" href="#([a-z-]+)"', page)
    assert "man-hinh-chinh" in topics
    for topic in topics:
        assert f'<h2 id="{topic}">' in page, topic
