"""Slows guessing of PINs; a victim is never locked out for good, only asked to wait."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from app.accounts.models import SignInFailure
from app.extensions import db
from app.lib import clock

WINDOW = timedelta(minutes=15)
PER_ACCOUNT_AND_ADDRESS = 5
PER_ACCOUNT = 20
PER_ADDRESS = 60


def minutes_to_wait(account_key: str, address_key: str) -> int:
    """0: try now; otherwise how many minutes (rounded up) until the next try is heard."""
    account = SignInFailure.account_key == account_key
    address = SignInFailure.address_key == address_key
    rules = (
        (account & address, PER_ACCOUNT_AND_ADDRESS),
        (account, PER_ACCOUNT),
        (address, PER_ADDRESS),
    )
    return max(_wait(condition, most) for condition, most in rules)


def note_failure(account_key: str, address_key: str) -> None:
    """Remember one wrong try; tries older than a day are forgotten."""
    now = clock.now()
    db.session.execute(delete(SignInFailure).where(SignInFailure.at < now - timedelta(days=1)))
    db.session.add(SignInFailure(account_key=account_key, address_key=address_key, at=now))


def forget(account_key: str, address_key: str) -> None:
    """After a right PIN: the wrong tries from this address at this account count no more."""
    db.session.execute(
        delete(SignInFailure).where(
            SignInFailure.account_key == account_key, SignInFailure.address_key == address_key
        )
    )


def _wait(condition: object, most: int) -> int:
    now = clock.now()
    count, oldest = db.session.execute(
        select(func.count(), func.min(SignInFailure.at)).where(
            condition,  # type: ignore[arg-type]
            SignInFailure.at > now - WINDOW,
        )
    ).one()
    if count < most:
        return 0
    return max(1, -(-int((oldest + WINDOW - now).total_seconds()) // 60))
