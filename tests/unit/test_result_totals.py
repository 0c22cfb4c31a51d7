"""Totals of additive indicators: what is added up, what is left out and why, and the parts of a total."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.model.result_rows import IndicatorRow
from portfolio.model.standing_rows import IndicatorStanding
from portfolio.model.value_rows import PartnerSumRow, ValueCountsRow
from portfolio.services.results.totals import result_totals
from portfolio.ui.result_totals import partner_table, totals_table

Named = tuple[str, int | None, dict[str, Any]]


def standing(key: str, value: int | None = 10, **other: Any) -> IndicatorStanding:
    """An additive indicator of a project of its own, with what its half-years add up to."""
    known: dict[str, Any] = {
        "level": "output", "statement": "Staff trained", "unit": "people", "direction": "up",
        "aggregation": "sum", "library_code": None, "baseline_millionths": 0, "baseline_year": 2024,
        "target_millionths": 100, "target_year": 2026, "baseline_text": None, "target_text": None,
        "verification": None, "position": 1,
    }  # fmt: skip
    row = IndicatorRow(key=key, project_key=f"project-{key}", **(known | other))
    return IndicatorStanding(row, None if value is None else "v", None, value, None, None)


def test_same_statement_and_unit_are_added_up_and_the_unknown_is_counted() -> None:
    found = result_totals(
        [standing("a"), standing("b", 5, statement=" staff  TRAINED"), standing("c", None)], {}
    )
    (total,) = found.totals
    assert (total.name, total.unit, total.value_millionths, total.known, len(total.lines)) == (
        "Staff trained", "people", 15, 2, 3,
    )  # fmt: skip
    assert [(each.row.key, each.reason) for each in found.left_out] == [
        ("c", "No value is reported of a half-year that has ended.")
    ]


def test_entry_of_the_library_joins_different_statements_in_the_unit_of_most() -> None:
    library = {"library_code": "people-trained"}
    found = result_totals(
        [
            standing("a", 1, statement="Judges trained", **library),
            standing("b", 2, statement="Officers trained", **library),
            standing("c", 4, statement="Days of training", unit="days", **library),
            standing("d", 8, statement="Judges trained"),
        ],
        {},
    )
    assert [(total.name, total.value_millionths) for total in found.totals] == [
        ("People trained", 3), ("Judges trained", 8),
    ]  # fmt: skip
    assert [each.reason for each in found.left_out] == [
        "It counts in days, the others of people-trained in people."
    ]


@pytest.mark.parametrize(
    ("changes", "counts", "reason"),
    [
        ({"unit": "%"}, {}, "A percentage: percentages are never added up."),
        ({"aggregation": "latest"}, {}, "Not additive: the latest value stands."),
        ({"aggregation": "none"}, {}, "Not additive: its values may not be added."),
        ({"unit": None}, {}, "It has no unit, so nothing says what its numbers count."),
        ({"target_millionths": None, "target_text": "Adopted."}, {}, "Told in words, not in numbers."),
        ({"value": None}, {"drafts": 1}, "Its values are drafts."),
        ({"value": None}, {"returned": 2}, "Its values were returned to the implementer."),
        ({"value": None}, {"drafts": 1, "returned": 2}, "Its values are drafts or were returned."),
        ({"value": None}, {"parts": 3}, "Values are reported by partner or sex alone, none for everybody."),
    ],
)
def test_indicator_that_adds_nothing_says_why(
    changes: dict[str, Any], counts: dict[str, int], reason: str
) -> None:
    assert result_totals([standing("a")], {}).left_out == ()
    found = result_totals([standing("a", **changes)], {"a": ValueCountsRow("a", **counts)})
    assert [each.reason for each in found.left_out] == [reason]
    assert found.indicators == 0


def test_half_years_that_do_not_count_are_named_beside_a_total_that_has_the_others() -> None:
    found = result_totals([standing("a")], {"a": ValueCountsRow("a", counted=2, drafts=1, returned=2)})
    assert found.totals[0].value_millionths == 10
    (left,) = found.left_out
    assert left.is_in_part
    assert left.reason == "In the total, without 1 half-year still a draft and 2 half-years returned."


def test_parts_by_sex_and_partner_are_taken_from_the_total_and_never_added_to_it() -> None:
    counts = {
        "a": ValueCountsRow("a", counted=1, approved=1, women=4, men=3),
        "b": ValueCountsRow("b", counted=2),
    }
    partners = [PartnerSumRow("a", "MDA", 6), PartnerSumRow("b", "MDA", 2), PartnerSumRow("b", "GEO", 1)]
    (total,) = result_totals([standing("a", 10), standing("b", 20)], counts, partners).totals
    assert (total.value_millionths, total.approved, total.counted) == (30, 1, 3)
    assert (total.of_sex("women"), total.of_sex("men"), total.of_sex("not_stated")) == (4, 3, None)
    assert total.untold == 23
    assert total.by_partner == {"GEO": 1, "MDA": 8}
    assert total.untold_partners == 21
    (unknown,) = result_totals([standing("c", None)], {}).totals
    assert (unknown.value_millionths, unknown.untold, unknown.untold_partners) == (None, None, None)


@pytest.mark.parametrize(("value", "women"), [(10, 11), (None, 5)], ids=["more-than-the-whole", "no-whole"])
def test_a_rest_is_not_known_where_the_parts_are_not_parts_of_a_known_whole(
    value: int | None, women: int
) -> None:
    counts = {"a": ValueCountsRow("a", counted=1, women=women), "b": ValueCountsRow("b", counted=1, women=2)}
    partners = [PartnerSumRow("a", "MDA", women), PartnerSumRow("b", "MDA", 3)]
    (total,) = result_totals([standing("a", value), standing("b", 20)], counts, partners).totals
    assert (total.value_millionths, total.untold, total.untold_partners) == ((value or 0) + 20, None, None)
    assert totals_table([total])["untold"].tolist() == ["not known"]
    assert partner_table(total).iloc[-1].tolist() == ["No partner stated", "not known"]
