"""Whom the people of a commune may call: names and phones on their help page."""

from flask.testing import FlaskClient

from app.accounts.models import Person
from app.units.models import TeamMember, Unit
from tests.acts import post, rows
from tests.field.acts import beside, verbs

TEAM = "/field/team"
FACTS = {
    "full_name": "Đinh Văn Tổ",
    "phone": "0905 666 777",
    "place": "Thôn 2",
    "agreed": "y",
}


def test_the_people_of_the_commune_see_them(
    as_helper: FlaskClient, as_learner: FlaskClient, as_stranger: FlaskClient, client: FlaskClient
) -> None:
    assert post(as_helper, TEAM, **FACTS).status_code == 303
    assert "0905666777" in as_helper.get(TEAM).text
    page = as_learner.get("/help").text
    assert "Đinh Văn Tổ" in page and 'href="tel:0905666777"' in page and "Thôn 2" in page
    for other in (as_stranger, client):
        page = other.get("/help").text
        assert "Đinh Văn Tổ" not in page and 'href="tel:1022"' in page
    assert verbs()[-1] == "add_team_member"


def test_every_page_leads_there(as_learner: FlaskClient) -> None:
    assert "/help#nguoi-gan-nha" in as_learner.get("/courses").text
    assert 'id="nguoi-gan-nha"' in as_learner.get("/help").text


def test_beside_a_helper_the_learners_team_is_shown(as_helper: FlaskClient, elder: Person) -> None:
    post(as_helper, TEAM, **FACTS)
    beside(as_helper, elder)
    assert "Đinh Văn Tổ" in as_helper.get("/help").text


def test_remove(as_helper: FlaskClient, helper: Person, as_learner: FlaskClient) -> None:
    post(as_helper, TEAM, **FACTS)
    member = rows(TeamMember)[0]
    post(as_helper, f"{TEAM}/{member.id}/removal")
    assert "Đinh Văn Tổ" not in as_learner.get("/help").text
    assert rows(TeamMember)[0].removed_by == helper.id
    assert post(as_helper, f"{TEAM}/{member.id}/removal").status_code == 404


def test_the_administrator_of_the_province_chooses_the_commune(
    as_admin: FlaskClient, commune: Unit, other_commune: Unit
) -> None:
    post(as_admin, f"{TEAM}?unit={other_commune.id}", **FACTS)
    assert rows(TeamMember)[0].unit_id == other_commune.id
    assert "Đinh Văn Tổ" in as_admin.get(f"{TEAM}?unit={other_commune.id}").text
    assert "Đinh Văn Tổ" not in as_admin.get(f"{TEAM}?unit={commune.id}").text


def test_somebody_elses_commune(as_helper: FlaskClient, as_admin, other_commune: Unit) -> None:
    assert post(as_helper, f"{TEAM}?unit={other_commune.id}", **FACTS).status_code == 404
    post(as_admin, f"{TEAM}?unit={other_commune.id}", **FACTS)
    member = rows(TeamMember)[0]
    assert post(as_helper, f"{TEAM}/{member.id}/removal").status_code == 404


def test_bad_input(as_helper: FlaskClient) -> None:
    for name in ("full_name", "phone", "agreed"):
        assert post(as_helper, TEAM, **{**FACTS, name: ""}).status_code == 400
    assert rows(TeamMember) == []


def test_signed_out_and_wrong_role(client: FlaskClient, as_hr: FlaskClient) -> None:
    assert client.get(TEAM).location.startswith("/login")
    assert as_hr.get(TEAM).status_code == 404
    assert post(as_hr, TEAM, **FACTS).status_code == 404


def test_twice(as_helper: FlaskClient) -> None:
    post(as_helper, TEAM, **FACTS, op_id="f" * 32)
    member = rows(TeamMember)[0]
    post(as_helper, f"{TEAM}/{member.id}/removal")
    post(as_helper, TEAM, **FACTS, op_id="f" * 32)
    assert len(rows(TeamMember)) == 1
    # the same phone stands there once
    post(as_helper, TEAM, **FACTS)
    post(as_helper, TEAM, **FACTS)
    assert len(rows(TeamMember, removed_at=None)) == 1
