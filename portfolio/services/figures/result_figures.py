"""The figures of results that can be opened: counts of indicators, their progress, totals, what waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from portfolio.dates import HalfYear
from portfolio.model.result_rows import IndicatorRow, IndicatorValueRow
from portfolio.model.results import COUNTED_STATUSES, VALUE_STATUSES
from portfolio.numbers import format_number
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, count, total
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.results.overviews import MeasuredIndicator, ResultsOverview, results_overview
from portfolio.services.results.totals import ResultTotal, ResultTotals, TotalLine, result_totals
from portfolio.services.standings import load_standings
from portfolio.storage.engine import Database
from portfolio.storage.queries.result_values import find_partner_sums, find_value_counts
from portfolio.storage.queries.results import find_indicator_values

_DECLARED = ("baseline_millionths", "baseline_year", "target_millionths", "target_year")
Values = Mapping[str, tuple[IndicatorValueRow, ...]]


def _overview(subject: FigureSubject) -> ResultsOverview:
    def standings(database: Database) -> object:
        return load_standings(database, subject.person, as_of=subject.as_of)

    return results_overview(subject.projects, subject.rows(standings), subject.as_of)  # type: ignore[arg-type]


def _totals(subject: FigureSubject) -> ResultTotals:
    def counts(database: Database) -> object:
        return find_value_counts(database, subject.as_of)

    def partners(database: Database) -> object:
        return find_partner_sums(database, subject.as_of)

    listed = [each.standing for each in _overview(subject).indicators]
    return result_totals(listed, subject.rows(counts), subject.rows(partners))  # type: ignore[arg-type]


def _fields(row: IndicatorRow, value_key: str | None = None) -> tuple[FieldRef, ...]:
    """The fields of an indicator that are stated, and the value that its progress rests on."""
    stated = [name for name in _DECLARED if getattr(row, name) is not None]
    own = [("indicator", row.key, name) for name in stated]
    return (*own, *((("indicator_value", value_key, "value_millionths"),) if value_key else ()))


def _line(each: MeasuredIndicator, value: int | Fraction | None) -> Line:
    text = each.standing.text
    key = None if text else each.standing.value_key
    fields = _fields(each.row, key)
    if text and each.standing.value_key:
        fields = (*fields, ("indicator_value", each.standing.value_key, "text"))
    return Line(each.row.statement, value, fields, each.row.project_key, each.progress.reason)


def _counted(
    figure_id: str, keep: Callable[[MeasuredIndicator], bool]
) -> Callable[[FigureSubject], Breakdown]:
    """A builder of the number of indicators that a rule keeps, a line each."""

    def build(subject: FigureSubject) -> Breakdown:
        lines = tuple(_line(each, 1) for each in _overview(subject).indicators if keep(each))
        return count(figure_id, subject.label, lines, "indicator")

    return build


def progress(subject: FigureSubject) -> Breakdown:
    """The share of what is expected by now of each outcome and output; shares are never added up."""
    judged = _overview(subject).judged
    lines = tuple(_line(each, each.progress.share) for each in judged)
    known = sum(line.value is not None for line in lines)
    said = "each line: (reached - baseline) / (expected by now - baseline)"
    return Breakdown(
        "results-progress", subject.label, None, "share", said, lines,
        is_sum=False, known=known, of=len(lines), noun="indicator",
    )  # fmt: skip


def totals(subject: FigureSubject) -> Breakdown:
    """The number of totals, each of which is a part that adds up its half-years' values."""
    values = _values_by_indicator(subject)
    parts = tuple(_part(each, values) for each in _totals(subject).totals)
    return Breakdown(
        "results-totals", subject.label, len(parts), "count", "", (), parts,
        is_sum=False, known=sum(part.value is not None for part in parts), of=len(parts), noun="total",
    )  # fmt: skip


def _part(each: ResultTotal, values: Values) -> Breakdown:
    lines = tuple(line for row in each.lines for line in _value_lines(row, values))
    found = total("results-totals", f"{each.name} ({each.unit})", "millionths", lines, noun="half-year")
    return replace(found, said=format_number(each.value_millionths, each.unit))


def _value_lines(line: TotalLine, values: Values) -> list[Line]:
    own = [row for row in values.get(line.row.key, ()) if row.value_millionths is not None]
    if line.value_millionths is None or not own:
        remark = "no value that counts"
        return [Line(line.row.statement, None, _fields(line.row), line.row.project_key, remark)]
    return [
        Line(
            f"{line.row.statement}, {row.period}", row.value_millionths,
            (("indicator_value", row.key, "value_millionths"),), line.row.project_key, row.status,
        )
        for row in own
    ]  # fmt: skip


def _values_by_indicator(subject: FigureSubject) -> Values:
    """The values of all partners and everybody that count by the date, by indicator."""
    last = str(HalfYear.last_ended(subject.as_of))
    found: dict[str, tuple[IndicatorValueRow, ...]] = {}
    for row in subject.rows(find_indicator_values):
        whole = row.partner_code is None and row.sex is None
        if whole and row.status in COUNTED_STATUSES and row.period <= last:
            found[row.indicator_key] = (*found.get(row.indicator_key, ()), row)
    return found


def left_out(subject: FigureSubject) -> Breakdown:
    """The indicators that are in no total, each with why."""
    lines = tuple(
        Line(each.row.statement, 1, _fields(each.row), each.row.project_key, each.reason)
        for each in _totals(subject).left_out
        if not each.is_in_part
    )
    return count("results-left-out", subject.label, lines, "indicator")


def waiting(subject: FigureSubject) -> Breakdown:
    """The values of half-years that had begun that were submitted and are neither approved nor returned."""
    running = str(HalfYear.running_on(subject.as_of))
    names = {each.row.key: each.row for each in _overview(subject).indicators}
    lines = tuple(
        Line(
            _value_label(row, names[row.indicator_key]), 1, (("indicator_value", row.key, "status"),),
            names[row.indicator_key].project_key,
        )
        for row in subject.rows(find_indicator_values)
        if row.status == VALUE_STATUSES[1] and row.indicator_key in names and row.period <= running
    )  # fmt: skip
    return count("results-waiting", subject.label, lines, "value")


def _value_label(row: IndicatorValueRow, indicator: IndicatorRow) -> str:
    parts = [part for part in (row.partner_code, row.sex) if part]
    return ", ".join([indicator.statement, row.period, *parts])


RESULTS: Mapping[str, Builder] = {
    "results-indicators": _counted("results-indicators", lambda each: True),
    "results-on-track": _counted("results-on-track", lambda each: each.is_judged and each.colour == "green"),
    "results-behind": _counted(
        "results-behind", lambda each: each.is_judged and each.colour in ("amber", "red")
    ),
    "results-unknown": _counted("results-unknown", lambda each: each.is_judged and each.colour == "grey"),
    "results-progress": progress,
    "results-totals": totals,
    "results-left-out": left_out,
    "results-waiting": waiting,
}
