"""What a person decides while looking at a check: kept beside the file, which itself stays untouched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from portfolio.progress_reports.files.cells import Position, RawBook, RawCell, RawSheet, position_of
from portfolio.progress_reports.values.column_readings import TYPED_HERE

Side = Literal["file", "tracker"]
Address = tuple[str, str]
_NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Corrections:
    """The decisions about one file.

    `cells`: by sheet and cell, what is to stand there instead ("" empties it). `answers`: by sheet and column
    letter, how the column is read (the code of an offer of kind "column"). `sides`: by sheet and cell of a
    conflict, whose value holds. `left_out`: projects and periods that are not to go in. `layout`: how a
    workbook that was not issued is laid out, as JSON.
    """

    cells: Mapping[Address, str] = field(default_factory=lambda: _NOTHING)
    answers: Mapping[Address, str] = field(default_factory=lambda: _NOTHING)
    sides: Mapping[Address, Side] = field(default_factory=lambda: _NOTHING)
    left_out: frozenset[Address] = frozenset()
    layout: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """The decisions as the database keeps them."""
        return {
            "cells": [[*address, text] for address, text in self.cells.items()],
            "answers": [[*address, code] for address, code in self.answers.items()],
            "sides": [[*address, side] for address, side in self.sides.items()],
            "left_out": sorted(list(unit) for unit in self.left_out),
            "layout": None if self.layout is None else dict(self.layout),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Corrections:
        """The decisions that `as_json` described."""
        return cls(
            cells={(sheet, cell): text for sheet, cell, text in document["cells"]},
            answers={(sheet, column): code for sheet, column, code in document["answers"]},
            sides={(sheet, cell): side for sheet, cell, side in document["sides"]},
            left_out=frozenset((project, period) for project, period in document["left_out"]),
            layout=document["layout"],
        )


NO_CORRECTIONS = Corrections()


def is_another_version(corrections: Corrections, kept: Mapping[str, Any] | None) -> bool:
    """Whether a file with these decisions says something else than it did with those `kept` of its import.

    Without any decision it is the file as it was imported; which units are left out does not count.
    """
    decided = {**corrections.as_json(), "left_out": []}
    if decided == NO_CORRECTIONS.as_json():
        return False
    if kept is None:
        return True
    cells = [[cell["sheet"], cell["cell"], cell["to"]] for cell in kept["cells"]]
    before = {**kept, "cells": cells, "left_out": []}
    return _sorted(decided) != _sorted(before)


def _sorted(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: sorted(part) if isinstance(part, list) else part for name, part in document.items()}


def originals(book: RawBook, corrections: Corrections) -> dict[Address, str]:
    """What stands in the workbook itself in every corrected cell, as text."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    return {
        (sheet, cell): sheets[sheet].text(*position_of(cell))
        for sheet, cell in corrections.cells
        if sheet in sheets
    }


def kept_corrections(corrections: Corrections, before: Mapping[Address, str], by: str) -> dict[str, Any]:
    """The decisions as they are kept with what was applied: each cell with what stood there, and by whom."""
    return corrections.as_json() | {
        "cells": [
            {"sheet": sheet, "cell": cell, "from": before.get((sheet, cell), ""), "to": text, "by": by}
            for (sheet, cell), text in corrections.cells.items()
        ]
    }


def corrected(book: RawBook, corrections: Corrections) -> RawBook:
    """The workbook with every corrected cell holding the text that was typed for it on screen.

    Sheets that the workbook does not have are left aside; the workbook itself stays as it is.
    """
    by_sheet: dict[str, dict[Position, str]] = {}
    for (sheet, cell), text in corrections.cells.items():
        by_sheet.setdefault(sheet, {})[position_of(cell)] = text
    if not by_sheet:
        return book
    sheets = (_corrected_sheet(sheet, by_sheet.get(sheet.name, {})) for sheet in book.sheets)
    return replace(book, sheets=tuple(sheets))


def _corrected_sheet(sheet: RawSheet, texts: Mapping[Position, str]) -> RawSheet:
    if not texts:
        return sheet
    cells = dict(sheet.cells)
    for (row, column), text in texts.items():
        if text.strip():
            cells[row, column] = RawCell(row, column, "s", text, number_format=TYPED_HERE)
        else:
            cells.pop((row, column), None)
    return replace(sheet, cells=cells)
