"""Measures of places: what is known, what is said beside it, and that the parts make the whole."""

from __future__ import annotations

import datetime as dt

from portfolio.services.geography import PlaceFigures, by_partner
from portfolio.services.measures import MEASURES, measure, missing_sentence, place_sums, remarks
from portfolio.services.places import partner_projects
from portfolio.ui.places import (
    bucket_bars,
    map_alt,
    partner_values,
    places_columns,
    places_table,
    project_line,
    sum_sentence,
)
from tests.unit.rows import participation, project

DAY = dt.date(2026, 11, 23)
BUDGET = measure("budget-split")
EU = measure("eu-split")
NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma"}


def places_of(*projects: object) -> dict[str, PlaceFigures]:
    return {place.code: place for place in by_partner(projects, DAY)}  # type: ignore[arg-type]


ALPHA = project("a", acronym="Alpha", partners=("ALB", "SRB"), total_budget_cents=101)
BETA = project("b", acronym="Beta", partners=("ALB",), regions=("western-balkans",))
GAMMA = project("c", acronym="Gamma", regions=("eastern-neighbourhood",), total_budget_cents=50)


def test_place_without_projects_holds_nothing_and_one_with_unknown_amounts_is_unknown() -> None:
    found = places_of(BETA)
    assert [BUDGET.value(found[code]) for code in ("ALB", "SRB")] == [None, 0]
    assert BUDGET.unknown(found["ALB"]) == 1
    assert missing_sentence(found["ALB"], BUDGET) == "not stated for 1 project"
    assert missing_sentence(found["SRB"], BUDGET) == ""


def test_counts_are_never_unknown() -> None:
    found = places_of(ALPHA, BETA)
    assert [measure("projects-active").value(found[code]) for code in ("ALB", "SRB", "SYR")] == [2, 1, 0]
    assert missing_sentence(found["ALB"], measure("projects-active")) == ""


def test_equal_split_is_called_estimated_for_money_alone() -> None:
    found = places_of(ALPHA)
    assert remarks(found["ALB"], BUDGET, NAMES) == ("estimated: equal split",)
    assert remarks(found["ALB"], measure("projects-active"), NAMES) == ()


def test_declared_shares_are_not_called_estimated() -> None:
    shares = (participation("ALB", 250_000), participation("SRB", 750_000))
    found = places_of(project("a", partners=shares, total_budget_cents=100))
    assert remarks(found["SRB"], BUDGET, NAMES) == ()
    assert BUDGET.value(found["SRB"]) == 75


def test_suspended_partner_is_named_beside_every_measure() -> None:
    suspended = participation("BLR", suspended_since="2022-03")
    found = places_of(project("b", partners=(suspended,), total_budget_cents=10))
    assert [remarks(found["BLR"], chosen, NAMES) for chosen in MEASURES] == [("suspended in Beta",)] * 4


def test_sums_keep_the_unknown_apart_and_agree() -> None:
    projects = (ALPHA, BETA, GAMMA)
    sums = place_sums(projects, by_partner(projects, DAY), BUDGET)
    assert (sums.partners_cents, sums.outside_cents, sums.not_split_cents) == (101, 0, 50)
    assert (sums.portfolio.cents, sums.portfolio.known, sums.portfolio.of) == (151, 2, 3)
    assert sums.agree
    assert sum_sentence(sums) == (
        "Partners of the three regions EUR 1.01 + outside the three regions EUR 0 + regional, not split "
        "EUR 0.50 = portfolio EUR 1.51, known for 2 of 3 projects."
    )


def test_sums_that_do_not_agree_are_said() -> None:
    sums = place_sums((ALPHA, GAMMA), by_partner((ALPHA,), DAY), BUDGET)
    assert not sums.agree
    assert "is not the portfolio's EUR 1.51" in sum_sentence(sums)


def test_off_budget_money_is_in_the_budget_and_not_in_the_eu_contribution() -> None:
    peace = project(
        "p", instrument="EPF", partners=("UKR",), total_budget_cents=700, eu_contribution_cents=700
    )
    found = by_partner((peace,), DAY)
    assert place_sums((peace,), found, BUDGET).portfolio.cents == 700
    sums = place_sums((peace,), found, EU)
    assert (sums.portfolio.of, sums.portfolio.cents, sums.agree) == (0, None, True)
    assert partner_projects((peace,), "UKR", DAY)[0].eu_contribution_cents is None


