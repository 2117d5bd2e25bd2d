"""What must hold whatever happened: all of an act, or nothing of it."""

from app.accounts import audit_chain
from app.certificates import register
from app.certificates.actions import expected_attainments
from app.certificates.models import Award, AwardInForce
from app.counts.queries import attainments
from app.learning.models import StepCredit
from app.quizzes.models import Attempt
from tests.acts import rows


def check(attempt_id: int) -> bool:
    """Check every ledger against the others; says whether the submission stands."""
    assert list(register.faults()) == []
    assert list(audit_chain.faults()) == []
    assert attainments() == expected_attainments()
    (attempt,) = rows(Attempt, id=attempt_id)
    awards = rows(Award, person_id=attempt.person_id)
    credits = rows(StepCredit, person_id=attempt.person_id, step_slug="kiem-tra")
    in_force = rows(AwardInForce, person_id=attempt.person_id)
    submitted = attempt.submitted_at is not None
    assert len(awards) == len(credits) == len(in_force) == int(submitted)
    return submitted
