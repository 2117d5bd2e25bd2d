"""Pages that are the same for every visitor come once; what is somebody's own is kept by nobody."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person

FOR_EVERYBODY = ("/", "/courses", "/courses/thu-nghiem", "/courses/thu-nghiem/mot", "/help")
GZIP = {"Accept-Encoding": "gzip, deflate"}
SignIn = Callable[[Person], FlaskClient]

pytestmark = pytest.mark.usefixtures("course")


@pytest.mark.parametrize("address", FOR_EVERYBODY)
def test_who_has_the_page_gets_no_body(client: FlaskClient, address: str) -> None:
    first = client.get(address, headers=GZIP)
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    assert first.headers["Content-Encoding"] == "gzip"
    again = client.get(address, headers={**GZIP, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == "no-cache"
    assert {"Accept-Encoding", "Cookie"} <= set(again.headers["Vary"].split(", "))


def test_squeezed_or_not_it_has_one_tag(client: FlaskClient) -> None:
    assert client.get("/", headers=GZIP).headers["ETag"] == client.get("/").headers["ETag"]


def test_asking_for_the_head_alone_tells_the_tag(client: FlaskClient) -> None:
    assert client.head("/help").headers["ETag"] == client.get("/help").headers["ETag"]


@pytest.mark.parametrize("chosen", ["text:large", "contrast:high", "theme:dark", "language:en"])
def test_another_choice_is_another_page(client: FlaskClient, chosen: str) -> None:
    tag = client.get("/courses").headers["ETag"]
    client.set_cookie("display", chosen)
    answer = client.get("/courses", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_a_page_of_somebody_has_no_tag(sign_in: SignIn, learner: Person) -> None:
    for address in (*FOR_EVERYBODY, "/learn"):
        page = sign_in(learner).get(address)
        assert "ETag" not in page.headers, address
        assert page.headers["Cache-Control"] == "no-store", address


def test_a_visitors_tag_does_not_hide_a_persons_page(
    client: FlaskClient, sign_in: SignIn, learner: Person
) -> None:
    tag = client.get("/courses").headers["ETag"]
    page = sign_in(learner).get("/courses", headers={"If-None-Match": tag})
    assert page.status_code == 200


def test_a_page_with_a_form_of_its_own_comes_anew(client: FlaskClient) -> None:
    tag = client.get("/register").headers["ETag"]
    assert client.get("/register", headers={"If-None-Match": tag}).status_code == 200


def test_an_error_has_no_tag(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/khong-co").headers
