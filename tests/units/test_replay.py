"""`units merge` on the merger of 1/7/2025: everything follows, nothing is lost, undo restores.

The excerpt always runs; the whole files where they lie beside the repository.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.accounts.queries import signed_in
from app.certificates.models import Award
from app.content.models import Course
from app.counts.queries import attainments
from app.extensions import db
from app.lib import clock
from app.ops.ledgers import count_differences, register_faults
from app.staff.desks import desk_of
from app.units.models import Unit
from app.units.operation_models import Placement, UnitOperation
from app.units.queries import memberships
from app.units.standing import Standing
from tests.acts import rows
from tests.cast import SignIn
from tests.units import replay
from tests.units.replay import AFTER, BEFORE, LAST_DAY, NEW_DAY, Old
from tests.units.world import picture

OWN = Path(__file__).parent / "data"
FACTS = Path(__file__).parents[3] / "shared" / "facts"


@dataclass(frozen=True)
class Files:
    """The two trees as files, and how many communes each has."""

    before: Path
    after: Path
    old: int
    new: int
    offices_every: int


FILES = {
    "excerpt": Files(OWN / "truoc-2025.csv", OWN / "tu-2025.csv", 13, 5, 3),
    "facts": Files(FACTS / "units-before-2025.csv", FACTS / "units-2025.csv", 280, 94, 20),
}


@pytest.fixture(params=FILES)
def files(request: pytest.FixtureRequest) -> Files:
    """The excerpt, and the whole merger where its files are."""
    found = FILES[request.param]
    if not found.before.exists():
        pytest.skip("the files of the merger are not beside this repository")
    return found


@pytest.fixture
def old(app: Flask, course: Course, files: Files) -> Iterator[Old]:
    """The world on the eve; the clock then stands on the day of the merger."""
    with clock.frozen(BEFORE):
        world = replay.build(files.before, course, files.offices_every)
    with clock.frozen(AFTER):
        yield world


def test_the_merger_of_2025(
    app: Flask, old: Old, files: Files, sign_in: SignIn, client: FlaskClient
) -> None:
    before, totals, counted = picture(), replay.totals(LAST_DAY), attainments()
    papers = [paper(client, sign_in, award) for award in old.awards]
    assert "1 đơn vị bị chia" in replay.merge(app, files.after)
    only_the_units_changed(files, totals, counted)
    everybody_went_along(old)
    hr_sees_the_right_staff(old, sign_in)
    assert papers == [paper(client, sign_in, a) for a in old.awards]
    once = picture()
    assert "không thay đổi gì" in replay.merge(app, files.after)
    assert picture() == once != before
    (done,) = rows(UnitOperation)
    told = app.test_cli_runner().invoke(args=["units", "undo", str(done.id)])
    assert told.exit_code == 0, told.output
    assert picture() == before and attainments() == counted
    assert replay.totals(LAST_DAY) == totals == replay.totals(NEW_DAY)
    assert count_differences() == [] and register_faults() == []


def only_the_units_changed(files: Files, totals: object, counted: object) -> None:
    """As many communes as decided, nobody counts in an ended one, no total has moved."""
    assert len(replay.communes(LAST_DAY)) == files.old == len(Standing(LAST_DAY).communes())
    assert len(replay.communes(NEW_DAY)) == files.new
    assert replay.totals(NEW_DAY) == totals == replay.totals(LAST_DAY)
    assert replay.ended_leaves(NEW_DAY) == set()
    assert attainments() == counted
    assert count_differences() == [] and register_faults() == []


def everybody_went_along(old: Old) -> None:
    """Each lives where their commune went, and lived there before; the divided one's wait."""
    for commune, one in zip(old.communes, old.residents, strict=True):
        (home,) = (m.unit for m in memberships(one.id, NEW_DAY) if m.kind == "residence")
        assert home.code == replay.heirs_of(commune)[0] and home.valid_from == NEW_DAY
        then = [m.unit_id for m in memberships(one.id, LAST_DAY) if m.kind == "residence"]
        assert then == [commune.id]
    (split,) = (one for one in old.communes if len(replay.heirs_of(one)) > 1)
    assert {one.old_id for one in rows(Placement)} == {split.id}


def hr_sees_the_right_staff(old: Old, sign_in: SignIn) -> None:
    """On /staff stand the staff of what the officer's commune became, and nobody else."""
    communes = {one.id: one for one in old.communes}
    by_heir: dict[str, set[int]] = {}
    for commune_id, worker in old.staff.items():
        by_heir.setdefault(replay.heirs_of(communes[commune_id])[0], set()).add(worker.id)
    for commune_id, officer in old.hr.items():
        known = signed_in(officer.id)
        wanted = replay.heirs_of(communes[commune_id])[0]
        assert known and {unit.code for unit in desk_of(known).tops} == {wanted}
        page = sign_in(officer).get("/staff").text
        seen = {one.id for one in old.staff.values() if one.full_name in page}
        assert seen == by_heir[wanted], communes[commune_id].name


def paper(client: FlaskClient, sign_in: SignIn, award: Award) -> tuple[object, str]:
    """What a certificate says to everybody, and in print: with the unit's name of then."""
    owner = sign_in(db.session.get_one(Person, award.person_id))
    pdf = owner.get(f"/certificates/{award.code}.pdf").data
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    text = " ".join(done.stdout.decode().split())
    assert award.unit_name and award.unit_name in text
    page = re.sub(r'nonce="[^"]*"', "", client.get(f"/v/{award.code}").text)
    return (client.get(f"/v/{award.code}.json").json, page), text


def test_the_mark_of_a_remote_area_is_taken_from_the_file(
    app: Flask, tmp_path: Path, course: Course
) -> None:
    excerpt, marked = FILES["excerpt"], tmp_path / "moi.csv"
    with clock.frozen(BEFORE):
        replay.build(excerpt.before, course, 2)
    text = excerpt.after.read_text(encoding="utf-8").splitlines()
    lines = [text[0] + ",remote", *(f"{one},{'x' if 'La Êê' in one else ''}" for one in text[1:])]
    marked.write_text("\n".join(lines), encoding="utf-8")
    with clock.frozen(AFTER):
        replay.merge(app, marked)
        assert {unit.name for unit in rows(Unit, remote=True)} == {"Xã La Êê"}
        # a file that does not speak of it leaves the mark; one that does takes it off
        assert "không thay đổi gì" in replay.merge(app, excerpt.after)
        assert {unit.name for unit in rows(Unit, remote=True)} == {"Xã La Êê"}
