"""Canaries: facts of one person that stand nowhere else, and eyes that find them anywhere."""

import io
import json
import re
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote_plus

from flask import Flask
from werkzeug.test import TestResponse

# a pair of letters that stands in no word of the interface: what a folded name is searched by
MARK = "zq"
BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .\-·\u00a0]+(?=\d)")
# what is kept to prove who somebody is: not for anybody's eyes, not even their own
NOBODYS = "secret"


@dataclass(frozen=True)
class Canary:
    """One fact about a person. `kind`: what it is; `spellings`: how it may be written."""

    who: str
    kind: str
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """The canaries of one person, made of two letters and a number that nobody else has.

    `key` is two letters, `number` from 1 to 99.
    """

    who: str
    key: str
    number: int

    def word(self, kind: str) -> str:
        """A word for a fact of this kind: letters only, so that it may stand in a name."""
        return f"{MARK}{self.key}{kind}{MARK}"

    @property
    def full_name(self) -> str:
        """Three words, of which a public check tells the last."""
        return " ".join(self.word(part).title() for part in ("ho", "dem", "ten"))

    @property
    def phone(self) -> str:
        """Ten digits."""
        return f"09{self.number:02d}7{self.number * 7919 % 100000:05d}"

    @property
    def email(self) -> str:
        """A sign-in by e-mail."""
        return f"{self.word('thu')}@vi.du"

    @property
    def birth_date(self) -> date:
        """A day that is nobody else's and no date of the test world."""
        return date(1931 + self.number, 1 + self.number % 12, 3 + self.number % 25)

    @property
    def personal_number(self) -> str:
        """Twelve digits."""
        return f"0480{self.birth_date.year % 100:02d}{self.number * 7907 % 1000000:06d}"

    def canaries(self, stamp: str, secrets: tuple[str, ...] = ()) -> list[Canary]:
        """All of them; `stamp`: what their sessions are known by; `secrets`: hashes and keys."""
        born = self.birth_date
        dates = (
            born.isoformat(),
            f"{born:%d/%m/%Y}",
            f"{born.day}/{born.month}/{born.year}",
            f"ngày {born:%d} tháng {born:%m} năm {born.year}",
            # as a workbook keeps it
            f"<v>{(born - date(1899, 12, 30)).days}</v>",
        )
        plain = {
            "name": (self.word("ho"), self.word("dem")),
            "given": (self.word("ten"),),
            "phone": (self.phone, self.phone[1:]),
            "email": (self.email,),
            "birth": dates,
            "number": (self.personal_number,),
            "stamp": (stamp,),
            NOBODYS: secrets,
        }
        for kind in FREE_TEXT:
            plain[kind] = (self.word(kind),)
        return [
            Canary(self.who, kind, tuple(map(str.lower, words))) for kind, words in plain.items()
        ]


FREE_TEXT = (
    "note", "ask", "answer", "village", "place", "position", "guardian", "witness", "device",
    "file", "made", "message", "payload", "source", "words", "reason", "request",
)  # fmt: skip


def texts_of(app: Flask, answer: TestResponse) -> str:
    """Everything that an answer tells, in small letters: body, headers, what its cookies hold."""
    told = [_body(answer.data, answer.mimetype or ""), str(answer.headers)]
    told += [_of_cookie(app, value) for value in answer.headers.getlist("Set-Cookie")]
    text = "\n".join(told)
    return f"{text}\n{unquote_plus(text)}".lower()


def _body(data: bytes, mimetype: str) -> str:
    if data.startswith(b"PK"):
        return _unzipped(data)
    if data.startswith(b"%PDF"):
        read = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True
        ).stdout.decode()
        # a narrow column breaks long words
        return f"{read}\n{''.join(read.split())}"
    text = data.decode("utf-8", "ignore")
    # JSON may write its letters as \u escapes
    return text + json.dumps(json.loads(text), ensure_ascii=False) if "json" in mimetype else text


def _unzipped(data: bytes) -> str:
    """The text of every file of an archive, workbooks in archives too."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        return "\n".join([*names, *(_body(archive.read(name), "") for name in names)])


def _of_cookie(app: Flask, header: str) -> str:
    """What a session cookie holds: it is signed, and can be read by whoever has the device."""
    name, _, value = header.partition(";")[0].partition("=")
    if name != app.config["SESSION_COOKIE_NAME"] or not value:
        return ""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return json.dumps(serializer.loads(value), ensure_ascii=False, default=str)


def seen(text: str, canaries: list[Canary]) -> set[tuple[str, str]]:
    """Whose facts of what kind stand in a text (small letters), as (who, kind)."""
    digits = BETWEEN_DIGITS.sub("", text)
    return {
        (one.who, one.kind)
        for one in canaries
        if any(word in text or (word.isdigit() and word in digits) for word in one.spellings)
    }
