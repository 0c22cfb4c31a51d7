"""Figures taken apart: what adds up, what is not known, and how both are said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from portfolio.services.figures.breakdowns import Breakdown, Line, Unit, Value, count, total
from portfolio.services.figures.coverages import coverage_of
from portfolio.services.figures.over_projects import all_or_nothing
from portfolio.services.figures.values import arithmetic_of, headline, value_words

KNOWN = Line("A", 100_000, ())
RECOVERY = Line("B", -30_000, ())
UNKNOWN = Line("C", None, (), remark="no contract is on record")


def of(*lines: Line) -> Breakdown:
    return total("paid", "whole portfolio", "eur", lines)


def test_a_total_adds_the_known_lines_and_counts_them() -> None:
    found = of(KNOWN, RECOVERY, UNKNOWN)
    assert (found.value, found.known, found.of) == (70_000, 2, 3)
    assert found.unknown == (UNKNOWN,)
    assert found.adds_up


def test_a_total_of_nothing_known_is_not_zero() -> None:
    assert of(UNKNOWN).value is None and of(UNKNOWN).adds_up
    assert of(Line("A", 0, ())).value == 0


def test_lines_that_do_not_give_the_value_are_told() -> None:
    assert not replace(of(KNOWN, RECOVERY), value=70_001).adds_up
    assert not replace(of(KNOWN), value=None).adds_up
    assert not replace(of(UNKNOWN), value=1).adds_up
    assert replace(of(KNOWN), value=None, is_sum=False).adds_up


def test_one_unknown_line_leaves_the_whole_unknown_where_the_formula_says_so() -> None:
    assert all_or_nothing(of(KNOWN, UNKNOWN)).value is None
    assert all_or_nothing(of(KNOWN, RECOVERY)).value == 70_000
    assert all_or_nothing(of()).value is None


def test_coverage_is_said_of_what_can_be_unknown() -> None:
    assert coverage_of(count("projects", "whole portfolio", (KNOWN,), "project")) is None
    coverage = coverage_of(of(KNOWN, UNKNOWN))
    assert coverage is not None and coverage.sentence == "known for 1 of 2 projects"


@pytest.mark.parametrize(
    ("lines", "said"),
    [((KNOWN,), "EUR 1,000"), ((KNOWN, RECOVERY), "EUR 1,000 - EUR 300 = EUR 700"), ((UNKNOWN,), ""),
     ((KNOWN,) * 5, " + ".join(["EUR 1,000"] * 5) + " = EUR 5,000"),
     ((KNOWN,) * 6, "6 known lines, added up = EUR 6,000")],
)  # fmt: skip
def test_a_sum_is_written_out_while_it_is_short(lines: tuple[Line, ...], said: str) -> None:
    assert arithmetic_of(of(*lines)) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(None, "eur", "not known"), (0, "eur", "EUR 0"), (5, "eur", "EUR 0.05"),
     (Fraction(1, 3), "share", "33.3 %"),
     (Fraction(0), "points", "0.0 points"), (Fraction(1, 10), "points", "+10.0 points"), (1, "days", "1 day"),
     (2_500_000, "millionths", "2.5"), ("2024", "date", "2024"), ("2024-06-18", "date", "18 June 2024"),
     ("Ongoing", "code", "Ongoing"), (1204, "count", "1,204")],
)  # fmt: skip
def test_values_in_words(value: Value, unit: Unit, said: str) -> None:
    assert value_words(value, unit) == said


@pytest.mark.parametrize(
    ("figure_id", "value", "unit", "said"),
    [("attendances", 934, "count", "934 attendances"), ("attendances", 1, "count", "1 attendance"),
     ("institutions-reached", 1_185, "count", "1,185 institutions"), ("suspended", 1, "count", "1 project"),
     ("milestones-context", 1, "count", "1 entry"), ("risks-open", 0, "count", "0 risks"),
     ("score-gain", 21_800_000, "millionths", "21.8 points of 100"), ("paid", 100, "eur", "EUR 1"),
     ("score-gain", None, "millionths", "not known"), ("late-days", 1, "days", "1 day")],
)  # fmt: skip
def test_a_figure_is_said_in_its_registered_unit(figure_id: str, value: Value, unit: Unit, said: str) -> None:
    # What a line is does not count: attendances stand in trainings.
    assert headline(Breakdown(figure_id, "whole portfolio", value, unit, "", noun="training")) == said


def test_words_of_a_figure_go_before_its_number() -> None:
    found = Breakdown("milestones-due", "whole portfolio", 25, "count", "", said="3 within 30 days")
    assert headline(found) == "3 within 30 days"
    assert headline(replace(found, value=None)) == "not known"
