"""What holds for all tests: where a run requires the programs around it, no test skips for want of one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator

import pytest

from portfolio.overrides import overrides

# What a marker needs on the machine, and what to say where it is not there.
PROGRAMS = {
    "office": ("soffice", "LibreOffice (soffice) is not installed on this machine"),
    "poppler": ("pdftotext", "Poppler (pdftotext, in poppler-utils) is not installed on this machine"),
}
REQUIRED_MARKERS = ("browser", "postgres", *PROGRAMS)


@pytest.fixture(autouse=True)
def defaults() -> Iterator[None]:
    """No setting that a test makes holds in another."""
    with overrides({}):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The report; under PORTFOLIO_REQUIRE_ALL a skip for want of an outside program is a failure."""
    report = yield
    needed = any(item.get_closest_marker(name) for name in REQUIRED_MARKERS)
    required = bool(os.environ.get("PORTFOLIO_REQUIRE_ALL")) and not hasattr(report, "wasxfail")
    if report.skipped and needed and required:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"PORTFOLIO_REQUIRE_ALL is set, but this test was skipped. {reason}"
    return report


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The tests that need a program around the tracker are skipped where there is none, and say which."""
    for name, (program, reason) in PROGRAMS.items():
        if item.get_closest_marker(name) and shutil.which(program) is None:
            pytest.skip(reason)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests that share a server run in one process, one after another; said before xdist asks."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
