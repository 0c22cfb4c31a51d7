"""The decisions of the mapping step: each gives the layout anew, with everything that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from portfolio.progress_reports.fields.columns import OWN_LISTS
from portfolio.progress_reports.files.cells import RawBook, RawSheet
from portfolio.progress_reports.layouts.header_blocks import Block, block_at
from portfolio.progress_reports.layouts.header_rows import HeaderRows
from portfolio.progress_reports.layouts.header_texts import header_text
from portfolio.progress_reports.layouts.layout_columns import told_of
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames
from portfolio.progress_reports.layouts.layout_fields import fields_of, tables, value_field
from portfolio.progress_reports.layouts.layout_guesses import book_context, table_layout
from portfolio.progress_reports.layouts.layouts import (
    LEFT_OUT,
    Choice,
    ColumnLayout,
    Layout,
    ProjectName,
    TableLayout,
)
from portfolio.progress_reports.layouts.named_periods import named_period
from portfolio.vocabulary import labels

_CHOSEN = "Chosen by you."
_ROWS_TRIED = 40


def with_choice(book: RawBook, names: Iterable[ProjectName], layout: Layout, choice: Choice) -> Layout:
    """The layout after a decision; a choice that fits nothing leaves it as it is."""
    if choice.kind == "table":
        return _with_table(book, ProjectNames(names), layout, choice)
    if choice.kind == "header":
        return _with_header(book, ProjectNames(names), layout, choice)
    if choice.table < 0:
        tables = tuple(_CHANGES[choice.kind](table, choice) for table in layout.tables)
        return replace(layout, tables=tables)
    if choice.table >= len(layout.tables):
        return layout
    return layout.with_table(choice.table, _CHANGES[choice.kind](layout.tables[choice.table], choice))


def _with_table(book: RawBook, names: ProjectNames, layout: Layout, choice: Choice) -> Layout:
    """A table taken for another one, left out, or added on a sheet that had none."""
    if choice.value and choice.value not in tables():
        return layout
    if 0 <= choice.table < len(layout.tables):
        old = layout.tables[choice.table]
        if not choice.value:
            return layout.with_table(choice.table, None)
        sheet = _sheet(book, old.sheet)
        block = block_at(sheet, old.header_rows[-1], choice.value, names) if sheet else None
        return _replaced(book, names, layout, choice.table, sheet, block)
    sheet = _sheet(book, choice.sheet)
    block = _likeliest(sheet, choice.value, names) if sheet and choice.value else None
    if sheet is None or block is None:
        return layout
    return replace(layout, tables=(*layout.tables, _built(book, names, sheet, (block,), 0)))


def _with_header(book: RawBook, names: ProjectNames, layout: Layout, choice: Choice) -> Layout:
    if not 0 <= choice.table < len(layout.tables) or not choice.value.isdigit():
        return layout
    old = layout.tables[choice.table]
    sheet = _sheet(book, old.sheet)
    block = block_at(sheet, int(choice.value), old.table, names) if sheet else None
    return _replaced(book, names, layout, choice.table, sheet, block)


def _replaced(
    book: RawBook,
    names: ProjectNames,
    layout: Layout,
    place: int,
    sheet: RawSheet | None,
    block: Block | None,
) -> Layout:
    """The layout with a table read anew under another header; what was chosen for the whole of it stays."""
    if sheet is None or block is None:
        return layout
    old = layout.tables[place]
    others = [
        found
        for position, table in enumerate(layout.tables)
        if table.sheet == sheet.name and position != place
        and (found := block_at(sheet, table.header_rows[-1], table.table, names)) is not None
    ]  # fmt: skip
    blocks = tuple(sorted((*others, block), key=lambda each: each.top))
    built = _built(book, names, sheet, blocks, blocks.index(block))
    kept = {
        name: getattr(old, name)
        for why in ("project", "period")
        if getattr(old, f"{why}_why") == _CHOSEN
        for name in (why, f"{why}_why")
    }
    if built.table == old.table:
        kept["constants"] = old.constants
    return layout.with_table(place, replace(built, **kept))


def _built(
    book: RawBook, names: ProjectNames, sheet: RawSheet, blocks: tuple[Block, ...], place: int
) -> TableLayout:
    context = book_context(book, {sheet.name: blocks}, names)
    return table_layout(sheet, blocks, place, context, names, {})


def _likeliest(sheet: RawSheet, table: str, names: ProjectNames) -> Block | None:
    """The header of a table that a person knows to be on the sheet."""
    rows = [row for row in HeaderRows(sheet).filled if row <= _ROWS_TRIED]
    found = [block for row in rows if (block := block_at(sheet, row, table, names)) is not None]
    return max(found, key=lambda block: (block.score, -block.top), default=None)


def _sheet(book: RawBook, name: str) -> RawSheet | None:
    return next((sheet for sheet in book.sheets if sheet.name == name and sheet.cells), None)


def _project(table: TableLayout, choice: Choice) -> TableLayout:
    return replace(table, project=choice.value, project_why=_CHOSEN if choice.value else "")


def _period(table: TableLayout, choice: Choice) -> TableLayout:
    if choice.value and named_period(choice.value) is None:
        return table
    if not choice.column:
        return replace(table, period=choice.value, period_why=_CHOSEN if choice.value else "")
    return _changed(table, choice.column, lambda column: replace(column, period=choice.value, why=_CHOSEN))


def _field(table: TableLayout, choice: Choice) -> TableLayout:
    field = choice.value or LEFT_OUT
    chosen = next((column for column in table.columns if column.column == choice.column), None)
    if chosen is None or field not in {*fields_of(table.table), LEFT_OUT}:
        return table
    taken = replace(chosen, field=field, how="chosen", why=_CHOSEN, suggestions=())
    if field == value_field(table.table) and not chosen.is_read:
        taken = _told_by_header(taken)
    columns = tuple(
        taken if column is chosen
        else replace(column, field="", how="", why="Another column was chosen for this.")
        if column.is_read and taken.is_read and told_of(column) == told_of(taken)
        else column
        for column in table.columns
    )  # fmt: skip
    return replace(table, columns=columns)


def _told_by_header(column: ColumnLayout) -> ColumnLayout:
    """With the period and the sex that its header names, which nobody should have to type."""
    from_header = header_text(tuple(column.header.split(" / ")))
    return replace(column, period=from_header.period, sex=from_header.sex, partner=from_header.partner)


def _column(table: TableLayout, choice: Choice) -> TableLayout:
    """The column that holds a field, named by its number."""
    number = int(choice.value) if choice.value.isdigit() else 0
    return _field(table, Choice("field", choice.text, table=choice.table, column=number))


def _multiplier(table: TableLayout, choice: Choice) -> TableLayout:
    if choice.value not in ("1", "1000", "1000000"):
        return table
    factor = int(choice.value)
    return _changed(table, choice.column, lambda column: replace(column, multiplier=factor, why=_CHOSEN))


def _value(table: TableLayout, choice: Choice) -> TableLayout:
    def mapped(column: ColumnLayout) -> ColumnLayout:
        others = tuple(pair for pair in column.values if pair[0] != choice.text)
        return replace(column, values=(*others, *(((choice.text, choice.value),) if choice.value else ())))

    return _changed(table, choice.column, mapped)


def _constant(table: TableLayout, choice: Choice) -> TableLayout:
    spec = fields_of(table.table).get(choice.text)
    if spec is None or spec.kind != "choice" or spec.vocabulary in OWN_LISTS:
        return table
    if choice.value not in ("", *labels(spec.vocabulary)):
        return table
    others = tuple(pair for pair in table.constants if pair[0] != choice.text)
    return replace(table, constants=(*others, *(((choice.text, choice.value),) if choice.value else ())))


def _changed(table: TableLayout, number: int, change: Callable[[ColumnLayout], ColumnLayout]) -> TableLayout:
    columns = (change(column) if column.column == number else column for column in table.columns)
    return replace(table, columns=tuple(columns))


_CHANGES: dict[str, Callable[[TableLayout, Choice], TableLayout]] = {
    "project": _project,
    "period": _period,
    "field": _field,
    "column": _column,
    "multiplier": _multiplier,
    "value": _value,
    "constant": _constant,
}
