"""Results and the capacity ledger of the projects of a document."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.model.result_rows import TrainingRow
from portfolio.numbers import MILLION
from portfolio.partners import partner_name
from portfolio.services.capacity.ledgers import capacity_sentence, follow_up, score_gain
from portfolio.services.results.overviews import MeasuredIndicator, overview_sentence
from portfolio.services.results.progress import reached_millionths
from portfolio.summaries.content import Cell, Column, Missing, Row, Section, Table, known
from portfolio.summaries.scopes import Subject
from portfolio.vocabulary import label

_INDICATORS = (
    Column("project", "Project", widest=20),
    Column("level", "Level", widest=9),
    Column("indicator", "Indicator", widest=38),
    Column("unit", "Unit", widest=10),
    Column("baseline", "Baseline", "number", widest=16),
    Column("baseline_year", "Baseline year", widest=9),
    Column("target", "Target", "number", widest=16),
    Column("target_year", "Target year", widest=9),
    Column("value", "Reached", "number", widest=16),
    Column("period", "Half-year", widest=10),
    Column("expected", "Expected by now", "number", widest=16),
    Column("share", "Reached of what is expected", "share"),
    Column("status", "Status of the value", widest=12),
    Column("why", "Why not known", widest=26),
)
_TOTALS = (
    Column("total", "Total over projects", widest=46),
    Column("unit", "Unit", widest=14),
    Column("value", "Value", "number"),
    Column("indicators", "Indicators with a value", "count"),
    Column("of", "of", "count"),
    Column("women", "of which women", "number"),
    Column("men", "of which men", "number"),
    Column("untold", "Sex not stated", "number"),
)
_LEFT_OUT = (
    Column("project", "Project", widest=20),
    Column("indicator", "Indicator", widest=46),
    Column("reason", "Why it is in no total", widest=60),
)
_OF_PARTNER = (
    Column("project", "Project", widest=20),
    Column("level", "Level", widest=9),
    Column("indicator", "Indicator", widest=46),
    Column("unit", "Unit", widest=14),
    Column("value", "Value for the partner", "number", widest=16),
    Column("period", "Up to half-year", widest=10),
)
_REMARK = (
    "Only submitted and approved values of half-years that have ended count. Expected by now is linear from "
    "the baseline's year-end to the target's year-end. Impacts are shown and not judged. Attendance is not a "
    "result."
)


def results_section(subject: Subject) -> Section:
    """Every indicator with its progress, the totals of additive ones, and what is in none of them."""
    found = subject.monitoring.results
    names = subject.view.names
    rows = [Row((names[each.row.project_key], *_indicator(each))) for each in found.indicators]
    totals = tuple(
        Row((
            total.name, total.unit, _number(total.value_millionths), total.known, len(total.lines),
            _number(total.of_sex("women")), _number(total.of_sex("men")), _number(total.untold),
        ))
        for total in subject.monitoring.totals.totals
    )  # fmt: skip
    left_out = tuple(
        Row((names[row.row.project_key], row.row.statement, row.reason))
        for row in subject.monitoring.totals.left_out
    )
    return Section(
        "results",
        "Results",
        (
            Table("indicators", _INDICATORS, tuple(rows), if_empty="No indicator is on record."),
            Table("result-totals", _TOTALS, totals, "Totals of additive indicators", "Nothing is additive."),
            Table("left-out", _LEFT_OUT, left_out, "Left out of the totals", "Nothing is left out."),
            *_of_partner(subject),
        ),
        intro=(overview_sentence(found),),
        remarks=(_REMARK,),
    )


def _of_partner(subject: Subject) -> Iterator[Table]:
    """What indicators say of the partner of the document alone; targets are the projects' own."""
    rows = tuple(
        Row((
            subject.view.names[found.indicator.project_key],
            label("indicator_level", found.indicator.level),
            found.indicator.statement,
            known(found.indicator.unit),
            _stated(found.value_millionths, found.text),
            found.period,
        ))
        for found in subject.monitoring.values
    )  # fmt: skip
    if rows:
        yield Table("partner-values", _OF_PARTNER, rows, f"Results reported for {subject.name} only")


def _indicator(each: MeasuredIndicator) -> tuple[Cell, ...]:
    row, standing, progress = each.row, each.standing, each.progress
    expected = None if progress.expected is None else round(progress.expected)
    return (
        label("indicator_level", row.level),
        row.statement,
        known(row.unit),
        _stated(row.baseline_millionths, row.baseline_text),
        _year(row.baseline_year),
        _stated(row.target_millionths, row.target_text),
        _year(row.target_year),
        _stated(reached_millionths(standing), standing.text),
        known(standing.period),
        _number(expected),
        known(None if progress.share is None else float(progress.share)),
        known(None if standing.status is None else label("value_status", standing.status)),
        Missing.NOT_APPLICABLE if progress.share is not None else progress.reason,
    )


def _year(year: int | None) -> Cell:
    # As text: a year is neither a count nor an amount.
    return known(None if year is None else str(year))


def _number(millionths: int | None) -> Cell:
    return known(None if millionths is None else millionths / MILLION)


def _stated(millionths: int | None, text: str | None) -> Cell:
    return known(text) if millionths is None else _number(millionths)


_TRAININGS = (
    Column("project", "Project", widest=20),
    Column("title", "Training or exercise", widest=40),
    Column("kind", "Kind", widest=12),
    Column("held", "Held", "date"),
    Column("ended", "Ended", "date"),
    Column("partner", "Partner", widest=20),
    Column("theme", "Theme", widest=24),
    Column("institutions", "Institutions", "count"),
    Column("women", "Women", "count"),
    Column("men", "Men", "count"),
    Column("not_stated", "Sex not stated", "count"),
    Column("gain", "Gain in score (points)", "number"),
    Column("stage", "Stage reached", widest=16),
    Column("follow_up", "Follow-up due", "date"),
    Column("follow_up_state", "Follow-up", widest=10),
    Column("case", "Use in a real case", widest=46),
)
_ATTENDANCES = (
    "Women, men and not stated are attendances: somebody who came twice counts twice, because no trainee is "
    "named anywhere. An institution that came twice counts twice. No partner means several."
)


def trainings_section(subject: Subject) -> Section:
    """The trainings and exercises that had taken place, with the stage that what was taught has reached."""
    found = subject.monitoring.trainings
    rows = tuple(Row(_training(subject, row)) for row in found.trainings)
    return Section(
        "trainings",
        "Trainings",
        (Table("trainings", _TRAININGS, rows, if_empty="No training had taken place."),),
        intro=(capacity_sentence(found),),
        remarks=(_ATTENDANCES,),
    )


def _training(subject: Subject, row: TrainingRow) -> tuple[Cell, ...]:
    due, gain = follow_up(row, subject.view.as_of), score_gain(row)
    return (
        subject.view.names[row.project_key],
        row.title,
        label("training_kind", row.kind),
        row.held_on,
        known(row.ended_on),
        "several" if row.partner_code is None else partner_name(row.partner_code),
        known(None if row.theme is None else label("pillar", row.theme)),
        known(row.institutions_count),
        known(row.women),
        known(row.men),
        known(row.not_stated),
        _number(gain),
        label("training_stage", row.stage),
        known(None if due.due is None else str(due.due)),
        due.state,
        row.used_in_case or Missing.NOT_APPLICABLE,
    )
