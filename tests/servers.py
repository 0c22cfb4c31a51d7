"""The real server for tests: started as a user starts it, on a free port, with a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from portfolio.settings import ROOT

START_SECONDS = 90


@dataclass(frozen=True)
class RunningServer:
    """A server that answers: its address, its log and its process."""

    url: str
    port: int
    log: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """The end of the server and of its process."""
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(portfolio: str, folder: Path, port: int | None = None) -> RunningServer:
    """A server of the named portfolio with its own database in `folder`, started from another folder."""
    chosen = port or free_port()
    log = folder / f"{portfolio}.log"
    environment = os.environ | {
        "PORTFOLIO_NAME": portfolio,
        "PORTFOLIO_DATABASE_URL": f"sqlite:///{folder / portfolio}.sqlite3",
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),  # no setting of the person who runs the tests
    }
    command = [sys.executable, "-m", "portfolio", "serve", "--port", str(chosen)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=Path(folder.anchor),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = RunningServer(f"http://127.0.0.1:{chosen}", chosen, log, process)
    _wait_until_it_answers(server)
    return server


def status_of(url: str) -> tuple[int, str]:
    """Status code and body of an answer, whatever the status."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def _wait_until_it_answers(server: RunningServer) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            status_of(f"{server.url}/_stcore/health")
            return
        except OSError:
            time.sleep(0.2)
    server.stop()
    raise RuntimeError(f"The server did not start:\n{server.log.read_text()}")
