"""Cells as they stand in a workbook, before anybody has said what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Any, Literal, NamedTuple

CellType = Literal["n", "s", "b", "d", "t", "e", "blank"]
Position = tuple[int, int]
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class RawCell(NamedTuple):
    """One filled cell: a value (or the last result of a formula), its type and how it is shown.

    A tuple, because a large report has a quarter of a million of them. `type` is n number, s text, b yes/no,
    d date (ISO text), t time or duration (text), e error, blank (a formula that gives nothing).
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
    """One sheet with its filled cells by (row, column), both from 1; `notes` are addresses of cells."""

    name: str
    state: str
    cells: Mapping[Position, RawCell] = field(repr=False)
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()

    def text(self, row: int, column: int) -> str:
        """The text of one cell, "" where it is blank."""
        cell = self.cells.get((row, column))
        return "" if cell is None else cell.text.strip()


@dataclass(frozen=True)
class RawBook:
    """Everything that was read from one workbook; `properties` are its custom document properties.

    `is_fallback`: the second reader read it, which sees neither formulas nor formats nor errors.
    """

    sheets: tuple[RawSheet, ...]
    properties: Mapping[str, str]
    is_strict: bool = False
    is_fallback: bool = False

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> RawBook:
        """The workbook that the reader described."""
        formats: list[str] = document["formats"]
        sheets = tuple(_sheet(sheet, formats) for sheet in document["sheets"])
        return cls(sheets, document["properties"], document["is_strict"], document["is_fallback"])


def _sheet(sheet: Mapping[str, Any], formats: list[str]) -> RawSheet:
    rows, columns = sheet["rows"], sheet["columns"]
    kinds = ("blank" if letter == "-" else letter for letter in sheet["kinds"])
    shown = map(formats.__getitem__, sheet["formats"])
    parts = zip(rows, columns, kinds, sheet["values"], repeat(None), repeat(True), shown, strict=False)
    cells = list(map(RawCell._make, parts))
    for place, formula, is_calculated in sheet["formulas"]:
        cells[place] = cells[place]._replace(formula=formula, is_calculated=is_calculated)
    by_place = dict(zip(zip(rows, columns, strict=True), cells, strict=True))
    return RawSheet(
        sheet["name"], sheet["state"], by_place,
        frozenset(sheet["hidden_rows"]), tuple(sheet["merged"]), frozenset(sheet["hidden_columns"]),
        tuple(sheet["notes"]),
    )  # fmt: skip


@lru_cache(maxsize=1024)
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
