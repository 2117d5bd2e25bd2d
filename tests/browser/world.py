"""The demo world, loaded once for all browser tests of a run and copied for each process."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from flask_migrate import upgrade

from app.extensions import db
from app.ops.demo import world
from tests.browser.site import created


def prepared_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder of this process's own, with the demo world in its database."""
    own = tmp_path_factory.mktemp("browser")
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with open(shared / "demo.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo-is-ready").exists():
            _load(shared / "demo")
            (shared / "demo-is-ready").touch()
    return Path(shutil.copytree(shared / "demo", own / "instance"))


def _load(instance: Path) -> None:
    app = created(instance)
    with app.app_context():
        upgrade()
        world.load(iter)
        db.session.commit()
        db.engine.dispose()
