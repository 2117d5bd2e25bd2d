"""/certificates: one's own certificates."""

from flask.testing import FlaskClient

from app.accounts.models import Person
from app.certificates.actions import reissue
from app.certificates.models import Award
from tests.certificates.conftest import REASON


def test_my_certificate_can_be_opened_and_checked(as_learner: FlaskClient, award: Award) -> None:
    page = as_learner.get("/certificates").text
    assert f'href="/certificates/{award.code}.pdf"' in page
    assert f'href="/v/{award.code}"' in page
    assert award.printed_number in page and award.course_title in page


def test_signed_out_leads_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/certificates").location == "/login?next=/certificates"


def test_others_certificates_are_not_there(as_stranger: FlaskClient, award: Award) -> None:
    page = as_stranger.get("/certificates").text
    assert award.code not in page
    assert "Chưa có giấy chứng nhận nào" in page and 'href="/learn"' in page


def test_only_get(as_learner: FlaskClient) -> None:
    assert as_learner.post("/certificates").status_code == 405


def test_a_revoked_one_stays_in_sight_but_is_not_opened(
    as_learner: FlaskClient, revoked: Award
) -> None:
    page = as_learner.get("/certificates").text
    assert "Đã thu hồi" in page and REASON in page
    assert f"/certificates/{revoked.code}.pdf" not in page


def test_awarded_again_shows_both(
    as_learner: FlaskClient, revoked: Award, registrar: Person
) -> None:
    again = reissue(registrar, revoked.id)
    page = as_learner.get("/certificates").text
    assert page.index(again.printed_number) < page.index(revoked.printed_number)
