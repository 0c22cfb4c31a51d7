"""The colours of results, of risk and of reporting: indicators, open risks and the reporting calendar."""

from __future__ import annotations

import datetime as dt

from portfolio.dates import PartialDate, date_label
from portfolio.model.result_rows import RiskRow
from portfolio.model.results import JUDGED_LEVELS
from portfolio.model.standing_rows import IndicatorStanding, ProjectStanding, ReportStanding
from portfolio.numbers import counted
from portfolio.services.health.colours import Colour, Rating, by_certainty, certain_colour
from portfolio.services.results.progress import indicator_progress, progress_colour, reached_share
from portfolio.services.signals import day_label
from portfolio.services.thresholds import threshold
from portfolio.vocabulary import label


def results_rating(standing: ProjectStanding, as_of: dt.date) -> Rating:
    """The colour of a project's results: of the outcome or output that is furthest behind its expectation."""
    judged = [row for row in standing.indicators if row.indicator.level in JUDGED_LEVELS]
    measured = [(share, row) for row in judged if (share := reached_share(row, as_of)) is not None]
    if not measured:
        return Rating("results", "grey", _nothing_measured(judged, as_of))
    _, row = min(measured, key=lambda entry: (entry[0], entry[1].indicator.key))
    progress = indicator_progress(row, as_of)
    colour = progress_colour(progress)
    sentence = f"{_named(row)}: {progress.reason.rstrip('.')}{_share_limit(colour)}"
    said = f"{sentence} (lowest of {len(measured)} measured, of {counted(len(judged), 'indicator')})."
    key = row.indicator.key
    return Rating("results", colour, said, ("indicator", key), _indicator_fields(row))


def _nothing_measured(judged: list[IndicatorStanding], as_of: dt.date) -> str:
    if not judged:
        return "Not known: no outcome or output with an indicator is recorded."
    row, progress = judged[0], indicator_progress(judged[0], as_of)
    others = f" (the first of {counted(len(judged), 'indicator')}, none of which is measured)"
    reason = progress.reason[0].lower() + progress.reason[1:].rstrip(".")
    return f"Not known: {_named(row)}: {reason}{others if len(judged) > 1 else ''}."


def _named(row: IndicatorStanding) -> str:
    return f"{label('indicator_level', row.indicator.level)} '{row.indicator.statement}'"


def _share_limit(colour: Colour) -> str:
    level = "red" if colour == "red" else "amber"
    return f"; {level} below {threshold(f'results-{level}')} %"


def _indicator_fields(row: IndicatorStanding) -> tuple[tuple[str, str, str], ...]:
    names = ("baseline_millionths", "baseline_year", "target_millionths", "target_year")
    fields = tuple(("indicator", row.indicator.key, name) for name in names)
    value = (("indicator_value", row.value_key, "value_millionths"),) if row.value_key else ()
    return (*fields, *value)


def risk_rating(standing: ProjectStanding, as_of: dt.date) -> Rating:
    """The colour of a project's open risks: of the one with the highest score or the oldest review.

    Of a risk that was never reviewed it is not known whether it is watched: it is never green.
    """
    if not standing.risks:
        return Rating("risk", "grey", "Not known: no risk is recorded.")
    if not standing.open_risks:
        said = f"None of {counted(standing.risks, 'recorded risk')} is open on {day_label(as_of)}"
        return Rating("risk", "green", f"{said}; amber from {threshold('risk-amber')}.")
    ranked = sorted(standing.open_risks, key=lambda risk: (-risk.score, risk.key))
    colour, risk = min(
        ((risk_colour(risk, as_of), risk) for risk in ranked), key=lambda found: by_certainty(found[0])
    )
    names = ("likelihood", "impact", "reviewed_on", "status")
    fields = tuple(("risk", risk.key, name) for name in names)
    return Rating("risk", colour, _risk_sentence(risk, colour, as_of), ("risk", risk.key), fields)


def risk_colour(risk: RiskRow, as_of: dt.date) -> Colour:
    """The colour of one open risk, by its score and by how long ago it was certainly last reviewed."""
    if risk.score >= threshold("risk-red"):
        return "red"
    by_score: Colour = "amber" if risk.score >= threshold("risk-amber") else "green"
    days, limit = days_since_review(risk, as_of), threshold("risk-red-unreviewed")
    if days is None:
        return certain_colour(by_score, "red")
    least, most = days
    if least >= limit:
        return "red"
    return certain_colour(by_score, "red" if most >= limit else by_score)


