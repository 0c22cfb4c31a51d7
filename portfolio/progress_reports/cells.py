"""Cells as they stand in a workbook, before anybody has said what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

CellType = Literal["n", "s", "b", "d", "t", "e", "blank"]
Position = tuple[int, int]
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class RawCell:
    """One filled cell: a value (or the last result of a formula), its type and how it is shown.

    `type` is n number, s text, b yes/no, d date (ISO text), t time or duration (text), e error, blank (a
    formula that gives nothing).
    """

    row: int
    column: int
    type: CellType
    value: str | int | float | bool | None
    formula: str | None = None
    is_calculated: bool = True
    number_format: str = "General"

    @property
    def ref(self) -> str:
        """Its address, such as "F14"."""
        return cell_ref(self.row, self.column)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into it, or spaces only."""
        if self.formula is not None and not self.is_calculated:
            return False
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def text(self) -> str:
        """What was entered, as text."""
        if isinstance(self.value, bool):
            return "TRUE" if self.value else "FALSE"
        if isinstance(self.value, float):
            return f"{self.value:.15g}"
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True)
class RawSheet:
    """One sheet with its filled cells by (row, column), both from 1."""

    name: str
    state: str
    cells: Mapping[Position, RawCell] = field(repr=False)
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()

    def text(self, row: int, column: int) -> str:
        """The text of one cell, "" where it is blank."""
        cell = self.cells.get((row, column))
        return "" if cell is None else cell.text.strip()


@dataclass(frozen=True)
class RawBook:
    """Everything that was read from one workbook; `properties` are its custom document properties."""

    sheets: tuple[RawSheet, ...]
    properties: Mapping[str, str]
    is_strict: bool = False

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> RawBook:
        """The workbook that the reader described."""
        formats: list[str] = document["formats"]
        sheets = tuple(_sheet(sheet, formats) for sheet in document["sheets"])
        return cls(sheets, document["properties"], document["is_strict"])


def _sheet(sheet: Mapping[str, Any], formats: list[str]) -> RawSheet:
    cells = {
        (row, column): RawCell(row, column, kind, value, formula, calculated, formats[number_format])
        for row, column, kind, value, formula, calculated, number_format in sheet["cells"]
    }
    return RawSheet(
        sheet["name"], sheet["state"], cells, frozenset(sheet["hidden_rows"]), tuple(sheet["merged"])
    )


def column_letter(column: int) -> str:
    """The letters of a column number: 1 is A, 27 is AA.

    >>> column_letter(28)
    'AB'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column: A is 1, AB is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_ref(row: int, column: int) -> str:
    """The address of a cell: row 14, column 6 is F14."""
    return f"{column_letter(column)}{row}"


def position_of(ref: str) -> Position:
    """Row and column of an address; ValueError if it is none."""
    match = _REFERENCE.fullmatch(ref.replace("$", ""))
    if match is None:
        raise ValueError(f"'{ref}' is not a cell address.")
    return int(match[2]), column_number(match[1])
