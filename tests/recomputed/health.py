"""Health of the running projects: who is off in which dimension."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pandas as pd

from tests.recomputed.contracts import contracts, costs, of_projects, projects
from tests.recomputed.milestones import days_late, open_milestones
from tests.recomputed.results import progress
from tests.recomputed.risks import open_risks
from tests.recomputed.tables import AS_OF, first_day, last_day, table, threshold
from tests.recomputed.times import present_ends, running


def elapsed(start: date, end: date) -> Fraction:
    return max(Fraction(0), min(Fraction(1), Fraction((AS_OF - start).days, (end - start).days)))


def burn_gaps() -> dict[str, tuple[Fraction, Fraction]]:
    """Lowest and highest burn gap by running project, in percentage points."""
    rows = projects().set_index("key")
    agreed, spent, ends = of_projects(contracts(), "total"), of_projects(costs(), "cents"), present_ends()
    gaps: dict[str, tuple[Fraction, Fraction]] = {}
    for key in running():
        start, end = str(rows.at[key, "start"]), ends[key]
        if key in agreed and key in spent and start and end:
            starts, closes = (first_day(start), last_day(start)), (first_day(end), last_day(end))
            shares = [elapsed(opened, closed) for opened in starts for closed in closes]
            absorbed = Fraction(spent[key], agreed[key])
            gaps[key] = (100 * (absorbed - max(shares)), 100 * (absorbed - min(shares)))
    return gaps


def off_in_time(level: str) -> set[str]:
    """Running projects with an open milestone certainly too late for a level; for amber, red ones too."""
    rows = open_milestones()
    late = pd.Series(
        [days_late(*pair) for pair in zip(rows["baseline"], rows["forecast"], strict=True)], index=rows.index
    )
    by_contract = (rows["contractual"] == "yes") & (late > threshold("time-red-contractual"))
    return set(rows[by_contract | (late > threshold(f"time-{level}"))]["project_key"]) & set(running())


def off_in_money(level: str) -> set[str]:
    """Running projects whose burn gap certainly lies outside the limits of a level, amber or red."""
    low, high = threshold(f"money-{level}-low"), threshold(f"money-{level}-high")
    return {key for key, (least, most) in burn_gaps().items() if most < low or least > high}


def off_in_risk(level: str) -> set[str]:
    rows = open_risks()
    stale = rows["since"] >= threshold("risk-red-unreviewed")
    return set(rows[stale | (rows["score"] >= threshold(f"risk-{level}"))]["project_key"]) & set(running())


def off_in_results(level: str) -> set[str]:
    """Running projects with an outcome or output below the share of what is expected that a level asks."""
    rows = progress()
    rows = rows[rows["progress"].notna()]
    behind = [100 * Fraction(share) < threshold(f"results-{level}") for share in rows["progress"]]
    return set(rows[behind]["project_key"]) & set(running())


def off_in_reporting(level: str) -> set[str]:
    rows = table("report_due")
    rows = rows[(rows["received_on"] == "") & (rows["due_on"] != "")]
    overdue = [(AS_OF - last_day(text)).days > threshold(f"reporting-{level}") for text in rows["due_on"]]
    return set(rows[overdue]["project_key"]) & set(running())


DIMENSIONS: dict[str, Callable[[str], set[str]]] = {
    "time": off_in_time,
    "money": off_in_money,
    "results": off_in_results,
    "risk": off_in_risk,
    "reporting": off_in_reporting,
}


def health_red() -> int:
    return len(set().union(*(off("red") for off in DIMENSIONS.values())))


def health_amber() -> int:
    return len(set().union(*(off("amber") for off in DIMENSIONS.values()))) - health_red()


def red_by_dimension() -> dict[str, int]:
    """Running projects that are red in each dimension."""
    return {name: len(off("red")) for name, off in DIMENSIONS.items()}
