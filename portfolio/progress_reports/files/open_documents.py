"""What calamine does not tell of an .ods: errors, formulas, percentages, currencies, notes, hidden rows.

One pass over its content, before calamine is given the file: repeated cells are counted there, so that a
short file that stands for millions of cells is refused in time.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from portfolio.progress_reports.files.part_parsers import parse
from portfolio.progress_reports.files.sheet_cells import Meter, SheetCells, address

_CONTENT = "content.xml"
_FORMATS = ("General", "0%")
_HIDDEN = ("collapse", "filter")
_LOCAL_REFERENCE = re.compile(r"\[\.?([^\]#]*)\]")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class Fact(NamedTuple):
    """One filled cell beyond its value: what calamine takes it for wrongly, its format, its formula."""

    error: str | None
    is_time: bool
    number_format: str
    formula: str | None
    is_calculated: bool


@dataclass
class SheetFacts:
    """What is known of one sheet besides its values; places are (row, column) from 1."""

    cells: dict[tuple[int, int], Fact] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def is_open_document(content: bytes) -> bool:
    """Whether the bytes are an archive with the content of an OpenDocument file."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _CONTENT in archive.namelist()


def read_facts(content: bytes, limits: Mapping[str, int]) -> list[SheetFacts]:
    """The facts of every sheet, in their order.

    Raises: TooLarge beyond a limit; ExpatError where the content is not well formed.
    """
    facts = _Pass(Meter(limits))
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_CONTENT) as source:
        parse(source, facts.start, facts.end, facts.characters)
    return facts.sheets


def add_facts(cells: SheetCells, facts: SheetFacts, formats: list[str], meter: Meter) -> None:
    """Nothing; the cells that calamine read know what it did not tell."""
    places = {place: number for number, place in enumerate(zip(cells.rows, cells.columns, strict=True))}
    for (row, column), fact in facts.cells.items():
        if (row, column) not in places:
            places[row, column] = len(cells.rows)
            cells.add(row, column, "-", None, 0, meter)
        number = places[row, column]
        if fact.error is not None:
            cells.kinds[number], cells.values[number] = "e", fact.error
        elif fact.is_time:
            cells.kinds[number] = "t"
        if fact.number_format not in formats:
            formats.append(fact.number_format)
        cells.formats[number] = formats.index(fact.number_format)
        if fact.formula is not None:
            cells.formulas.append((number, fact.formula, fact.is_calculated))
    cells.merged, cells.notes = facts.merged, facts.notes
    cells.hidden_rows = sorted(facts.hidden_rows)
    cells.hidden_columns = sorted(facts.hidden_columns)


def _repeats(attributes: Mapping[str, str], name: str, most: int) -> int:
    """How often a row or a cell stands there, a number that the file may not exaggerate."""
    return min(max(int(attributes.get(name, "1")), 1), most)


