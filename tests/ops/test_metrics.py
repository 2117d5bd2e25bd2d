"""/metrics: figures for Prometheus, nobody's data, and not for everybody."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from app.accounts.models import Person
from app.config import Settings
from app.content.models import Course
from tests.acts import pass_course

OUTSIDE = {"REMOTE_ADDR": "203.0.113.9"}


def test_it_counts_requests_awards_and_courses(
    client: FlaskClient, learner: Person, course: Course
) -> None:
    pass_course(learner, course)
    client.get("/healthz")
    answer = client.get("/metrics")
    assert answer.content_type.startswith("text/plain")
    assert re.search(
        r'^bdhvs_requests_total\{endpoint="ops.health",status="2xx"\} \d', answer.text, re.M
    )
    assert 'bdhvs_request_seconds_bucket{endpoint="ops.health"' in answer.text
    assert "bdhvs_awards 1.0" in answer.text
    assert "bdhvs_courses_served 1.0" in answer.text


def test_no_address_of_a_page_becomes_a_label(client: FlaskClient) -> None:
    client.get("/v/0905123456")
    client.get("/no-such-page/0905123456")
    text = client.get("/metrics").text
    assert "0905123456" not in text
    assert 'endpoint="none",status="4xx"' in text


def test_from_outside_it_is_not_there(client: FlaskClient) -> None:
    assert client.get("/metrics", environ_overrides=OUTSIDE).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
def test_through_a_proxy_on_this_machine_it_is_not_there(client: FlaskClient, header: str) -> None:
    assert client.get("/metrics", headers={header: "203.0.113.9"}).status_code == 404


def test_the_token_opens_it_and_a_wrong_one_does_not(
    client: FlaskClient, app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = settings.model_copy(update={"metrics_token": SecretStr("mã-bí-mật")})
    monkeypatch.setitem(app.extensions, "settings", told)
    statuses = [
        client.get(
            "/metrics", environ_overrides=OUTSIDE | {"HTTP_AUTHORIZATION": f"Bearer {token}"}
        ).status_code
        for token in ("m\xe3-b\xed", "", "abc")
    ]
    assert statuses == [404, 404, 404]
    plain = settings.model_copy(update={"metrics_token": SecretStr("token-1234")})
    monkeypatch.setitem(app.extensions, "settings", plain)
    headers = {"Authorization": "Bearer token-1234"}
    assert client.get("/metrics", headers=headers, environ_overrides=OUTSIDE).status_code == 200


def test_without_a_token_set_an_empty_one_opens_nothing(client: FlaskClient) -> None:
    headers = {"Authorization": "Bearer "}
    assert client.get("/metrics", headers=headers, environ_overrides=OUTSIDE).status_code == 404
