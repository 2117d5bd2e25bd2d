"""`retention run`: what is kept no longer than it is needed, and what stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.models import (
    AuditLine,
    DeviceProfile,
    Operation,
    Person,
    ResetKey,
    SignInFailure,
)
from app.accounts.trail_models import SensitiveView
from app.config import Settings
from app.extensions import db
from app.lib import clock
from app.lib.ids import operation_id
from app.persons.actions import retention
from app.persons.models import PersonMerge
from tests.acts import rows
from tests.persons.acts import twin_of

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
OLD_ENOUGH = {
    ResetKey: 31, DeviceProfile: 184, SignInFailure: 3, Operation: 181, PersonMerge: 366,
    SensitiveView: 731,
}  # fmt: skip


def keep(learner: Person, days: dict[type, int]) -> None:
    """One row of each kind, so many days old."""
    then = {model: NOW - timedelta(days=age) for model, age in days.items()}
    old = twin_of(learner)
    db.session.add_all(
        [
            ResetKey(
                person_id=learner.id, kind="pin", secret_hash=operation_id(),
                expires_at=then[ResetKey],
            ),
            DeviceProfile(
                device_hash=operation_id(), person_id=learner.id, shown_name="Hoa N.",
                used_at=then[DeviceProfile],
            ),
            SignInFailure(account_key="a", address_key="b", at=then[SignInFailure]),
            Operation(id=operation_id(), verb="x", content_hash="0" * 64, at=then[Operation]),
            PersonMerge(
                old_id=old.id, new_id=learner.id, merged_by=learner.id,
                merged_at=then[PersonMerge], facts={"rows": []},
            ),
            SensitiveView(
                viewer_id=learner.id, page="staff.people", subject=operation_id(),
                quarter=then[SensitiveView],
            ),
        ]
    )  # fmt: skip
    db.session.commit()


def run(app: Flask, *words: str) -> str:
    """The command on a day in November; what it says."""
    db.session.commit()
    with clock.frozen(NOW):
        done = app.test_cli_runner().invoke(args=["retention", "run", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_what_is_too_old_goes(app: Flask, learner: Person) -> None:
    keep(learner, OLD_ENOUGH)
    said = run(app)
    assert said.count("Đã xóa 1 ") == len(OLD_ENOUGH)
    for model in OLD_ENOUGH:
        if model is not PersonMerge:
            assert rows(model) == [], model
    # the merge itself stands; what it takes to undo it is gone
    assert [one.facts for one in rows(PersonMerge)] == [None]
    assert rows(AuditLine, verb="retention")[0].subject == "records"


def test_what_is_a_day_younger_stays(app: Flask, learner: Person) -> None:
    keep(learner, {model: age - 2 for model, age in OLD_ENOUGH.items()})
    said = run(app)
    assert said.count("Đã xóa 0 ") == len(OLD_ENOUGH)
    assert all(rows(model) for model in OLD_ENOUGH)
    assert rows(PersonMerge)[0].facts == {"rows": []}
    assert rows(AuditLine, verb="retention") == []


def test_a_dry_run_counts_and_changes_nothing(app: Flask, learner: Person) -> None:
    keep(learner, OLD_ENOUGH)
    assert run(app, "--dry-run").count("Quá hạn 1 ") == len(OLD_ENOUGH)
    assert all(rows(model) for model in OLD_ENOUGH)


def test_many_go_a_part_at_a_time(
    app: Flask, learner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    db.session.add_all(
        SignInFailure(account_key="a", address_key="b", at=NOW - timedelta(days=9))
        for _ in range(5)
    )
    assert "Đã xóa 5 lần bấm sai mã" in run(app)
    assert "Đã xóa 0 lần bấm sai mã" in run(app)


def test_running_again_changes_nothing(app: Flask, learner: Person) -> None:
    keep(learner, OLD_ENOUGH)
    run(app)
    assert "Đã xóa 1 " not in run(app)


@pytest.mark.parametrize("days", ["operations: 60", "operations: 0", "spare_time: 3"])
def test_an_operation_is_known_as_long_as_it_may_come_again(
    app: Flask, settings: Settings, days: str
) -> None:
    path: Path = settings.instance / "retention.yaml"
    text = "reset_keys: 1\ndevice_profiles: 1\nsign_in_failures: 1\nmerge_facts: 1\n"
    path.write_text(f"{text}sensitive_views: 1\n{days}\n")
    try:
        done = app.test_cli_runner().invoke(args=["retention", "run"])
    finally:
        path.unlink()
    assert done.exit_code == 1
    assert "retention.yaml" in done.output
