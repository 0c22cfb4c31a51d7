"""The thresholds of data/vocabulary/thresholds.csv, which a unit may set to its own practice."""

from __future__ import annotations

import csv
from functools import lru_cache

from portfolio.overrides import overridden
from portfolio.settings import DATA_DIR


@lru_cache
def thresholds() -> dict[str, int]:
    """Default value by code, in the unit that the file names."""
    with (DATA_DIR / "vocabulary" / "thresholds.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: int(row["value"]) for row in csv.DictReader(file)}


def threshold(code: str) -> int:
    """One value, the unit's own where it has set one; KeyError if the file has no such code."""
    own = overridden(f"threshold/{code}", "")
    return int(own) if own else thresholds()[code]
