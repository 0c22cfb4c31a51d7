"""Projects, contracts, payments and costs of the demonstration, with the amounts that hold now."""

from __future__ import annotations

import pandas as pd

from tests.recomputed.tables import (
    AS_OF,
    by,
    cents,
    half_year,
    happened,
    in_cents,
    last_day,
    table,
    vocabulary,
)


def off_budget_instruments() -> set[str]:
    rows = vocabulary("instrument")
    return set(rows[rows["off_budget"] == "yes"]["code"])


def projects() -> pd.DataFrame:
    rows = table("project")
    rows["total"] = in_cents(rows["total_budget_eur"])
    rows["eu"] = in_cents(rows["eu_contribution_eur"])
    rows["off_budget"] = rows["instrument"].isin(off_budget_instruments())
    return rows


def signed_amendments() -> pd.DataFrame:
    """Amendments that are signed, the earliest first."""
    rows = table("amendment")
    rows = rows[[bool(text) and last_day(text) <= AS_OF for text in rows["signed_on"]]]
    return rows.sort_values(["contract_key", "signed_on", "number"])


def contracts() -> pd.DataFrame:
    """Contracts with the amounts that hold now: those of the latest signed amendment that names one."""
    rows = table("contract")
    rows = rows[[happened(text) for text in rows["signed_on"]]].set_index("key", drop=False)
    rows["eu"] = in_cents(rows["eu_contribution_eur"])
    rows["other"] = in_cents(rows["other_contributions_eur"])
    rows["total"] = in_cents(rows["total_eur"])
    changed: set[str] = set()
    for amendment in signed_amendments().to_dict("records"):
        key = str(amendment["contract_key"])
        for name, column in (("new_eu_contribution_eur", "eu"), ("new_total_eur", "total")):
            amount = cents(str(amendment[name]))
            if amount is not None:
                rows.loc[key, column] = amount
                changed.add(key)
    for key in changed:
        rows.loc[key, "other"] = int(str(rows.at[key, "total"])) - int(str(rows.at[key, "eu"]))
    instrument = projects().set_index("key")["instrument"]
    rows["off_budget"] = rows["project_key"].map(instrument).isin(off_budget_instruments())
    return rows


def with_contract(name: str, day: str) -> pd.DataFrame:
    """A table of what hangs on contracts, with their project, as far as it had happened."""
    rows = table(name)
    rows["cents"] = in_cents(rows["amount_eur"])
    agreed = contracts()
    rows["project_key"] = rows["contract_key"].map(agreed["project_key"])
    rows["off_budget"] = rows["contract_key"].map(agreed["off_budget"])
    return rows[[happened(text) for text in rows[day]]]


def payments() -> pd.DataFrame:
    """Payments on budget, a recovery below 0."""
    rows = with_contract("payment", "paid_on")
    rows = rows[~rows["off_budget"].astype(bool)].copy()
    rows["cents"] = rows["cents"].where(rows["kind"] != "recovery", -rows["cents"])
    return rows


def costs() -> pd.DataFrame:
    """Incurred cost of ended half-years, one line per project and half-year; unknown if nothing is stated."""
    rows = table("incurred_cost")
    headings = [name for name in rows.columns if name not in ("project_key", "period")]
    sums = [
        [amount for amount in (cents(str(line[name])) for name in headings) if amount is not None]
        for line in rows.to_dict("records")
    ]
    rows["cents"] = pd.Series([sum(line) if line else None for line in sums], index=rows.index, dtype="Int64")
    return rows[[half_year(text)[1] <= AS_OF for text in rows["period"]]]


def of_projects(rows: pd.DataFrame, column: str) -> dict[str, int]:
    """Sums by project; unknown for a project if one of its records does not state the amount."""
    unknown = set(rows[rows[column].isna()]["project_key"])
    sums = by(rows["project_key"], rows[column])
    return {key: amount for key, amount in sums.items() if key not in unknown}


def on_budget_contracts() -> pd.DataFrame:
    rows = contracts()
    return rows[~rows["off_budget"].astype(bool)]


def both_known(one: dict[str, int], other: dict[str, int]) -> list[str]:
    return sorted(set(one) & set(other))
