"""Uploaded rosters between the dry run and the import: kept on this server, for a day.

A form carries only a signed slip; the name of a file on the tray is random and says nothing.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from time import time

from app.lib.hashing import keyed
from app.lib.messages import message

LONGEST_STAY = 24 * 3600


class TrayProblem(ValueError):
    """The roster is no longer on the tray; the message says in Vietnamese what to do."""


@dataclass(frozen=True)
class Slip:
    """What a form remembers of an uploaded roster: which file, for which unit, seen as what.

    `fingerprint` is that of the plan that was shown; `header` stands for its headings,
    `columns` is what somebody said about them. Of a large roster `look_id` is the job that
    looked at it.
    """

    name: str
    digest: str
    filename: str
    unit_id: int
    kind: str
    person_id: int
    fingerprint: str = ""
    header: str = ""
    columns: dict[str, int] | None = None
    look_id: int = 0


def keep(folder: Path, data: bytes) -> tuple[str, str]:
    """Put a file on the tray and clear away old ones; returns its name and its digest.

    Raises OSError when the disk is full.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear(folder)
    name = f"{secrets.token_hex(16)}.bin"
    path = folder / name
    path.touch(mode=0o600)
    path.write_bytes(data)
    return name, sha256(data).hexdigest()


def take(folder: Path, slip: Slip) -> bytes:
    """The file of a slip, exactly as it was uploaded. Raises TrayProblem."""
    try:
        data = (folder / slip.name).read_bytes()
    except OSError:
        data = b""
    if sha256(data).hexdigest() != slip.digest:
        raise TrayProblem(message("Tệp đã tải lên không còn trên máy chủ. Hãy tải lên lại."))
    return data


def drop(folder: Path, slip: Slip) -> None:
    """Take a file off the tray."""
    (folder / slip.name).unlink(missing_ok=True)


def signed(slip: Slip, secret: str) -> str:
    """The slip as a text that nobody else can write."""
    body = urlsafe_b64encode(json.dumps(asdict(slip)).encode()).decode()
    return f"{body}.{_signature(body, secret)}"


def unsigned(text: str, secret: str, person_id: int) -> Slip | None:
    """The slip of a signed text; None when it was altered or given to somebody else."""
    body, _, signature = text.rpartition(".")
    if not compare_digest(signature.encode(), _signature(body, secret).encode()):
        return None
    slip = Slip(**json.loads(urlsafe_b64decode(body)))
    return slip if slip.person_id == person_id else None


def _signature(body: str, secret: str) -> str:
    return keyed(secret, f"roster slip {body}")


def _clear(folder: Path) -> None:
    for path in folder.glob("*.bin"):
        try:
            if path.stat().st_mtime < time() - LONGEST_STAY:
                path.unlink()
        except FileNotFoundError:  # another request was quicker
            continue
