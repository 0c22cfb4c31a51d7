"""The server as a user starts it: from any folder, on this machine alone, with a database it makes itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.errors import UsageProblem
from portfolio.serving import FIRST_PORT, choose_port, is_free
from tests.servers import RunningServer, free_port, start_server, status_of


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of the empty portfolio."""
    running = start_server("empty", tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


def listening_addresses(port: int) -> set[str]:
    """The hexadecimal local addresses that listen on a port, from the kernel's tables."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            address, state = line.split()[1], line.split()[3]
            if state == "0A" and int(address.split(":")[1], 16) == port:
                found.add(address.split(":")[0])
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the Linux kernel's tables")
def test_server_listens_on_loopback_only(server: RunningServer) -> None:
    assert listening_addresses(server.port) == {"0100007F"}


def test_server_makes_its_database_and_says_so(server: RunningServer) -> None:
    assert status_of(f"{server.url}/healthz") == (200, '{"status":"ok"}')
    assert (server.log.parent / "empty.sqlite3").is_file()


def test_server_prints_its_address(server: RunningServer) -> None:
    assert server.url in server.log.read_text()


def test_server_started_elsewhere_keeps_its_settings(server: RunningServer) -> None:
    status, body = status_of(f"{server.url}/_stcore/host-config")
    assert status == 200
    assert "allowedOrigins" in body
    assert "External URL" not in server.log.read_text()


def test_coarse_base_map_is_not_served(server: RunningServer) -> None:
    assert status_of(f"{server.url}/geo/world_50m.json")[0] == 200
    assert status_of(f"{server.url}/geo/world_110m.json")[0] == 404


def test_taken_port_is_refused_and_avoided(server: RunningServer) -> None:
    assert not is_free(server.port)
    with pytest.raises(UsageProblem, match=f"Port {server.port} is taken"):
        choose_port(server.port)
    assert choose_port(None) >= FIRST_PORT


def test_impossible_port_is_refused() -> None:
    with pytest.raises(UsageProblem, match="70000 is not a port"):
        choose_port(70000)


def test_free_port_is_accepted() -> None:
    port = free_port()
    assert choose_port(port) == port
