"""Tables of the demonstration as text, amounts in whole cents, and dates that may be reduced."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pandas as pd

AS_OF = date(2026, 11, 23)
DATA = Path(__file__).resolve().parents[2] / "data"


def table(name: str) -> pd.DataFrame:
    """One table of the demonstration, every cell as the text that stands in the file."""
    return _read(f"demo/{name}.csv").copy()


def vocabulary(name: str) -> pd.DataFrame:
    return _read(f"vocabulary/{name}.csv").copy()


# Most figures begin at the same few tables.
@lru_cache
def _read(path: str) -> pd.DataFrame:
    return pd.read_csv(DATA / path, dtype=str, keep_default_na=False)


def cents(text: str) -> int | None:
    """Euro as text in whole cents; nothing where nothing is stated."""
    if not text:
        return None
    amount = Fraction(text) * 100
    if amount.denominator != 1:
        raise ValueError(f"{text} is not a whole number of cents")
    return amount.numerator


def in_cents(column: pd.Series[str]) -> pd.Series[int]:
    return pd.Series([cents(text) for text in column], index=column.index, dtype="Int64")


def total(column: pd.Series[int]) -> int:
    """The sum of what is known."""
    return sum(int(amount) for amount in column.dropna())


def by(keys: pd.Series[str], column: pd.Series[int]) -> dict[str, int]:
    """The sums of what is known by key; a key of which nothing is known is left out."""
    sums: dict[str, int] = {}
    known = column.notna()
    for key, amount in zip(keys[known], column[known], strict=True):
        sums[str(key)] = sums.get(str(key), 0) + int(amount)
    return sums


def first_day(text: str) -> date:
    """The first day that a date may be."""
    parts = [int(part) for part in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(text: str) -> date:
    """The last day that a date may be."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return first_day(text)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def happened(text: str) -> bool:
    """Whether it had certainly happened by AS_OF, or has no day at all."""
    return not text or last_day(text) <= AS_OF


def half_year(text: str) -> tuple[date, date]:
    """First and last day of a half-year such as 2025-S2."""
    year, half = int(text[:4]), text[5:]
    return (date(year, 1, 1), date(year, 6, 30)) if half == "S1" else (date(year, 7, 1), date(year, 12, 31))


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), last_day(f"{year}-{month + 1:02}"))


def threshold(code: str) -> int:
    rows = vocabulary("thresholds").set_index("code")
    return int(str(rows.at[code, "value"]))
