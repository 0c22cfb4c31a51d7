"""The words and tables of the results screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.dates import date_label
from portfolio.model.result_rows import IndicatorRow, IndicatorValueRow
from portfolio.model.results import LEVELS
from portfolio.numbers import counted, format_number
from portfolio.partners import partner_name
from portfolio.services.results.overviews import MeasuredIndicator, ProjectResults, ResultsOverview
from portfolio.services.results.progress import reached_millionths, share_text
from portfolio.services.results.totals import ResultTotals
from portfolio.ui.figure_links import Tile
from portfolio.ui.tables import count_column, figure_column, text_column
from portfolio.ui.theme import StatusName, status_label
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, "ColumnConfig | str | None"]
NO_RESULTS = (
    "No project of this choice has an indicator yet. Indicators come in with a progress report (sheet "
    "Indicators of the workbook) or are entered on the form of a project under Results; then this screen "
    "shows how far each has come against what is expected by now. What public sources print of a project's "
    "results stands on its own screen under Published figures."
)


def tiles(found: ResultsOverview, totals: ResultTotals, waiting: int) -> list[Tile]:
    """The key figures, each with what it is known for."""
    counts, judged = found.counts, len(found.judged)
    measured = judged - counts["grey"]
    of = f"of {measured} that can be measured"
    return [
        Tile(
            "results-indicators", f"{len(found.indicators):,}",
            f"in {found.described} of {counted(len(found.projects), 'project')}",
        ),
        Tile("results-on-track", f"{counts['green']:,}", of),
        Tile("results-behind", f"{counts['amber'] + counts['red']:,}", f"{counts['red']} of them far behind"),
        Tile("results-unknown", f"{counts['grey']:,}", f"of {judged} outcomes and outputs"),
        Tile(
            "results-totals", f"{len(totals.totals):,}",
            f"made of {totals.indicators} of {counted(len(found.indicators), 'indicator')}",
        ),
        Tile("results-waiting", f"{waiting:,}", "submitted and not decided"),
    ]  # fmt: skip


def number_text(millionths: int | Fraction | None, row: IndicatorRow, unknown: str) -> str:
    """A number of an indicator with its unit; what was computed has one decimal."""
    if millionths is None:
        return unknown
    exact = millionths if isinstance(millionths, int) else round(millionths / 100_000) * 100_000
    return format_number(exact, row.unit)


def year_text(number: str, year: int | None) -> str:
    """A number with the year that it is of."""
    return number if year is None else f"{number} ({year})"


def status_of(measured: MeasuredIndicator) -> str:
    """Letter, shape and word of an indicator; an impact is not judged."""
    return status_label(_status(measured)) if measured.is_judged else "not judged"


def _status(measured: MeasuredIndicator) -> StatusName:
    names: dict[str, StatusName] = {"green": "green", "amber": "amber", "red": "red"}
    return names.get(measured.colour, "grey")


def tree_table(results: ProjectResults, level: str) -> pd.DataFrame:
    """One row per indicator of a level, in their declared order; numbers as people read them."""
    rows = [each for each in results.indicators if each.row.level == level]
    return pd.DataFrame(
        {
            "statement": [each.row.statement for each in rows],
            "baseline": [_baseline(each.row) for each in rows],
            "reached": [_reached(each) for each in rows],
            "expected": [number_text(each.progress.expected, each.row, "not known") for each in rows],
            "target": [_target(each.row) for each in rows],
            "share": [share_text(each.progress.share) for each in rows],
            "status": [status_of(each) for each in rows],
            "reason": [each.standing.text or each.progress.reason for each in rows],
        }
    )


def _baseline(row: IndicatorRow) -> str:
    number = number_text(row.baseline_millionths, row, row.baseline_text or "not stated")
    return year_text(number, row.baseline_year)


def _target(row: IndicatorRow) -> str:
    number = number_text(row.target_millionths, row, row.target_text or "not stated")
    return year_text(number, row.target_year)


def _reached(measured: MeasuredIndicator) -> str:
    standing = measured.standing
    known = reached_millionths(standing)
    if known is None:
        return "told in words" if standing.text else "not reported"
    return f"{number_text(known, measured.row, '')}, {standing.period}"


def tree_columns() -> Columns:
    """The columns of the tree."""
    return {
        "statement": text_column("Indicator", width=270, pinned=True),
        "baseline": figure_column("Baseline"),
        "reached": figure_column("Reached", "The latest value that counts; of additive ones the sum of all"),
        "expected": figure_column("Expected by now", "Linear from the baseline's year-end to the target's"),
        "target": figure_column("Target"),
        "share": figure_column("Share of expected"),
        "status": text_column("Status", width=150),
        "reason": text_column("In words", width=420),
    }


def level_heading(results: ProjectResults, level: str) -> str:
    """A level of the tree with how many indicators it has."""
    number = sum(each.row.level == level for each in results.indicators)
    return f"{label('indicator_level', level)}: {counted(number, 'indicator')}"


def levels_of(results: ProjectResults) -> list[str]:
    """The levels that a project has indicators of, from impact down."""
    present = {each.row.level for each in results.indicators}
    return [level for level in LEVELS if level in present]


def values_table(values: Iterable[IndicatorValueRow], indicators: Mapping[str, IndicatorRow]) -> pd.DataFrame:
    """One row per value, the latest half-year first: of all, of one partner or of one sex."""
    rows = sorted(
        values, key=lambda row: (row.period, row.indicator_key, row.partner_code or "", row.sex or "")
    )
    rows.sort(key=lambda row: row.period, reverse=True)
    return pd.DataFrame(
        {
            "key": [row.key for row in rows],
            "period": [row.period for row in rows],
            "statement": [indicators[row.indicator_key].statement for row in rows],
            "partner": [partner_name(row.partner_code) if row.partner_code else "all" for row in rows],
            "sex": [label("sex", row.sex) if row.sex else "everybody" for row in rows],
            "value": [value_text(row, indicators[row.indicator_key]) for row in rows],
            "ratio": [ratio_text(row) for row in rows],
            "status": [label("value_status", row.status) for row in rows],
            "note": [" ".join(text for text in (row.text, row.note) if text) or None for row in rows],
        }
    )


def values_columns() -> Columns:
    """The columns of the values."""
    return {
        "period": text_column("Half-year", width=90),
        "statement": text_column("Indicator", width=270),
        "partner": text_column("Partner", width=120),
        "sex": text_column("Sex", width=90),
        "value": figure_column("Value"),
        "ratio": figure_column("Numerator / denominator"),
        "status": text_column("Status", width=90),
        "note": text_column("In words, note", width=260),
    }


def value_text(row: IndicatorValueRow, indicator: IndicatorRow) -> str:
    """A value with its unit; that of a qualitative indicator is told in words."""
    return number_text(row.value_millionths, indicator, "in words" if row.text else "not stated")


def ratio_text(row: IndicatorValueRow) -> str | None:
    """What a percentage was divided from; None where nobody says."""
    if row.numerator_millionths is None and row.denominator_millionths is None:
        return None
    unknown = "not stated"
    return (
        f"{format_number(row.numerator_millionths, unknown=unknown)} / "
        f"{format_number(row.denominator_millionths, unknown=unknown)}"
    )


def project_sentence(results: ProjectResults) -> str:
    """How the outcomes and outputs of one project stand."""
    counts = results.counts
    if not results.indicators:
        return "No indicator is recorded."
    judged = sum(counts.values())
    return (
        f"{counts['green']} of {counted(judged, 'outcome or output', 'outcomes and outputs')} keep pace with "
        f"what is expected by now; behind {counts['amber']}, far behind {counts['red']}, not known "
        f"{counts['grey']}."
    )


def progress_table(measured: Sequence[MeasuredIndicator], names: Mapping[str, str]) -> pd.DataFrame:
    """What a chart of shares shows: one row per indicator, the share in per cent."""
    return pd.DataFrame(
        {
            "project": [names.get(each.row.project_key, each.row.project_key) for each in measured],
            "statement": [each.row.statement for each in measured],
            "share": [share_text(each.progress.share) for each in measured],
            "status": [status_of(each) for each in measured],
            "reason": [each.progress.reason for each in measured],
        }
    )


def progress_columns() -> Columns:
    """The columns behind a chart of shares."""
    return {
        "project": text_column("Project", width=140),
        "statement": text_column("Indicator", width=280),
        "share": figure_column("Share of expected"),
        "status": text_column("Status", width=150),
        "reason": text_column("In words", width=420),
    }


def waiting_columns() -> Columns:
    """The columns of what waits."""
    return {
        "project": text_column("Project", width=160),
        "period": text_column("Half-year", width=100),
        "submitted": count_column("Submitted"),
        "draft": count_column("Draft"),
        "returned": count_column("Returned"),
    }


def reported_sentence(found: ResultsOverview) -> str:
    """Of how many projects a value has been reported, on which day, and why some cannot be measured."""
    day = date_label(found.as_of.isoformat())
    said = f"Values reported for {found.reported} of {counted(len(found.projects), 'project')}, on {day}."
    reasons = [f"{number} {reason}" for reason, number in found.unknown_reasons.most_common()]
    return f"{said} Not known: {', '.join(reasons)}." if reasons else said
