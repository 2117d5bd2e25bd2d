"""Addresses that came from outside and are only followed inside this site."""

from urllib.parse import urlsplit


def local_path(address: str | None) -> str | None:
    """The address when it is a path of this site ("/learn?x=1"), else None."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or any(ord(c) < 32 for c in address):
        return None
    return address
