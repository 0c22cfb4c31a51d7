"""What the implementers of the demonstration portfolio report, held to the stories that it tells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import pytest

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.fields import MILLION
from portfolio.model.result_rows import IndicatorRow, IndicatorValueRow
from portfolio.services.rules import check_records
from portfolio.storage.engine import Database
from portfolio.storage.queries.money import find_money
from portfolio.storage.queries.projects import find_projects, get_project
from portfolio.storage.queries.records import find_project_records
from portfolio.storage.queries.results import (
    find_assessments,
    find_indicator_values,
    find_indicators,
    find_narratives,
    find_receipts,
    find_risks,
    find_trainings,
)
from tests.portfolios import copied_portfolio

AS_OF = dt.date(2026, 11, 23)
REPORTED = (
    "indicator", "indicator_value", "training", "risk", "receipt", "assessment", "narrative",
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demonstration portfolio, loaded once for all tests that only read."""
    database = copied_portfolio("demo", tmp_path_factory.mktemp("demo") / "demo.sqlite3")
    yield database
    database.engine.dispose()


def last_value(demo: Database, indicator: IndicatorRow) -> int:
    """The latest value of everybody, or the sum of them where values may be added, in millionths."""
    found = [
        value.value_millionths
        for value in sorted(find_indicator_values(demo, indicator.project_key), key=lambda row: row.period)
        if value.indicator_key == indicator.key and value.partner_code is None and value.sex is None
    ]
    known = [value for value in found if value is not None]
    return sum(known) if indicator.aggregation == "sum" else known[-1]


def share_of_the_way(demo: Database, indicator: IndicatorRow) -> float:
    """How much of the way from baseline to target has been gone, 0 to 1."""
    assert indicator.baseline_millionths is not None and indicator.target_millionths is not None
    gone = last_value(demo, indicator) - indicator.baseline_millionths
    return gone / (indicator.target_millionths - indicator.baseline_millionths)


# --- everything ------------------------------------------------------------------------------------------
def test_demo_reports_do_not_contradict_themselves(demo: Database) -> None:
    findings = [
        finding
        for project in find_projects(demo)
        for finding in check_records(find_project_records(demo, project.key), AS_OF)
        if finding.record and finding.record[0] in REPORTED
    ]
    assert findings == []


def test_demo_every_project_has_three_to_six_indicators_but_the_one_nobody_has_described(
    demo: Database,
) -> None:
    counts = {project.key: len(find_indicators(demo, project.key)) for project in find_projects(demo)}
    assert counts.pop("cloud-yew") == 0
    assert len(counts) == 19 and set(counts.values()) == {3, 4, 5, 6}


def test_demo_parts_are_the_whole(demo: Database) -> None:
    """By sex, and by partner where values may be added, the parts make the value of everybody."""
    additive = {row.key for row in find_indicators(demo) if row.aggregation == "sum"}
    values = find_indicator_values(demo)
    wholes = {(row.indicator_key, row.period): row for row in values if not row.partner_code and not row.sex}
    sums: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for row in values:
        if row.sex and not row.partner_code:
            sums[row.indicator_key, row.period, "sex"] += row.value_millionths or 0
        if row.partner_code and not row.sex and row.indicator_key in additive:
            sums[row.indicator_key, row.period, "partner"] += row.value_millionths or 0
    assert len(sums) > 50
    for (indicator, period, _), total in sums.items():
        assert wholes[indicator, period].value_millionths == total, (indicator, period)


def test_demo_values_name_partners_and_periods_of_their_project(demo: Database) -> None:
    projects = {row.key: get_project(demo, row.project_key) for row in find_indicators(demo)}
    values = find_indicator_values(demo)
    assert len(values) > 300
    for row in values:
        project = projects[row.indicator_key]
        assert row.partner_code is None or row.partner_code in project.partner_codes, row.key
        assert PartialDate.parse(project.start or "").first <= HalfYear.parse(row.period).last, row.key


def test_demo_percentages_keep_what_they_were_divided_from(demo: Database) -> None:
    percentages = {row.key for row in find_indicators(demo) if row.unit == "%" and row.direction != "keep"}
    rows = [row for row in find_indicator_values(demo) if row.indicator_key in percentages]
    assert rows
    for row in rows:
        assert row.numerator_millionths is not None and row.denominator_millionths, row.key
        assert row.value_millionths == round(1000 * row.numerator_millionths / row.denominator_millionths) * (
            MILLION // 10
        ), row.key


# --- the stories -----------------------------------------------------------------------------------------
def test_story_pre_financed_but_idle_has_trained_nobody_and_says_so(demo: Database) -> None:
    _, trained, _ = find_indicators(demo, "frost-hazel")
    assert (trained.statement, last_value(demo, trained)) == ("Staff of town halls trained", 0)
    assert find_trainings(demo, "frost-hazel") == ()


def test_story_silent_implementer_has_reported_nothing_since(demo: Database) -> None:
    last = HalfYear.parse("2025-S1")
    key = "fog-larch"
    reports: list[str] = [
        *(row.period for row in find_indicator_values(demo, key)),
        *(row.period for row in find_assessments(demo, key)),
        *(row.period for row in find_narratives(demo, key)),
    ]
    days = [
        *(row.received_on for row in find_receipts(demo, key)),
        *(row.reviewed_on for row in find_risks(demo, key)),
        *(row.held_on for row in find_trainings(demo, key)),
    ]
    assert reports and max(reports) == str(last)
    assert days and max(day or "" for day in days) <= last.last.isoformat()


def test_story_everything_in_order_reports_so(demo: Database) -> None:
    key = "clear-cedar"
    assert [row.key for row in find_indicators(demo, key) if share_of_the_way(demo, row) < 0.7] == []
    assert {row.colour for row in find_assessments(demo, key)} == {"green"}
    assert max(row.score for row in find_risks(demo, key)) == 6
    assert find_money(demo)[key].paid_cents == sum(row.amount_cents for row in find_receipts(demo, key))


def test_story_overspent_is_called_green_by_its_implementer(demo: Database) -> None:
    money = [row for row in find_assessments(demo, "storm-oak") if row.dimension == "money"]
    assert [(row.period, row.colour) for row in money] == [("2025-S2", "green"), ("2026-S1", "green")]


def test_story_suspended_partner_is_not_reported_any_more(demo: Database) -> None:
    values: list[IndicatorValueRow] = [
        row for row in find_indicator_values(demo, "thunder-elm") if row.partner_code == "BLR"
    ]
    assert [row.period for row in values] == ["2025-S1", "2025-S2"]
    received = sum(row.amount_cents for row in find_receipts(demo, "thunder-elm"))
    assert (find_money(demo)["thunder-elm"].paid_cents or 0) - received == 8_000_00


def test_story_ends_soon_has_a_quarter_of_its_results(demo: Database) -> None:
    portals = find_indicators(demo, "dusk-aspen")[0]
    assert last_value(demo, portals) == 11 * MILLION
    assert round(share_of_the_way(demo, portals), 2) == 0.24


def test_planned_and_closed_projects_report_as_they_should(demo: Database) -> None:
    assert find_indicator_values(demo, "dawn-linden") == ()
    for key in ("autumn-pine", "thaw-rowan"):
        assert {row.status for row in find_indicator_values(demo, key)} == {"approved"}
        assert {row.status for row in find_risks(demo, key)} == {"closed"}
