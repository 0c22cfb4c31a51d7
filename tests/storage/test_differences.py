"""What changed between two dates in the demonstration: by what is recorded now, and as known on each date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from portfolio.errors import DataProblem
from portfolio.model.changes import ChangeSetDraft, FieldChange, added_record
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.differences.amounts import COMPARED
from portfolio.services.differences.comparisons import Differences, load_differences
from portfolio.services.differences.headlines import further, headline
from portfolio.services.differences.standpoints import Standpoint
from portfolio.services.differences.tellings import MOST, telling
from portfolio.services.funds.amounts import amount_kind, amount_sum
from portfolio.services.known_dates import Known
from portfolio.services.selection import PortfolioFilter
from portfolio.services.situations import load_situation
from portfolio.services.views import narrowed
from portfolio.storage.engine import Database
from portfolio.storage.queries.money import find_payments
from portfolio.storage.queries.results import find_risks
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.summaries.content import Missing, Table
from portfolio.summaries.difference_tables import differences_page, differences_section
from tests.portfolios import copied_portfolio

LOADED, WRITTEN = dt.date(2026, 11, 23), dt.date(2026, 11, 25)
YEAR_END = dt.date(2025, 12, 31)
RISK = "storm-oak/risk-01"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demonstration, with a payment corrected and a risk closed two days after it was loaded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTFOLIO_TODAY", LOADED.isoformat())
        database = copied_portfolio("demo", tmp_path_factory.mktemp("differences") / "demo.sqlite3")
        patch.setenv("PORTFOLIO_TODAY", WRITTEN.isoformat())
        paid = max(find_payments(database, "storm-oak"), key=lambda row: row.paid_on or "")
        risk = next(row for row in find_risks(database, "storm-oak") if row.key == RISK)
        cents = paid.amount_cents
        changes = [
            FieldChange("payment", paid.key, "amount_cents", cents, cents - 500, "changed"),
            FieldChange("risk", risk.key, "status", "open", "closed", "changed"),
            *added_record("project", "new-elder", {"acronym": "NewElder", "title": "Kosovo* and others"}),
        ]
        apply_change_set(database, ChangeSetDraft("edit", "tester", "test", tuple(changes)))
        yield database


def compared(database: Database, before: dt.date, after: dt.date, known: Known = "now") -> Differences:
    return load_differences(database, LOCAL_PERSON, Standpoint(before, known), Standpoint(after, known))


def test_a_correction_is_seen_only_by_what_was_known_on_each_date(demo: Database) -> None:
    assert compared(demo, LOADED, WRITTEN).amounts == ()
    found = compared(demo, LOADED, WRITTEN, "then")
    assert [(row.project_key, row.turn) for row in found.statuses] == [("new-elder", "added")]
    moved = {row.amount: row.difference_cents for row in found.amounts if row.project_key == "storm-oak"}
    assert moved == {"paid": -500, "left-to-pay": 500}
    assert [(row.key, row.turn, row.old_score) for row in found.risks] == [(RISK, "closed", 20)]
    assert found.known_before == "as known on 23 November 2026 (revision 1)"
    assert found.known_after == "as known on 25 November 2026 (revision 2), which is what is known now"
    said = "Between 23 and 25 November 2026: 1 project added; EUR 5 less paid"
    assert headline(found).startswith(said)
    assert further(found) == "Also: 1 risk closed."
    with pytest.raises(DataProblem, match="Nothing was recorded by 31 December 2025: the first record is of"):
        compared(demo, YEAR_END, LOADED, "then")


@pytest.mark.parametrize("known", ["now", "then"])
def test_equal_standpoints_differ_in_nothing(demo: Database, known: Known) -> None:
    for day in (LOADED, WRITTEN):
        assert compared(demo, day, day, known).is_empty


@pytest.mark.parametrize("chosen", [PortfolioFilter(), PortfolioFilter(regions=("western-balkans",))])
def test_sums_of_either_date_are_those_of_the_screens(demo: Database, chosen: PortfolioFilter) -> None:
    found = load_differences(demo, LOCAL_PERSON, Standpoint(YEAR_END), Standpoint(LOADED), chosen)
    assert {row.amount for row in found.amounts} >= {"paid", "incurred", "left-to-pay"}
    for day, side in ((YEAR_END, "old"), (LOADED, "new")):
        view = narrowed(load_situation(demo, LOCAL_PERSON, as_of=day).view, chosen)
        for name in COMPARED:
            expected = amount_sum(amount_kind(name), view.projects, view.money)
            assert getattr(found.sum_of(name), side) == expected


def test_colours_are_those_of_the_health_screen_on_either_date(demo: Database) -> None:
    found = compared(demo, YEAR_END, LOADED)
    old, new = (load_situation(demo, LOCAL_PERSON, as_of=day).health for day in (YEAR_END, LOADED))
    turned = {key for key in new if old[key].state != new[key].state}
    assert turned and {row.project_key for row in found.colours if row.scope == "overall"} == turned
    for row in found.colours:
        assert (row.old, row.new) == tuple(side[row.project_key].colour(row.scope) for side in (old, new))


def test_sheet_holds_every_change_and_the_page_the_most_telling(demo: Database) -> None:
    found = compared(demo, YEAR_END, LOADED)
    sheet, page = differences_section(found), differences_page(found)
    tables = {block.key: block for block in sheet.blocks if isinstance(block, Table)}
    for name, rows in (
        ("amounts", found.amounts), ("milestones", found.milestones), ("colours", found.colours),
        ("values", found.values), ("trainings", found.trainings), ("reports", found.reports),
        ("amendments", found.amendments), ("dates", found.dates), ("risks", found.risks),
    ):  # fmt: skip
        assert len(tables[f"changes-{name}"].rows) == len(rows) > 0
    assert "changes-projects" not in tables and "Nothing changed in: projects." in sheet.remarks
    assert all(len(row.cells) == len(table.columns) for table in tables.values() for row in table.rows)
    money = tables["changes-money"]
    paid = next(row.cells for row in money.rows if row.cells[0] == "Paid")
    total = found.sum_of("paid")
    assert paid[1:3] == ("none", "17 of 20 projects, then 17 of 20")
    assert paid[3:7] == (total.old.cents, total.new.cents, total.difference_cents, total.moved_cents)
    shown = [block for block in page.blocks if isinstance(block, Table)]
    assert shown[0].rows[0].cells == tuple(money.rows[0].cells[money.column(k)] for k in _PAGE_COLUMNS)
    assert len(shown[1].rows) == len(telling(found)) == MOST
    assert page.intro == sheet.intro and sheet.intro[0] == headline(found)
    unknown = [row for row in tables["changes-amounts"].rows if row.cells[3] is Missing.UNKNOWN]
    assert next(row.cells[2:6] for row in unknown) == (
        "before: no contract is on record", Missing.UNKNOWN, 90_000_000, Missing.UNKNOWN
    )  # fmt: skip


_PAGE_COLUMNS = ("amount", "old", "new", "difference", "apart")


def test_equal_dates_make_a_sheet_that_says_so(demo: Database) -> None:
    found = compared(demo, LOADED, LOADED)
    sheet, page = differences_section(found), differences_page(found)
    assert sheet.intro == ("Both dates are 23 November 2026: nothing to compare.",)
    assert [block.key for block in sheet.blocks if isinstance(block, Table)] == ["changes-money"]
    assert any(text.startswith("Nothing changed in: projects, amounts by project,") for text in sheet.remarks)
    assert [len(block.rows) for block in page.blocks if isinstance(block, Table)] == [len(COMPARED), 0]
