"""The local server: one address on this machine, the same settings whatever folder it is started from."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from portfolio.errors import UsageProblem
from portfolio.settings import load_settings
from portfolio.storage.setup import ensure_database

ADDRESS = "127.0.0.1"
FIRST_PORT = 8501
PORTS_TRIED = 50
# Streamlit reads .streamlit/config.toml from the folder it is started in, so nothing is left to that file.
FIXED_OPTIONS = {
    "server.address": ADDRESS,
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "10",
    "server.showEmailPrompt": "false",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "logger.hideWelcomeMessage": "true",
}


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # a port that was closed a moment ago is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def choose_port(wanted: int | None) -> int:
    """The port to listen on: the one that was asked for, or the first free one from 8501.

    Raises: UsageProblem if the wanted port cannot be used, or none is free.
    """
    if wanted is not None:
        if not 1 <= wanted <= 65535:
            raise UsageProblem(f"{wanted} is not a port. Choose one between 1024 and 65535.")
        if not is_free(wanted):
            raise UsageProblem(f"Port {wanted} is taken. Stop what uses it, or choose another port.")
        return wanted
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if is_free(port):
            return port
    last = FIRST_PORT + PORTS_TRIED - 1
    raise UsageProblem(f"No port from {FIRST_PORT} to {last} is free. Choose one with --port.")


def server_command(port: int) -> list[str]:
    """The command line that starts the server."""
    app = load_settings().root / "app.py"
    options = [f"--{name}={value}" for name, value in {**FIXED_OPTIONS, "server.port": str(port)}.items()]
    return [sys.executable, "-m", "streamlit", "run", str(app), *options]


def serve(port: int | None = None) -> int:
    """The server, until it is stopped: the exit code, on systems where it runs as a process of its own.

    Raises: UsageProblem if the port cannot be used, StorageUnavailable if there is no usable database.
    """
    chosen = choose_port(port)
    settings = load_settings()
    ensure_database(settings)
    print(f"Portfolio tracker ({settings.portfolio_name} portfolio): http://{ADDRESS}:{chosen}", flush=True)
    print("Press Ctrl+C to stop it.", flush=True)
    command = server_command(chosen)
    if os.name == "posix":  # becomes the server, so that a signal sent to this process stops it
        os.execv(command[0], command)
    return subprocess.call(command)
