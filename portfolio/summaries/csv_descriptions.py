"""What goes with csv tables so that people and programs can read them: fields, dictionary, data package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from portfolio.summaries.column_sentences import SENTENCES, WRITTEN
from portfolio.summaries.content import Column, Kind, Missing, Summary, Table
from portfolio.summaries.dictionaries import DICTIONARY, MEASURES, TYPES, dictionary_cells

Part = Literal["value", "address", "words"]
_SUFFIXES: dict[Kind, str] = {"money": "eur", "share": "share", "points": "points", "days": "days"}
_SCHEMA_TYPES: dict[Kind, str] = {
    "count": "integer", "days": "integer", "number": "number", "money": "number", "share": "number",
    "points": "number",
}  # fmt: skip
# Columns of numbers in which a project may also state its value in words.
_IN_WORDS = {("indicators", "baseline"), ("indicators", "target"), ("indicators", "value")}
_DATE, _HALF_YEAR = r"\d{4}(-\d{2}(-\d{2})?)?", r"\d{4}-S[12]"
_PATTERNS = {"date": _DATE, "half-year": _HALF_YEAR, "date or half-year": f"{_DATE}|{_HALF_YEAR}"}
_OWN_HEADS = {DICTIONARY: ("table", "column", "label", "type", "unit", "definition", "formula", "source"),
             "about": ("label", "text")}  # fmt: skip
HEADS = _OWN_HEADS[DICTIONARY]
_MISSING = (
    (Missing.UNKNOWN.value, "not known: no source states it, or nobody has reported it"),
    (Missing.NOT_APPLICABLE.value, "not applicable: the figure has no meaning for this row"),
)
_README = """{title}
{underline}

{count} tables as csv files, and three files that describe them.

How the files are written
- UTF-8 with a byte order mark, so that Excel reads letters with accents; comma between fields; lines end
  with CR LF. In Excel use Data > From Text/CSV where a double click shows one column.
- Texts stand in quotation marks, numbers do not. The decimal mark is a point.
- The first line holds the keys of the columns. A key that ends in _eur is an amount in euro with two
  decimals, _share a share of 1, _points percentage points, _days a number of days. A source is two columns:
  its short name and its address.
- Dates are as precise as they were published: 2024, 2024-06 or 2024-06-18; half-years are 2026-S1. The
  column period of data.csv holds both: its type is date or half-year. Years of indicators are whole numbers.
- data.csv says the same money more than once: as at the date, by year, by half-year, by day and by partner.
  Filter by measure, timing and partner before adding up. pandas:
  d[(d.measure == "paid") & (d.timing == "as at") & d.partner.isna()].value.sum()
- {unknown}.
- {not_applicable}.
- Neither is 0, and no field is empty instead. pandas: read_csv(file, na_values=["[x]", "[z]"]);
  R: read.csv(file, na.strings = c("[x]", "[z]"), fileEncoding = "UTF-8-BOM").
- Rows that add up others are left out: add up the table itself.
- A text that begins with = + - @, a tab or a line break has ' before it, so that no spreadsheet takes it for
  a formula. Numbers have none. Programs may take that ' away.
- The same portfolio at the same revision, with the same filter and date, gives the same bytes. The checksum
  is that of the content, in every format.

Files
{files}

