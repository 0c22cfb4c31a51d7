"""How the truth about a foreign workbook is written down: columns, cells that state, records with cells.

Values are normalised: amounts are integer cents in EUR, dates are reduced ISO dates (2026, 2026-06,
2026-06-18), statuses and headings are codes, partners are alpha-3 codes, text is trimmed. What the
workbook leaves open for a careful reader is ASK; what it does not say at all is absent from the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

ASK = "ASK"

Normal: TypeAlias = str | int
Given: TypeAlias = Normal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of data cells and what it means; without a table it carries nothing for the tracker."""

    sheet: str
    cells: str
    table: str | None
    field: str | None = None
    project: str | None = None  # what a header or block fixes for the whole column
    period: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A cell outside the data that says which project or period a sheet is about."""

    sheet: str
    cell: str
    what: str  # project or period
    value: str


@dataclass(frozen=True, slots=True)
class Value:
    """A normalised value and the cell it comes from; `parts` are the cells that a subtotal adds up."""

    sheet: str
    cell: str
    value: Normal
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What one row (or one heading of one period) says; `existing` is the portfolio's record it is about."""

    values: Mapping[str, Value]
    existing: str | None = None


Records: TypeAlias = dict[str, list[Record]]


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that a careful reader takes from one workbook."""

    stated: tuple[Stated, ...]
    columns: tuple[Column, ...]
    records: Mapping[tuple[str, str], Records]
    passed_over: Mapping[str, tuple[str, ...]]  # sheet -> rows below the header that are no records


def column(sheet: str, cells: str, meaning: str = "", note: str = "", **fixed: str) -> Column:
    """A column that means `table.field`, or project or period alone, or nothing."""
    table, _, name = meaning.partition(".")
    return Column(sheet, cells, table or None, name or None, fixed.get("project"), fixed.get("period"), note)


def read(
    sheet: str,
    places: str,
    rows: Mapping[int, tuple[Given, ...]],
    *,
    existing: Mapping[int, str] | None = None,
    elsewhere: Mapping[tuple[int, str], str] | None = None,
    parts: Mapping[int, tuple[str, ...]] | None = None,
) -> list[Record]:
    """The records of these rows; `places` is "title=B status=F", `elsewhere` the cells of another row."""
    fields = [place.split("=") for place in places.split()]
    records: list[Record] = []
    for row, given in rows.items():
        values: dict[str, Value] = {}
        for (name, letter), value in zip(fields, given, strict=True):
            if value is None:
                continue
            cell = (elsewhere or {}).get((row, name), f"{letter}{row}")
            added = (parts or {}).get(row, ()) if name == "amount" else ()
            values[name] = Value(sheet, cell, value, added)
        records.append(Record(values, (existing or {}).get(row)))
    return records


def milestones(project: str, numbers: Mapping[int, int]) -> dict[int, str]:
    """The keys of the milestones that these rows are about."""
    return {row: f"{project}/milestone-{number:02}" for row, number in numbers.items()}
