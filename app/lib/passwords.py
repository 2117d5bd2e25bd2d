"""Passwords that somebody who knows the place would try first."""

from app.lib.vietnamese import fold

# what people here put into a password: the place, the product, the office, rows of the keyboard
WORDS = (
    *("binhdanhocvuso", "binhdan", "hocvu", "chuyendoiso", "danang", "quangnam", "vietnam"),
    *("matkhau", "password", "passw0rd", "quantri", "admin", "canbo", "nhansu", "ubnd", "vneid"),
    *("qwertyuiop", "qwerty", "asdfgh", "zxcvbn", "1234567890", "123456", "654321", "abcdef"),
    *("hocsinh", "giaovien", "phuong", "iloveyou", "tinhyeu", "2024", "2025", "2026", "2027"),
)
LEFT, DIFFERENT = 6, 5


def guessable(password: str, *facts: str) -> bool:
    """Whether little is left of a password without such words and `facts` of its owner, or it
    repeats a few characters. Any letters may be used; nothing is asked for of their kinds."""
    left = fold(password).replace(" ", "")
    known = [fold(fact).replace(" ", "") for fact in facts]
    for word in sorted((*WORDS, *(fact for fact in known if len(fact) > 2)), key=len, reverse=True):
        left = left.replace(word, "")
    return len(left) < LEFT or len(set(password)) < DIFFERENT
