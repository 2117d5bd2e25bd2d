"""Who did what: one line per grade, award, import, export, grant and sign-in reset (rule 9)."""

from app.accounts import audit_chain
from app.accounts.models import AuditLine
from app.extensions import db


def record(actor_id: int | None, verb: str, subject: str, detail: str = "") -> None:
    """Add an audit line to the caller's transaction; it is chained when that commits.

    `subject` names the thing by kind and id ("award 12"), never by a person's name or number;
    `actor_id` is None for the command line.
    """
    line = AuditLine(actor_id=actor_id, verb=verb, subject=subject[:80], detail=detail[:500])
    db.session.add(line)
    audit_chain.note(line)
