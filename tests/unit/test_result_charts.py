"""Charts of results: which way was gone, which was expected, and what the charts say in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from portfolio.model.result_rows import IndicatorRow
from portfolio.model.standing_rows import IndicatorStanding
from portfolio.services.results.overviews import (
    MeasuredIndicator,
    ProjectResults,
    ResultsOverview,
    overview_sentence,
)
from portfolio.services.results.progress import indicator_progress
from portfolio.ui.result_charts import (
    MOST_ROWS,
    furthest_behind,
    shares_alt,
    shares_chart,
    way_chart,
    way_gone,
)
from portfolio.ui.theme import LIGHT
from tests.unit.rows import project

MIDDLE = dt.date(2025, 12, 31)


def measured(value: int | None, project_key: str = "p1", **other: Any) -> MeasuredIndicator:
    """An indicator from 0 to 100 between the ends of 2024 and 2026, as it stands in the middle."""
    known: dict[str, Any] = {
        "level": "outcome", "statement": "Desks open", "unit": "desks", "direction": "up",
        "aggregation": "latest", "library_code": None, "baseline_millionths": 0, "baseline_year": 2024,
        "target_millionths": 100_000_000, "target_year": 2026, "baseline_text": None, "target_text": None,
        "verification": None, "position": 1,
    }  # fmt: skip
    row = IndicatorRow(key=f"{project_key}/i", project_key=project_key, **(known | other))
    number = None if value is None else value * 1_000_000
    standing = IndicatorStanding(row, None if value is None else "v", "2025-S1", number, None, "approved")
    return MeasuredIndicator(standing, indicator_progress(standing, MIDDLE))


def results(key: str, *indicators: MeasuredIndicator) -> ProjectResults:
    return ProjectResults(project(key), indicators)


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        ({}, (30, 50)),
        ({"direction": "down", "baseline_millionths": 60_000_000, "target_millionths": 0}, (50, 50)),
        ({"direction": "keep", "target_millionths": 60_000_000}, (50, 100)),
        ({"unit": None}, None),
    ],
)
def test_way_runs_from_the_baseline_to_the_target(
    changes: dict[str, Any], way: tuple[float, float] | None
) -> None:
    assert way_gone(measured(30, **changes)) == way
    assert way_gone(measured(None)) is None


def test_shares_chart_begins_with_the_project_that_is_furthest_behind() -> None:
    ahead, behind = results("ahead", measured(60, "ahead")), results("behind", measured(20, "behind"))
    nothing = results("nothing", measured(None, "nothing"))
    impact = results("impact", measured(1, "impact", level="impact"))
    listed = [ahead, nothing, impact, behind]
    assert [each.project.key for each in furthest_behind(listed)] == ["behind", "ahead"]
    chart = shares_chart(listed, LIGHT)
    assert chart.alt == (
        "Indicators against what is expected by now: 1 of 2 behind; lowest is Desks open of BEHIND with "
        "40.0 %."
    )
    marks = {trace.name: (list(trace.x), list(trace.y)) for trace in chart.figure.data}
    assert marks == {"G Keeping pace": ([120.0], [1]), "R Far behind": ([40.0], [0])}
    many = [results(f"p{n}", measured(n, f"p{n}")) for n in range(MOST_ROWS + 5)]
    assert len(furthest_behind(many)) == MOST_ROWS
    assert shares_alt([nothing]).endswith("none can be measured yet.")


def test_way_chart_draws_and_labels_what_is_gone_and_what_is_expected_on_one_scale() -> None:
    chart = way_chart(results("p1", measured(60), measured(20), measured(None)), LIGHT)
    assert [list(trace.x) for trace in chart.figure.data] == [[60.0], [20.0]]
    assert [shape.x0 for shape in chart.figure.layout.shapes] == [50.0, 50.0]
    assert "2 that can be drawn: a bar ends at what is gone" in chart.alt
    labels = [note.text for note in chart.figure.layout.annotations]
    assert "G 60.0 %, expected 50.0 %" in labels and "R 20.0 %, expected 50.0 %" in labels
    assert "nothing can be measured yet" in way_chart(results("p1", measured(None)), LIGHT).alt


def test_overview_counts_outcomes_and_outputs_and_why_some_are_not_known() -> None:
    found = ResultsOverview(
        MIDDLE,
        (
            results("p1", measured(60), measured(35), measured(10), measured(5, level="impact")),
            results("p2", measured(None), measured(1, unit=None), measured(1, target_year=None)),
            results("p3"),
        ),
    )
    assert found.counts == {"green": 1, "amber": 1, "red": 1, "grey": 3}
    assert (found.reported, found.described, len(found.judged), len(found.indicators)) == (2, 2, 6, 7)
    assert found.unknown_reasons == {"no value": 1, "no unit": 1, "baseline or year not stated": 1}
    assert overview_sentence(found) == (
        "1 of the 3 outcomes and outputs that can be measured keep pace with what is expected by now; "
        "behind 1, far behind 1, not known 3 of 6."
    )
    assert overview_sentence(ResultsOverview(MIDDLE, (results("p3"),))).startswith("No outcome or output")
    unmeasured = ResultsOverview(MIDDLE, (results("p2", measured(None)),))
    assert (
        overview_sentence(unmeasured)
        == "None of the 1 indicators of outcomes and outputs can be measured yet."
    )
