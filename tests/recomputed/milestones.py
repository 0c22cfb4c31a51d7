"""Milestones, recommendations, evaluations and reports of the demonstration, and what of them is late."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from tests.recomputed.contracts import contracts, costs
from tests.recomputed.tables import AS_OF, first_day, half_year, last_day, table


def milestones() -> pd.DataFrame:
    """The projects' own milestones that are not cancelled."""
    rows = table("milestone")
    return rows[(rows["about"] == "project") & (rows["status"] != "cancelled")]


def milestone_count() -> int:
    return len(milestones())


def open_milestones() -> pd.DataFrame:
    rows = milestones()
    return rows[rows["status"] != "done"]


def days_late(baseline: str, forecast: str) -> int:
    """How late an open milestone is at least; 0 or less where it is not, or has no baseline."""
    if not baseline:
        return 0
    return (max(AS_OF, first_day(forecast) if forecast else AS_OF) - last_day(baseline)).days


def milestones_late() -> int:
    rows = open_milestones()
    return sum(days_late(*pair) > 0 for pair in zip(rows["baseline"], rows["forecast"], strict=True))


def milestones_due() -> dict[str, int]:
    """Open milestones expected within 30, 90 and 180 days."""
    rows = open_milestones()
    expected = rows["forecast"].where(rows["forecast"] != "", rows["baseline"])
    dates = [last_day(text) for text in expected if text]
    spans = (30, 90, 180)
    return {str(span): sum(AS_OF <= day <= AS_OF + timedelta(days=span) for day in dates) for span in spans}


def recommendations_overdue() -> int:
    rows = table("recommendation")
    rows = rows[(rows["done_on"] == "") & (rows["response"] != "rejected")]
    return sum(bool(text) and last_day(text) < AS_OF for text in rows["due_on"])


def recommendations_done() -> int:
    return sum(bool(text) and last_day(text) <= AS_OF for text in table("recommendation")["done_on"])


def reports_late() -> int:
    """By the reporting calendar; of running grants of projects without one, 60 days after each half-year."""
    calendar = table("report_due")
    missing = calendar[calendar["received_on"] == ""]
    late = sum(bool(text) and last_day(text) < AS_OF for text in missing["due_on"])
    lines = costs()
    reported = set(zip(lines["project_key"], lines["period"], strict=True))
    grants = contracts()
    grants = grants[(grants["type"] == "grant") & ~grants["project_key"].isin(calendar["project_key"])]
    periods = [f"{year}-S{half}" for year in range(2020, AS_OF.year + 1) for half in (1, 2)]
    for grant in grants.to_dict("records"):
        start, end = first_day(str(grant["start"])), last_day(str(grant["end"]))
        for period in periods if end >= AS_OF else []:
            closes = half_year(period)[1]
            overdue = start <= closes <= end and closes + timedelta(days=60) < AS_OF
            late += overdue and (grant["project_key"], period) not in reported
    return late


def evaluations() -> int:
    return sum(bool(text) and last_day(text) <= AS_OF for text in table("evaluation")["carried_out_on"])
