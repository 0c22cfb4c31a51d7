"""Where the data and the database are, from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from portfolio.errors import UsageProblem

ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = ROOT / "data"
PORTFOLIO_NAMES = ("reference", "demo", "empty")


@dataclass(frozen=True)
class Settings:
    """What one run of the tracker works on."""

    portfolio_name: str
    database_url: str
    name_is_chosen: bool = False
    root: Path = ROOT
    data_dir: Path = DATA_DIR


def load_settings(portfolio_name: str | None = None) -> Settings:
    """The settings that the environment gives.

    PORTFOLIO_NAME chooses reference, demo or empty; PORTFOLIO_DATABASE_URL any SQLAlchemy address of SQLite
    or PostgreSQL. Without an address each portfolio has its own SQLite file in var/, so that the
    demonstration can never touch the real one.

    Raises: UsageProblem for another portfolio name.
    """
    chosen = portfolio_name or os.environ.get("PORTFOLIO_NAME")
    name = chosen or "reference"
    if name not in PORTFOLIO_NAMES:
        choices = ", ".join(PORTFOLIO_NAMES)
        raise UsageProblem(f"There is no portfolio '{name}'. Choose one of {choices}.")
    url = os.environ.get("PORTFOLIO_DATABASE_URL") or f"sqlite:///{ROOT / 'var' / name}.sqlite3"
    return Settings(portfolio_name=name, database_url=url, name_is_chosen=chosen is not None)


def templates_dir() -> Path:
    """The folder with the unit's own Word template: PORTFOLIO_TEMPLATES, else that of the tracker."""
    chosen = os.environ.get("PORTFOLIO_TEMPLATES")
    return Path(chosen) if chosen else DATA_DIR / "templates"
