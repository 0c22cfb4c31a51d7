"""One pass over a worksheet part: value, formula, last result, format and address of every filled cell.

It keeps nothing of the markup, so that memory grows with the filled cells alone. The declared dimension is
never asked for. It runs inside the reader's process and imports as little as it can.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import IO, Any

from portfolio.progress_reports.files.blank_cells import WithoutBlanks
from portfolio.progress_reports.files.part_parsers import parse
from portfolio.progress_reports.files.sheet_cells import Meter, SheetCells, TooLarge

# How a cell style shows numbers: place of its format in the list, "" or "date" or "duration".
Style = tuple[int, str]
StyleOf = Callable[[int], Style]
FromSerial = Callable[[float, bool], Any]
_DIGITS = "0123456789"
_YES = ("1", "true")
# Excel keeps 32,767 characters in a cell; far beyond that it is no report, whatever program wrote it.
_LONGEST_TEXT = 1_000_000


def number_of_column(letters: str) -> int:
    """The number of a column: A is 1, AB is 28; ValueError for anything but letters."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"'{letters}' is not a column.")
        number = number * 26 + ord(letter) - 64
    return number


def iso_kind_and_value(value: Any) -> tuple[str, Any]:
    """The kind and the text of a date, a time or a duration."""
    if isinstance(value, dt.datetime):
        return "d", value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return "d", value.isoformat()
    return "t", str(value)


