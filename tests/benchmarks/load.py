"""A small HTTP load: keep-alive connections, prepared requests, every answer checked."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

CONNECTIONS = 4


@dataclass(frozen=True)
class Request:
    """One prepared request and the status it must get."""

    raw: bytes
    status: int


def prepare(method: str, path: str, status: int, cookie: str = "", body: str = "") -> Request:
    """The bytes of a request as a browser would send it."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if method == "POST":
        lines.append("Content-Type: application/x-www-form-urlencoded")
        lines.append(f"Content-Length: {len(body.encode())}")
    return Request(("\r\n".join(lines) + "\r\n\r\n" + body).encode(), status)


def fetch(port: int, request: Request) -> bytes:
    """The body of one answer. Raises on a wrong status."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request.raw)
        status, body = _answer(connection.makefile("rb"))
    if status != request.status:
        raise AssertionError(f"{status} for {request.raw[:80]!r}")
    return body


def run(port: int, requests: Sequence[Request]) -> float:
    """Send all requests over a few connections; seconds it took. Raises on a wrong status."""
    shares = [requests[start::CONNECTIONS] for start in range(CONNECTIONS)]
    faults: list[str] = []
    threads = [threading.Thread(target=_send, args=(port, share, faults)) for share in shares]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    if faults:
        raise AssertionError(faults[0])
    return seconds


def _send(port: int, requests: Sequence[Request], faults: list[str]) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        stream = connection.makefile("rb")
        for request in requests:
            connection.sendall(request.raw)
            status, body = _answer(stream)
            if status != request.status:
                faults.append(f"{status} for {request.raw[:80]!r}: {body[:200]!r}")
                return


def _answer(stream: "socket.SocketIO") -> tuple[int, bytes]:  # type: ignore[name-defined]
    status = int(stream.readline().split()[1])
    length = 0
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return status, stream.read(length)
