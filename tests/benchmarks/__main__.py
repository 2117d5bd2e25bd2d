"""`make bench`: the product's pages against the floor of the same run, on both databases.

Ratios of server CPU per request, floor over product, alternating rounds, median: absolute times
wander on shared machines. 1.0 means as cheap as a bare page with one query.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from flask_migrate import upgrade

from app import create_app
from app.config import Settings
from app.content.models import Course
from app.extensions import db
from app.lib.ids import operation_id
from tests.benchmarks import certificates
from tests.benchmarks.load import Request, fetch, prepare, run
from tests.benchmarks.servers import Server, serve
from tests.benchmarks.world import SLUG, Learner, build
from tests.databases import create_database, postgresql_server

ROUNDS = 5
PER_ROUND = 400
LEAST = {"read": 0.6, "write": 0.5}
Maker = Callable[[int], Sequence[Request]]


def main() -> int:
    """Measure everything; 0 when every bound holds, else 1."""
    with tempfile.TemporaryDirectory() as folder:
        held = [measure("SQLite", Path(folder), "")]
    with tempfile.TemporaryDirectory() as folder, postgresql_server() as server:
        held.append(measure("PostgreSQL", Path(folder), create_database(server, "bench")))
    held.append(certificates.measure())
    return 0 if all(held) else 1


def measure(title: str, folder: Path, database: str) -> bool:
    """One database: print a line per page, and say whether all bounds hold."""
    settings = Settings(instance=folder, database_url=database, watch_seconds=0)
    app = create_app(settings)
    with app.app_context():
        upgrade()
    course, learners = build(app)
    with app.app_context():
        db.engine.dispose()
    product = {
        "BDHVS_INSTANCE": str(folder),
        "BDHVS_DATABASE_URL": database,
        "BDHVS_WATCH_SECONDS": "0",
    }
    floor = {"FLOOR_DATABASE": settings.sqlalchemy_url}
    with serve("wsgi:app", product) as ours, serve("tests.benchmarks.floor:app", floor) as bare:
        return _table(title, ours, bare, course, learners)


def _table(title: str, ours: Server, bare: Server, course: Course, learners: list[Learner]) -> bool:
    lesson = course.steps[len(course.steps) // 2 + 2].slug
    reads: dict[str, Maker] = {
        "landing page": lambda n: [prepare("GET", "/", 200)] * PER_ROUND,
        "lesson": lambda n: _gets(learners, f"/courses/{SLUG}/{lesson}"),
        "dashboard": lambda n: _gets(learners, "/learn"),
    }
    print(f"\n{title}: server CPU per request, {ROUNDS} rounds of {PER_ROUND}")
    held = [
        _row(name, ours, page, bare, lambda n: _floor_reads(learners), "read")
        for name, page in reads.items()
    ]
    held.append(
        _row(
            "step completion",
            ours,
            lambda n: _completions(ours, learners, course, n),
            bare,
            lambda n: [prepare("POST", "/write", 200)] * PER_ROUND,
            "write",
        )
    )
    return all(held)


def _floor_reads(learners: list[Learner]) -> list[Request]:
    return [prepare("GET", f"/read/{one.person_id}", 200) for one in learners[:PER_ROUND]]


def _gets(learners: list[Learner], path: str) -> list[Request]:
    return [prepare("GET", path, 200, learner.cookie) for learner in learners[:PER_ROUND]]


def _completions(
    ours: Server, learners: list[Learner], course: Course, round_number: int
) -> list[Request]:
    """The form of a lesson, sent with the token that its page holds."""
    half = len(course.steps) // 2
    path = f"/courses/{SLUG}/{course.steps[half + round_number].slug}"
    requests = []
    for learner in learners[:PER_ROUND]:
        page = fetch(ours.port, prepare("GET", path, 200, learner.cookie)).decode()
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        form = f"csrf_token={token}&op_id={operation_id()}"
        requests.append(prepare("POST", f"{path}/completion", 303, learner.cookie, form))
    return requests


def _row(name: str, ours: Server, page: Maker, bare: Server, floor: Maker, kind: str) -> bool:
    costs: list[tuple[float, float, float, float]] = []
    for n in range(ROUNDS + 1):
        floor_cpu, floor_wall = _cost(bare, floor(n))
        cpu, wall = _cost(ours, page(n))
        costs.append((floor_cpu / cpu, floor_wall / wall, cpu, floor_cpu))
    # the first round only warms up
    ratio, wall_ratio, cpu, floor_cpu = (statistics.median(c) for c in zip(*costs[1:], strict=True))
    verdict = "đạt" if ratio >= LEAST[kind] else "KHÔNG ĐẠT"
    print(
        f"  {name:<16} {ratio:5.2f} of the floor (at least {LEAST[kind]}) {verdict:<10}"
        f" {cpu * 1e6:5.0f} µs against {floor_cpu * 1e6:5.0f} µs; wall {wall_ratio:.2f}"
    )
    return ratio >= LEAST[kind]


def _cost(server: Server, requests: Sequence[Request]) -> tuple[float, float]:
    before = server.cpu_seconds()
    wall = run(server.port, requests)
    return (server.cpu_seconds() - before) / len(requests), wall / len(requests)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", os.getcwd())
    sys.exit(main())
