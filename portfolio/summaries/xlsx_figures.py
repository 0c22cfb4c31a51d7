"""Key figures in a workbook: each with the cells that it is taken from, where they stand on other sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_range, xl_rowcol_to_cell

from portfolio.summaries.content import NUMBERS, Cell, KeyFigure, KeyFigures, Missing, Table
from portfolio.summaries.xlsx_cells import ACCENT, BODY, LEFT, RIGHT, CellWriter
from portfolio.summaries.xlsx_layout import height_of, is_compared
from portfolio.vocabulary import label

# The total of a table's column that a figure is, by table and column.
_TOTALS = {
    "total-budget": ("projects", "total_budget"),
    "eu-contribution": ("projects", "eu_contribution"),
    "contracted": ("money", "contracted"),
    "paid": ("money", "paid"),
    "incurred": ("money", "incurred"),
    "part-total-budget": ("money", "part_total"),
    "part-eu-contribution": ("money", "part_eu"),
}
_PARTLY = "*(only partly cyber)"
_STATUS = "status-"


@dataclass(frozen=True)
class Written:
    """A table that stands in the workbook: its sheet and the row of its first record."""

    sheet: str
    first: int
    table: Table

    def formula(self, figure: KeyFigure) -> str | None:
        """What computes `figure` from this table's cells; None where they do not give its very value."""
        if not self.table.rows or not isinstance(figure.value, int):
            return None
        if figure.key in _TOTALS:
            return self._total(_TOTALS[figure.key][1], figure.value)
        if figure.key == "projects":
            return self._counted("project", None, figure.value)
        if figure.key == "partly-cyber":
            return self._counted("focus", _PARTLY, figure.value)
        code = figure.key.removeprefix(_STATUS)
        return self._counted("status", label("project_status", code), figure.value)

    def _total(self, column: str, value: int) -> str | None:
        keys = [each.key for each in self.table.columns]
        if column not in keys or (len(self.table.rows) > 1 and not self.table.rows[-1].sums):
            return None
        place, last = keys.index(column), len(self.table.rows) - 1
        if self.table.rows[last].cells[place] != value:
            return None
        return f"={quote_sheetname(self.sheet)}!{xl_rowcol_to_cell(self.first + last, place)}"

    def _counted(self, column: str, pattern: str | None, value: int) -> str | None:
        place = self.table.column(column)
        cells = [row.cells[place] for row in self.table.rows if not row.sums]
        found = cells if pattern is None else [cell for cell in cells if _matches(cell, pattern)]
        if len(found) != value:
            return None
        area = xl_range(self.first, place, self.first + len(cells) - 1, place)
        area = f"{quote_sheetname(self.sheet)}!{area}"
        return f"=ROWS({area})" if pattern is None else f'=COUNTIF({area},"{pattern}")'


def _matches(cell: Cell, pattern: str) -> bool:
    if not isinstance(cell, str):
        return False
    return cell.endswith(pattern[1:]) if pattern.startswith("*") else cell == pattern


def table_of_figure(figure: KeyFigure) -> str | None:
    """The key of the table from which a figure can be computed."""
    if figure.key in _TOTALS:
        return _TOTALS[figure.key][0]
    is_counted = figure.key in ("projects", "partly-cyber") or figure.key.startswith(_STATUS)
    return "projects" if is_counted else None


def figure_heads(figures: KeyFigures, compared_with: str) -> tuple[str, ...]:
    """The headings of key figures; `compared_with` is the date in words, "" where there is none."""
    before = (f"On {compared_with}", "Change") if is_compared(figures) else ()
    return ("Figure", "Value", *before, "Unit", "Known for", "Note")


@dataclass(frozen=True)
class FigureWriter:
    """Writes key figures, one a row, by the tables that are `written` already."""

    cells: CellWriter
    widths: tuple[float, ...]
    written: Mapping[str, Written]

    def heading(self, row: int, heading: str) -> None:
        """The name of a group of figures."""
        self.cells.wide_text(row, 0, len(self.widths) - 1, heading, 16, bold=True, font_color=ACCENT)

    def figure(self, row: int, figure: KeyFigure, *, compared: bool) -> None:
        """One figure, its value computed where another sheet holds what it is made of."""
        indent = {"align": "left", "indent": 1} if figure.label.startswith("of which") else {}
        self.cells.sheet.set_row(row, height_of(figure.label, self.widths[0]))
        self.cells.text(row, 0, figure.label, **(BODY | indent))
        self._value(row, figure)
        if compared:
            self._before(row, figure)
        texts = 4 if compared else 2
        self.cells.text(row, texts, figure.unit, **(BODY | LEFT))
        self.cells.text(row, texts + 1, figure.known_for, **(BODY | LEFT))
        self.cells.value(row, texts + 2, figure.note, "count", **BODY)

    def _value(self, row: int, figure: KeyFigure) -> None:
        style = _style(figure) | {"bold": True}
        found = self.written.get(table_of_figure(figure) or "")
        formula = found.formula(figure) if found else None
        if formula and isinstance(figure.value, int):
            self.cells.formula(row, 1, formula, figure.value, figure.kind, **style)
        else:
            self.cells.value(row, 1, figure.value, figure.kind, **style)

    def _before(self, row: int, figure: KeyFigure) -> None:
        """The value on the date compared with, and the change since, computed where both are numbers."""
        before: Cell = Missing.NOT_APPLICABLE if figure.before is None else figure.before
        style = _style(figure)
        self.cells.value(row, 2, before, figure.kind, **style)
        change = change_of(figure)
        if isinstance(change, int | float):
            formula = f"={xl_rowcol_to_cell(row, 1)}-{xl_rowcol_to_cell(row, 2)}"
            self.cells.formula(row, 3, formula, change, figure.kind, **style)
        else:
            self.cells.value(row, 3, change, figure.kind, **style)


def _style(figure: KeyFigure) -> dict[str, Any]:
    return BODY | ({} if figure.kind in NUMBERS else RIGHT)


def change_of(figure: KeyFigure) -> Cell:
    """What a figure has changed by since the date compared with; not known where either value is not."""
    now, before = figure.value, figure.before
    if isinstance(now, int | float) and isinstance(before, int | float):
        return now - before
    if Missing.UNKNOWN in (now, before):
        return Missing.UNKNOWN
    if isinstance(now, str) and isinstance(before, str):
        return "none" if now == before else "changed"
    return Missing.NOT_APPLICABLE
