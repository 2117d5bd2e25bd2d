"""Letters over SMTP: plain, to one person, and no password without TLS."""

import smtplib
from collections.abc import Iterator

import pytest

from app.lib.mail import Letter, PostOffice
from tests.accounts import post_office
from tests.accounts.post_office import PostBox

LETTER = Letter("lan@banthach.vn", "Đặt lại mã PIN", "Chào Lan,\nhãy mở địa chỉ này.\n")
SENDER = "Bình dân học vụ số <khong-tra-loi@hoc.vn>"


@pytest.fixture
def box() -> Iterator[PostBox]:
    """A server on this machine that keeps what it is given."""
    with post_office.opened() as box:
        yield box


def test_a_letter_arrives_as_it_was_written(box: PostBox) -> None:
    PostOffice(f"smtp://127.0.0.1:{box.port}", SENDER).send(LETTER)
    letter = box.next()
    assert (letter["To"], letter["Subject"]) == (LETTER.to, LETTER.subject)
    assert letter["From"] == SENDER
    assert letter["Message-ID"].endswith("@hoc.vn>")
    assert letter.get_content().splitlines() == LETTER.text.splitlines()


def test_a_password_is_not_sent_in_the_clear(box: PostBox) -> None:
    office = PostOffice(f"smtp://lan:bi-mat@127.0.0.1:{box.port}", SENDER)
    with pytest.raises(smtplib.SMTPNotSupportedError, match="TLS"):
        office.send(LETTER)
    assert box.is_empty()


def test_where_tls_is_wanted_nothing_goes_without(box: PostBox) -> None:
    office = PostOffice(f"smtp://127.0.0.1:{box.port}?starttls=required", SENDER)
    with pytest.raises(smtplib.SMTPException):
        office.send(LETTER)
    assert box.is_empty()


@pytest.mark.parametrize("to", ["lan@hoc.vn, tu@hoc.vn", "lan@hoc.vn\r\nBcc: tu@hoc.vn", "lan"])
def test_it_goes_to_one_person(box: PostBox, to: str) -> None:
    office = PostOffice(f"smtp://127.0.0.1:{box.port}", SENDER)
    with pytest.raises((ValueError, IndexError, smtplib.SMTPException)):
        office.send(Letter(to, LETTER.subject, LETTER.text))
    assert box.is_empty()


def test_a_server_that_takes_nothing_is_an_error(box: PostBox) -> None:
    box.refusing = True
    with pytest.raises(smtplib.SMTPException):
        PostOffice(f"smtp://127.0.0.1:{box.port}", SENDER).send(LETTER)
