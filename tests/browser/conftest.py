"""A real Chromium against the real server, one server for each of the three portfolios."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portfolio.settings import PORTFOLIO_NAMES
from tests.servers import RunningServer, start_server

CHROMIUM = Path(os.environ.get("PORTFOLIO_CHROMIUM", "/usr/bin/chromium"))
# Nothing of Chromium's own may talk to anybody either: the tests count requests.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], RunningServer]]:
    """The server of a portfolio by its name, started when it is first asked for."""
    running: dict[str, RunningServer] = {}

    def start(name: str) -> RunningServer:
        assert name in PORTFOLIO_NAMES
        if name not in running:
            running[name] = start_server(name, tmp_path_factory.mktemp(name))
        return running[name]

    yield start
    for each in running.values():
        each.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    if not CHROMIUM.exists():
        pytest.skip(f"There is no Chromium at {CHROMIUM}; install it, or name another in PORTFOLIO_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser window with nothing in its memory, as wide as a laptop."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab."""
    return context.new_page()
