"""Settings are typed, read from BDHVS_ variables, and refuse to run unsafe."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.config import Settings

SECRETS = {"secret_key": "a" * 40, "identity_key": "b" * 40}


@pytest.mark.parametrize("forgotten", ["secret_key", "identity_key"])
def test_production_refuses_a_default_secret_and_names_it(forgotten: str) -> None:
    secrets = {name: value for name, value in SECRETS.items() if name != forgotten}
    with pytest.raises(ValidationError, match=f"BDHVS_{forgotten.upper()}"):
        Settings(environment="production", **secrets)


def test_production_refuses_a_short_secret() -> None:
    with pytest.raises(ValidationError, match="BDHVS_SECRET_KEY"):
        Settings(environment="production", **{**SECRETS, "secret_key": "ngắn"})


def test_production_runs_with_real_secrets() -> None:
    assert Settings(environment="production", **SECRETS).environment == "production"


def test_variables_of_the_environment_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDHVS_SITE_NAME", "Lớp học số")
    monkeypatch.setenv("BDHVS_WATCH_SECONDS", "không")
    with pytest.raises(ValidationError, match="watch_seconds"):
        Settings()
    monkeypatch.setenv("BDHVS_WATCH_SECONDS", "0")
    assert Settings().site_name == "Lớp học số"


def test_the_database_is_sqlite_in_the_instance_folder_unless_told(tmp_path: Path) -> None:
    assert Settings(instance=tmp_path).sqlalchemy_url == f"sqlite:///{tmp_path}/bdhvs.db"
    address = "postgresql://hoc@/bdhvs?host=/run"
    assert Settings(database_url=address).sqlalchemy_url.startswith("postgresql+psycopg://")
