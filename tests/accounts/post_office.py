"""A small SMTP server that keeps every letter it is given."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from queue import Empty, Queue

ANSWERS = {"EHLO": "250 sink", "QUIT": "221 bye", "DATA": "354 go on"}


@dataclass
class PostBox:
    """The letters that came; `refusing`: the server takes none."""

    port: int = 0
    letters: Queue[EmailMessage] = field(default_factory=Queue)
    refusing: bool = False

    def next(self) -> EmailMessage:
        """The next letter; waits for it."""
        return self.letters.get(timeout=10)

    def is_empty(self, seconds: float = 0.3) -> bool:
        """Whether no letter comes."""
        try:
            self.letters.get(timeout=seconds)
        except Empty:
            return True
        return False


@contextmanager
def opened() -> Iterator[PostBox]:
    """The server on a free loopback port."""
    box = PostBox()

    class Clerk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 sink")
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                self.say(
                    "451 later" if box.refusing and verb == "MAIL" else ANSWERS.get(verb, "250 ok")
                )
                if verb == "DATA":
                    box.letters.put(self.letter())
                if verb == "QUIT":
                    return

        def letter(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            self.say("250 taken")
            return message_from_bytes(b"".join(lines), policy=default)

        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clerk) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join()
