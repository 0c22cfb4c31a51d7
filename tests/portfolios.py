"""Databases that hold a portfolio: loaded once in a process, then copied, which is many times faster."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from portfolio.settings import Settings
from portfolio.storage.engine import Database, shared_engine
from portfolio.storage.setup import ensure_database


def copy_portfolio(name: str, target: Path) -> None:
    """Nothing; `target` is the file of a database that holds the named portfolio, as it is after loading."""
    shutil.copyfile(_file(name, os.environ.get("PORTFOLIO_TODAY")), target)


def copied_portfolio(name: str, target: Path) -> Database:
    """A database of one's own, open: `target` is its file."""
    copy_portfolio(name, target)
    return ensure_database(Settings(name, f"sqlite:///{target}", name_is_chosen=True))


@lru_cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    # Kept as long as the process runs; it goes with the object.
    return tempfile.TemporaryDirectory(prefix="portfolios-")


# The day is part of the key because it stands in the history of what was loaded.
@lru_cache
def _file(name: str, day: str | None) -> Path:
    path = Path(_folder().name) / f"{name}-{day}.sqlite3"
    url = f"sqlite:///{path}"
    ensure_database(Settings(name, url, name_is_chosen=True))
    shared_engine(url).dispose()
    return path