About
{about}
"""


@dataclass(frozen=True)
class Field:
    """A field of a csv table: a column, or a part of one.

    The address of a link, and the words that stand in a column of numbers (`has_words`), are fields of their
    own.
    """

    name: str
    label: str
    kind: Kind
    column: Column
    place: int
    part: Part = "value"
    has_words: bool = False
    is_year: bool = False


@dataclass(frozen=True)
class Listed:
    """A table with the sheet that it stands on and its fields."""

    sheet: str
    table: Table
    fields: tuple[Field, ...]


def fields_of(table: Table) -> tuple[Field, ...]:
    """The fields of a table, the unit in their names."""
    return tuple(
        field for place, column in enumerate(table.columns) for field in _fields(table, column, place)
    )


def _fields(table: Table, column: Column, place: int) -> Iterator[Field]:
    name = column.key.replace("-", "_")
    suffix = _SUFFIXES.get(column.kind)
    if suffix and name != suffix and not name.endswith(f"_{suffix}"):
        name = f"{name}_{suffix}"
    if column.kind == "link":
        yield Field(name, column.label, "text", column, place)
        yield Field(f"{name}_address", f"{column.label}: address", "quote", column, place, "address")
        return
    has_words = (table.key, column.key) in _IN_WORDS
    is_year = WRITTEN.get((table.key, column.key)) == "year"
    yield Field(name, column.label, column.kind, column, place, has_words=has_words, is_year=is_year)
    if has_words:
        yield Field(f"{name}_words", f"{column.label}, in words", "quote", column, place, "words")


def dictionary_rows(
    summary: Summary, listed: Iterable[Listed]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The heads and rows of dictionary.csv: every field, then the measures of the tidy table."""
    rows = [
        (each.table.key, field.name, field.label, *_described(each.table, field))
        for each in listed
        for field in each.fields
    ]
    rows += [_own(table, name) for table, names in _OWN_HEADS.items() for name in names]
    for row in summary.section("metadata").table(MEASURES).rows:
        measure, name, unit, *rest = map(_text, row.cells)
        rows.append(("data", f"measure={measure}", name, "measure", unit, *rest))
    return (HEADS, rows)


def _own(table: str, name: str) -> tuple[str, ...]:
    """The row of a column of the files that describe the others."""
    nothing = Missing.NOT_APPLICABLE.value
    return (table, name, name.capitalize(), TYPES["text"], nothing, SENTENCES[table][name], nothing, nothing)


def _described(table: Table, field: Field) -> tuple[str, ...]:
    _, *rest = map(_text, dictionary_cells(table, field.column))
    written = WRITTEN.get((table.key, field.column.key)) if field.part == "value" else None
    return (written or TYPES[field.kind], *rest)


def _text(cell: object) -> str:
    return cell.value if isinstance(cell, Missing) else str(cell)


def data_package(summary: Summary, listed: Iterable[Listed]) -> dict[str, Any]:
    """A Frictionless data package, by which programs know the types and the markers of every table."""
    return {
        "profile": "tabular-data-package",
        "name": summary.stem.lower(),
        "title": summary.title,
        "description": summary.filters,
        "version": f"revision {summary.revision}",
        "resources": [_resource(each) for each in sorted(listed, key=lambda each: each.table.key)],
    }


def _resource(each: Listed) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": each.table.key,
        "title": each.table.caption or each.sheet,
        "path": f"{each.table.key}.csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": {
            "fields": [_schema_field(each.table, field) for field in each.fields],
            "missingValues": [marker for marker, _ in _MISSING],
        },
    }


def _schema_field(table: Table, field: Field) -> dict[str, Any]:
    definition = _text(dictionary_cells(table, field.column)[2])
    schema: dict[str, Any] = {
        "name": field.name, "title": field.label, "type": _SCHEMA_TYPES.get(field.kind, "string"),
        "description": definition,
    }  # fmt: skip
    written = WRITTEN.get((table.key, field.column.key))
    if written == "year":
        schema["type"] = "integer"
    elif pattern := _PATTERNS.get(written or field.kind):
        schema["constraints"] = {"pattern": pattern}
    return schema


def readme(summary: Summary, about: Sequence[tuple[str, str]], files: Iterable[str]) -> str:
    """What a reader of the zip has to know, with the designations."""
    (unknown, no_value), (not_applicable, no_meaning) = _MISSING
    names = [name for name in files if name.endswith(".csv")]
    tables = [name for name in names if name not in (f"{DICTIONARY}.csv", "about.csv")]
    described = [
        *tables,
        "dictionary.csv: every column of every file, and every measure of data.csv, with its definition",
        "about.csv: what the document is, its notes and its designations",
        "datapackage.json: the same for programs (Frictionless Table Schema)",
    ]
    return _README.format(
        title=summary.title,
        underline="=" * len(summary.title),
        count=len(tables),
        unknown=f"{unknown} is {no_value}",
        not_applicable=f"{not_applicable} is {no_meaning}",
        files="\n".join(f"- {name}" for name in described),
        about="\n".join(f"- {label}: {text}" for label, text in about),
    )
