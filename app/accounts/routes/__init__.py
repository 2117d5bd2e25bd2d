"""Addresses of accounts: ways in, cards, forgotten secrets, second factor, one's own account."""

from app.accounts.routes import (
    account,
    cards,
    consent,
    forgotten,
    letters,
    needs,
    outside,
    passkeys,
    second_factor,
    shared_device,
    sign_in,
)
from app.accounts.routes.door import blueprint, enter

__all__ = [
    "account",
    "blueprint",
    "cards",
    "consent",
    "enter",
    "forgotten",
    "letters",
    "needs",
    "outside",
    "passkeys",
    "second_factor",
    "shared_device",
    "sign_in",
]
