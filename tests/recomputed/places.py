"""Money split over partners, regions and pillars, and who is active where."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from tests.recomputed.contracts import costs, of_projects, on_budget_contracts, projects
from tests.recomputed.money import paid_of_projects
from tests.recomputed.tables import by, happened, table, vocabulary

NOT_SPLIT = "regional, not split"
OUTSIDE = "outside"
THEMES_NOT_SPLIT = "several themes, not split"
NOT_STATED = "not stated"


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
