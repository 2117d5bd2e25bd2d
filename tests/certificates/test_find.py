"""/v: type a code, come to its check."""

import pytest
from flask.testing import FlaskClient

from app.certificates.models import Award


def test_the_form_is_there_for_anyone(client: FlaskClient) -> None:
    page = client.get("/v")
    assert page.status_code == 200 and 'name="code"' in page.text


@pytest.mark.parametrize(
    "written", ["{}", " {} ", "http://localhost/v/{}", "http://localhost/v/{}/"]
)
def test_a_code_leads_to_its_check(client: FlaskClient, award: Award, written: str) -> None:
    answer = client.get("/v", query_string={"code": written.format(award.code)})
    assert (answer.status_code, answer.location) == (302, f"/v/{award.code}")


def test_small_letters_and_spaces_are_understood(client: FlaskClient, award: Award) -> None:
    loose = " ".join(award.code.lower())
    assert client.get("/v", query_string={"code": loose}).location == f"/v/{award.code}"


@pytest.mark.parametrize("typed", ["ABC", "   ", "//evil.example", "x" * 5000, "\x00"])
def test_what_is_no_code_is_said_beside_the_field(client: FlaskClient, typed: str) -> None:
    page = client.get("/v", query_string={"code": typed})
    assert page.status_code == 400
    assert "Cần sửa" in page.text
