"""The figures of a summary, read from the file again, are those of `status --json`, to the cent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from portfolio.partners import partner_name, partners, partners_of, region_name, regions
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.health.portfolios import load_health
from portfolio.services.status_report import status_report
from portfolio.storage.engine import Database
from portfolio.summaries.content import Block, Chart, Columns, KeyFigure, KeyFigures, Map, Missing
from tests.workbooks.summary_files import (
    AS_OF,
    UNKNOWN,
    by_first,
    cells,
    cents,
    content,
    document,
    figure,
    header_row,
    opened,
    table,
    texts,
    view,
)

Copied = Callable[[str], Database]
REAL_AND_DEMO = pytest.mark.parametrize("name", ["reference", "demo"])
TOTAL, EU = "Total budget, split (EUR)", "EU contribution, split (EUR)"


def reported(database: Database) -> dict[str, Any]:
    """What `status --json` says of the whole portfolio on the date of the summaries."""
    return status_report(view(database), load_health(database, LOCAL_PERSON, as_of=AS_OF))


@REAL_AND_DEMO
@pytest.mark.parametrize("region", list(regions()))
def test_region_summary_holds_the_figures_of_the_status_report(
    copied: Copied, name: str, region: str
) -> None:
    database = copied(name)
    expected = reported(database)["regions"][region]
    book = opened(document(database, "region", region))
    part = f"part of {region_name(region)}"
    assert figure(book, "Projects active in the region") == expected["projects"]
    assert cents(figure(book, f"Total budget, {part}")) == expected["total_budget_cents"]
    assert cents(figure(book, f"EU contribution, {part}")) == expected["eu_contribution_cents"]
    own = by_first(book["Partners"])[f"Part of {region_name(region)}"]
    assert (cents(own[TOTAL]), cents(own[EU])) == (
        expected["total_budget_cents"],
        expected["eu_contribution_cents"],
    )
    money = by_first(book["Money"])["Sum of what is known"]
    assert cents(money[f"Total budget, {part} (EUR)"]) == expected["total_budget_cents"]
    assert cents(money[f"EU contribution, {part} (EUR)"]) == expected["eu_contribution_cents"]


@REAL_AND_DEMO
@pytest.mark.parametrize("region", list(regions()))
def test_region_summary_tells_its_part_from_whole_budgets(copied: Copied, name: str, region: str) -> None:
    database = copied(name)
    book = opened(document(database, "region", region))
    chosen = [project for project in view(database).projects if project.acronym in by_first(book["Projects"])]
    whole = sum(project.total_budget_cents or 0 for project in chosen)
    assert cents(figure(book, "Total budget")) == whole
    rows = by_first(book["Partners"])
    assert cents(rows["Whole budgets of these projects"][TOTAL]) == whole
    elsewhere = [row for first, row in rows.items() if first.startswith("The same projects")]
    part = cents(rows[f"Part of {region_name(region)}"][TOTAL]) or 0
    assert part + sum(cents(row[TOTAL]) or 0 for row in elsewhere) == whole
    names = [first.removesuffix(" (suspended)") for first in rows]
    assert [partner.name for partner in partners_of(region)] == names[: len(partners_of(region))]


@REAL_AND_DEMO
def test_portfolio_summary_adds_up_over_partners_and_regions(copied: Copied, name: str) -> None:
    database = copied(name)
    report = reported(database)
    book = opened(document(database, "portfolio"))
    assert (len(report["partners"]), len(report["regions"])) == (24, 5)
    for sheet, places in (("Partners", report["partners"]), ("Regions", report["regions"])):
        rows = table(book[sheet])
        assert len(rows) == len(places) + 1
        for row, (code, place) in zip(rows[:-1], places.items(), strict=True):
            assert row["Projects active in"] == place["projects"], code
            assert cents(row[TOTAL]) == place["total_budget_cents"], code
            assert cents(row[EU]) == place["eu_contribution_cents"], code
        assert cents(rows[-1][TOTAL]) == report["money"]["total_budget_cents"]
        assert cents(rows[-1][EU]) == report["money"]["eu_contribution_cents"]


@REAL_AND_DEMO
def test_portfolio_summary_holds_the_key_figures_of_the_status_report(copied: Copied, name: str) -> None:
    database = copied(name)
    report = reported(database)
    money, milestones = report["money"], report["milestones"]
    book = opened(document(database, "portfolio"))
    labels = {
        "Total budget": "total_budget",
        "EU contribution": "eu_contribution",
        "Committed, whole financing decisions": "committed",
        "Contracted EU contribution of the projects' contracts": "contracted",
        "Paid by the Commission": "paid",
        "Incurred cost reported by implementers": "incurred",
    }
    for label, key in labels.items():
        assert cents(figure(book, label)) == money[f"{key}_cents"], label
    assert figure(book, "Milestones") == milestones["total"]
    assert figure(book, "of which done") == milestones["done"]
    assert figure(book, "of which certainly late") == milestones["late"]
    assert figure(book, "of which due within 90 days") == milestones["due_90_days"]


@REAL_AND_DEMO
def test_partner_summaries_hold_the_figures_of_the_status_report(copied: Copied, name: str) -> None:
    database = copied(name)
    expected = reported(database)["partners"]
    codes = [code for code, row in partners().items() if row.region != "outside"]
    assert len(codes) == 22
    for code in codes:
        figures = next(
            block for block in content(database, "partner", code).section("figures").blocks
            if isinstance(block, KeyFigures)
        )  # fmt: skip
        values = {member.key: _value(member) for _, members in figures.groups for member in members}
        assert values["projects"] == expected[code]["projects"], code
        assert values["part-total-budget"] == expected[code]["total_budget_cents"], code
        assert values["part-eu-contribution"] == expected[code]["eu_contribution_cents"], code


def _value(member: KeyFigure) -> object:
    return None if member.value is Missing.UNKNOWN else member.value


@pytest.mark.parametrize("code", ["XKX", "PSE", "SRB", "BLR", "TUR"])
@REAL_AND_DEMO
def test_partner_summary_adds_up_to_the_whole_budgets(copied: Copied, name: str, code: str) -> None:
    database = copied(name)
    book = opened(document(database, "partner", code))
    rows = by_first(book["Partners"])
    projects = [project for project in view(database).projects if code in project.partner_codes]
    own = rows.get(partners()[code].name) or rows[f"{partners()[code].name} (suspended)"]
    assert own["Projects active in"] == len(projects)
    if len(rows) > 1:
        whole = sum(project.total_budget_cents or 0 for project in projects)
        assert cents(rows["Whole budgets of these projects"][TOTAL]) == whole


@REAL_AND_DEMO
def test_project_summaries_hold_what_the_portfolio_holds(copied: Copied, name: str) -> None:
    database = copied(name)
    some = view(database).projects[::5]
    assert len(some) > 3
    for project in some:
        book = opened(document(database, "project", project.key))
        (row,) = table(book["Projects"])
        assert row["Project"] == project.acronym
        assert cents(row["Total budget (EUR)"]) == project.total_budget_cents
        assert row["Start"] == (project.start or UNKNOWN)
        assert row["Present end"] == (project.present_end or UNKNOWN)
        partner_rows = table(book["Partners"])
        assert [row["Code"] for row in partner_rows[: len(project.partner_codes)]] == list(
            project.partner_codes
        )


def test_what_nobody_states_is_marked_and_never_zero(copied: Copied) -> None:
    database = copied("reference")
    book = opened(document(database, "portfolio"))
    rows = table(book["Projects"])[:-1]
    unknown = [row["Project"] for row in rows if row["Total budget (EUR)"] == UNKNOWN]
    assert len(rows) == 26
    assert len(unknown) == 6
    assert sum(row["EU contribution (EUR)"] == UNKNOWN for row in rows) == 13
    assert all(row["Total budget (EUR)"] != 0 for row in rows)
    assert figure(book, "Paid by the Commission") == UNKNOWN
    assert any("Not known for any of these projects" in str(cell.value) for _, cell in cells(book))


def test_dates_keep_the_precision_in_which_they_were_published(copied: Copied) -> None:
    database = copied("reference")
    starts = {
        row["Project"]: row["Start"] for row in table(opened(document(database, "portfolio"))["Projects"])
    }
    assert len(starts) == 27  # with the total
    for project in view(database).projects:
        assert starts[project.acronym] == (project.start or UNKNOWN)
    assert {len(str(start)) for start in starts.values() if start not in (None, UNKNOWN)} == {4, 7, 10}


@pytest.mark.parametrize(
    ("name", "kind", "scope_id"),
    [("demo", "portfolio", ""), ("reference", "region", "eastern-neighbourhood"), ("demo", "partner", "XKX")],
)
def test_totals_are_sums_whose_kept_values_agree(copied: Copied, name: str, kind: str, scope_id: str) -> None:
    made = document(copied(name), kind, scope_id)  # type: ignore[arg-type]
    values, formulas = opened(made), opened(made, values=False)
    found = [(sheet, cell) for sheet, cell in cells(formulas) if cell.data_type == "f"]
    assert len(found) >= 6
    for sheet, cell in found:
        formula = str(cell.value)
        if sheet.title == "Key figures":  # computed from other sheets
            continue
        assert formula.startswith("=SUM(")
        kept = values[sheet.title]
        total = 0
        for part in formula.removeprefix("=SUM(").removesuffix(")").split(","):
            area = kept[part] if ":" in part else ((kept[part],),)
            total += sum(round(each.value * 100) for (each,) in area if isinstance(each.value, int | float))
        assert round(kept[cell.coordinate].value * 100) == total, (sheet.title, cell.coordinate)


@REAL_AND_DEMO
def test_no_cell_holds_an_error(copied: Copied, name: str) -> None:
    found = [cell for _, cell in cells(opened(document(copied(name), "portfolio"))) if cell.value is not None]
    assert len(found) > 1_000
    assert [cell.coordinate for cell in found if cell.data_type == "e"] == []


@REAL_AND_DEMO
def test_charts_draw_the_numbers_that_stand_below_them(copied: Copied, name: str) -> None:
    database = copied(name)
    blocks = content(database, "portfolio").section("charts").blocks
    charts = [block for block in blocks if isinstance(block, Chart)]
    assert [chart.key for chart in charts] == ["regions-active", "regions-budget", "partners-budget", "focus"]
    below = [
        (row["Chart"], row["Bar"], row["Value"])
        for row in table(opened(document(database, "portfolio"))["Charts"])
    ]
    assert below == [point for block in blocks for point in _drawn(block)]
    budget = reported(database)["money"]["total_budget_cents"]
    assert sum(value for _, value in charts[1].points) == budget
    assert sum(value for _, value in charts[2].points) == budget


def _drawn(block: Block) -> Iterator[tuple[str, str, object]]:
    """Picture, what is drawn, and its value: bars, columns of each series, partners of a map."""
    if isinstance(block, Chart):
        yield from ((block.title, label, _shown(value, block.kind)) for label, value in block.points)
    elif isinstance(block, Columns):
        for name, values in block.series:
            for period, value in zip(block.periods, values, strict=True):
                yield f"{block.title}: {name}", period, _shown(value, block.kind)
    elif isinstance(block, Map):
        for code, cell in block.values:
            yield block.title, partner_name(code), _shown(cell, block.kind)


def _shown(value: object, kind: str) -> object:
    if value is None or isinstance(value, Missing):
        return UNKNOWN
    return value / 100 if kind == "money" and isinstance(value, int) else value


def test_project_of_which_only_the_eu_part_is_published_is_named_beside_its_region(copied: Copied) -> None:
    database = copied("reference")
    rows = by_first(opened(document(database, "portfolio"))["Regions"])
    del rows["Portfolio"]
    assert {region: row["Only the EU part known of"] for region, row in rows.items()} == {
        "Western Balkans": "Rapid Response 2.0", "Eastern neighbourhood": "CyberEast+",
        "Southern neighbourhood": "none", "Outside the three regions": "none", "Regional, not split": "none",
    }  # fmt: skip
    said = texts(opened(document(database, "region", "eastern-neighbourhood"))["Partners"])
    assert any(text.endswith("in the one sum and not in the other. Here: CyberEast+.") for text in said)
    silent = texts(opened(document(database, "region", "southern-neighbourhood"))["Partners"])
    assert silent and not any("CyberEast+" in text for text in silent)


def test_off_budget_money_is_named_with_its_amount_and_is_in_no_sum(copied: Copied) -> None:
    sheet = opened(document(copied("demo"), "project", "snow-spruce"))["Money"]
    (row,) = table(sheet)
    assert (row["EU contribution (EUR)"], row["Basis 2"]) == ("[z]", "off-budget, in no EU sum")
    assert (
        "Off-budget: SnowSpruce (European Peace Facility, EUR 6,000,000). This money comes from the EU "
        "Member States beside the EU budget. It is part of the total budget; [z] stands where an EU "
        "contribution, a contracted or a paid amount would add it up."
    ) in texts(sheet)
    rates = opened(document(copied("demo"), "portfolio"))["Rates and forecasts"]
    own = by_first(rates)["SnowSpruce"]
    assert (own["Payment rate"], own["Left to pay (EUR)"]) == (0.65, "[z]")
    assert own["What has to be said"].startswith("Off-budget, in no EU sum.")
    assert any(text.startswith("Off-budget, in no EU sum: SnowSpruce. A payment") for text in texts(rates))


def test_burn_gap_is_in_points_and_receipts_are_held_against_transfers(copied: Copied) -> None:
    sheet = opened(document(copied("demo"), "portfolio"))["Rates and forecasts"]
    rows = by_first(sheet)
    assert round(rows["RainWillow"]["Burn gap (percentage points)"], 1) == -8.5
    assert rows["SunCarob"]["Received less transferred (EUR)"] == -360_000
    assert "Burn gap between -27.1 points and +6.2 points." in rows["SiroccoFig"]["What has to be said"]
    heads = [cell.value for cell in sheet[header_row(sheet)]]
    column = heads.index("Burn gap (percentage points)")
    shown = {cells[column].number_format for cells in sheet.iter_rows(min_row=header_row(sheet) + 1)}
    assert "+0.0_0;-0.0_0;0.0_0" in shown and not any("%" in number_format for number_format in shown)
