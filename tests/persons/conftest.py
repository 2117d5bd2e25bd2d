"""A post office for the letters of this room."""

from collections.abc import Iterator

import pytest
from flask import Flask
from pydantic import SecretStr

from app.config import Settings
from tests.accounts import post_office
from tests.accounts.post_office import PostBox


@pytest.fixture
def letters(app: Flask, settings: Settings) -> Iterator[PostBox]:
    """The site sends letters, to a server of this test."""
    with post_office.opened() as box:
        app.extensions["settings"] = settings.model_copy(
            update={
                "smtp_url": SecretStr(f"smtp://127.0.0.1:{box.port}"),
                "mail_from": "Bình dân học vụ số <khong-tra-loi@hoc.vn>",
            }
        )
        yield box
        app.extensions["settings"] = settings
