"""/admin: the installation at a glance."""

import pytest
from flask.testing import FlaskClient

from app.accounts import audit
from app.accounts.models import Person
from app.content.models import Course
from app.ops.routes import admin as routes
from tests.acts import pass_course


def test_it_shows_the_figures(as_admin: FlaskClient, learner: Person, course: Course) -> None:
    pass_course(learner, course)
    page = as_admin.get("/admin").text
    assert "Giấy chứng nhận có hiệu lực" in page
    assert "Chưa sao lưu lần nào" in page


def test_it_shows_the_newest_backup(as_admin: FlaskClient) -> None:
    audit.record(None, "backup", "bdhvs-20261123-101500.tar.gz", "12 byte")
    page = as_admin.get("/admin").text
    assert "bdhvs-20261123-101500.tar.gz" in page
    assert "Chưa sao lưu" not in page


def test_signed_out_it_asks_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/admin").location == "/login?next=/admin"


def test_for_other_roles_it_is_not_there(as_hr: FlaskClient, as_learner: FlaskClient) -> None:
    assert {c.get("/admin").status_code for c in (as_hr, as_learner)} == {404}


def test_it_takes_no_post(as_admin: FlaskClient) -> None:
    assert as_admin.post("/admin").status_code == 405


def test_what_the_machine_lacks_for_printing_is_shown(
    as_admin: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "missing_parts", lambda: ["Thiếu phông X (fonts-x)."])
    assert "Thiếu phông X (fonts-x)." in as_admin.get("/admin").text
