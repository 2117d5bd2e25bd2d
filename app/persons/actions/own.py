"""What people do with what is kept about themselves, and with what they agreed to."""

from app.accounts import addresses, audit, consents, notices, operations
from app.accounts.signed_in import Someone


def note_file(person: Someone, extension: str, op_id: str) -> None:
    """Somebody takes their own data along; once per form. Raises OperationConflict."""
    if operations.begin(op_id, person.id, "export_own", extension) is None:
        audit.record(person.id, "export_own", f"person {person.id}", extension)


def withdraw(person: Someone, purpose: str, op_id: str) -> None:
    """Somebody takes a yes back by one tap; what was kept for that purpose alone goes with it.

    Raises OperationConflict.
    """
    consents.withdraw(person, purpose, op_id)
    if purpose == notices.LETTERS:
        addresses.forget(person.id)
