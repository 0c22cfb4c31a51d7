"""How a workbook that people made themselves is laid out: which sheet, row and column holds what.

The mapping step in short; every function is pure and takes the workbook as it was read:

    layout = guess(book, names)                      layout_guesses.py: what can be told unaided
    view = examine(book, names, layout)              layout_views.py: grids, columns, options, open questions
    layout = with_choice(book, names, layout, view.questions[0].choose("actual"))     layout_choices.py
    document = layout.as_json(); Layout.from_json(document)      what Corrections.layout and the database hold

`names` are the projects of the portfolio (`ProjectName`; `foreign_imports.project_names(database)`). A
screen shows `view.sheets` (the first rows as a grid, the header rows of each table), `view.columns` (what
each column is taken for, how sure, sample cells, the options of its select box) and `view.questions` (what
is still open, each with its options). A question that is `needed` keeps the table out until it is answered;
any other column that is not settled is left out, and said. A choice need not answer a question:
`Choice(kind, value, ...)` can be made for anything, with these kinds:

    kind        value                              addressed by
    table       key of a table, "" for none        table (its position), or sheet (to add one)
    header      number of the (last) header row    table
    field       key of a field, "" to leave out    table, column
    column      number of a column                 table, text (the key of the field that it holds)
    project     key of a project                   table, or nothing for the whole workbook
    period      "2026-S1"                          table and column, table, or nothing for the whole workbook
    multiplier  "1", "1000", "1000000"             table, column
    value       code of the list ("" leaves open)  table, column, text (as it is written in the cells)
    constant    code of the list, for every row    table, text (the key of a field that has no column)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

# how a column was understood: by our own label, a known synonym, an earlier layout, a likeness, its cells, a
# person; "" is not at all
How = Literal["label", "synonym", "remembered", "likeness", "cells", "chosen", ""]
ChoiceKind = Literal[
    "table", "header", "field", "column", "project", "period", "multiplier", "value", "constant"
]
LEFT_OUT = "-"
_VERSION = 1


@dataclass(frozen=True)
class ProjectName:
    """A project with every name by which a workbook may call it; `others` are contract numbers and codes."""

    key: str
    acronym: str
    title: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class ColumnLayout:
    """What one column is taken for.

    `field` is "" where it is not known and LEFT_OUT where it is known and stays out; `why` says so in a
    sentence. `period`, `heading`, `partner`, `sex`, `project` and `year` are what the header says of all that
    stands below it. `multiplier` turns what is written into EUR; None is to be asked. `values` are written
    list values that a person mapped to a code.
    """

    column: int
    header: str
    field: str = ""
    how: How = ""
    why: str = ""
    suggestions: tuple[str, ...] = ()
    period: str = ""
    heading: str = ""
    partner: str = ""
    sex: str = ""
    project: str = ""
    year: int | None = None
    multiplier: int | None = 1
    values: tuple[tuple[str, str], ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether its cells go anywhere."""
        return self.field not in ("", LEFT_OUT)


@dataclass(frozen=True)
class TableLayout:
    """One table on a sheet, and what the cells around it say of all its rows ("" where they do not).

    `constants` are codes that hold for every row, by field: for what has no column. `rival` is another kind
    of table that fits as well, as long as nobody has chosen between the two.
    """

    sheet: str
    table: str
    header_rows: tuple[int, ...]
    last_row: int
    columns: tuple[ColumnLayout, ...]
    project: str = ""
    period: str = ""
    project_why: str = ""
    period_why: str = ""
    constants: tuple[tuple[str, str], ...] = ()
    rival: str = ""

    def column_of(self, name: str) -> ColumnLayout | None:
        """The first column that is taken for a field."""
        return next((column for column in self.columns if column.field == name), None)

    def has(self, *names: str) -> bool:
        """Whether there is a column for one of the fields."""
        return any(self.column_of(name) is not None for name in names)

    def with_column(self, changed: ColumnLayout) -> TableLayout:
        """The table with one column taken for something else."""
        columns = tuple(changed if old.column == changed.column else old for old in self.columns)
        return replace(self, columns=columns)


@dataclass(frozen=True)
class Layout:
    """The tables of a workbook, in the order in which they stand; `name` is that of a remembered layout."""

    tables: tuple[TableLayout, ...]
    name: str = ""

    def with_table(self, position: int, changed: TableLayout | None) -> Layout:
        """The layout with one table changed, or left out."""
        kept = self.tables[:position], self.tables[position + 1 :]
        return replace(self, tables=(*kept[0], *((changed,) if changed else ()), *kept[1]))

    def as_json(self) -> dict[str, Any]:
        """The layout as it is kept."""
        tables = [asdict(table) for table in self.tables]
        return {"version": _VERSION, "name": self.name, "tables": tables}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Layout:
        """The layout that `as_json` described."""
        return cls(tuple(_table(table) for table in document["tables"]), document.get("name", ""))


def _column(document: Mapping[str, Any]) -> ColumnLayout:
    values = tuple((text, code) for text, code in document["values"])
    return ColumnLayout(**{**document, "suggestions": tuple(document["suggestions"]), "values": values})


def _table(document: Mapping[str, Any]) -> TableLayout:
    columns = tuple(_column(column) for column in document["columns"])
    told = {
        "header_rows": tuple(document["header_rows"]),
        "columns": columns,
        "constants": tuple((field, code) for field, code in document.get("constants", ())),
    }
    return TableLayout(**{**document, **told})


@dataclass(frozen=True)
class Choice:
    """One decision of the mapping step; the module's text lists the kinds and how each is addressed."""

    kind: ChoiceKind
    value: str
    sheet: str = ""
    table: int = -1
    column: int = 0
    text: str = ""


@dataclass(frozen=True)
class Option:
    """One answer: `value` is what a Choice takes, `label` what a person reads."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """One thing that a person has to settle; `suggestion` is a likely answer and is never taken by itself."""

    kind: ChoiceKind
    sentence: str
    options: tuple[Option, ...]
    needed: bool
    sheet: str = ""
    table: int = -1
    column: int = 0
    text: str = ""
    suggestion: str = ""

    def choose(self, value: str) -> Choice:
        """The choice that answers the question."""
        return Choice(self.kind, value, self.sheet, self.table, self.column, self.text)


@dataclass(frozen=True)
class SheetView:
    """A sheet as the mapping step shows it: the first rows with their numbers, cells as text."""

    name: str
    state: str
    letters: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    tables: tuple[int, ...]


@dataclass(frozen=True)
class ColumnView:
    """A column as the mapping step shows it: what it is taken for, its first cells, what it could be."""

    table: int
    letter: str
    layout: ColumnLayout
    label: str
    samples: tuple[str, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True)
class LayoutView:
    """Everything that the mapping step shows of one workbook."""

    layout: Layout
    sheets: tuple[SheetView, ...]
    columns: tuple[ColumnView, ...]
    questions: tuple[Question, ...]

    @property
    def is_ready(self) -> bool:
        """Whether something can be read, and nothing that is needed is open."""
        return bool(self.layout.tables) and not any(question.needed for question in self.questions)


def fingerprint(headers: tuple[tuple[str, ...], ...]) -> str:
    """A hash over the header texts of each table, in their order."""
    document = json.dumps(headers, ensure_ascii=False)
    return hashlib.sha256(document.encode()).hexdigest()
