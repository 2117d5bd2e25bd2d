"""The eyes of the canary test see a canary wherever and however it is written."""

import io
import json
import zipfile

import pytest
from flask import Flask, Response

from app.accounts.cards import NewCard
from app.accounts.sheet import Sheet, print_cards
from app.lib.spreadsheets import write_xlsx
from tests.whole.canary_eyes import Facts, seen, texts_of

MAI = Facts("mai", "ab", 1)
CANARIES = MAI.canaries("dấu riêng", ("$argon2id$x",))
PHONE = MAI.phone


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (f"{PHONE[:4]} {PHONE[4:7]} {PHONE[7:]}", "phone"),
        (f"+84{PHONE[1:]}", "phone"),
        (f"{PHONE[:4]}.{PHONE[4:7]}.{PHONE[7:]}", "phone"),
        ("Bà ZQABHOZQ", "name"),
        ("zqabnotezq", "note"),
        (f"{MAI.birth_date:%d/%m/%Y}", "birth"),
        (MAI.birth_date.isoformat(), "birth"),
        ("$argon2id$x", "secret"),
        (MAI.email, "email"),
        (MAI.personal_number, "number"),
    ],
)
def test_a_canary_is_seen_however_it_is_written(written: str, kind: str) -> None:
    assert ("mai", kind) in seen(f"<p>{written}</p>".lower(), CANARIES)


def test_nothing_is_seen_where_nothing_is(app: Flask) -> None:
    assert seen(texts_of(app, app.test_client().get("/")), CANARIES) == set()


def test_workbooks_archives_and_papers_are_read(app: Flask) -> None:
    workbook = write_xlsx((), ("Tên",), [(MAI.full_name,)], [20], text_columns=())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.xlsx", workbook)
    card = NewCard(1, MAI.full_name, "s" * 22, "ABCDEFGHJK", True)
    sheet = Sheet("http://127.0.0.1", "Bình dân học vụ số", "Phường Bàn Thạch", "1022")
    for data in (workbook, archive.getvalue(), print_cards([card], sheet)):
        assert ("mai", "name") in seen(texts_of(app, Response(data)), CANARIES)


def test_headers_json_and_session_cookies_are_read(app: Flask) -> None:
    header = Response("", headers={"X-Who": MAI.email})
    escaped = Response(json.dumps({"who": MAI.full_name}), mimetype="application/json")
    cookie = Response("")
    serializer = app.session_interface.get_signing_serializer(app)
    cookie.set_cookie(app.config["SESSION_COOKIE_NAME"], serializer.dumps({"a": MAI.email}))
    assert MAI.email not in str(cookie.headers)
    for answer in (header, escaped, cookie):
        assert seen(texts_of(app, answer), CANARIES) & {("mai", "email"), ("mai", "name")}
