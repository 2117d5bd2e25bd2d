"""Plain letters over SMTP, to the one server that the installation names."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS = 15
PORTS = {"smtp": 25, "smtps": 465}


class _AddressesWhole(EmailPolicy):
    """Folds headers as the default does, but for addresses of pages: a long one would be encoded
    word by word, and no mail reader finds it then."""

    def fold(self, name: str, value: str) -> str:
        if name.lower().startswith("list-"):
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower().startswith("list-"):
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _AddressesWhole()


@dataclass(frozen=True)
class Letter:
    """One letter to one person; the text is plain. `headers`: further ones, name and value."""

    to: str
    subject: str
    text: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PostOffice:
    """Where letters are handed in, as `smtp://name:password@host:port` or `smtps://…`.

    `smtp://` goes over to TLS when the server offers it; with `?starttls=required` it refuses to
    go on without. A name and password are sent over TLS only.
    """

    url: str
    sender: str

    def send(self, letter: Letter) -> None:
        """Hand the letter in. Raises OSError or smtplib.SMTPException when it is not taken."""
        message = self._written(letter)
        place = urlsplit(self.url)
        with self._connected() as server:
            if place.scheme == "smtp":
                _secured(server, parse_qs(place.query).get("starttls") == ["required"])
            if place.username:
                if not isinstance(server.sock, ssl.SSLSocket):
                    raise smtplib.SMTPNotSupportedError("no TLS: the password is not sent")
                server.login(unquote(place.username), unquote(place.password or ""))
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        place = urlsplit(self.url)
        host, port = place.hostname or "localhost", place.port or PORTS[place.scheme]
        if place.scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
        return smtplib.SMTP(host, port, timeout=SECONDS)

    def _written(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(policy=_POLICY)
        message["From"] = self.sender
        # parsed as one address, so that nothing typed becomes a header or a second receiver
        message["To"] = Address(addr_spec=letter.to)
        message["Subject"] = letter.subject
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2].rstrip(">"))
        message["Auto-Submitted"] = "auto-generated"
        for name, value in letter.headers:
            message[name] = value
        message.set_content(letter.text)
        return message


def _secured(server: smtplib.SMTP, required: bool) -> None:
    server.ehlo()
    if required or server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
