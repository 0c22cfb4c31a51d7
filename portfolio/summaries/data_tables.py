"""The tidy table of a document: one row for each project, period and measure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from portfolio.model.rows import ProjectRow
from portfolio.partners import region_name, region_of
from portfolio.summaries.content import Cell, Column, Missing, Row, Section, Table
from portfolio.summaries.data_values import NONE, Datum, health_data, money_data, split_data, status_data
from portfolio.summaries.project_tables import EMPTY
from portfolio.summaries.reported_data import indicator_data, risk_data, training_data, year_data
from portfolio.summaries.scopes import Subject

COLUMNS = (
    Column("project", "Project", widest=20),
    Column("project_key", "Project key", widest=20),
    Column("regions", "Regions", widest=24),
    Column("partner", "Partner", widest=18),
    Column("measure", "Measure", widest=18),
    Column("label", "Name of the measure", widest=20),
    Column("of", "Of what", widest=30),
    Column("breakdown", "Breakdown", widest=14),
    Column("timing", "Kind of period", widest=10),
    Column("period", "Period", "date"),
    Column("unit", "Unit", widest=14),
    Column("value", "Value", "number"),
    Column("text", "Value in words", "quote", widest=20),
    Column("basis", "Basis", "quote", widest=18),
    Column("source", "Source", "link", widest=10),
    Column("note", "Note", "quote", widest=28),
    Column("record", "Record key", widest=20),
)
_REMARK = (
    "For pivot tables. Choose one measure, one kind of period and one breakdown before adding anything up: "
    "the same money stands once as at the document's date, once by year and, where it is split, once by "
    "partner. Amounts are in euro with their cents; rates are percentages to four decimals."
)
_COUNTED = (
    "Only submitted and approved values of half-years that have ended are here. Values of indicators add up "
    "over half-years only where the sheet Results adds them up."
)


def data_section(subject: Subject) -> Section:
    """Every number of the projects that can be counted, summed or compared, in one long table."""
    order = {project.key: place for place, project in enumerate(subject.projects)}
    places = {project.key: _regions(project) for project in subject.projects}
    names = subject.view.names
    rows = tuple(
        Row(_cells(names[datum.project], places[datum.project], datum))
        for datum in sorted(_data(subject), key=lambda datum: order[datum.project])
    )
    table = Table("data", COLUMNS, rows, if_empty=EMPTY)
    return Section("data", "Data", (table,), intro=(_REMARK,), remarks=(_COUNTED,))


def _data(subject: Subject) -> Iterator[Datum]:
    return chain(
        status_data(subject),
        money_data(subject),
        split_data(subject),
        year_data(subject),
        health_data(subject),
        indicator_data(subject),
        training_data(subject),
        risk_data(subject),
    )


def _regions(project: ProjectRow) -> Cell:
    codes = dict.fromkeys(map(region_of, project.partner_codes)) or dict.fromkeys(project.regions)
    return "; ".join(sorted(map(region_name, codes))) or Missing.UNKNOWN


def _cells(name: str, regions: Cell, datum: Datum) -> tuple[Cell, ...]:
    return (
        name,
        datum.project,
        regions,
        datum.partner,
        datum.measure,
        datum.label,
        datum.of,
        datum.breakdown,
        datum.timing,
        datum.period,
        datum.unit or NONE,
        datum.value,
        datum.text,
        datum.basis,
        datum.source,
        datum.note,
        datum.record,
    )
