"""Money of the demonstration: sums, rates, and the same by year, half-year and decision."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from tests.recomputed.contracts import (
    both_known,
    contracts,
    costs,
    of_projects,
    off_budget_instruments,
    on_budget_contracts,
    payments,
    projects,
    with_contract,
)
from tests.recomputed.tables import by, happened, in_cents, table, total


def total_budget() -> int:
    return total(projects()["total"])


def eu_contribution() -> int:
    rows = projects()
    return total(rows[~rows["off_budget"]]["eu"])


def decisions() -> pd.DataFrame:
    """Financing decisions that were taken and are on budget."""
    rows = table("financing_decision").set_index("key", drop=False)
    rows["committed"] = in_cents(rows["committed_eur"])
    rows["decommitted"] = in_cents(rows["decommitted_eur"])
    taken = pd.Series([happened(text) for text in rows["decided_on"]], index=rows.index)
    return rows[taken & ~rows["instrument"].isin(off_budget_instruments())]


def of_decisions(column: str) -> dict[str, int]:
    rows = decisions()
    return by(rows["key"], rows[column])


def committed() -> int:
    return total(decisions()["committed"])


def committed_by_year() -> dict[str, int]:
    rows = decisions()
    return by(rows["decided_on"].str[:4], rows["committed"])


def decommitted() -> int:
    return total(decisions()["decommitted"])


def contracted() -> int:
    return sum(of_projects(on_budget_contracts(), "eu").values())


def contracted_by_year() -> dict[str, int]:
    rows = on_budget_contracts()
    return by(rows["signed_on"].str[:4], rows["eu"])


def contracted_total() -> int:
    return sum(of_projects(contracts(), "total").values())


def contracted_other() -> int:
    return sum(of_projects(contracts(), "other").values())


def off_budget() -> int:
    rows = contracts()
    return total(rows[rows["off_budget"].astype(bool)]["eu"])


def paid_of_projects() -> dict[str, int]:
    """Paid by project; a project without a payment on record is unknown."""
    return of_projects(payments(), "cents")


def paid() -> int:
    return sum(paid_of_projects().values())


def paid_by_year() -> dict[str, int]:
    rows = payments()
    return by(rows["paid_on"].str[:4], rows["cents"])


def pre_financing() -> int:
    rows = payments()
    return total(rows[rows["kind"] == "pre-financing"]["cents"])


def recovered() -> int:
    rows = payments()
    return -total(rows[rows["kind"] == "recovery"]["cents"])


def incurred() -> int:
    return total(costs()["cents"])


def incurred_by_half_year() -> dict[str, int]:
    rows = costs()
    return by(rows["period"], rows["cents"])


def contracted_of_decisions() -> dict[str, int]:
    """Contracted EU contribution by decision, 0 under one with no contract."""
    rows = contracts()
    amounts = by(rows["decision_key"], rows["eu"])
    return {str(key): amounts.get(str(key), 0) for key in decisions()["key"]}


def left_to_contract() -> int:
    return committed() - decommitted() - sum(contracted_of_decisions().values())


def contracting_rates() -> dict[str, Fraction]:
    """By decision: the rate belongs to the decision and is never pooled."""
    booked = of_decisions("committed")
    amounts = contracted_of_decisions()
    return {key: Fraction(amount, booked[key]) for key, amount in amounts.items() if booked.get(key)}


def left_to_pay() -> int:
    """Over the projects of which both amounts are known and not more is paid than contracted."""
    agreed, transferred = of_projects(on_budget_contracts(), "eu"), paid_of_projects()
    rests = [agreed[key] - transferred[key] for key in both_known(agreed, transferred)]
    return sum(rest for rest in rests if rest >= 0)


def payment_rate() -> Fraction:
    agreed, transferred = of_projects(on_budget_contracts(), "eu"), paid_of_projects()
    keys = [key for key in both_known(agreed, transferred) if transferred[key] <= agreed[key]]
    return Fraction(sum(transferred[key] for key in keys), sum(agreed[key] for key in keys))


def absorption() -> Fraction:
    agreed, spent = of_projects(contracts(), "total"), of_projects(costs(), "cents")
    keys = both_known(agreed, spent)
    return Fraction(sum(spent[key] for key in keys), sum(agreed[key] for key in keys))


def clearings() -> pd.DataFrame:
    """Clearings that had certainly happened or have no day, on budget."""
    rows = with_contract("clearing", "cleared_on")
    return rows[~rows["off_budget"].astype(bool)]


def cleared() -> int:
    return total(clearings()["cents"])


def open_pre_financing() -> int:
    rows = payments()
    ahead = of_projects(rows[rows["kind"] == "pre-financing"], "cents")
    accepted = of_projects(clearings(), "cents")
    rests = [ahead[key] - accepted[key] for key in both_known(ahead, accepted)]
    return sum(rest for rest in rests if rest >= 0)


def receipts() -> dict[str, int]:
    rows = table("receipt")
    rows["cents"] = in_cents(rows["amount_eur"])
    return of_projects(rows[[happened(text) for text in rows["received_on"]]], "cents")


def received() -> int:
    return sum(receipts().values())


def received_difference() -> int:
    rows = payments()
    transferred, arrived = of_projects(rows[rows["kind"] != "recovery"], "cents"), receipts()
    return sum(arrived[key] - transferred[key] for key in both_known(transferred, arrived))
