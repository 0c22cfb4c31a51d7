"""Every cell of a workbook accounted for: read, empty, passed over or wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from portfolio.findings import Finding, prevents_acceptance
from portfolio.progress_reports.files.cells import Position, RawBook, RawSheet, position_of
from portfolio.progress_reports.tables.tables import FoundTable

_PASSED_OVER = frozenset({"CELL_LOCKED_CHANGED", "FIELD_NOT_REPORTED"})


@dataclass(frozen=True)
class CellCounts:
    """Every cell accounted for: `total` is the sum of the other four.

    used: read into a value or a key; empty: a cell of the tables without content; ignored: outside the
    tables, computed or locked; problem: with an error.
    """

    total: int = 0
    used: int = 0
    empty: int = 0
    ignored: int = 0
    problem: int = 0

    def __add__(self, other: CellCounts) -> CellCounts:
        return CellCounts(
            self.total + other.total, self.used + other.used, self.empty + other.empty,
            self.ignored + other.ignored, self.problem + other.problem,
        )  # fmt: skip

    def as_json(self) -> dict[str, int]:
        """The counts with the keys of the command-line contract."""
        return asdict(self)


def count_cells(book: RawBook, tables: Iterable[FoundTable], findings: Iterable[Finding]) -> CellCounts:
    """Every filled cell of the workbook and every empty one of its tables, each counted once."""
    found = [item for item in findings if item.sheet is not None and item.cell is not None]
    problems = _positions(item for item in found if prevents_acceptance((item,)))
    passed_over = _positions(item for item in found if item.code in _PASSED_OVER)
    ours: dict[str, set[Position]] = {}
    for table in tables:
        ours.setdefault(table.sheet.name, set()).update(table.positions())
    nothing: set[Position] = set()
    return sum(
        (
            _of_sheet(sheet, *(cells.get(sheet.name, nothing) for cells in (ours, problems, passed_over)))
            for sheet in book.sheets
        ),
        CellCounts(),
    )


def _positions(findings: Iterable[Finding]) -> dict[str, set[Position]]:
    found: dict[str, set[Position]] = {}
    for item in findings:
        found.setdefault(str(item.sheet), set()).add(position_of(str(item.cell)))
    return found


def _of_sheet(
    sheet: RawSheet, ours: set[Position], problems: set[Position], passed_over: set[Position]
) -> CellCounts:
    filled = sheet.cells.keys()
    every = ours | filled
    wrong = every & problems
    empty = ours - filled - wrong
    used = (ours & filled) - wrong - passed_over
    ignored = len(every) - len(wrong) - len(empty) - len(used)
    return CellCounts(len(every), len(used), len(empty), ignored, len(wrong))
