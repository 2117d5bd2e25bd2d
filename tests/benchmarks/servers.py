"""Servers under test: granian with one worker, pinned to one core; its CPU time can be read."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time of the server and its workers so far."""
        return sum(_cpu(pid) for pid in [self.pid, *_children(self.pid)])


@contextmanager
def serve(target: str, environment: Mapping[str, str], workers: int = 1) -> Iterator[Server]:
    """Run `target` ("wsgi:app") until the block ends."""
    port = _free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", "4", "--no-ws",
        "--log-level", "error", target,
    ]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("server did not start")


def _children(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
