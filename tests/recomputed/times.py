"""Present ends, statuses and forecasts of the projects of the demonstration."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from functools import lru_cache

import pandas as pd

from tests.recomputed.contracts import contracts, costs, of_projects, projects, signed_amendments
from tests.recomputed.tables import AS_OF, first_day, half_year, last_day, threshold, total


def present_ends() -> dict[str, str]:
    """The end that holds now by project, as precise as published; empty where nobody states one."""
    rows = projects()
    published = rows["end_current"].where(rows["end_current"] != "", rows["end_original"])
    ends = dict(zip(rows["key"], published, strict=True))
    amended = {
        str(row["contract_key"]): str(row["new_end"])
        for row in signed_amendments().to_dict("records")
        if row["new_end"]
    }
    agreed = contracts()
    own = agreed["key"].map(amended).fillna(agreed["end"])
    moved = set(agreed["project_key"][agreed["key"].isin(amended)])
    for project in moved:
        ends[str(project)] = max((end for end in own[agreed["project_key"] == project] if end), key=last_day)
    return ends


def status_of(start: str, end: str, stated: str) -> str:
    if end and last_day(end) < AS_OF:
        return "closed"
    if start and first_day(start) > AS_OF:
        return "planned"
    if start and end and last_day(start) <= AS_OF <= first_day(end):
        return "ongoing"
    return stated or "not known"


@lru_cache
def statuses() -> dict[str, str]:
    ends = present_ends()
    return {
        str(row["key"]): status_of(str(row["start"]), ends[str(row["key"])], str(row["status_stated"]))
        for row in projects().to_dict("records")
    }


def projects_by_status() -> dict[str, int]:
    return {str(key): int(count) for key, count in pd.Series(statuses()).value_counts().items()}


def running() -> list[str]:
    return sorted(key for key, status in statuses().items() if status == "ongoing")


def ends_soon() -> int:
    ends = present_ends()
    limit = AS_OF + timedelta(days=threshold("ends-soon"))
    return sum(first_day(ends[key]) >= AS_OF and last_day(ends[key]) <= limit for key in running())


def forecast_by_project() -> dict[str, Fraction]:
    """Linear forecast of incurred cost in cents, of running projects with a present end known to the day."""
    rows, ends, lines = projects().set_index("key"), present_ends(), costs()
    spent = of_projects(lines, "cents")
    last = ["2025-S2", "2026-S1"]
    (from_day, _), (_, to_day) = half_year(last[0]), half_year(last[1])
    forecasts: dict[str, Fraction] = {}
    for key in running():
        of_year = lines[(lines["project_key"] == key) & lines["period"].isin(last)]["cents"].dropna()
        ran = last_day(str(rows.at[key, "start"])) <= from_day
        if ran and len(of_year) == 2 and len(ends[key]) == 10:
            days = (to_day - from_day).days + 1
            to_come = Fraction(total(of_year) * (last_day(ends[key]) - to_day).days, days)
            forecasts[key] = spent[key] + to_come
    return forecasts
