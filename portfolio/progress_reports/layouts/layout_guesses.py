"""The layout of a workbook as far as it can be told unaided; what is doubtful is left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from portfolio.progress_reports.fields.columns import OWN_SHEETS
from portfolio.progress_reports.files.cells import RawBook, RawSheet
from portfolio.progress_reports.layouts.header_blocks import Block, find_blocks
from portfolio.progress_reports.layouts.header_rows import HeaderRows
from portfolio.progress_reports.layouts.layout_columns import columns_of
from portfolio.progress_reports.layouts.layout_contexts import (
    Answer,
    ProjectNames,
    Said,
    period_said,
    project_said,
    said_in,
    unit_said,
)
from portfolio.progress_reports.layouts.layout_doubts import without_doubtful
from portfolio.progress_reports.layouts.layout_units import Surroundings
from portfolio.progress_reports.layouts.layouts import Layout, ProjectName, TableLayout

_ROWS_WITHOUT_TABLE = 60
_ROWS_BELOW = 12


@dataclass(frozen=True)
class BookContext:
    """What the workbook says of all its tables: texts on sheets without one, and what they come to."""

    said: tuple[Said, ...]
    project: Answer
    period: Answer


def guess(book: RawBook, names: Iterable[ProjectName], remembered: Sequence[Layout] = ()) -> Layout:
    """What can be told of a workbook: its tables, their columns, and the project and period they name.

    `remembered` are earlier layouts, whose headers are known as what they were taken for.
    """
    projects = ProjectNames(names)
    blocks = {sheet.name: find_blocks(sheet, projects) for sheet in readable_sheets(book)}
    context = book_context(book, blocks, projects)
    known = _known_headers(remembered)
    return Layout(
        tuple(
            table_layout(sheet, blocks[sheet.name], place, context, projects, known, rows)
            for sheet in readable_sheets(book)
            if blocks[sheet.name]
            for rows in (HeaderRows(sheet),)
            for place in range(len(blocks[sheet.name]))
        )
    )


def readable_sheets(book: RawBook) -> tuple[RawSheet, ...]:
    """The sheets that a person sees, without those that this tracker adds."""
    return tuple(sheet for sheet in book.sheets if sheet.state == "visible" and sheet.name not in OWN_SHEETS)


def book_context(book: RawBook, blocks: dict[str, tuple[Block, ...]], projects: ProjectNames) -> BookContext:
    """What the first rows of every sheet say, down to its first table."""
    said: list[Said] = []
    for sheet in readable_sheets(book):
        tables = blocks.get(sheet.name, ())
        last = tables[0].top - 1 if tables else _ROWS_WITHOUT_TABLE
        said += said_in(sheet, range(1, last + 1))
    said += [Said(text, "the file's properties") for text in book.properties.values()]
    return BookContext(tuple(said), project_said(said, projects), period_said(said))


def table_layout(
    sheet: RawSheet,
    blocks: tuple[Block, ...],
    place: int,
    context: BookContext,
    projects: ProjectNames,
    known: dict[tuple[str, str], str],
    rows: HeaderRows | None = None,
) -> TableLayout:
    """One table of a sheet: its columns, and what the rows above and the sheet's name say of it."""
    block = blocks[place]
    rows = HeaderRows(sheet) if rows is None else rows
    last = rows.last
    if place + 1 < len(blocks):
        last = _rows_above(rows, blocks, place + 1).start - 1
    named = Said(sheet.name, f"the name of sheet {sheet.name}")
    above, top = _rows_above(rows, blocks, place), range(1, blocks[0].top)
    end = range(max(block.bottom + 1, last - _ROWS_BELOW), last + 1)
    own = (*said_in(rows.part(above), above), named)
    first = (*said_in(rows.part(top), top), named)
    below = said_in(rows.part(end), end)
    unit = unit_said(own)
    surroundings = Surroundings(
        words=" ".join(item.text for item in own),
        # The title of a sheet speaks for all its tables, unless one says something else.
        unit=unit if unit != (None, False) else unit_said(first),
        doubted=unit_said((*below, *context.said)) != (None, False),
        names=projects,
        known=known,
    )
    columns = columns_of(rows.part(range(block.bottom + 1, last + 1)), block, last, surroundings)
    introduced = [item.text for item in (*own, *first)]
    table = TableLayout(
        sheet=sheet.name,
        table=block.table,
        header_rows=block.rows,
        last_row=last,
        columns=without_doubtful(block.table, columns, introduced, [item.text for item in below]),
        rival=block.rival,
    )
    return with_context(table, (own, first), context, projects)


def with_context(
    table: TableLayout, around: Sequence[Sequence[Said]], context: BookContext, projects: ProjectNames
) -> TableLayout:
    """The table with the project and the period that its surroundings name, the nearest first."""
    project = _nearest([*(project_said(said, projects) for said in around), context.project])
    period = _nearest([*(period_said(said) for said in around), context.period])
    return replace(
        table, project=project.value, project_why=project.why, period=period.value, period_why=period.why
    )


def _nearest(answers: list[Answer]) -> Answer:
    """The first that says something; where it says several things, those farther off do not count."""
    return next((answer for answer in answers if answer.value or answer.is_torn), Answer())


def _rows_above(rows: HeaderRows, blocks: tuple[Block, ...], place: int) -> range:
    """The rows that introduce a table: all above the first, for others those right above the header."""
    block = blocks[place]
    if not place:
        return range(1, block.top)
    first, top = blocks[place - 1].bottom + 1, block.top
    while top > first and len(rows.columns(top - 1, top - 1)) in (1, 2):
        top -= 1
    return range(top, block.top)


def _known_headers(remembered: Sequence[Layout]) -> dict[tuple[str, str], str]:
    """What the headers of earlier layouts were taken for, by table and header, where they agree."""
    found: dict[tuple[str, str], set[str]] = {}
    for layout in remembered:
        for table in layout.tables:
            for column in table.columns:
                if column.field:
                    found.setdefault((table.table, column.header), set()).add(column.field)
    return {at: next(iter(fields)) for at, fields in found.items() if len(fields) == 1}