def test_table_lists_the_highest_first_the_unknown_after_and_the_buckets_last() -> None:
    table = places_table(by_partner((ALPHA, BETA, GAMMA), DAY), BUDGET, NAMES)
    assert table["partner"].iloc[[0, 1, -2, -1]].tolist() == [
        "Albania", "Serbia", "Outside the three regions", "Regional, not split",
    ]  # fmt: skip
    assert table["value"].iloc[[0, 1, -1]].tolist() == [0.51, 0.5, 0.5]
    assert table["missing"].iloc[0] == 1
    unknown = places_table(by_partner((BETA,), DAY), BUDGET, NAMES)
    assert unknown["partner"].iloc[21] == "Albania" and unknown["value"].isna().sum() == 1


def test_remarks_have_a_column_only_where_there_are_any() -> None:
    with_remarks = places_table(by_partner((ALPHA,), DAY), BUDGET, NAMES)
    without = places_table(by_partner((BETA,), DAY), BUDGET, NAMES)
    assert list(places_columns(BUDGET, with_remarks)) == ["partner", "value", "remarks", "missing"]
    assert list(places_columns(BUDGET, without)) == ["partner", "value", "missing"]
    assert list(places_columns(measure("projects-active"), without)) == ["partner", "value", "other"]


def test_map_speaks_of_partners_in_millions_with_the_exact_amount_in_the_hover() -> None:
    wide = project("a", acronym="Alpha", partners=("ALB",), total_budget_cents=250_000_050)
    rows = {row.code: row for row in partner_values(by_partner((wide, BETA), DAY), BUDGET, NAMES)}
    assert len(rows) == 22
    assert rows["ALB"].value == 2.5000005
    assert rows["ALB"].hover == ("EUR 2,500,000.50", "not stated for 1 project")
    assert rows["SRB"].value == 0


def test_alt_text_of_the_map_follows_the_data() -> None:
    first = map_alt(by_partner((ALPHA,), DAY), measure("projects-active"))
    second = map_alt(by_partner((ALPHA, BETA), DAY), measure("projects-active"))
    assert (
        first
        == "Projects active in, by partner: most is Albania with 1, least Bosnia and Herzegovina with 0."
    )
    assert (
        second
        == "Projects active in, by partner: most is Albania with 2, least Bosnia and Herzegovina with 0."
    )


def test_bars_show_the_buckets_and_for_money_the_partners_too() -> None:
    places = by_partner((ALPHA, GAMMA), DAY)
    sums = place_sums((ALPHA, GAMMA), places, BUDGET)
    assert [(bar.label, bar.text) for bar in bucket_bars(places, BUDGET, sums)] == [
        ("Partners of the three regions", "EUR 1.01"),
        ("Outside the three regions", "EUR 0"),
        ("Regional, not split", "EUR 0.50"),
    ]
    counts = bucket_bars(places, measure("projects-active"), None)
    assert [(bar.label, bar.text) for bar in counts] == [
        ("Outside the three regions", "0"), ("Regional, not split", "1"),
    ]  # fmt: skip


def test_partner_lists_running_projects_first_with_its_own_part() -> None:
    running = project("r", acronym="Run", start="2024", end_current="2028", partners=("ALB", "SRB"))
    closed = project("o", acronym="Old", start="2010", end_current="2012", partners=("ALB",),
                     total_budget_cents=500)  # fmt: skip
    found = partner_projects((closed, running, GAMMA), "ALB", DAY)
    assert [row.project.key for row in found] == ["r", "o"]
    assert project_line(found[0]) == "Ongoing · 2024 to 2028 · total budget not stated"
    assert project_line(found[1]) == "Closed · 2010 to 2012 · total budget EUR 5"
    split = partner_projects((ALPHA,), "SRB", DAY)[0]
    assert project_line(split).endswith("its part of the total budget EUR 0.50 (estimated: equal split)")
