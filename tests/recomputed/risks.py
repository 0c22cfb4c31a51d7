"""Open risks of the demonstration."""

from __future__ import annotations

import pandas as pd

from tests.recomputed.tables import AS_OF, last_day, table, threshold


def open_risks() -> pd.DataFrame:
    """Open risks with their score and the days since their last review; -1 where there was none."""
    rows = table("risk")
    rows = rows[rows["status"] == "open"].copy()
    rows["score"] = rows["likelihood"].astype(int) * rows["impact"].astype(int)
    reviews = table("risk_review")
    since: list[int] = []
    for key, latest in zip(rows["key"], rows["reviewed_on"], strict=True):
        dates = [text for text in [latest, *reviews[reviews["risk_key"] == key]["reviewed_on"]] if text]
        since.append((AS_OF - max(last_day(text) for text in dates)).days if dates else -1)
    rows["since"] = since
    return rows


def risks_open() -> int:
    return len(open_risks())


def risks_high() -> int:
    return int((open_risks()["score"] >= threshold("risk-red")).sum())


def risks_stale() -> int:
    return int((open_risks()["since"] >= threshold("risk-red-unreviewed")).sum())
