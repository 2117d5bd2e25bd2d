"""What people type, as it is stored."""

import pytest

from app.lib.free_text import free_text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Mã OTP\r\nkhông đưa ai \n", "Mã OTP\nkhông đưa ai"),
        ("a\rb\tc", "a\nb\tc"),
        ("Hoa\u0300", "Hoà"),
        ("nu\x00l \x07\x1b", "nul"),
        ("nửa cặp \ud83d", "nửa cặp"),
        ("👵🏽 Zơrâm Ch'ơm", "👵🏽 Zơrâm Ch'ơm"),
        ("\x00\n", ""),
    ],
)
def test_is_kept_readable(typed, stored):
    assert free_text(typed) == stored
