"""What people do with what is kept about themselves."""

from app.accounts import audit, operations
from app.accounts.signed_in import Someone


def note_file(person: Someone, extension: str, op_id: str) -> None:
    """Somebody takes their own data along; once per form. Raises OperationConflict."""
    if operations.begin(op_id, person.id, "export_own", extension) is None:
        audit.record(person.id, "export_own", f"person {person.id}", extension)
