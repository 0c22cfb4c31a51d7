"""The first rows of a sheet as headers are read: in groups, merged or not, from the uppermost down."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from portfolio.progress_reports.files.cells import Position, RawCell, RawSheet, position_of
from portfolio.progress_reports.layouts.column_meanings import may_be_header
from portfolio.progress_reports.layouts.header_texts import HeaderText, header_text, plain
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames

MOST_HEADER_ROWS = 3
# Further to the right no table begins; without a limit a wide sheet would take minutes.
COLUMNS_SEARCHED = 40
ROWS_SEARCHED = 120
_LONGEST_HEADER = 120
_RECEIPT = re.compile(
    r"\b(?:receiv|receipt|recu|encaiss|versement|credited|transfer|virement|instal|tranche|fonds)"
)


class HeaderRows:
    """The first rows of a sheet as headers are read: a merged area says the same in each of its cells."""

    def __init__(self, sheet: RawSheet, names: ProjectNames | None = None) -> None:
        self._sheet, self._names = sheet, names
        self._by_row: dict[int, dict[int, RawCell]] = {}
        for (row, column), cell in sheet.cells.items():
            if not cell.is_blank:
                self._by_row.setdefault(row, {})[column] = cell
        self._origin: dict[Position, Position] = {}
        self._covered: dict[int, set[int]] = {}
        self.areas = tuple(merged_areas(sheet))
        for top, left, bottom, right in self.areas:
            if (bottom - top + 1) * (right - left + 1) <= 2_000:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        self._origin[row, column] = (top, left)
                    self._covered.setdefault(row, set()).update(range(left, right + 1))

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The rows with something in them."""
        return tuple(sorted(self._by_row))

    @cached_property
    def last(self) -> int:
        """The last row with something in it, or with a blank cell that was read."""
        return max(row for row, _ in self._sheet.cells)

    def part(self, rows: range) -> RawSheet:
        """The sheet with some of its rows only, and without blank cells: going over it costs less."""
        wanted = rows if len(rows) < len(self._by_row) else [row for row in self.filled if row in rows]
        cells = {
            (row, column): cell for row in wanted for column, cell in self._by_row.get(row, {}).items()
        }
        return replace(self._sheet, cells=cells)

    @cached_property
    def receipts_from(self) -> float:
        """The first row with a word that says that money came in: an amount and a date alone do not."""
        if _RECEIPT.search(plain(self._sheet.name)):
            return 0
        for row in self.filled[:ROWS_SEARCHED]:
            texts = (self.text(row, column) for column in self.columns(row, row)[:COLUMNS_SEARCHED])
            if any(_RECEIPT.search(plain(text[:_LONGEST_HEADER])) for text in texts):
                return row
        return math.inf

    def cell(self, row: int, column: int) -> RawCell | None:
        """The cell that a person sees at a place."""
        at = self._origin.get((row, column), (row, column))
        return self._by_row.get(at[0], {}).get(at[1])

    def text(self, row: int, column: int) -> str:
        """What a person reads at a place."""
        found = self.cell(row, column)
        return "" if found is None else found.text.strip()

    def columns(self, top: int, bottom: int) -> tuple[int, ...]:
        """The columns with something in one of the rows."""
        found = {column for row in range(top, bottom + 1) for column in self._by_row.get(row, ())}
        for row in range(top, bottom + 1):
            found |= {column for column in self._covered.get(row, ()) if self.text(row, column)}
        return tuple(sorted(found))

    def looks_like_headers(self, row: int) -> bool:
        """Whether a row holds two texts or more, and nothing that only data holds."""
        cells = self._by_row.get(row, {})
        texts = [cell for cell in cells.values() if cell.type == "s" and len(cell.text) <= _LONGEST_HEADER]
        data = [cell for cell in cells.values() if cell.type not in ("s", "blank") and not _is_year(cell)]
        return len(texts) >= 2 and len(data) * 3 <= len(texts)

    def known_words(self, row: int) -> int:
        """How many of the first texts of a row may be headers."""
        cells = (cell for _, cell in sorted(self._by_row.get(row, {}).items()))
        texts = [cell.text for cell in cells if cell.type == "s"][:COLUMNS_SEARCHED]
        known = sum(may_be_header(text) for text in texts)
        named = self._names and sum(bool(self._names.inside(text)) for text in texts)
        return known + (named or 0)

    def continues_below(self, row: int) -> bool:
        """Whether the row only groups the columns that the next row names."""
        if not self.looks_like_headers(row + 1):
            return False
        below = self._by_row.get(row + 1, {})
        for top, left, bottom, right in self.areas:
            if top == row and bottom == row + 1 and left == right and self.text(top, left):
                return True
            under = [column for column in below if left <= column <= right]
            if top == bottom == row and right > left and len(under) >= 2 and self.text(top, left):
                return len(self.columns(row, row)) > right - left + 1
        return False

    def has_groups(self, row: int) -> bool:
        """Whether the row below continues it: merged over both rows, or merged over some of the columns."""
        width = len(self.columns(row, row + 1))
        for top, left, bottom, right in self.areas:
            if top <= row < bottom and bottom - top < MOST_HEADER_ROWS and self.text(top, left):
                return True
            if top == bottom == row and 1 < right - left + 1 < width and self.text(top, left):
                return True
        return False

    def headers(self, top: int, bottom: int) -> dict[int, HeaderText]:
        """The words above each column, from the uppermost row down."""
        columns = self.columns(top, bottom)
        found = {}
        for column in columns:
            parts = [self._spread(row, column, bottom) for row in range(top, bottom)]
            parts.append(self.text(bottom, column))
            if any(parts):
                found[column] = self._told_of(header_text(tuple(part for part in parts if part)))
        return found

    def _told_of(self, header: HeaderText) -> HeaderText:
        """The header with the project that one of its parts names and nothing else."""
        if self._names is None:
            return header
        lines = (line for part in header.parts for line in (part, *part.splitlines()))
        named = {key for line in lines if (key := self._names.exact(line))}
        return replace(header, project=named.pop()) if len(named) == 1 else header

    def _spread(self, row: int, column: int, bottom: int) -> str:
        """A header, or the one to its left that stands over several columns without being merged."""
        own = self.text(row, column)
        if own or not self.text(bottom, column):
            return own
        left = max((at for at in self._by_row.get(row, ()) if at < column), default=0)
        is_group = left and (row, left) not in self._origin and self.text(bottom, left)
        unbroken = all(self.text(bottom, between) for between in range(left, column))
        return self.text(row, left) if is_group and unbroken else ""


def merged_areas(sheet: RawSheet) -> Iterator[tuple[int, int, int, int]]:
    """The merged areas of a sheet: top, left, bottom, right."""
    for area in sheet.merged:
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = position_of(first), position_of(last or first)
        yield top, left, bottom, right


def _is_year(cell: RawCell) -> bool:
    return isinstance(cell.value, (int, float)) and cell.type == "n" and 1990 <= cell.value <= 2100
