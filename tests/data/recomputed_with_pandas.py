"""Figures of the demonstration portfolio, computed a second time from its tables with pandas alone.

Nothing of the tracker is imported here: only the tables of data/demo, a few vocabularies, and the
definitions that data/vocabulary/indicators.csv and docs/methods.md print. Money is whole cents, rates are
fractions. A date may be a year, a month or a day; of a reduced one only what is certain on AS_OF counts.
What is unknown is left out, and never 0.

`FIGURES` holds one function per figure, by the id of indicators.csv; what follows a slash says how the figure
is divided, or which part of it is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pandas as pd

AS_OF = date(2026, 11, 23)
DATA = Path(__file__).resolve().parents[2] / "data"

NOT_SPLIT = "regional, not split"
OUTSIDE = "outside"
THEMES_NOT_SPLIT = "several themes, not split"
NOT_STATED = "not stated"

Value = int | Fraction | dict[str, int] | dict[str, Fraction]


# Tables, amounts and dates


def table(name: str) -> pd.DataFrame:
    """One table of the demonstration, every cell as the text that stands in the file."""
    return pd.read_csv(DATA / "demo" / f"{name}.csv", dtype=str, keep_default_na=False)


def vocabulary(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / "vocabulary" / f"{name}.csv", dtype=str, keep_default_na=False)


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


# Projects, contracts, payments and costs


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


# Money


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


# Splits


def split(amount: int, weights: dict[str, Fraction]) -> dict[str, int]:
    """Divide to the cent by largest remainders; of equal ones the first key in the alphabet gets the cent."""
    exact = {key: amount * weight / sum(weights.values()) for key, weight in weights.items()}
    parts = {key: share.numerator // share.denominator for key, share in exact.items()}
    order = sorted(weights, key=lambda key: (parts[key] - exact[key], key))
    for key in order[: amount - sum(parts.values())]:
        parts[key] += 1
    return parts


def weights_of(rows: pd.DataFrame, column: str) -> dict[str, Fraction]:
    """Declared shares by key, or nothing where they are not stated or do not add up to 100 %."""
    if rows.empty or (rows["share_percent"] == "").any():
        return {}
    shares = {str(row[column]): Fraction(str(row["share_percent"])) for row in rows.to_dict("records")}
    return shares if sum(shares.values()) == 100 else {}


def partner_weights(project: str) -> dict[str, Fraction]:
    rows = table("participation")
    rows = rows[rows["project_key"] == project]
    if not rows.empty and (rows["share_percent"] == "").all():
        return dict.fromkeys(rows["partner_code"], Fraction(1))
    return weights_of(rows, "partner_code")


def by_partner(amounts: dict[str, int]) -> dict[str, int]:
    """Amounts of projects split over their partners; what cannot be split stays in its bucket."""
    sums: dict[str, int] = {}
    for project, amount in amounts.items():
        weights = partner_weights(project)
        for key, part in (split(amount, weights) if weights else {NOT_SPLIT: amount}).items():
            sums[key] = sums.get(key, 0) + part
    return sums


def by_region(amounts: dict[str, int]) -> dict[str, int]:
    """Amounts of projects by region, a part of each partner's; what is not split stays in its one region."""
    regions = vocabulary("partners").set_index("code")["region"]
    own = table("project_region")
    sums: dict[str, int] = {}
    for project, amount in amounts.items():
        for key, part in by_partner({project: amount}).items():
            of_project = list(own[own["project_key"] == project]["region"])
            region = of_project[0] if key == NOT_SPLIT and len(of_project) == 1 else key
            region = str(regions[region]) if region in regions.index else region
            sums[region] = sums.get(region, 0) + part
    return sums


def eu_of_projects() -> dict[str, int]:
    rows = projects()
    rows = rows[~rows["off_budget"]]
    return by(rows["key"], rows["eu"])


def eu_by_partner() -> dict[str, int]:
    return by_partner(eu_of_projects())


def eu_by_region() -> dict[str, int]:
    return by_region(eu_of_projects())


def budget_by_partner() -> dict[str, int]:
    rows = projects()
    return by_partner(by(rows["key"], rows["total"]))


def budget_by_region() -> dict[str, int]:
    rows = projects()
    return by_region(by(rows["key"], rows["total"]))


def contracted_by_region() -> dict[str, int]:
    return by_region(of_projects(on_budget_contracts(), "eu"))


def paid_by_partner() -> dict[str, int]:
    return by_partner(paid_of_projects())


def paid_by_region() -> dict[str, int]:
    return by_region(paid_of_projects())


