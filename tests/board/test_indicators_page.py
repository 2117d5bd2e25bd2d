"""The board of a place: every indicator against its target."""

import pytest
from flask.testing import FlaskClient

from app.accounts.actions import add_person, grant_role
from app.accounts.models import Person, Role
from app.content.shelf import shelf
from app.counts.actions import confirm_vneid
from app.extensions import db
from app.units.models import Unit
from app.units.queries import today
from tests.board.acts import attained, text_of
from tests.cast import SignIn


@pytest.mark.usefixtures("reached", "measured")
def test_numerator_denominator_percent_and_what_is_missing(as_officer: FlaskClient) -> None:
    page = text_of(as_officer, "/board")
    assert "Đã đạt 10 trên 40 người" in page
    assert "40 người từ đủ 18 tuổi, ngày 01/07/2026. Nguồn: Niên giám 2025" in page
    assert "25,0 %" in page
    assert "Còn thiếu 22 người so với chỉ tiêu 80 %" in page
    assert "Tự học 7 · Có người hỗ trợ 1 · Học ở lớp 1 · Nền tảng khác 1" in page


@pytest.mark.usefixtures("reached")
def test_without_denominator_it_says_so_and_how_to_enter_it(as_officer: FlaskClient) -> None:
    page = text_of(as_officer, "/board")
    assert "Chưa có mẫu số, nên chưa tính được tỷ lệ" in page
    assert "không lấy số người đã đăng ký học" in page
    assert "/board/nguoi-truong-thanh/denominator" in page


def test_vneid_stands_apart_and_is_never_added(
    as_officer: FlaskClient, learner: Person, commune: Unit
) -> None:
    attained(commune, persons=2)
    confirm_vneid(None, learner.id, today(), "Công an phường")
    page = text_of(as_officer, "/board")
    assert "<strong>1 người</strong> được ghi nhận là đã có xác nhận" in page
    assert "<strong>2 người</strong> đã đạt" in page


def test_unverified_programme_is_marked(as_officer: FlaskClient) -> None:
    assert not shelf.programme.verified
    assert "Chưa đối chiếu" in text_of(as_officer, "/board")


@pytest.mark.usefixtures("province")
def test_signed_out(client: FlaskClient) -> None:
    assert client.get("/board").location == "/login?next=/board"


@pytest.mark.parametrize("who", ["as_learner", "as_hr", "as_trainer", "as_registrar"])
def test_wrong_role(who: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(who).get("/board").status_code == 404


def test_admin_sees_it_too(as_admin: FlaskClient) -> None:
    assert "Bảng chỉ tiêu Thành phố Đà Nẵng" in text_of(as_admin, "/board")


@pytest.mark.usefixtures("reached")
def test_an_officer_of_a_commune_sees_the_commune(sign_in: SignIn, commune_officer: Person) -> None:
    page = text_of(sign_in(commune_officer), "/board")
    assert "Bảng chỉ tiêu Phường Bàn Thạch" in page
    assert "<strong>5 người</strong> đã đạt" in page


def test_outside_the_scope_nothing_exists(
    sign_in: SignIn, commune_officer: Person, other_commune: Unit, province: Unit
) -> None:
    browser = sign_in(commune_officer)
    for unit in (other_commune, province):
        assert browser.get(f"/board?don-vi={unit.id}").status_code == 404


@pytest.mark.parametrize("unit", ["999999", "x", "", "-1", "٣", "9" * 40])
def test_unknown_unit(as_officer: FlaskClient, unit: str) -> None:
    assert as_officer.get("/board", query_string={"don-vi": unit}).status_code == 404


def test_the_province_officer_opens_a_commune(as_officer: FlaskClient, commune: Unit) -> None:
    page = text_of(as_officer, f"/board?don-vi={commune.id}")
    assert "Bảng chỉ tiêu Phường Bàn Thạch" in page


def test_an_officer_of_two_communes_chooses(
    sign_in: SignIn, commune_officer: Person, other_commune: Unit
) -> None:
    grant_role(None, commune_officer, Role.OFFICER, other_commune.id)
    db.session.commit()
    page = text_of(sign_in(commune_officer), "/board")
    assert f'href="/board?don-vi={other_commune.id}">Xã La Êê' in page


def test_before_any_unit_it_says_what_to_do(sign_in: SignIn, app: object) -> None:
    person = add_person("Phạm Văn Bình")
    grant_role(None, person, Role.OFFICER, None)
    db.session.commit()
    assert "Chưa có danh sách đơn vị" in text_of(sign_in(person), "/board")


def test_wrong_method(as_officer: FlaskClient) -> None:
    assert as_officer.post("/board").status_code == 405


@pytest.mark.usefixtures("reached", "measured")
def test_few_queries(as_officer: FlaskClient) -> None:
    as_officer.get("/board")
    assert as_officer.queries <= 6
