"""An indicator by commune, as the officer reads it."""

import re

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.units.models import Unit
from tests.board.acts import text_of
from tests.cast import SignIn

PAGE = "/board/nguoi-truong-thanh"


def titles(page: str) -> list[str]:
    """The names of the rows, in their order."""
    heads = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', page)
    return [re.sub("<.*?>", "", head) for head in heads]


@pytest.mark.usefixtures("reached", "measured")
def test_rows_by_name_and_a_total(as_officer: FlaskClient) -> None:
    page = text_of(as_officer, PAGE)
    assert titles(page) == [
        "Phường Bàn Thạch",
        "Xã La Êê",
        "Thuộc thẳng Thành phố Đà Nẵng",
        "Chưa rõ xã, phường",
        "Cộng Thành phố Đà Nẵng",
    ]
    assert "50,0 %" in page
    assert "03/02/2026" in page


@pytest.mark.usefixtures("reached", "measured")
@pytest.mark.parametrize("order", ["cao", "thap", "xyz"])
def test_order(as_officer: FlaskClient, order: str) -> None:
    assert titles(text_of(as_officer, f"{PAGE}?xep={order}"))[0] == "Phường Bàn Thạch"


@pytest.mark.usefixtures("reached")
def test_a_commune_without_denominator_has_a_link_to_enter_it(
    as_officer: FlaskClient, commune: Unit
) -> None:
    assert f"{PAGE}/denominator?don-vi={commune.id}" in text_of(as_officer, PAGE)


@pytest.mark.usefixtures("province")
def test_signed_out(client: FlaskClient) -> None:
    assert client.get(PAGE).location == f"/login?next={PAGE}"


@pytest.mark.parametrize("who", ["as_learner", "as_hr", "as_trainer", "as_registrar"])
def test_wrong_role(who: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(who).get(PAGE).status_code == 404


@pytest.mark.usefixtures("reached")
def test_a_commune_officer_sees_only_the_commune(
    sign_in: SignIn, commune_officer: Person, other_commune: Unit
) -> None:
    browser = sign_in(commune_officer)
    assert "Xã La Êê" not in text_of(browser, PAGE)
    assert browser.get(f"{PAGE}?don-vi={other_commune.id}").status_code == 404


def test_unknown_indicator(as_officer: FlaskClient) -> None:
    assert as_officer.get("/board/khong-co").status_code == 404


def test_wrong_method(as_officer: FlaskClient) -> None:
    assert as_officer.post(PAGE).status_code == 405


@pytest.mark.usefixtures("reached", "measured")
def test_few_queries(as_officer: FlaskClient) -> None:
    as_officer.get(PAGE)
    assert as_officer.queries <= 6
