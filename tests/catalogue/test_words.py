"""The pages about the site: help, personal data, accessibility."""

import pytest


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/help", "tel:1022"),
        ("/privacy", "91/2025/QH15"),
        ("/accessibility", "WCAG 2.2"),
    ],
)
def test_anyone_may_read(client, as_learner, url, words):
    assert words in client.get(url).text
    assert client.queries == 0
    assert as_learner.get(url).status_code == 200
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("url", ["/help", "/privacy", "/accessibility"])
def test_every_page_leads_there(client, url):
    assert f'href="{url}"' in client.get("/").text