def days_since_review(risk: RiskRow, as_of: dt.date) -> tuple[int, int] | None:
    """The least and the most days since a risk was last reviewed; None where it is not known."""
    reviewed = PartialDate.of(risk.reviewed_on)
    if reviewed is None or reviewed.first > as_of:
        return None
    return max(0, (as_of - reviewed.last).days), (as_of - reviewed.first).days


def _risk_sentence(risk: RiskRow, colour: Colour, as_of: dt.date) -> str:
    days, limit = days_since_review(risk, as_of), threshold("risk-red-unreviewed")
    score = f"Risk '{risk.title}' scores {risk.score} (likelihood {risk.likelihood} x impact {risk.impact})"
    is_stale = days is not None and days[0] >= limit and risk.score < threshold("risk-red")
    if is_stale:
        return f"{score}, {_reviewed(risk, days)}; red from {limit} days without a review."
    level = "red" if colour == "red" else "amber"
    said = f"{score}, {_reviewed(risk, days)}; {level} from {threshold(f'risk-{level}')}."
    unknown = f"; whether it was reviewed within {limit} days is not known"
    return f"Not known: {said[0].lower()}{said[1:-1]}{unknown}." if colour == "grey" else said


def _reviewed(risk: RiskRow, days: tuple[int, int] | None) -> str:
    if risk.reviewed_on is None:
        return "never reviewed"
    if days is None:
        return f"with a review dated {date_label(risk.reviewed_on)}"
    at_least = "" if days[0] == days[1] else "at least "
    return f"last reviewed on {date_label(risk.reviewed_on)}, {at_least}{counted(days[0], 'day')} ago"


def reporting_rating(standing: ProjectStanding, as_of: dt.date) -> Rating:
    """The colour of a project's reporting: of the report that has been overdue for longest.

    It is grey where that would be green and a report with a reduced date may be overdue.
    """
    reports = standing.reports
    if not reports.entries:
        return Rating(
            "reporting",
            "grey",
            "Not known: no reporting calendar is on record; "
            "the calendar screen counts reports by rule or contract where one holds.",
        )
    certain = _report_rating(reports, reports.longest_due_key, reports.longest_due_on, as_of)
    if certain is not None and certain.colour != "green":
        return certain
    possible = _report_rating(reports, reports.possible_due_key, reports.possible_due_on, as_of)
    if possible is not None and possible.colour == "grey":
        return possible
    return certain or Rating("reporting", "green", _nothing_overdue(reports))


def _report_rating(
    reports: ReportStanding, key: str | None, due_on: str | None, as_of: dt.date
) -> Rating | None:
    """The colour of one report of the calendar that has not come in."""
    due = PartialDate.of(due_on)
    if due is None:
        return None
    days = max(0, (as_of - due.last).days), max(0, (as_of - due.first).days)
    colour = certain_colour(_overdue_colour(days[0]), _overdue_colour(days[1]))
    record = ("report_due", key) if key else None
    fields = tuple(("report_due", key, name) for name in ("due_on", "received_on")) if key else ()
    return Rating("reporting", colour, _overdue(reports, due, days, colour), record, fields)


def _overdue_colour(days: int) -> Colour:
    if days > threshold("reporting-red"):
        return "red"
    return "amber" if days > threshold("reporting-amber") else "green"


def _overdue(reports: ReportStanding, due: PartialDate, days: tuple[int, int], colour: Colour) -> str:
    least, most = days
    level = "red" if colour == "red" else "amber"
    limit = f"{level} above {counted(threshold(f'reporting-{level}'), 'day')}"
    others = f", the longest of {reports.overdue} overdue" if reports.overdue > 1 else ""
    said = f"report due {'on' if least == most else 'in'} {due.label}"
    if colour == "grey":
        return f"Not known: the {said} may be {counted(most, 'day')} overdue; {limit}."
    late = f"at least {counted(least, 'day')}" if least != most else counted(least, "day")
    return f"The {said} is {late} overdue{others}; {limit}."


def _nothing_overdue(reports: ReportStanding) -> str:
    got = f"{reports.received} of {counted(reports.entries, 'report')} of the calendar received"
    following = f", the next is due on {date_label(reports.next_due_on)}" if reports.next_due_on else ""
    limit = counted(threshold("reporting-amber"), "day")
    return f"No report is overdue: {got}{following}; amber above {limit}."