class SheetPass:
    """The handlers of one pass over one worksheet part."""

    def __init__(
        self, cells: SheetCells, meter: Meter, strings: list[str], style_of: StyleOf, from_serial: FromSerial
    ) -> None:
        self._cells, self._meter, self._strings = cells, meter, strings
        self._style_of, self._from_serial = style_of, from_serial
        self._styles: dict[str | None, Style] = {}
        self._columns: dict[str, int] = {}
        self._dates: dict[tuple[str, str], tuple[str, Any]] = {}
        self._shared: dict[str | None, str] = {}
        self._row, self._row_text = 0, "0"
        self._column, self._reference, self._elements = 0, "", 0
        self._is_hidden = False
        self._cell: dict[str, str] = {}
        self._formula: str | None = None
        self._formula_of: dict[str, str] = {}
        self._result: str | None = None
        self._text, self._collects, self._is_phonetic = "", False, False
        self._cell_name = ""
        self._source: WithoutBlanks | None = None
        self._starts: Mapping[str, Callable[[dict[str, str]], None]] | None = None
        self._ends: Mapping[str, Callable[[], None]] = {}

    def read(self, source: IO[bytes]) -> None:
        """Nothing; the cells of the part are in `cells`.

        Raises: ExpatError or ValueError where it is no worksheet; TooLarge beyond a limit.
        """
        self._source = WithoutBlanks(source)
        parse(self._source, self._start, self._end, self._characters)
        self._meter.element(self._elements)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._cell_name:
            # As little as possible: a sheet can have millions of cells that are formatted and empty.
            self._cell, self._result, self._formula = attributes, None, None
            self._elements += 1
            if "r" in attributes:
                self._reference = attributes["r"]
            else:
                self._count_column()
        elif self._starts is None:
            self._begin(name)
        elif (handler := self._starts.get(name)) is not None:
            handler(attributes)
        else:
            self._meter.element()

    def _begin(self, root: str) -> None:
        """The names of the elements, which carry the prefix of the root if it has one."""
        prefix = root[: root.find(":") + 1]
        starts: dict[str, Callable[[dict[str, str]], None]] = {
            "v": self._start_value, "row": self._start_row, "f": self._start_formula,
            "is": self._start_inline, "t": self._start_text, "rPh": self._start_phonetic,
            "mergeCell": self._merge, "col": self._column_of_sheet,
        }  # fmt: skip
        ends: dict[str, Callable[[], None]] = {
            "v": self._end_value, "row": self._end_row, "f": self._end_formula,
            "t": self._end_text, "rPh": self._end_phonetic,
        }  # fmt: skip
        self._cell_name = prefix + "c"
        self._starts = {prefix + name: handler for name, handler in starts.items()}
        self._ends = {prefix + name: handler for name, handler in ends.items()}

    def _end(self, name: str) -> None:
        if name == self._cell_name:
            if self._result is not None or self._formula is not None:
                self._end_cell()
        elif (handler := self._ends.get(name)) is not None:
            handler()

    def _characters(self, data: str) -> None:
        if self._collects:
            self._text += data
            if len(self._text) > _LONGEST_TEXT:
                what = f"one of its cells has more than {_LONGEST_TEXT:,} characters"
                raise TooLarge({"problem": "FILE_TOO_LARGE_INSIDE", "what": what})

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        if number is None:
            self._refuse_gaps()
        self._row = self._row + 1 if number is None else int(float(number))
        self._row_text, self._column, self._reference = str(self._row), 0, ""
        self._is_hidden = attributes.get("hidden") in _YES
        self._meter.element(self._elements + 1)
        self._elements = 0

    def _end_row(self) -> None:
        rows = self._cells.rows
        if self._is_hidden and rows and rows[-1] == self._row:
            self._cells.hidden_rows.append(self._row)

    def _count_column(self) -> None:
        """The column of a cell that does not say where it stands: the one after the last."""
        self._refuse_gaps()
        if self._reference:
            self._locate()
        self._column, self._reference = self._column + 1, ""

    def _refuse_gaps(self) -> None:
        """Nothing; where something was left out, what stands beside it has to say where it stands."""
        if self._source is not None and self._source.has_dropped:
            raise ValueError("Some cells say where they stand and some do not.")

    def _locate(self) -> None:
        """Row and column of the cell, from its address if it has one."""
        letters = self._reference.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = number_of_column(letters)
        self._column = column
        row = self._reference[len(letters) :]
        if row != self._row_text:
            self._row, self._row_text = int(row), row

    def _start_value(self, _: dict[str, str]) -> None:
        self._text, self._collects = "", True

    def _end_value(self) -> None:
        self._result, self._collects = self._text, False

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self._formula_of, self._text, self._collects = attributes, "", True

    def _end_formula(self) -> None:
        self._collects = False
        shared = self._formula_of.get("si")
        if self._text and shared is not None:
            self._shared[shared] = self._text
        self._formula = self._text or self._shared.get(shared) or "shared formula"

    def _start_inline(self, _: dict[str, str]) -> None:
        self._result = ""

    def _start_text(self, _: dict[str, str]) -> None:
        self._text, self._collects = "", not self._is_phonetic

    def _end_text(self) -> None:
        if self._collects:
            self._result, self._collects = (self._result or "") + self._text, False

    def _start_phonetic(self, _: dict[str, str]) -> None:
        self._is_phonetic = True

    def _end_phonetic(self) -> None:
        self._is_phonetic = False

    def _end_cell(self) -> None:
        result, formula = self._result, self._formula
        if self._reference:
            self._locate()
        kind, style = self._cell.get("t", "n"), self._cell.get("s")
        shown = self._styles.get(style)
        if shown is None:
            shown = self._styles[style] = self._style_of(int(style or 0))
        kind, value = self._value(kind, result, shown[1]) if result else ("-", None)
        if formula is None:
            if value is not None and not (kind == "s" and not value.strip()):
                self._cells.add(self._row, self._column, kind, value, shown[0], self._meter)
            return
        # A formula may give an empty text; a program that never calculated leaves an empty result behind.
        calculated = result is not None and (bool(result) or self._cell.get("t") == "str")
        self._cells.formulas.append((len(self._cells.rows), formula, calculated))
        self._cells.add(self._row, self._column, kind, value, shown[0], self._meter)

    def _value(self, kind: str, text: str, shows: str) -> tuple[str, Any]:
        if kind == "s":
            return "s", self._strings[int(text)]
        if kind == "n":
            if shows:
                return self._date(text, shows)
            return "n", float(text) if "." in text or "E" in text or "e" in text else int(text)
        if kind == "b":
            return "b", bool(int(text))
        if kind == "d":
            return iso_kind_and_value(self._cells.from_iso(text))
        return ("e" if kind == "e" else "s"), text

    def _date(self, text: str, shows: str) -> tuple[str, Any]:
        known = self._dates.get((text, shows))
        if known is None:
            try:
                known = iso_kind_and_value(self._from_serial(float(text), shows == "duration"))
            except (OverflowError, ValueError):
                known = ("e", "#VALUE!")  # what Excel shows for it
            self._dates[text, shows] = known
        return known

    def _merge(self, attributes: dict[str, str]) -> None:
        self._meter.element()
        self._cells.merged.append(attributes.get("ref", ""))

    def _column_of_sheet(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _YES:
            first, last = int(attributes["min"]), int(attributes["max"])
            self._cells.hidden_columns.extend(range(first, min(last, self._meter.last_column) + 1))
