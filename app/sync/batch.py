"""The protocol between a device and this site: a batch of acts, read strictly.

    {"protocol": 1, "profile": "…", "helper": "", "leave": false, "operations": [
      {"op": "<32 hex digits>", "kind": "complete", "course": "<slug>", "step": "<slug>",
       "version": "<version of the course on the device>", "at": "2026-11-24T01:02:03Z",
       "helper": null, "payload": {}}]}

`profile` names the person on the device (see app.accounts.profiles), and `helper`
the helper's session beside which all acts of a batch were done. `at` is what the device's clock
said. An act that cannot be read is refused alone; the others of its batch are taken in.
"""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from app.lib.hashing import canonical_json, digest
from app.lib.ids import read_operation_id
from app.sync.models import TICKET_LASTS

# raise NEWEST when an act means something new; raise LEAST when old clients can no longer be
# understood: they are told to reload, and keep what they hold
LEAST, NEWEST = 1, 1
MOST_OPERATIONS = 200
MOST_BYTES = 512 * 1024
LONGEST_PAYLOAD = 64 * 1024

Slug = Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9-]*$")]


class Sent(BaseModel):
    """One act as a device tells it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    op: str
    kind: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[a-z_]+$")]
    course: Annotated[Slug, Field(min_length=1)]
    step: Slug = ""
    version: Annotated[str, Field(max_length=12, pattern=r"^[0-9a-f]*$")] = ""
    at: str | None = Field(None, max_length=40)
    helper: str | None = Field(None, max_length=64, pattern=r"^[0-9A-Za-z_-]+$")
    payload: dict[str, Any] = {}

    @field_validator("op")
    @classmethod
    def _read_op(cls, value: str) -> str:
        return read_operation_id(value)

    @field_validator("payload")
    @classmethod
    def _not_too_long(cls, value: dict[str, Any]) -> dict[str, Any]:
        # encoded, because half a surrogate pair is no text
        if len(canonical_json(value).encode()) > LONGEST_PAYLOAD:
            raise ValueError("too long")
        return value

    @property
    def content_hash(self) -> str:
        """What the act is, whatever the clock said when it was sent."""
        told = [self.kind, self.course, self.step, self.helper, self.payload]
        return digest(canonical_json(told))

    @property
    def told_at(self) -> datetime | None:
        """When the device says it was; None when it says nothing that is a moment."""
        try:
            told = datetime.fromisoformat(self.at or "")
            return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
        except (OverflowError, ValueError):
            return None

    def claimed_at(self, received: datetime) -> datetime | None:
        """The same, but never after it was received, nor longer ago than tickets last."""
        told = self.told_at
        return told and min(max(told, received - TICKET_LASTS), received)


class Batch(BaseModel):
    """What a device sends at once; `leave`: afterwards it hands in nothing more.

    `helper`: beside whom it was done, "" for alone; None: the device does not say.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    protocol: int
    profile: Annotated[str, Field(max_length=64)]
    helper: Annotated[str, Field(max_length=64)] | None = None
    leave: bool = False
    operations: Annotated[list[Any], Field(max_length=MOST_OPERATIONS)]


def read_protocol(body: bytes) -> tuple[int, Any]:
    """(protocol, the JSON data) of a request. Raises ValueError when it has none."""
    try:
        data = json.loads(body)
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError("not JSON") from error
    if not isinstance(data, dict) or type(data.get("protocol")) is not int:
        raise ValueError("no protocol")
    return data["protocol"], data


def read_batch(data: Any) -> Batch:
    """The batch in JSON data. Raises ValueError (ValidationError is one) when it is none."""
    return Batch.model_validate(data)


def read_sent(raw: Any) -> Sent | None:
    """One act of a batch, or None when it cannot be read."""
    try:
        return Sent.model_validate(raw)
    except (ValidationError, ValueError, TypeError, RecursionError):
        return None
