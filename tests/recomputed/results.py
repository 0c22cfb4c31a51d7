"""Indicators of the demonstration: values, and progress against what is expected by now."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache

import pandas as pd

from tests.recomputed.capacity import whole
from tests.recomputed.tables import AS_OF, half_year, table, threshold


def values() -> pd.DataFrame:
    """Values of everybody and all partners, submitted or approved, of half-years that have ended."""
    rows = table("indicator_value")
    rows = rows[(rows["partner_code"] == "") & (rows["sex"] == "") & (rows["value"] != "")]
    rows = rows[rows["status"].isin(["submitted", "approved"])]
    return rows[[half_year(text)[1] <= AS_OF for text in rows["period"]]].sort_values("period")


def expected_now(baseline: Fraction, target: Fraction, years: tuple[int, int]) -> Fraction:
    """On the straight line between the ends of two years."""
    start, end = date(years[0], 12, 31), date(years[1], 12, 31)
    if end <= AS_OF:
        return target
    return baseline + (target - baseline) * Fraction(max(0, (AS_OF - start).days), (end - start).days)


def progress_of(indicator: dict[str, str], numbers: list[Fraction]) -> Fraction | None:
    """Progress of one indicator against what is expected of it by now."""
    asked = ("unit", "baseline", "baseline_year", "target", "target_year")
    if not numbers or any(not indicator[name] for name in asked):
        return None
    baseline, target = Fraction(indicator["baseline"]), Fraction(indicator["target"])
    years = int(indicator["baseline_year"]), int(indicator["target_year"])
    now = baseline + sum(numbers) if indicator["aggregation"] == "sum" else numbers[-1]
    if indicator["direction"] == "keep":
        return min(now / target, target / now)
    wrong_way = (target > baseline) != (indicator["direction"] == "up")
    expected = expected_now(baseline, target, years)
    if target == baseline or wrong_way or expected == baseline:
        return None
    return (now - baseline) / (expected - baseline)


# Health asks for it once for each colour.
@lru_cache
def progress() -> pd.DataFrame:
    """Outcomes and outputs with their progress, None where it is not known."""
    rows = table("indicator")
    rows = rows[rows["level"] != "impact"]
    numbers = values()
    found: list[Fraction | None] = []
    for line in rows.to_dict("records"):
        own = numbers[numbers["indicator_key"] == line["key"]]["value"]
        indicator = {str(name): str(cell) for name, cell in line.items()}
        found.append(progress_of(indicator, [Fraction(text) for text in own]))
    shares = pd.Series(found, rows.index, dtype=object)
    return pd.DataFrame({"project_key": rows["project_key"], "progress": shares})


def known_progress() -> list[Fraction]:
    return [Fraction(share) for share in progress()["progress"] if share is not None]


def results_on_track() -> int:
    return sum(100 * share >= threshold("results-amber") for share in known_progress())


def results_behind() -> int:
    return sum(100 * share < threshold("results-amber") for share in known_progress())


def results_unknown() -> int:
    return len(progress()) - len(known_progress())


def people_trained() -> int:
    """The sum of indicators under the library's entry people-trained, in the unit that most of them have."""
    rows = table("indicator")
    rows = rows[(rows["library_code"] == "people-trained") & (rows["aggregation"] == "sum")]
    unit = rows["unit"].mode().iloc[0]
    numbers = values()
    return whole(numbers[numbers["indicator_key"].isin(rows[rows["unit"] == unit]["key"])]["value"])
