"""Signing in by another's OpenID Connect: linked after proof, begun, taken off again."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import keys
from app.accounts.identity import OutsideIdentity
from app.accounts.models import AuditLine, Consent, Person, SignInFailure
from app.extensions import db
from app.lib.ids import operation_id
from tests.accounts.acts import member, signed_in_as
from tests.accounts.neighbour import BEGIN, HOA, NEW, Neighbour, begin, come, prove
from tests.acts import post, rows


def test_it_asks_with_pkce_state_and_nonce(client: FlaskClient, neighbour: Neighbour) -> None:
    assert "Vào bằng VNeID" in client.get("/login").text
    there = client.get("/login/outside").location
    asked = parse_qs(urlsplit(there).query)
    assert there.startswith(f"{neighbour.issuer}/auth?")
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    assert {"state", "nonce", "code_challenge"} <= asked.keys()


def test_somebody_known_proves_it_once_and_is_in_from_then_on(
    client: FlaskClient, neighbour: Neighbour, known_hoa: Person
) -> None:
    assert come(client, neighbour, "hoa", "/certificates").location == NEW
    page = client.get(NEW)
    assert "đã có hồ sơ ở đây" in page.text and "Tôi mới học" not in page.text
    assert HOA not in page.text and page.headers["Cache-Control"] == "no-store"
    assert signed_in_as(client) is None
    answer = prove(client)
    assert (answer.status_code, answer.location) == (303, "/certificates")
    assert signed_in_as(client) == known_hoa.get_id()
    (line,) = rows(AuditLine, verb="link_outside")
    assert (line.actor_id, line.detail) == (known_hoa.id, "pin")
    again = client.application.test_client()
    assert come(again, neighbour, "hoa").location == "/learn"
    assert signed_in_as(again) == known_hoa.get_id()


def test_a_wrong_pin_links_nothing_and_is_counted(
    client: FlaskClient, neighbour: Neighbour, known_hoa: Person
) -> None:
    come(client, neighbour, "hoa")
    assert prove(client, secret="000000").status_code == 401
    assert len(rows(SignInFailure)) == 1
    assert rows(OutsideIdentity) == [] and signed_in_as(client) is None


def test_the_number_of_somebody_else_is_not_linked_to_oneself(
    client: FlaskClient, neighbour: Neighbour, known_hoa: Person
) -> None:
    member("Kẻ Gian", "0914222333")
    come(client, neighbour, "hoa")
    answer = prove(client, "0914222333")
    assert (answer.status_code, "hồ sơ khác" in answer.text) == (400, True)
    assert rows(OutsideIdentity) == []
    assert client.get(BEGIN).location == NEW
    assert begin(client).location == NEW
    assert len(rows(Person)) == 2


def test_a_helper_confirms_face_to_face(
    client: FlaskClient, neighbour: Neighbour, known_hoa: Person, admin: Person
) -> None:
    key = keys.reset_pin(known_hoa, admin, operation_id())
    db.session.commit()
    come(client, neighbour, "hoa")
    assert prove(client, "", "", "ABCDEFGHJK").status_code == 401
    assert prove(client, "", "", key.code).status_code == 303
    assert signed_in_as(client) == known_hoa.get_id()
    other = client.application.test_client()
    come(other, neighbour, "moi")
    assert prove(other, "", "", key.code).status_code == 401


def test_somebody_new_begins_after_the_same_consent(
    client: FlaskClient, neighbour: Neighbour
) -> None:
    assert come(client, neighbour, "moi").location == NEW
    assert "Trần Văn Mới" in client.get(BEGIN).text
    assert begin(client, consent="").status_code == 400
    assert begin(client, birth="2015").status_code == 400
    assert rows(Person) == []
    assert begin(client).location.startswith("/residence")
    (person,) = rows(Person)
    assert (person.full_name, person.number_tail) == ("Trần Văn Mới", "777")
    assert [(one.purpose, one.channel) for one in rows(Consent)] == [("learning", "oidc")]
    assert signed_in_as(client) == person.get_id()
    again = client.application.test_client()
    assert come(again, neighbour, "moi").location == "/learn"
    assert len(rows(Person)) == 1


@pytest.mark.parametrize("who", ["khong-so", "so-sai"])
def test_without_a_number_one_begins_or_links_ones_own(
    client: FlaskClient, neighbour: Neighbour, known_hoa: Person, who: str
) -> None:
    come(client, neighbour, who)
    assert "Tôi mới học ở đây lần đầu" in client.get(NEW).text
    assert prove(client).status_code == 303
    assert signed_in_as(client) == known_hoa.get_id()
    assert rows(Person, id=known_hoa.id)[0].number_tail == "123"


def test_a_number_from_there_is_noted_after_proof(
    client: FlaskClient, neighbour: Neighbour
) -> None:
    person = member("Trần Văn Mới")
    come(client, neighbour, "moi")
    prove(client)
    assert rows(Person, id=person.id)[0].number_tail == "777"


def test_whoever_holds_a_role_still_shows_the_second_factor(
    client: FlaskClient, neighbour: Neighbour, hr: Person, app: Flask
) -> None:
    settings = app.extensions["settings"]
    app.extensions["settings"] = settings.model_copy(update={"require_second_factor": True})
    key = {"issuer": neighbour.issuer, "subject": "hoa"}
    db.session.add(OutsideIdentity(person_id=hr.id, **key))
    assert come(client, neighbour, "hoa").location.startswith("/login/second")
    assert client.get("/staff").status_code in (303, 404)


def test_it_is_taken_off_again(
    client: FlaskClient, neighbour: Neighbour, known_hoa: Person
) -> None:
    come(client, neighbour, "hoa")
    prove(client)
    assert "Thôi dùng VNeID" in client.get("/account").text
    (known,) = rows(OutsideIdentity)
    address, op_id = f"/account/outside/{known.id}/unlink", operation_id()
    assert post(client, address, op_id=op_id).status_code == 303
    assert post(client, address, op_id=op_id).status_code == 404
    assert rows(OutsideIdentity) == []
    assert [line.actor_id for line in rows(AuditLine, verb="unlink_outside")] == [known_hoa.id]
    assert come(client.application.test_client(), neighbour, "hoa").location == NEW


def test_the_only_way_in_stays(client: FlaskClient, neighbour: Neighbour) -> None:
    come(client, neighbour, "moi")
    begin(client)
    post(client, f"/account/outside/{rows(OutsideIdentity)[0].id}/unlink")
    assert len(rows(OutsideIdentity)) == 1
    assert "cách vào duy nhất" in client.get("/account").text


def test_anothers_link_is_not_there(
    client: FlaskClient, as_stranger: FlaskClient, neighbour: Neighbour
) -> None:
    come(client, neighbour, "moi")
    begin(client)
    address = f"/account/outside/{rows(OutsideIdentity)[0].id}/unlink"
    assert post(as_stranger, address).status_code == 404
    assert "/login" in post(client.application.test_client(), address).location
    assert client.get(address).status_code == 405