class _Pass:
    """The handlers of one pass over content.xml; calamine knows the same names with the same prefixes."""

    def __init__(self, meter: Meter) -> None:
        self.sheets: list[SheetFacts] = []
        self._meter = meter
        self._name = ""
        self._row, self._rows, self._is_hidden = 0, 1, False
        self._column, self._columns = 0, 1
        self._first_column = 0
        self._cell: dict[str, str] = {}
        self._text, self._paragraphs, self._notes, self._tables = "", 0, 0, 0
        self._has_note = False
        cell = (self._start_cell, self._end_cell)
        handlers: dict[str, tuple[Callable[[dict[str, str]], None] | None, Callable[[], None] | None]] = {
            "table:table": (self._start_table, self._end_table), "table:table-cell": cell,
            "table:covered-table-cell": cell, "table:table-row": (self._start_row, self._end_row),
            "table:table-column": (self._start_column, None),
            "text:p": (self._start_paragraph, self._end_paragraph),
            "office:annotation": (self._start_note, self._end_note),
        }  # fmt: skip
        self._starts = {name: start for name, (start, _) in handlers.items() if start}
        self._ends = {name: end for name, (_, end) in handlers.items() if end}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """The beginning of an element."""
        self._meter.element()
        if (handler := self._starts.get(name)) is not None:
            handler(attributes)

    def end(self, name: str) -> None:
        """The end of an element."""
        if (handler := self._ends.get(name)) is not None:
            handler()

    def characters(self, data: str) -> None:
        """Text, of which only the beginning of a cell's own matters here."""
        if self._paragraphs and not self._notes and len(self._text) < 100:
            self._text += data.strip()[:100]

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._tables += 1
        if self._tables == 1:
            self.sheets.append(SheetFacts())
            self._name = attributes.get("table:name", "")
            self._row = self._first_column = 0

    def _end_table(self) -> None:
        self._tables -= 1

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = self._first_column + 1
        self._first_column += _repeats(attributes, "table:number-columns-repeated", _LAST_COLUMN)
        if attributes.get("table:visibility") in _HIDDEN and self.sheets:
            last = min(self._first_column, self._meter.last_column)
            self.sheets[-1].hidden_columns |= set(range(first, last + 1))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row += 1
        self._rows = _repeats(attributes, "table:number-rows-repeated", _LAST_ROW)
        self._is_hidden = attributes.get("table:visibility") in _HIDDEN
        self._column = 0

    def _end_row(self) -> None:
        self._row += self._rows - 1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        self._columns = _repeats(attributes, "table:number-columns-repeated", _LAST_COLUMN)
        self._cell, self._text, self._has_note = attributes, "", False

    def _start_paragraph(self, _: dict[str, str]) -> None:
        self._paragraphs += 1

    def _end_paragraph(self) -> None:
        self._paragraphs -= 1

    def _start_note(self, _: dict[str, str]) -> None:
        self._notes += 1
        self._has_note = True

    def _end_note(self) -> None:
        self._notes -= 1

    def _end_cell(self) -> None:
        cell, last_column = self._cell, self._column + self._columns - 1
        if self.sheets and self._tables == 1:
            if self._has_note:
                self.sheets[-1].notes.append(address(self._row, self._column))
            shows_number = cell.get("office:value-type", "string") != "string"
            if self._text or shows_number or "table:formula" in cell:
                self._fill(last_column)
            if "table:number-columns-spanned" in cell or "table:number-rows-spanned" in cell:
                self._merge(cell)
        self._column = last_column
        self._cell, self._text = {}, ""

    def _fill(self, last_column: int) -> None:
        last_row = self._row + self._rows - 1
        self._meter.reaches(self._name, last_row, last_column)
        self._meter.area(self._rows * self._columns)
        sheet, fact = self.sheets[-1], self._fact()
        rows = range(self._row, last_row + 1)
        if self._is_hidden:
            sheet.hidden_rows |= set(rows)
        if fact is not None:
            sheet.cells |= {(row, at): fact for row in rows for at in range(self._column, last_column + 1)}

    def _fact(self) -> Fact | None:
        kind = self._cell.get("office:value-type", "string")
        error = self._text if self._cell.get("calcext:value-type") == "error" else None
        formula = self._cell.get("table:formula")
        if error is None and formula is None and kind not in ("percentage", "currency", "time"):
            return None
        shown = _FORMATS[kind == "percentage"]
        if kind == "currency" and self._cell.get("office:currency"):
            shown = f"#,##0.00 [${self._cell['office:currency']}]"
        written = None if formula is None else _LOCAL_REFERENCE.sub(r"\1", formula.partition("=")[2])
        return Fact(error, kind == "time", shown, written, "office:value-type" in self._cell)

    def _merge(self, cell: Mapping[str, str]) -> None:
        rows = _repeats(cell, "table:number-rows-spanned", _LAST_ROW)
        columns = _repeats(cell, "table:number-columns-spanned", _LAST_COLUMN)
        last = address(self._row + rows - 1, self._column + columns - 1)
        self.sheets[-1].merged.append(f"{address(self._row, self._column)}:{last}")
