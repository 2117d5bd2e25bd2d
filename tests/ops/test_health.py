"""/healthz says whether this installation can serve."""

from pathlib import Path

from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from tests.conftest import COURSES


def test_a_healthy_installation_says_so(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_without_its_tables_it_is_not_healthy(tmp_path: Path) -> None:
    answer = _client(tmp_path, "").get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"status": "database"})


def test_without_its_database_it_is_not_healthy(tmp_path: Path) -> None:
    client = _client(tmp_path, f"sqlite:///{tmp_path}/gone/bdhvs.db")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"status": "database"})


def test_it_takes_no_post(client: FlaskClient) -> None:
    assert client.post("/healthz").status_code == 405


def _client(folder: Path, url: str) -> FlaskClient:
    return create_app(
        Settings(instance=folder, database_url=url, courses=COURSES, watch_seconds=0)
    ).test_client()
