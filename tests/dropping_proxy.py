"""A small HTTP proxy between a client and the site: a line that loses things, or is thin.

When an answer is lost, what was asked has arrived and is carried out; the client only sees the
line go dead, as it does when its question never arrived. A thin line slows down everything
alike, what a service worker fetches too.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PIECE = 1400
_OF_ONE_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})


class Proxy:
    """A proxy for one site. `lose_next`: the next answer to this method and path is lost.

    `cut`: paths whose requests do not even arrive. `delay` (seconds, there and back) and
    `speed` (bytes a second, shared by all) make it thin. `carried`: what came over it, with
    the bytes of each answer, its head included; `asked`: the bytes of all questions.

    `loss`: the share of questions that do not arrive, and of answers that do not come back.
    Which, is drawn from `seed`, the address and how often it was asked: no thread changes it.
    `packet_loss`: the share of an answer's pieces that come only when they are sent again, a
    round trip later. `lost` and `never_came` name what was lost on either way.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream = urlsplit(upstream)
        self.lost: list[tuple[str, str]] = []
        self.never_came: list[tuple[str, str]] = []
        self.cut: set[str] = set()
        self.delay, self.speed = 0.0, 0.0
        self.loss, self.packet_loss, self.seed = 0.0, 0.0, 0
        self.carried: list[tuple[str, int]] = []
        self.asked = 0
        self._turn = threading.Lock()
        self._times: Counter[tuple[str, str, str]] = Counter()
        self._to_lose: list[tuple[str, str]] = []
        self.url = ""

    def carry(self, path: str, head: int, content: bytes, write: Callable[[bytes], object]) -> None:
        """Let an answer through, as fast as the line is."""
        self.carried.append((path, head + len(content)))
        if not self.speed:
            write(content)
            return
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            with self._turn:
                time.sleep(len(piece) / self.speed)
            if self._chance("piece", "GET", path) < self.packet_loss:
                time.sleep(self.delay)
            write(piece)

    def arrives(self, method: str, path: str, size: int) -> bool:
        """Whether a question of so many bytes reaches the site."""
        self.asked += size
        plain = urlsplit(path).path
        if plain in self.cut:
            return False
        if self._chance("there", method, plain) >= self.loss:
            return True
        self.never_came.append((method, plain))
        return False

    def _chance(self, way: str, method: str, path: str) -> float:
        """A number from 0 to 1 for this question, the same in every run."""
        with self._turn:
            self._times[way, method, path] += 1
            turn = self._times[way, method, path]
        return random.Random(f"{self.seed} {way} {method} {path} {turn}").random()

    def lose_next(self, method: str, path: str) -> None:
        """Lose one answer to such a request."""
        self._to_lose.append((method, path))

    def loses(self, method: str, path: str) -> bool:
        """Whether the answer to this request is lost; each that was wanted happens once."""
        asked = (method, urlsplit(path).path)
        if asked in self._to_lose:
            self._to_lose.remove(asked)
        elif self._chance("back", *asked) >= self.loss:
            return False
        self.lost.append(asked)
        return True


@contextmanager
def proxied(upstream: str) -> Iterator[Proxy]:
    """A proxy in front of a site, on a free loopback port."""
    proxy = Proxy(upstream)
    server = _Server(("127.0.0.1", 0), _handler(proxy))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    proxy.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # a browser opens several connections at once
    request_queue_size = 64


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        # browsers keep no answer of an older protocol to compare with
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            self.close_connection = True
            size = len(self.requestline) + len(bytes(self.headers)) + length
            if not proxy.arrives(self.command, self.path, size):
                return
            line = HTTPConnection(proxy.upstream.hostname or "", proxy.upstream.port)
            line.request(self.command, self.path, body, dict(self.headers.items()))
            answer = line.getresponse()
            content = answer.read()
            line.close()
            time.sleep(proxy.delay)
            if proxy.loses(self.command, self.path):
                return
            head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _OF_ONE_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                proxy.carry(self.path, head, content, self.wfile.write)

        do_GET = do_POST = do_HEAD = _pass_on

        def log_message(self, *_: object) -> None:
            """The tests say what went wrong."""

    return Handler