def incurred_by_partner() -> dict[str, int]:
    return by_partner(of_projects(costs(), "cents"))


def incurred_by_region() -> dict[str, int]:
    return by_region(of_projects(costs(), "cents"))


def outside_eu() -> int:
    return eu_by_region()[OUTSIDE]


def budget_by_pillar() -> dict[str, int]:
    """Total budget by pillar; without declared shares several pillars stay together."""
    rows = projects()
    pillars = table("project_pillar")
    sums: dict[str, int] = {}
    for project, amount in by(rows["key"], rows["total"]).items():
        own = pillars[pillars["project_key"] == project]
        weights = weights_of(own, "pillar")
        bucket = {0: NOT_STATED, 1: "".join(own["pillar"])}.get(len(own), THEMES_NOT_SPLIT)
        for key, part in (split(amount, weights) if weights else {bucket: amount}).items():
            sums[key] = sums.get(key, 0) + part
    return sums


def themes_not_split() -> int:
    return budget_by_pillar()[THEMES_NOT_SPLIT]


# Time


def present_ends() -> dict[str, str]:
    """The end that holds now by project, as precise as published; empty where nobody states one."""
    rows = projects()
    published = rows["end_current"].where(rows["end_current"] != "", rows["end_original"])
    ends = dict(zip(rows["key"], published, strict=True))
    owner = contracts()["project_key"]
    for amendment in signed_amendments().to_dict("records"):
        if amendment["new_end"]:
            ends[str(owner[str(amendment["contract_key"])])] = str(amendment["new_end"])
    return ends


def status_of(start: str, end: str, stated: str) -> str:
    if end and last_day(end) < AS_OF:
        return "closed"
    if start and first_day(start) > AS_OF:
        return "planned"
    if start and end and last_day(start) <= AS_OF <= first_day(end):
        return "ongoing"
    return stated or "not known"


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


def off_in_money(level: str) -> set[str]:
    """Running projects whose burn gap certainly lies outside the limits of a level, amber or red."""
    low, high = threshold(f"money-{level}-low"), threshold(f"money-{level}-high")
    return {key for key, (least, most) in burn_gaps().items() if most < low or least > high}


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


# Milestones, recommendations, reports


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


def off_in_time(level: str) -> set[str]:
    """Running projects with an open milestone certainly too late for a level; for amber, red ones too."""
    rows = open_milestones()
    late = pd.Series(
        [days_late(*pair) for pair in zip(rows["baseline"], rows["forecast"], strict=True)], index=rows.index
    )
    by_contract = (rows["contractual"] == "yes") & (late > threshold("time-red-contractual"))
    return set(rows[by_contract | (late > threshold(f"time-{level}"))]["project_key"]) & set(running())


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


# Risks


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


def off_in_risk(level: str) -> set[str]:
    rows = open_risks()
    stale = rows["since"] >= threshold("risk-red-unreviewed")
    return set(rows[stale | (rows["score"] >= threshold(f"risk-{level}"))]["project_key"]) & set(running())


# Capacity


def ends_of(rows: pd.DataFrame) -> list[str]:
    return list(rows["ended_on"].where(rows["ended_on"] != "", rows["held_on"]))


def trainings() -> pd.DataFrame:
    """Trainings that had certainly ended."""
    rows = table("training")
    return rows[[bool(text) and last_day(text) <= AS_OF for text in ends_of(rows)]]


def training_count() -> int:
    return len(trainings())


def reached(stage: str) -> int:
    """Trainings that reached at least a stage."""
    position = vocabulary("training_stage").set_index("code")["position"].astype(int)
    return int((trainings()["stage"].map(position) >= position[stage]).sum())


def trainings_learned() -> int:
    return reached("learned")


def trainings_applied() -> int:
    return reached("applied")


def trainings_institutionalised() -> int:
    return reached("institutionalised")


def whole(column: Iterable[str]) -> int:
    return sum(int(text) for text in column if text)


def attendances() -> int:
    rows = trainings()
    return sum(whole(rows[name]) for name in ("women", "men", "not_stated"))


def women_share() -> Fraction:
    rows = trainings()
    rows = rows[(rows["women"] != "") & (rows["men"] != "")]
    women, men = whole(rows["women"]), whole(rows["men"])
    return Fraction(women, women + men)


def institutions_reached() -> int:
    return whole(trainings()["institutions_count"])


def score_gain() -> Fraction:
    rows = trainings()
    rows = rows[(rows["score_before"] != "") & (rows["score_after"] != "")]
    pairs = zip(rows["score_before"], rows["score_after"], strict=True)
    gains = [Fraction(after) - Fraction(before) for before, after in pairs]
    return sum(gains, Fraction(0)) / len(gains)


