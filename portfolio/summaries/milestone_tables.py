"""Milestones, context entries, published figures and the context of partners."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.indicators import CONTEXT_SENTENCE
from portfolio.partners import partner_name, partners
from portfolio.services.milestones import MilestoneState
from portfolio.summaries.content import Cell, Column, Missing, Row, Section, Table, known
from portfolio.summaries.scopes import Subject
from portfolio.summaries.source_tables import source_of
from portfolio.vocabulary import label, labels, term

_COLUMNS = (
    Column("project", "Project", widest=20),
    Column("milestone", "Milestone", widest=52),
    Column("kind", "Kind", widest=12),
    Column("status", "Status", widest=11),
    Column("baseline", "Baseline", "date"),
    Column("forecast", "Forecast", "date"),
    Column("actual", "Actual", "date"),
    Column("slip", "Slip (days)", "days"),
    Column("late", "Late (days)", "days"),
    Column("source", "Source", "link", widest=10),
)

_CONTRACTUAL = Column("contractual", "Contractual")
_REMARK = (
    "Slip is the actual date, or else the forecast, less the baseline; late is how far an open milestone is "
    "certainly past its baseline, or forecast to be. A published date is the date on which something "
    "happened; its baseline and forecast are not published. Where the title says planned, it is the date "
    "planned, and no source confirms it."
)


def milestones_section(subject: Subject) -> Section:
    """The projects' own milestones, and apart from them the context entries, which nothing counts."""
    states = _in_order(subject)
    context = [state for state in states if state.milestone.about != "project"]
    tables = [_milestones(subject, "milestones", own_milestones(subject), None)]
    if context:
        tables.append(_milestones(subject, "context-entries", context, "Context entries, not counted"))
    return Section("milestones", "Milestones", tuple(tables), remarks=(_REMARK,) if states else ())


def own_milestones(subject: Subject) -> list[MilestoneState]:
    """The projects' own milestones, one a row of the table "milestones"."""
    return [state for state in _in_order(subject) if state.milestone.about == "project"]


def _in_order(subject: Subject) -> list[MilestoneState]:
    places = {project.key: place for place, project in enumerate(subject.projects)}
    return sorted(subject.view.milestones, key=lambda state: _order(places, state))


def _milestones(subject: Subject, key: str, states: list[MilestoneState], caption: str | None) -> Table:
    """Milestones or context entries; contractual ones are marked where any is known to be."""
    marks = any(state.milestone.contractual for state in subject.view.milestones)
    columns = (*_COLUMNS[:4], _CONTRACTUAL, *_COLUMNS[4:]) if marks else _COLUMNS
    rows = []
    for state in states:
        cells = _cells(subject, state)
        mark = ("yes" if state.milestone.contractual else "no",) if marks else ()
        rows.append(Row((*cells[:4], *mark, *cells[4:])))
    return Table(key, columns, tuple(rows), caption, if_empty="No milestone is on record.")


def _order(places: Mapping[str, int], state: MilestoneState) -> tuple[int, str, str]:
    milestone = state.milestone
    date = milestone.actual or milestone.forecast or milestone.baseline or "9999"
    return (places[milestone.project_key], date, milestone.key)


def _cells(subject: Subject, state: MilestoneState) -> tuple[Cell, ...]:
    milestone = state.milestone
    is_context = milestone.about != "project"
    late = Missing.NOT_APPLICABLE if is_context or not state.is_open else known(state.late_days)
    return (
        subject.view.names[milestone.project_key],
        milestone.title,
        Missing.UNKNOWN if milestone.kind is None else label("milestone_kind", milestone.kind),
        label("milestone_status", milestone.status),
        known(milestone.baseline),
        known(milestone.forecast),
        known(milestone.actual) if state.is_done else milestone.actual or Missing.NOT_APPLICABLE,
        Missing.NOT_APPLICABLE if is_context else known(state.slip_days),
        late,
        known(source_of(subject, milestone.project_key, milestone.key)),
    )


_FIGURE_COLUMNS = (
    Column("project", "Project", widest=20),
    Column("nature", "Nature", widest=9),
    Column("figure", "Figure", widest=64),
    Column("number", "Number", widest=14),
    Column("unit", "Unit", widest=20),
    Column("source", "Source", "link", widest=10),
)


def published_section(subject: Subject) -> Section:
    """What sources print of the projects; numbers as text, because they are never added up."""
    order = [project.key for project in subject.projects]
    figures = sorted(subject.figures, key=lambda row: (order.index(row.project_key), row.key))
    rows = tuple(
        Row((
            subject.view.names[row.project_key], label("figure_nature", row.nature), row.text,
            known(row.number), known(row.unit), known(source_of(subject, row.project_key, row.key)),
        ))
        for row in figures
    )  # fmt: skip
    table = Table("published", _FIGURE_COLUMNS, rows, if_empty="No published figure is on record.")
    remark = (
        "Numbers are as published and never added up. Only results are results; targets and inputs are not."
    )
    return Section("published", "Published figures", (table,), remarks=(remark,))


_STANDING_COLUMNS = (
    Column("partner", "Partner", widest=24),
    Column("indicator", "Indicator", widest=40),
    Column("value", "Value", widest=16),
    Column("unit", "Unit", widest=16),
    Column("as_of", "As at", "date"),
    Column("note", "Note", widest=48),
    Column("source", "Source", "quote", widest=48),
)


def standing_section(subject: Subject) -> Section:
    """The standing of partners in treaties and indices, missing values included."""
    places, order = list(partners()), list(labels("context_indicator"))
    found = sorted(
        subject.context, key=lambda row: (places.index(row.partner_code), order.index(row.indicator))
    )
    rows = tuple(
        Row((
            partner_name(row.partner_code), label("context_indicator", row.indicator), known(row.value),
            _unit(row.indicator), known(row.as_of), known(row.note), known(row.source_url),
        ))
        for row in found
    )  # fmt: skip
    table = Table(
        "standing", _STANDING_COLUMNS, rows, if_empty="No context indicator is kept for this scope."
    )
    return Section("standing", "Context of partners", (table,), intro=(CONTEXT_SENTENCE,))


def _unit(indicator: str) -> Cell:
    return term("context_indicator", indicator).get("unit") or Missing.NOT_APPLICABLE
