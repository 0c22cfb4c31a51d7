"""The portfolios that screens are tested with: each made once, because no screen writes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from tests.app.screens import use_portfolio


@pytest.fixture(autouse=True, scope="session")
def components() -> Iterator[None]:
    """The components that packages bring along, looked up once: each new tab would read every package again.

    That takes longer than drawing most screens, and the packages do not change while tests run.
    """
    with pytest.MonkeyPatch.context() as patch:
        found = lru_cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture(scope="session")
def portfolios(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds a database of each portfolio that a test has asked for."""
    return tmp_path_factory.mktemp("portfolios")


@pytest.fixture
def reference(portfolios: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The published portfolio."""
    use_portfolio("reference", portfolios, monkeypatch)


@pytest.fixture
def demo(portfolios: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demonstration portfolio."""
    use_portfolio("demo", portfolios, monkeypatch)


@pytest.fixture
def empty(portfolios: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The empty portfolio."""
    use_portfolio("empty", portfolios, monkeypatch)