def used_in_case() -> int:
    return int((trainings()["used_in_case"] != "").sum())


def follow_up_days() -> list[date]:
    """The days on which follow-ups that nobody made were or are due."""
    rows = trainings()
    return [months_later(last_day(text), 6) for text in ends_of(rows[rows["follow_up_on"] == ""])]


def follow_ups_overdue() -> int:
    return sum(day < AS_OF for day in follow_up_days())


def follow_ups_due() -> int:
    return sum(AS_OF <= day <= AS_OF + timedelta(days=90) for day in follow_up_days())


# Results


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


# Health


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


def red_in_time() -> int:
    return len(off_in_time("red"))


def red_in_risk() -> int:
    return len(off_in_risk("red"))


# Evaluations and places


def evaluations() -> int:
    return sum(bool(text) and last_day(text) <= AS_OF for text in table("evaluation")["carried_out_on"])


def gender_marked() -> int:
    rows = table("project_marker")
    return int(((rows["marker"] == "gender-equality") & rows["score"].isin(["1", "2"])).sum())


def suspended() -> int:
    """Projects with a partner that is suspended, with no known end."""
    rows = table("participation")
    rows = rows[(rows["suspended_since"] != "") & (rows["suspended_until"] == "")]
    pairs = zip(rows["project_key"], rows["suspended_since"], strict=True)
    return len({key for key, text in pairs if happened(text)})


def projects_active() -> dict[str, int]:
    rows = table("participation")
    counts = rows.groupby("partner_code")["project_key"].nunique()
    return {str(key): int(count) for key, count in counts.items()}


FIGURES: dict[str, Callable[[], Value]] = {
    "total-budget": total_budget,
    "eu-contribution": eu_contribution,
    "committed": committed,
    "committed/by-year": committed_by_year,
    "decommitted": decommitted,
    "contracted": contracted,
    "contracted/by-year": contracted_by_year,
    "contracted/by-region": contracted_by_region,
    "contracted-total": contracted_total,
    "contracted-other": contracted_other,
    "off-budget": off_budget,
    "paid": paid,
    "paid/by-year": paid_by_year,
    "pre-financing": pre_financing,
    "recovered": recovered,
    "incurred": incurred,
    "incurred/by-half-year": incurred_by_half_year,
    "left-to-contract": left_to_contract,
    "left-to-pay": left_to_pay,
    "cleared": cleared,
    "open-pre-financing": open_pre_financing,
    "received": received,
    "received-difference": received_difference,
    "contracting-rate/by-decision": contracting_rates,
    "payment-rate": payment_rate,
    "absorption": absorption,
    "forecast/by-project": forecast_by_project,
    "budget-split/by-partner": budget_by_partner,
    "budget-split/by-region": budget_by_region,
    "eu-split/by-partner": eu_by_partner,
    "eu-split/by-region": eu_by_region,
    "paid-split/by-partner": paid_by_partner,
    "paid-split/by-region": paid_by_region,
    "incurred-split/by-partner": incurred_by_partner,
    "incurred-split/by-region": incurred_by_region,
    "outside/eu-contribution": outside_eu,
    "total-budget/by-pillar": budget_by_pillar,
    "themes-not-split": themes_not_split,
    "status": projects_by_status,
    "ends-soon": ends_soon,
    "milestones": milestone_count,
    "milestones-late": milestones_late,
    "milestones-due": milestones_due,
    "recommendations-done": recommendations_done,
    "recommendations-overdue": recommendations_overdue,
    "reports-late": reports_late,
    "risks-open": risks_open,
    "risks-high": risks_high,
    "risks-stale": risks_stale,
    "health-red": health_red,
    "health-red/by-dimension": red_by_dimension,
    "health-red/time": red_in_time,
    "health-red/risk": red_in_risk,
    "health-amber": health_amber,
    "trainings": training_count,
    "trainings-learned": trainings_learned,
    "trainings-applied": trainings_applied,
    "trainings-institutionalised": trainings_institutionalised,
    "attendances": attendances,
    "women-share": women_share,
    "institutions-reached": institutions_reached,
    "score-gain": score_gain,
    "used-in-case": used_in_case,
    "follow-ups-overdue": follow_ups_overdue,
    "follow-ups-due": follow_ups_due,
    "results-on-track": results_on_track,
    "results-behind": results_behind,
    "results-unknown": results_unknown,
    "results-totals/people-trained": people_trained,
    "evaluations": evaluations,
    "markers": gender_marked,
    "suspended": suspended,
    "projects-active": projects_active,
}
