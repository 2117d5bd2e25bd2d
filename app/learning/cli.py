"""`flask --app wsgi reminders send`: letters to those who rest, meant for cron."""

from collections.abc import Iterator
from smtplib import SMTPException, SMTPRecipientsRefused

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from app.accounts.queries import reads_letters_at
from app.config import Settings
from app.content.shelf import shelf
from app.db import reading_first
from app.extensions import db
from app.learning.assignments import due as due_of
from app.learning.letters import reminder, sign_off
from app.learning.reminders import Resting, claim, due, resting
from app.lib import clock
from app.lib.mail import Letter, PostOffice
from app.lib.quiet_hours import is_quiet

AT_ONCE = 200

reminders = AppGroup("reminders", help="Nhắc học.")


@reminders.command("send")
def send() -> None:
    """Gửi thư nhắc cho người lâu chưa học có thư điện tử; ngoài giờ yên tĩnh, không dồn dập."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.sends_letters:
        raise click.ClickException("Chưa đặt BDHVS_SMTP_URL và BDHVS_MAIL_FROM: không gửi thư nào.")
    sent, refused = _sent_to_all(settings)
    if is_quiet(settings.quiet_hours, clock.now()):
        click.echo(f"Đang giờ yên tĩnh ({settings.quiet_hours} giờ): không gửi thư.")
    click.echo(f"Đã gửi {sent} thư nhắc" + (f", {refused} thư bị trả." if refused else "."))


def _sent_to_all(settings: Settings) -> tuple[int, int]:
    """How many letters were taken and how many came back; ends when quiet hours begin."""
    office = PostOffice(settings.smtp_url.get_secret_value(), settings.mail_from)
    sent = refused = 0
    for one in _people():
        if is_quiet(settings.quiet_hours, clock.now()):
            break
        letter = _letter(one, settings)
        taken = _claimed(one) and _handed_in(office, letter)
        sent, refused = sent + (taken is True), refused + (taken is None)
    return sent, refused


def _people() -> Iterator[Resting]:
    """Whoever may get a letter, a few at a time; nothing stays locked while they are sent."""
    courses, last = shelf.published(), 0
    while True:
        with reading_first():
            ids = due(last, AT_ONCE)
            people = resting(ids, courses)
        if not ids:
            return
        yield from people
        last = ids[-1]


def _claimed(one: Resting) -> bool:
    claimed = claim(one.person_id)
    db.session.commit()
    return claimed


def _letter(one: Resting, settings: Settings) -> Letter:
    with reading_first():
        email = reads_letters_at(one.person_id) or ""
        asked = due_of(one.person_id, one.going_on.course.slug)
    base = settings.base_url.rstrip("/")
    signed = sign_off(one.person_id, settings.secret_key.get_secret_value())
    with current_app.test_request_context():
        go_on, off = url_for("home.start"), url_for("home.end_letters", secret=signed)
    site = settings.site_name
    return reminder(email, one, shelf.programme, site, base + go_on, base + off, asked)


def _handed_in(office: PostOffice, letter: Letter) -> bool | None:
    """True: taken; None: this address gets none. Another failure ends the run, so that a server
    that is down costs one person's turn and not everybody's."""
    try:
        office.send(letter)
    except (SMTPRecipientsRefused, ValueError, IndexError):
        return None
    except (OSError, SMTPException) as error:
        raise click.ClickException(
            f"Máy chủ thư không nhận ({type(error).__name__}): dừng, lần sau gửi tiếp."
        ) from error
    return True
