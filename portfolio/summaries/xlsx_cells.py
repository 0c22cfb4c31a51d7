"""Cells of a workbook: typed writing that no text can turn into a formula, one style for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from portfolio.summaries.content import NUMBERS, Cell, Kind, Link, Missing
from portfolio.summaries.safe_texts import LONGEST_CELL, clean_text, is_link, is_right_to_left

TEXT, MUTED, ACCENT, SURFACE, BORDER, AMBER = "#1b232d", "#5b6673", "#1f5fa8", "#f3f5f8", "#d3d9e0", "#fbeed9"
# A bar that has to differ from one in the accent.
AMBER_BAR = "#b45309"
# Each ends with the room of one digit, away from the text of the next column.
NUMBER_FORMATS: dict[Kind, str] = {
    "money": "#,##0_0;[Red]-#,##0_0",
    "count": "#,##0_0",
    "number": "General",
    "days": "#,##0_0;-#,##0_0",
    "share": "0.0%_0",
    "points": "+0.0_0;-0.0_0;0.0_0",
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_CENTS = 100


@dataclass
class Styles:
    """The formats of one workbook, each made once."""

    book: Workbook
    _made: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)
    _asked: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def get(self, **properties: Any) -> Format:
        """The format with these properties."""
        # The same properties come again and again in the same order: sorting them each time would cost.
        asked = tuple(properties.items())
        found = self._asked.get(asked)
        if found is None:
            wanted = {"font_color": TEXT, "valign": "top"} | properties
            key = tuple(sorted(wanted.items()))
            if key not in self._made:
                self._made[key] = self.book.add_format(wanted)
            found = self._asked[asked] = self._made[key]
        return found

    def text(self, text: str, **properties: Any) -> Format:
        """The format of a text: quoted where it could be taken for a formula, in its own direction."""
        if text.startswith(_FORMULA_STARTS):
            properties["quote_prefix"] = True
        if is_right_to_left(text):
            properties |= {"reading_order": 2, "align": "right"}
        return self.get(**properties)


BODY: dict[str, Any] = {"bottom": 4, "bottom_color": BORDER, "text_wrap": True}
# A word that stands where a number would.
RIGHT: dict[str, Any] = {"align": "right", "indent": 1}
# A text, away from the numbers of the column before it.
LEFT: dict[str, Any] = {"align": "left", "indent": 1}
TOTAL: dict[str, Any] = {"top": 1, "top_color": TEXT, "bold": True, "bg_color": SURFACE, "text_wrap": True}


@dataclass(frozen=True)
class CellWriter:
    """Writes values into one sheet, by the call for their type and by no other."""

    sheet: Worksheet
    styles: Styles

    def text(self, row: int, column: int, text: str, **properties: Any) -> None:
        """A text as it is."""
        clean = clean_text(text)
        self.sheet.write_string(row, column, clean, self.styles.text(clean, **properties))

    def wide_text(self, row: int, first: int, last: int, text: str, height: float, **properties: Any) -> None:
        """A text across several columns, in a row of this height (points)."""
        self.sheet.set_row(row, height)
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", self.styles.get(**properties))
        self.text(row, first, text, **properties)

    def value(self, row: int, column: int, value: Cell, kind: Kind, **properties: Any) -> None:
        """A value of a kind; a marker stands in muted type where numbers would be."""
        if value is None:
            self.sheet.write_blank(row, column, None, self.styles.get(**properties))
        elif isinstance(value, Missing):
            align = RIGHT if kind in NUMBERS else {}
            self.text(row, column, value.value, **(properties | align | {"font_color": MUTED}))
        elif isinstance(value, str):
            self.text(row, column, value, **properties)
        elif isinstance(value, Link):
            self._link(row, column, value, properties)
        else:
            self.sheet.write_number(row, column, shown(value, kind), self._number(kind, properties))

    def _link(self, row: int, column: int, link: Link, properties: dict[str, Any]) -> None:
        if is_link(link.address):
            style = self.styles.get(**(properties | {"font_color": ACCENT}))
            self.sheet.write_url(row, column, link.address, style, clean_text(link.name))
        else:
            self.text(row, column, link.address, **properties)

    def formula(
        self, row: int, column: int, formula: str, value: int | float, kind: Kind, **properties: Any
    ) -> None:
        """A formula of our own, with its value kept for readers that do not compute."""
        self.sheet.write_formula(row, column, formula, self._number(kind, properties), shown(value, kind))

    def total(self, row: int, column: int, value: int, kind: Kind, cells: Sequence[int]) -> None:
        """A sum of cells of the same column, with its value kept for readers that do not compute."""
        formula = f"=SUM({','.join(_runs(cells, column))})"
        self.formula(row, column, formula, value, kind, **TOTAL)

    def _number(self, kind: Kind, properties: dict[str, Any]) -> Format:
        return self.styles.get(**(properties | {"align": "right", "num_format": NUMBER_FORMATS[kind]}))


@dataclass(frozen=True)
class ColumnWriter:
    """Writes the cells of one column of a table; its formats are looked up once for all of its rows."""

    writer: CellWriter
    place: int
    kind: Kind
    properties: dict[str, Any]
    text: Format
    number: Format
    missing: Format

    @classmethod
    def of(cls, writer: CellWriter, place: int, kind: Kind, properties: dict[str, Any]) -> ColumnWriter:
        """The writer of a column of a kind."""
        styles, is_number = writer.styles, kind in NUMBERS
        number = {"align": "right", "num_format": NUMBER_FORMATS.get(kind, "General")}
        missing = (RIGHT if is_number else {}) | {"font_color": MUTED}
        return cls(
            writer, place, kind, properties, styles.get(**properties), styles.get(**(properties | number)),
            styles.get(**(properties | missing)),
        )  # fmt: skip

    def write(self, row: int, value: Cell) -> None:
        """A cell of the column."""
        if isinstance(value, str) and _is_plain(value):
            self.writer.sheet.write_string(row, self.place, value, self.text)
        elif isinstance(value, Missing):
            self.writer.sheet.write_string(row, self.place, value.value, self.missing)
        elif isinstance(value, int | float):
            self.writer.sheet.write_number(row, self.place, shown(value, self.kind), self.number)
        else:
            self.writer.value(row, self.place, value, self.kind, **self.properties)


def _is_plain(text: str) -> bool:
    """Whether a text can be written as it is, in a format that quotes nothing and runs from left to right."""
    is_short = len(text) <= LONGEST_CELL
    return is_short and text.isascii() and text.isprintable() and not text.startswith(_FORMULA_STARTS)


def shown(value: int | float, kind: Kind) -> int | float:
    """The number that a cell holds: euro for cents, anything else as it is."""
    return value / _CENTS if kind == "money" else value


def _runs(rows: Sequence[int], column: int) -> list[str]:
    """The rows of a column as ranges."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return [
        xl_rowcol_to_cell(first, column) + (f":{xl_rowcol_to_cell(last, column)}" if last > first else "")
        for first, last in runs
    ]
