"""Pages and bundles come squeezed to browsers that understand gzip, and plain to all others."""

import gzip

from flask.testing import FlaskClient

GZIP = {"Accept-Encoding": "gzip, deflate"}


def test_a_page_is_squeezed_for_those_who_understand(client: FlaskClient) -> None:
    plain = client.get("/help")
    squeezed = client.get("/help", headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert len(squeezed.data) < len(plain.data) / 2


def test_what_was_squeezed_is_the_page(client: FlaskClient) -> None:
    assert gzip.decompress(client.get("/v", headers=GZIP).data) == client.get("/v").data


def test_caches_are_told_that_there_are_two(client: FlaskClient) -> None:
    assert "Accept-Encoding" in client.get("/help").headers["Vary"]


def test_a_bundle_is_squeezed_and_asked_for_once(client: FlaskClient) -> None:
    address = client.get("/help").text.split('rel="stylesheet" href="')[1].split('"')[0]
    bundle = client.get(address, headers=GZIP)
    assert bundle.headers["Content-Encoding"] == "gzip"
    etag = bundle.headers["ETag"]
    assert client.get(address, headers={**GZIP, "If-None-Match": etag}).status_code == 304


def test_a_short_answer_stays_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers=GZIP).headers
