"""Values of indicators grouped by the database equal a plain count; steps on their way are one change set."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.dates import HalfYear
from portfolio.errors import DataProblem, NotAllowed
from portfolio.model.result_rows import IndicatorValueRow
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.services.results.approvals import (
    apply_step,
    open_values,
    plan_step,
    steps_of,
    waiting_sentence,
    waiting_values,
)
from portfolio.services.results.totals import result_totals
from portfolio.services.standings import load_standings
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets
from portfolio.storage.queries.result_values import find_partner_sums, find_value_counts, find_waiting
from portfolio.storage.queries.results import find_indicator_values, find_indicators
from tests.storage.conftest import LoadedDatabase

DAYS = [dt.date(2026, 11, 23), dt.date(2026, 6, 30), dt.date(2025, 1, 1), dt.date(2020, 1, 1)]
OFFICER = Person("Officer", "officer", frozenset({"storm-oak"}))
HALF = "2026-S1"


@pytest.fixture
def demo(loaded: LoadedDatabase) -> Database:
    return loaded("demo")


def ended(demo: Database, as_of: dt.date) -> list[IndicatorValueRow]:
    """The values of half-years whose last day lies before a date."""
    return [row for row in find_indicator_values(demo) if HalfYear.parse(row.period).last < as_of]


def test_groups_equal_a_plain_count_on_every_day(demo: Database) -> None:
    for day in DAYS:
        rows, counts = ended(demo, day), find_value_counts(demo, day)
        assert set(counts) == {row.indicator_key for row in rows}
        for key, found in counts.items():
            own = [row for row in rows if row.indicator_key == key]
            whole = [row for row in own if row.partner_code is None and row.sex is None]
            counted = [row for row in whole if row.status in ("submitted", "approved")]
            women = [
                row.value_millionths
                for row in own
                if row.partner_code is None and row.sex == "women" and row.status in ("submitted", "approved")
            ]
            assert found.counted == sum(row.value_millionths is not None for row in counted)
            assert found.approved == sum(row.status == "approved" for row in whole)
            assert (found.returned, found.drafts) == tuple(
                sum(row.status == status for row in whole) for status in ("returned", "draft")
            )
            assert found.parts == len(own) - len(whole)
            assert found.women == (sum(value or 0 for value in women) if women else None)
        partners = {
            (part.indicator_key, part.partner_code): part.value_millionths
            for part in find_partner_sums(demo, day)
        }
        plain: dict[tuple[str, str], int] = {}
        for row in rows:
            if row.partner_code and row.sex is None and row.value_millionths is not None:
                key_of = (row.indicator_key, row.partner_code)
                plain[key_of] = plain.get(key_of, 0) + row.value_millionths
        assert partners == plain
    assert find_value_counts(demo, DAYS[-1]) == {}


def test_total_of_people_trained_is_the_sum_of_its_half_years(demo: Database) -> None:
    day = DAYS[0]
    trained = {
        row.key
        for row in find_indicators(demo)
        if row.library_code == "people-trained" and row.unit == "people"
    }
    expected = sum(
        row.value_millionths or 0
        for row in ended(demo, day)
        if row.indicator_key in trained
        and not (row.partner_code or row.sex)
        and row.status in ("submitted", "approved")
    )
    standings = load_standings(demo, LOCAL_PERSON, as_of=day)
    listed = [each for standing in standings.values() for each in standing.indicators]
    found = result_totals(listed, find_value_counts(demo, day), find_partner_sums(demo, day))
    first = found.totals[0]
    assert (first.name, first.unit, len(first.lines)) == ("People trained", "people", len(trained))
    assert first.value_millionths == expected > 2_000_000_000
    reasons = {each.row.key: each.reason for each in found.left_out}
    assert (
        reasons["dew-poplar/indicator-04"]
        == "It counts in person-days, the others of people-trained in people."
    )
    assert reasons["dusk-aspen/indicator-03"] == "In the total, without 1 half-year returned."
    assert reasons["dawn-linden/indicator-02"] == "No value is reported of a half-year that has ended."


def test_approving_and_returning_are_one_change_set_each(demo: Database) -> None:
    waiting = {(row.project_key, row.period, row.status): row.values for row in find_waiting(demo, DAYS[0])}
    values = open_values(demo, OFFICER, "storm-oak", HALF)
    assert len(values) == waiting["storm-oak", HALF, "submitted"] > 2
    assert [step.code for step in steps_of(values)] == ["approve", "return"]
    first, *others = [each.value.key for each in values]
    preview = plan_step(demo, OFFICER, "storm-oak", "return", [first])
    assert [(change.key, change.field, change.old, change.new) for change in preview.changes] == [
        (first, "status", "submitted", "returned")
    ]
    before = len(find_change_sets(demo))
    with pytest.raises(DataProblem, match="why"):
        apply_step(demo, OFFICER, preview, reason=" ")
    apply_step(demo, OFFICER, preview, reason="The desks of May are missing")
    apply_step(demo, OFFICER, plan_step(demo, OFFICER, "storm-oak", "approve", others), reason="Checked")
    assert len(find_change_sets(demo)) == before + 2
    left = open_values(demo, OFFICER, "storm-oak", HALF)
    assert [(each.value.key, each.value.status) for each in left] == [(first, "returned")]
    assert [step.code for step in steps_of(left)] == ["submit"]


def test_step_is_refused_to_others_and_from_another_status(demo: Database) -> None:
    keys = [each.value.key for each in open_values(demo, OFFICER, "storm-oak", HALF)]
    assert plan_step(demo, OFFICER, "storm-oak", "approve", keys).changes
    for person in (Person("Reader", "evaluator"), Person("Other", "officer", frozenset({"fog-larch"}))):
        with pytest.raises(NotAllowed):
            plan_step(demo, person, "storm-oak", "approve", keys)
    with pytest.raises(DataProblem, match="cannot be submitted"):
        plan_step(demo, OFFICER, "storm-oak", "submit", keys)
    with pytest.raises(DataProblem, match="1 value cannot be approved"):
        plan_step(demo, OFFICER, "storm-oak", "approve", [*keys, "no-such-value"])
    with pytest.raises(DataProblem, match="No value is chosen"):
        plan_step(demo, OFFICER, "storm-oak", "approve", [])


def test_waiting_is_told_by_status(demo: Database) -> None:
    rows = waiting_values(demo, LOCAL_PERSON, as_of=DAYS[0])
    assert {row.status for row in rows} == {"draft", "submitted", "returned"}
    assert waiting_sentence(rows).endswith("1 in draft, 4 returned to the implementer.")
    assert waiting_sentence([]) == "Every value is approved; nothing waits."
