"""/certificates/<code>/revocation: the registrar takes a certificate out of force."""

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import rename
from app.accounts.models import AuditLine, Person
from app.certificates.models import Award, AwardInForce, RegisterYear, Revocation
from app.content.models import Course
from app.counts.models import Attainment
from app.lib.ids import operation_id, verification_code
from tests.acts import post, rows
from tests.certificates.conftest import REASON


def url(award: Award) -> str:
    return f"/certificates/{award.code}/revocation"


def test_the_form_shows_whose_it_is(as_registrar: FlaskClient, award: Award) -> None:
    page = as_registrar.get(url(award)).text
    assert award.printed_number in page and "Nguyễn Thị Hoa" in page and 'name="reason"' in page


def test_it_takes_the_certificate_out_of_force(
    as_registrar: FlaskClient, award: Award, registrar: Person
) -> None:
    answer = post(as_registrar, url(award), reason=f"  {REASON}\r\n")
    assert answer.status_code == 303
    (revocation,) = rows(Revocation)
    assert (revocation.reason, revocation.revoked_by) == (REASON, registrar.id)
    assert rows(AwardInForce) == rows(Attainment) == []
    assert rows(AuditLine, verb="revoke")[0].actor_id == registrar.id
    assert "Đã thu hồi giấy chứng nhận số" in as_registrar.get(answer.location).text


def test_studying_on_does_not_bring_a_revoked_one_back(
    as_registrar: FlaskClient, as_learner: FlaskClient, award: Award, course: Course
) -> None:
    post(as_registrar, url(award), reason=REASON)
    post(as_learner, f"/courses/{course.slug}/mot/completion")
    assert rows(AwardInForce) == rows(Attainment) == []


def test_revoked_and_awarded_again_with_the_facts_of_now(
    as_registrar: FlaskClient, award: Award, learner: Person
) -> None:
    rename(learner, "Nguyễn Thị Hòa")
    post(as_registrar, url(award), reason=REASON, again="y")
    old, new = rows(Award)
    assert (old.full_name, new.full_name) == ("Nguyễn Thị Hoa", "Nguyễn Thị Hòa")
    assert (new.result, new.course_version) == (old.result, old.course_version)


def test_awarded_again_is_a_new_number_and_one_count(
    as_registrar: FlaskClient, award: Award
) -> None:
    counted = len(rows(Attainment))
    post(as_registrar, url(award), reason=REASON, again="y")
    _, again = rows(Award)
    assert (again.number, again.code) != (award.number, award.code)
    assert (award.number, again.number) == (1, 2)
    assert [mark.award_id for mark in rows(AwardInForce)] == [again.id]
    assert [row.award_id for row in rows(Attainment)] == [again.id] * counted


def test_signed_out_leads_to_sign_in(client: FlaskClient, award: Award) -> None:
    assert client.get(url(award)).location.startswith("/login")
    assert post(client, url(award), reason=REASON).location.startswith("/login")
    assert rows(Revocation) == []


def test_for_others_it_does_not_exist(
    as_learner: FlaskClient, as_admin: FlaskClient, award: Award
) -> None:
    for browser in (as_learner, as_admin):
        assert browser.get(url(award)).status_code == 404
        assert post(browser, url(award), reason=REASON).status_code == 404
    assert rows(Revocation) == []


def test_an_unknown_code_is_not_found(as_registrar: FlaskClient) -> None:
    assert as_registrar.get(f"/certificates/{verification_code()}/revocation").status_code == 404


def test_another_method_is_refused(as_registrar: FlaskClient, award: Award) -> None:
    assert as_registrar.delete(url(award)).status_code == 405


@pytest.mark.parametrize("reason", ["", "   ", "sai", "x " * 4, "x" * 301])
def test_a_reason_too_short_or_too_long_changes_nothing(
    as_registrar: FlaskClient, award: Award, reason: str
) -> None:
    page = post(as_registrar, url(award), reason=reason)
    assert page.status_code == 400
    assert "Cần sửa" in page.text
    assert rows(Revocation) == []


def test_a_form_without_operation_id_changes_nothing(
    as_registrar: FlaskClient, award: Award
) -> None:
    assert post(as_registrar, url(award), reason=REASON, op_id="").status_code == 400
    assert rows(Revocation) == []


def test_a_double_click_counts_once(as_registrar: FlaskClient, award: Award) -> None:
    op_id = operation_id()
    for _ in range(2):
        assert post(as_registrar, url(award), reason=REASON, op_id=op_id).status_code == 303
    assert len(rows(Revocation)) == 1
    assert rows(RegisterYear)[0].lines == 2


def test_the_same_id_with_another_reason_is_refused(
    as_registrar: FlaskClient, award: Award
) -> None:
    op_id = operation_id()
    post(as_registrar, url(award), reason=REASON, op_id=op_id)
    again = post(as_registrar, url(award), reason=f"{REASON} nữa", op_id=op_id)
    assert again.status_code == 409
    assert [revocation.reason for revocation in rows(Revocation)] == [REASON]


def test_a_second_revocation_keeps_the_first(as_registrar: FlaskClient, revoked: Award) -> None:
    answer = post(as_registrar, url(revoked), reason="Lý do hoàn toàn khác")
    assert "đã được thu hồi từ trước" in as_registrar.get(answer.location).text
    assert [revocation.reason for revocation in rows(Revocation)] == [REASON]


def test_the_form_of_a_revoked_one_says_so(as_registrar: FlaskClient, revoked: Award) -> None:
    page = as_registrar.get(url(revoked))
    assert page.status_code == 410 and REASON in page.text
