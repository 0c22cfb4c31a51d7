"""What a person decides about a file while looking at its check: written down, kept, undone one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from portfolio.findings import Finding
from portfolio.progress_reports.corrections import Address, Corrections, Side
from portfolio.progress_reports.results import FileResult
from portfolio.ui.import_books import cells_of_row
from portfolio.ui.import_works import ImportWork, check_work, keep_work

DecisionKind = Literal["layout", "cells", "answers", "sides"]
_ONE_CELL = re.compile(r"[A-Z]+[0-9]+")
ANSWERS = {
    "decimal-comma": "the comma is the decimal mark",
    "decimal-point": "the point is the decimal mark",
    "day-first": "the day stands first",
    "month-first": "the month stands first",
    "percent-hundred": "100 stands for all",
    "percent-one": "1 stands for all",
    "times-1": "in single units, as written",
    "times-1000": "in thousands",
    "times-1000000": "in millions",
}
LAYOUT_SET = "as set above"
_SIDES: dict[str, str] = {"file": "the file's value", "tracker": "the tracker's value"}


@dataclass(frozen=True)
class Decision:
    """One decision: about which cells or column of which sheet, what stood there, and what holds instead.

    The cells of one row that are passed over are one decision.
    """

    kind: DecisionKind
    addresses: tuple[Address, ...]
    was: str
    becomes: str

    @property
    def is_row(self) -> bool:
        """Whether it passes over several cells of a row."""
        return len(self.addresses) > 1

    @property
    def place(self) -> str:
        """Where it holds: "Money F14", "Money, column F", "Money, row 14"."""
        if self.kind == "layout":
            return "Layout"
        sheet, at = self.addresses[0]
        if self.is_row:
            return f"{sheet}, row {_row_of(at)}"
        return f"{sheet}, column {at}" if self.kind == "answers" else f"{sheet} {at}"


def decisions_of(file: FileResult) -> tuple[Decision, ...]:
    """Every decision about a file that its check has taken up."""
    made = file.corrections
    said = {address_of(item): item.value or "" for item in file.findings}
    layout = (Decision("layout", (), "", LAYOUT_SET),) if made.layout is not None else ()
    return (
        *layout,
        *(Decision("answers", (at,), "", _answer_words(codes)) for at, codes in made.answers.items()),
        *_of_cells(file),
        *(Decision("sides", (at,), said.get(at, ""), _SIDES[side]) for at, side in made.sides.items()),
    )


def _of_cells(file: FileResult) -> Iterator[Decision]:
    """The corrected cells; those of a row that were all emptied together."""
    rows: dict[tuple[object, ...], list[Address]] = {}
    for (sheet, cell), text in file.corrections.cells.items():
        likeness = (sheet, _row_of(cell)) if not text else (sheet, cell, text)
        rows.setdefault(likeness, []).append((sheet, cell))
    for addresses in rows.values():
        stood = " | ".join(filter(None, (file.originals.get(at, "") for at in addresses)))
        yield Decision("cells", tuple(addresses), stood, file.corrections.cells[addresses[0]])


def _row_of(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _answer_words(codes: str) -> str:
    return ", ".join(ANSWERS.get(code, code) for code in codes.split())


def is_mendable(item: Finding) -> bool:
    """Whether another value can be typed for it: it stands in one cell, and in a column that holds values."""
    is_side = any(offer.kind == "side" for offer in item.offers)
    return bool(item.sheet and item.field and item.cell and _ONE_CELL.fullmatch(item.cell)) and not is_side


def address_of(item: Finding) -> Address:
    """Sheet and cell of a finding."""
    return item.sheet or "", item.cell or ""


def column_of(item: Finding) -> Address:
    """Sheet and column letter of a finding."""
    return item.sheet or "", (item.cell or "").rstrip("0123456789")


def write_cells(work: ImportWork, sha256: str, items: Iterable[Finding], text: str) -> None:
    """Nothing; the text holds in place of what stands in the cells, and the file is checked again."""
    made = work.decided(sha256)
    cells = {**made.cells, **{address_of(item): text for item in items if is_mendable(item)}}
    hold(work, sha256, replace(made, cells=cells))


def is_row_to_leave(file: FileResult, item: Finding) -> bool:
    """Whether the row of a finding can be left out: in a workbook of one's own, or where it has no place."""
    is_settled_otherwise = any(offer.kind in ("side", "column") for offer in item.offers)
    if not item.sheet or not item.cell or not _ONE_CELL.fullmatch(item.cell) or is_settled_otherwise:
        return False
    if item.code.startswith("ROW_"):
        return True
    return file.layout_guess is not None and item.field is not None


def leave_rows_out(work: ImportWork, file: FileResult, items: Iterable[Finding]) -> None:
    """Nothing; the rows of the findings are read as empty, and the file is checked again."""
    made = work.decided(file.sha256)
    places = {(item.sheet or "", int(_row_of(item.cell or "0"))) for item in items}
    cells = {(sheet, cell): "" for sheet, row in places for cell in cells_of_row(file, sheet, row)}
    hold(work, file.sha256, replace(made, cells={**made.cells, **cells}))


def answer_column(work: ImportWork, sha256: str, item: Finding, code: str) -> None:
    """Nothing; the column of the finding is read so, and the file is checked again.

    A column can be asked about twice, for example its decimal mark and then its unit: both answers hold.
    """
    made = work.decided(sha256)
    earlier = made.answers.get(column_of(item), "").split()
    codes = " ".join(dict.fromkeys((*earlier, code)))
    hold(work, sha256, replace(made, answers={**made.answers, column_of(item): codes}))


def choose_sides(work: ImportWork, sha256: str, items: Iterable[Finding], side: Side) -> None:
    """Nothing; in each of these conflicts this side's value holds, and the file is checked again."""
    made = work.decided(sha256)
    sides = {**made.sides, **{address_of(item): side for item in items}}
    hold(work, sha256, replace(made, sides=sides))


def choose_unit(work: ImportWork, sha256: str, unit: tuple[str, str], *, goes_in: bool) -> None:
    """Nothing; the project and period goes in or stays out, and the file is checked again."""
    made = work.decided(sha256)
    left_out = made.left_out - {unit} if goes_in else made.left_out | {unit}
    hold(work, sha256, replace(made, left_out=left_out))


def take_back(work: ImportWork, sha256: str, decisions: Iterable[Decision]) -> None:
    """Nothing; these decisions no longer hold, and the file is checked again."""
    made = work.decided(sha256)
    listed = list(decisions)
    gone = {(decision.kind, at) for decision in listed for at in decision.addresses}
    keeps_layout = all(decision.kind != "layout" for decision in listed)
    hold(
        work,
        sha256,
        replace(
            made,
            cells={at: text for at, text in made.cells.items() if ("cells", at) not in gone},
            answers={at: code for at, code in made.answers.items() if ("answers", at) not in gone},
            layout=made.layout if keeps_layout else None,
            sides={at: side for at, side in made.sides.items() if ("sides", at) not in gone},
        ),
    )


def accept(work: ImportWork, group: str, *, accepted: bool) -> None:
    """Nothing; the tick of a group of warnings is set or taken away, and kept."""
    (work.accepted.add if accepted else work.accepted.discard)(group)
    keep_work(work)


def hold(work: ImportWork, sha256: str, made: Corrections) -> None:
    """Nothing; the decisions about a file are kept, and it is checked again with them."""
    if work.outcome is not None:
        return
    work.decisions[sha256] = made
    work.problem = work.again = work.noted = ""
    work.earlier = None
    keep_work(work)
    check_work(work)
