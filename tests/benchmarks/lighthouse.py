"""`make lighthouse`: what Lighthouse says of the pages a learner meets, as on a middling phone.

Lighthouse 12 comes by npx into `node_modules/`, which git ignores; the browser is Debian's
Chromium. Speed wanders on a shared machine: a page that falls short is measured twice more, and
the median counts.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.accounts.models import Person
from app.config import Settings
from app.content.models import Course
from app.extensions import db
from app.lib.ids import operation_id
from app.quizzes.actions import start
from tests.benchmarks.servers import serve
from tests.benchmarks.world import SLUG, build

NPX = ("npx", "--yes", "--prefer-offline", "--cache", "node_modules/.npm", "lighthouse@12")
CHROMIUM = "/usr/bin/chromium"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
LEAST = {"accessibility": 100, "best-practices": 100, "performance": 95}
AGAIN = 2


@dataclass(frozen=True)
class Visit:
    """A page, and the cookie of whoever looks at it; none for a visitor."""

    name: str
    path: str
    cookie: str = ""


def main() -> int:
    """Measure every page; 0 when every score holds, else 1."""
    with tempfile.TemporaryDirectory() as folder:
        visits = list(_visits(Path(folder)))
        product = {"BDHVS_INSTANCE": folder, "BDHVS_WATCH_SECONDS": "0"}
        with serve("wsgi:app", product) as server:
            print(f"{'':<28}" + "".join(f"{name:>18}" for name in LEAST))
            held = [_row(f"http://127.0.0.1:{server.port}", one) for one in visits]
    return 0 if all(held) else 1


def _visits(folder: Path) -> Iterator[Visit]:
    app = create_app(Settings(instance=folder, watch_seconds=0))
    with app.app_context():
        upgrade()
    course, learners = build(app, 2)
    lesson = f"/courses/{SLUG}/{course.steps[0].slug}"
    yield Visit("landing", "/")
    yield Visit("course", f"/courses/{SLUG}")
    yield Visit("course, signed in", f"/courses/{SLUG}", learners[0].cookie)
    yield Visit("lesson", lesson)
    yield Visit("lesson, signed in", lesson, learners[0].cookie)
    yield Visit("test, before it begins", f"{lesson_of_test(course)}/test", learners[0].cookie)
    yield Visit(
        "test, a question", _question(app, course, learners[1].person_id), learners[1].cookie
    )
    with app.app_context():
        db.engine.dispose()


def lesson_of_test(course: Course) -> str:
    """The address of the course's last step, which is its test."""
    return f"/courses/{course.slug}/{course.steps[-1].slug}"


def _question(app: Flask, course: Course, person_id: int) -> str:
    with app.app_context():
        person = db.session.get_one(Person, person_id)
        attempt = start(person, course, course.steps[-1], operation_id())
        db.session.commit()
        return f"/attempts/{attempt.id}/1"


def _row(site: str, visit: Visit) -> bool:
    runs = [_scores(site, visit)]
    if not _holds(runs[0]):
        runs += [_scores(site, visit) for _ in range(AGAIN)]
    scores = {name: int(statistics.median(run[name] for run in runs)) for name in LEAST}
    verdict = "đạt" if _holds(scores) else "KHÔNG ĐẠT"
    print(
        f"{visit.name:<28}" + "".join(f"{scores[name]:>18}" for name in LEAST), verdict, flush=True
    )
    return _holds(scores)


def _holds(scores: dict[str, int]) -> bool:
    return all(scores[name] >= least for name, least in LEAST.items())


def _scores(site: str, visit: Visit) -> dict[str, int]:
    """One run: the scores of a hundred, and a line for each audit that took points away."""
    with tempfile.NamedTemporaryFile(suffix=".json") as kept:
        command = [
            *NPX, site + visit.path, "--quiet", "--output=json", f"--output-path={kept.name}",
            f"--only-categories={','.join(LEAST)}", f"--chrome-flags={FLAGS}",
        ]  # fmt: skip
        if visit.cookie:
            command.append(f"--extra-headers={json.dumps({'Cookie': visit.cookie})}")
        subprocess.run(
            command, check=True, env={**os.environ, "CHROME_PATH": CHROMIUM}, timeout=300
        )
        told = json.load(kept)
    _complain(told)
    return {name: round(100 * told["categories"][name]["score"]) for name in LEAST}


def _complain(told: dict[str, Any]) -> None:
    for name, least in LEAST.items():
        category = told["categories"][name]
        if round(100 * category["score"]) >= least:
            continue
        for one in category["auditRefs"]:
            audit = told["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {name}: {audit['id']} {audit['score']} {audit.get('displayValue', '')}")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", os.getcwd())
    sys.exit(main())
