"""What every column and every measure of a document means, and what the document was made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from portfolio import __version__
from portfolio.indicators import indicator, indicators
from portfolio.storage.migrate import head_revision
from portfolio.summaries.column_meanings import FIGURES, MEANINGS
from portfolio.summaries.column_sentences import SENTENCES, WRITTEN
from portfolio.summaries.content import Cell, Column, Facts, Kind, Missing, Row, Section, Table
from portfolio.summaries.covers import filters_of
from portfolio.summaries.reported_data import OWN_MEASURES
from portfolio.summaries.scopes import Subject

DICTIONARY = "dictionary"
MEASURES = "measures"
_COLUMNS = (
    Column("sheet", "Sheet", widest=20),
    Column("table", "Table", widest=16),
    Column("column", "Column key", widest=20),
    Column("label", "Label", widest=30),
    Column("type", "Type", widest=18),
    Column("unit", "Unit", widest=14),
    Column("definition", "Definition", "quote", widest=48),
    Column("formula", "Formula", "quote", widest=30),
    Column("source", "Source of the values", "quote", widest=30),
)
_MEASURE_COLUMNS = (
    Column("measure", "Measure", widest=20),
    Column("label", "Name of the measure", widest=30),
    *_COLUMNS[5:],
)
TYPES: dict[Kind, str] = {
    "text": "text", "quote": "text as published", "count": "whole number", "number": "number",
    "money": "amount", "share": "share of 1", "points": "number", "days": "whole number",
    "date": "date as precise as published", "colour": "colour, in words",
    "link": "short name with an address",
}  # fmt: skip
_UNITS: dict[Kind, str] = {
    "money": "EUR", "share": "1 is 100 %", "points": "percentage points", "days": "days", "count": "number",
}  # fmt: skip
_LOGFRAMES = "Logframes and progress reports"
_INTRO = (
    "Every column of every sheet, by the key that the csv tables and programs use. The second table holds "
    "the measures of the sheet Data."
)


def metadata_section(subject: Subject, sections: Iterable[Section], checksum: str) -> Section:
    """What the document was made from, and a dictionary of its columns and measures.

    The checksum stands in it and is therefore not one of it.
    """
    listed = tuple(sections)
    dictionary = Table(DICTIONARY, _COLUMNS, tuple(_columns_of(listed)), "Columns")
    measures = Table(
        MEASURES, _MEASURE_COLUMNS, tuple(_measures_of(listed)), "Measures of the sheet Data",
        "There are no data.",
    )  # fmt: skip
    facts = Facts(tuple(_made_from(subject, checksum)), "Made from")
    return Section("metadata", "Metadata", (dictionary, measures, facts), intro=(_INTRO,))


def _made_from(subject: Subject, checksum: str) -> Iterator[tuple[str, str]]:
    view = subject.view
    chosen = {"scope": subject.kind, "id": subject.scope.id, "filter": json.loads(view.chosen.as_text())}
    yield ("Portfolio", view.portfolio.name)
    yield ("Revision", str(view.portfolio.revision))
    yield ("Data as at", view.as_of.isoformat())
    yield ("Known", view.known or "what is recorded at that revision")
    yield ("Scope and filter", filters_of(subject))
    yield ("Scope and filter as JSON", json.dumps(chosen, ensure_ascii=False))
    yield ("Institution profile", subject.profile)
    yield ("Schema of the database", _schema())
    yield ("Version of the program", __version__)
    yield ("Checksum of the content", checksum)


@lru_cache(maxsize=1)
def _schema() -> str:
    # An open database has the newest schema: opening migrates it.
    return head_revision()


def _columns_of(sections: Iterable[Section]) -> Iterator[Row]:
    for section in sections:
        for table in section.tables:
            for column in table.columns:
                meaning = dictionary_cells(table, column)
                yield Row((section.title, table.key, column.key, column.label, *meaning))


def dictionary_cells(table: Table, column: Column) -> tuple[Cell, ...]:
    """Type, unit, definition, formula and source of a column."""
    figure = FIGURES.get((table.key, column.key)) or FIGURES.get(("", column.key))
    unit, nothing = _UNITS.get(column.kind, Missing.NOT_APPLICABLE), Missing.NOT_APPLICABLE
    own = SENTENCES.get(table.key, {}).get(column.key)
    if figure is not None and own is None:
        entry = indicator(figure)
        return (type_of(table, column), unit, entry.definition, entry.formula, entry.source)
    return (type_of(table, column), unit, meaning_of(table, column) or column.label, nothing, nothing)


def type_of(table: Table, column: Column) -> str:
    """The type of a column's values in words."""
    return WRITTEN.get((table.key, column.key)) or TYPES[column.kind]


def meaning_of(table: Table, column: Column) -> str | None:
    """What a column without a registered figure means; None where nobody has said it."""
    own = SENTENCES.get(table.key, {}).get(column.key)
    return own or MEANINGS.get((table.key, column.key)) or MEANINGS.get(("", column.key))


def _measures_of(sections: Iterable[Section]) -> Iterator[Row]:
    """The measures that the tidy table holds, in the order in which figures are registered."""
    used: set[str] = set()
    for section in sections:
        for table in section.tables:
            if table.key == "data":
                place = table.column("measure")
                used |= {str(row.cells[place]) for row in table.rows}
    for entry in indicators():
        if entry.id in used:
            yield Row((entry.id, entry.label, entry.unit, entry.definition, entry.formula, entry.source))
    nothing = Missing.NOT_APPLICABLE
    for name, (title, definition) in OWN_MEASURES.items():
        if name in used:
            yield Row((name, title, "as the indicator states it", definition, nothing, _LOGFRAMES))
