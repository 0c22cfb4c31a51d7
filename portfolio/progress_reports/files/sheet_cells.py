"""The filled cells of one sheet as the reader hands them over, and the limits they are held to.

A column of rows, one of columns, one of values and so on: flat lists go through JSON several times faster
than a list for every cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def address(row: int, column: int) -> str:
    """The address of a cell: row 14, column 6 is F14."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


class TooLarge(Exception):
    """A limit that the workbook exceeds; its argument is the answer to the caller."""


class Meter:
    """What has been read of a workbook so far, against the limits."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self.last_row, self.last_column = limits["last_row"], limits["last_column"]
        self._limits = limits
        self._most_elements, self._elements = limits["cell_elements"], 0
        self._most_filled, self._filled, self._strings = limits["filled_cells"], 0, 0
        self._most_characters, self._characters = limits["text_characters"], 0
        self._shared_characters = 0

    def element(self, count: int = 1) -> None:
        """More rows, cells or merged ranges, filled or not."""
        self._elements += count
        if self._elements > self._most_elements:
            self._refuse("cell_elements", "cells")

    def string(self) -> None:
        """One more shared string."""
        self._strings += 1
        if self._strings > self._most_filled:
            self._refuse("filled_cells", "different texts")

    def characters(self, count: int) -> None:
        """More characters of shared strings."""
        self._shared_characters += count
        if self._shared_characters > self._most_characters:
            self._refuse("text_characters", "characters of text")

    def reaches(self, sheet: str, row: int, column: int) -> None:
        """The place of a filled cell, or of the last one."""
        if row > self.last_row or column > self.last_column:
            raise TooLarge({"problem": "SHEET_TOO_LARGE", "sheet": sheet, "row": row, "column": column})

    def area(self, cells: int) -> None:
        """More filled cells."""
        self._filled += cells
        if self._filled > self._most_filled:
            self._refuse("filled_cells", "filled cells")

    def filled(self, sheet: str, row: int, column: int, value: object) -> None:
        """One more filled cell."""
        if row > self.last_row or column > self.last_column:
            self.reaches(sheet, row, column)
        self.area(1)
        if type(value) is str:
            self._characters += len(value)
            if self._characters > self._most_characters:
                self._refuse("text_characters", "characters of text")

    def _refuse(self, name: str, what: str) -> None:
        answer = {"problem": "FILE_TOO_LARGE_INSIDE", "what": f"more than {self._limits[name]:,} {what}"}
        raise TooLarge(answer)


class SheetCells:
    """The filled cells of one sheet, part by part; `formulas` name the place of their cell in the lists."""

    def __init__(self, name: str, state: str, from_iso: Callable[[str], Any] = str) -> None:
        self.name, self.state, self.from_iso = name, state, from_iso
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.kinds: list[str] = []
        self.values: list[Any] = []
        self.formats: list[int] = []
        self.formulas: list[tuple[int, str, bool]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merged: list[str] = []
        self.notes: list[str] = []

    def add(self, row: int, column: int, kind: str, value: Any, number_format: int, meter: Meter) -> None:
        """Nothing; one more filled cell is listed.

        Raises: TooLarge if it is one too many, or too far away.
        """
        meter.filled(self.name, row, column, value)
        self.rows.append(row)
        self.columns.append(column)
        self.kinds.append(kind)
        self.values.append(value)
        self.formats.append(number_format)

    def as_json(self) -> dict[str, Any]:
        """The sheet as it goes to the caller."""
        return {
            "name": self.name, "state": self.state, "rows": self.rows, "columns": self.columns,
            "kinds": "".join(self.kinds), "values": self.values, "formats": self.formats,
            "formulas": self.formulas, "hidden_rows": self.hidden_rows, "hidden_columns": self.hidden_columns,
            "merged": self.merged, "notes": self.notes,
        }  # fmt: skip
