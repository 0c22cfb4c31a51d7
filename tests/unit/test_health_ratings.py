"""Health overall: the worst that is known, who has none, the unit's own thresholds, overrides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portfolio.model.report_rows import OverrideRow
from portfolio.overrides import overrides
from portfolio.services.health.colours import DIMENSIONS
from portfolio.services.health.ratings import health_counts, in_force
from portfolio.services.rulebooks import health_rules
from tests.unit.health_rows import (
    AS_OF,
    MONEY,
    PROJECT,
    REPORTS,
    RISK,
    STANDING,
    health,
    late,
    marks,
)


def test_health_everything_in_order_is_green_and_says_so_of_each_dimension() -> None:
    found = health()
    assert found.state == "green" and found.unknown == 0
    assert {row.dimension: row.sentence for row in found.ratings} == {
        "time": "None of the 2 open milestones with a planned date is late on 1 January 2026; "
        "amber above 30 days.",
        "money": "Incurred cost up to 2025-S2 is 50.0 % of the contracted total cost (EUR 500,000 of "
        "EUR 1,000,000) when 50.0 % of the time from 1 January 2025 to 1 January 2027 has passed on "
        "1 January 2026: burn gap 0.0 points; amber below -15 or above +15.",
        "results": "Outcome 'Staff': 95 people in 2025-S2; 100 people is to be kept: 95.0 %; "
        "amber below 80 % (lowest of 1 measured, of 1 indicator).",
        "risk": "Risk 'Flood' scores 9 (likelihood 3 x impact 3), last reviewed on 1 December 2025, "
        "31 days ago; amber from 10.",
        "reporting": "No report is overdue: 2 of 3 reports of the calendar received, the next is due on "
        "1 March 2026; amber above 0 days.",
    }


def test_overall_is_the_worst_that_is_not_grey_and_says_how_many_are_not_known() -> None:
    found = health(
        milestones=marks(late(31)), open_risks=(replace(RISK, likelihood=5),), indicators=(), money=replace(
            MONEY, incurred_cents=None)
    )  # fmt: skip
    assert (found.state, found.unknown) == ("red", 2)
    assert found.worst is not None and found.worst.dimension == "risk"
    assert found.sentence == (
        "Red by risk: Risk 'Flood' scores 15 (likelihood 5 x impact 3), last reviewed on 1 December 2025, "
        "31 days ago; red from 15. Two other dimensions are not known."
    )


@pytest.mark.parametrize(
    ("unknown", "end"),
    [({}, "red from 15."), ({"indicators": ()}, "red from 15. One other dimension is not known.")],
)
def test_no_number_follows_the_worst_dimension(unknown: dict[str, tuple[()]], end: str) -> None:
    found = health(open_risks=(replace(RISK, likelihood=5),), **unknown)
    assert found.sentence.endswith(end)


def test_overall_is_grey_only_if_all_five_are() -> None:
    found = health(
        milestones=replace(marks(), dated_open=0), money=replace(MONEY, incurred_cents=None), indicators=(),
        open_risks=(), risks=0, reports=replace(REPORTS, entries=0),
    )  # fmt: skip
    assert (found.state, found.unknown, found.worst) == ("grey", 5, None)
    assert found.sentence == "None of the 5 dimensions is known."


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({"end_original": "2025-12-31"}, "closed"),
        ({"start": "2026-01-02"}, "planned"),
        ({"start": None}, "unknown"),
        ({"end_original": "2026-01-01"}, "green"),  # its last day
    ],
)
def test_a_project_that_does_not_run_has_no_health(dates: dict[str, str | None], state: str) -> None:
    found = health(replace(PROJECT, **dates), money=replace(MONEY, incurred_cents=1_000_000_00))
    assert (found.state, bool(found.ratings), found.is_running) == (state, state == "green", state == "green")


def test_thresholds_of_the_unit_hold_and_are_named() -> None:
    own = {"threshold/time-amber": "10", "threshold/risk-amber": "9", "threshold/reporting-amber": "5"}
    with overrides(own):
        found = health(milestones=marks(late(11)))
    assert [row.colour for row in found.ratings] == ["amber", "green", "green", "amber", "green"]
    assert found.ratings[0].sentence.endswith("amber above 10.")
    assert found.ratings[3].sentence.endswith("amber from 9.")


def test_counts_hold_running_projects_by_colour_and_closed_ones_apart() -> None:
    rows = [health(), health(milestones=marks(late(31))), health(replace(PROJECT, start="2026-02"))]
    rows.append(health(replace(PROJECT, end_original="2025")))
    assert health_counts(rows) == {"green": 1, "amber": 1, "red": 0, "grey": 0, "closed": 1}


# --- overrides -------------------------------------------------------------------------------------------
def _override(dimension: str, decided_on: str, expires_on: str) -> OverrideRow:
    key = f"p1/{dimension}-{decided_on}"
    return OverrideRow(key, "p1", dimension, "green", "Agreed.", decided_on, expires_on)


@pytest.mark.parametrize(
    ("decided_on", "expires_on", "holds"),
    [
        ("2026-01-01", "2026-01-02", True), ("2026-01-02", "2026-02-01", False),
        ("2025-12-01", "2026-01-02", True), ("2025-12-01", "2026-01-01", False),
    ],
)  # fmt: skip
def test_override_holds_from_its_decision_to_its_expiry(
    decided_on: str, expires_on: str, holds: bool
) -> None:
    assert in_force(_override("time", decided_on, expires_on), AS_OF) is holds


def test_override_stands_beside_the_computed_colour_and_changes_nothing() -> None:
    rows = (
        _override("time", "2025-06-01", "2025-07-01"),
        _override("time", "2025-12-01", "2026-03-01"),
        _override("overall", "2025-11-01", "2026-03-01"),
        _override("risk", "2026-01-02", "2026-03-01"),
    )
    found = health(overrides=rows, milestones=marks(late(91)))
    assert (found.state, found.colour("time")) == ("red", "red")
    assert [row.key for row in found.overrides] == [
        "p1/overall-2025-11-01", "p1/time-2025-12-01", "p1/time-2025-06-01",
    ]  # fmt: skip


def test_every_rating_rests_on_fields_of_the_records_it_names() -> None:
    found = health(milestones=marks(late(91)))
    assert [row.record for row in found.ratings] == [
        ("milestone", "m1"), ("project", "p1"), ("indicator", "p1/indicator-01"), ("risk", "p1/risk-01"),
        None,
    ]  # fmt: skip
    assert ("indicator_value", "p1/indicator-01/value-01", "value_millionths") in found.ratings[2].fields
    assert STANDING.indicators[0].value_key == "p1/indicator-01/value-01"


def test_rules_in_words_name_the_thresholds_in_force() -> None:
    with overrides({"threshold/money-amber-low": "-12", "threshold/risk-red-unreviewed": "120"}):
        rules = {rule.dimension: rule for rule in health_rules()}
    assert list(rules) == list(DIMENSIONS)
    assert rules["money"].amber == "The burn gap is below -12 or above +15 points."
    assert rules["risk"].red == "One scores 15 or more, or was last reviewed 120 days ago or longer."
    assert rules["time"].red == "An open milestone is more than 90 days late, or a contractual one is late."
