"""What the mapping step shows of a workbook: grids, columns with samples and options, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portfolio.dates import HalfYear, today
from portfolio.model.reports import HIGHEST_RATING
from portfolio.progress_reports.fields.columns import OWN_LISTS
from portfolio.progress_reports.files.cells import (
    RawBook,
    RawCell,
    RawSheet,
    cell_ref,
    column_letter,
    position_of,
)
from portfolio.progress_reports.layouts.column_meanings import heading_of
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames, said_in
from portfolio.progress_reports.layouts.layout_fields import (
    PERIOD,
    PROJECT,
    field_label,
    fields_of,
    tables,
    title_field,
    value_field,
)
from portfolio.progress_reports.layouts.layout_guesses import readable_sheets
from portfolio.progress_reports.layouts.layout_rows import lines_of
from portfolio.progress_reports.layouts.layout_totals import heading_of_total
from portfolio.progress_reports.layouts.layouts import (
    LEFT_OUT,
    ColumnLayout,
    ColumnView,
    Layout,
    LayoutView,
    Option,
    ProjectName,
    Question,
    SheetView,
    TableLayout,
)
from portfolio.progress_reports.values.choices import read_choice
from portfolio.progress_reports.values.values import read_value
from portfolio.vocabulary import labels

_ROWS_SHOWN = 30
_COLUMNS_SHOWN = 30
_LONGEST = 60
_SAMPLES = 3
_VALUES_ASKED = 25
_PERIODS_OFFERED = 8
_UNITS = (Option("1", "EUR"), Option("1000", "thousands of EUR"), Option("1000000", "millions of EUR"))


def examine(book: RawBook, names: Iterable[ProjectName], layout: Layout) -> LayoutView:
    """The workbook under a layout as the mapping step shows it."""
    projects = ProjectNames(names)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    columns = tuple(
        _column_view(position, table, column, sheets[table.sheet])
        for position, table in enumerate(layout.tables)
        if table.sheet in sheets
        for column in table.columns
    )
    views = tuple(_sheet_view(sheet, layout) for sheet in book.sheets if sheet.cells)
    return LayoutView(layout, views, columns, tuple(questions_of(book, projects, layout)))


def questions_of(book: RawBook, names: ProjectNames, layout: Layout) -> Iterator[Question]:
    """Everything about a layout that only a person can settle."""
    taken = {table.sheet for table in layout.tables}
    if not layout.tables:
        for sheet in readable_sheets(book):
            if sheet.cells and sheet.name not in taken:
                said = f"Which table does sheet {sheet.name} hold?"
                yield Question("table", said, table_options(), needed=True, sheet=sheet.name)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for position, table in enumerate(layout.tables):
        own = sheets.get(table.sheet)
        yield from _about_table(position, table, own, names)
        rows = _data_rows(table, own, names) if own is not None else frozenset()
        for column in table.columns:
            yield from _about_column(position, table, column)
            if column.is_read and own is not None:
                yield from _about_values(position, table, column, own, rows, names)


def _data_rows(table: TableLayout, sheet: RawSheet, names: ProjectNames) -> frozenset[int]:
    """The rows whose list values matter: those of data, and those that only an unknown value keeps out."""
    read = lines_of(table, sheet, names)
    unknown = {
        position_of(item.cell)[0]
        for item in read.findings
        if item.code in ("PROJECT_UNKNOWN", "HEADING_UNKNOWN") and item.cell is not None
    }
    return frozenset({line.row for line in read.lines} | unknown)


def table_options() -> tuple[Option, ...]:
    """The tables that a sheet can hold, and none."""
    return (*(Option(key, spec.name) for key, spec in tables().items()), Option("", "None of these"))


def field_options(table: str) -> tuple[Option, ...]:
    """The fields that a column can be, and none."""
    fields = (Option(key, field_label(table, key)) for key in fields_of(table))
    return (*fields, Option(LEFT_OUT, "Left out"))


def project_options(names: ProjectNames) -> tuple[Option, ...]:
    """The projects of the portfolio."""
    return tuple(Option(project.key, f"{project.acronym}: {project.title}") for project in names)


def period_options() -> tuple[Option, ...]:
    """The half-years that a report of today can be about, the last ended first."""
    periods = [HalfYear.last_ended(today())]
    while len(periods) < _PERIODS_OFFERED:
        periods.append(periods[-1].previous)
    return tuple(Option(str(period), str(period)) for period in periods)


def _about_table(
    position: int, table: TableLayout, sheet: RawSheet | None, names: ProjectNames
) -> Iterator[Question]:
    name = f"sheet {table.sheet}, row {table.header_rows[-1]}"
    if table.rival:
        both = " or ".join(tables()[key].name for key in (table.table, table.rival))
        said = f"What does the table on {name} hold: {both}?"
        yield Question("table", said, table_options(), True, table.sheet, position, suggestion=table.table)
    if needs_project(table, sheet, names):
        said = f"Which project does the table on {name} report?"
        likely = _likely_project(table, sheet, names)
        yield Question(
            "project", said, project_options(names), True, table.sheet, position, suggestion=likely
        )
    if needs_period(table) and not table.period:
        said = f"Which half-year does the table on {name} report?"
        yield Question("period", said, period_options(), True, table.sheet, position)
    for field in missing_choices(table):
        spec = fields_of(table.table)[field]
        said = f"The table on {name} has no column for: {spec.label}. What holds for all its new rows?"
        options = tuple(Option(code, term) for code, term in labels(spec.vocabulary).items())
        yield Question("constant", said, options, False, table.sheet, position, text=field)
    for field in missing_fields(table):
        said = f"Which column of the table on {name} holds: {field_label(table.table, field)}?"
        options = tuple(
            Option(str(column.column), f"{column_letter(column.column)} {column.header}".strip())
            for column in table.columns
            if not column.is_read
        )
        yield Question("column", said, options, True, table.sheet, position, text=field)


def _likely_project(table: TableLayout, sheet: RawSheet | None, names: ProjectNames) -> str:
    """The project whose title is most like a text above the table: offered, never taken."""
    if sheet is None:
        return ""
    said = said_in(sheet, range(1, table.header_rows[0]))
    named = {key for item in said for key in names.inside(item.text)}
    near = [key for item in said for key in names.near(item.text)[:1]]
    return near[0] if near and not named else ""


def needs_project(table: TableLayout, sheet: RawSheet | None, names: ProjectNames) -> bool:
    """Whether the project of a table has to be known: not where a column or a row above its data names it."""
    values = [column for column in table.columns if column.field == value_field(table.table)]
    by_column = bool(values) and all(column.project for column in values)
    if table.project or table.has(PROJECT) or by_column or sheet is None:
        return not (table.project or table.has(PROJECT) or by_column)
    below = range(table.header_rows[-1] + 1, table.last_row + 1)
    first = next((row for row in below if any((row, column) in sheet.cells for column in range(1, 60))), 0)
    texts = [sheet.text(first, column.column) for column in table.columns if sheet.text(first, column.column)]
    return not (len(texts) == 1 and (names.exact(texts[0]) or len(names.inside(texts[0])) == 1))


def needs_period(table: TableLayout) -> bool:
    """Whether the period of a table has to be known: not where each column or row names its own."""
    values = [column for column in table.columns if column.field == value_field(table.table) and column.field]
    own = bool(values) and all(column.period for column in values) and table.table in ("money", "indicators")
    return not own and not table.has(PERIOD)


def missing_choices(table: TableLayout) -> tuple[str, ...]:
    """The list values that a new row needs, and that neither a column nor a choice for all rows gives."""
    given = dict(table.constants)
    return tuple(
        spec.key
        for spec in tables()[table.table].fields
        if spec.kind == "choice" and spec.required and spec.default is None
        and spec.vocabulary not in OWN_LISTS and not table.has(spec.key) and spec.key not in given
    )  # fmt: skip


def missing_fields(table: TableLayout) -> tuple[str, ...]:
    """The fields without which no row of a table says anything, and that have no column."""
    value = value_field(table.table)
    by_column = any(column.heading for column in table.columns)
    title = () if by_column else (title_field(table.table),)
    also = (value,) if value and table.table != "indicators" and value not in title else ()
    return tuple(field for field in (*title, *also) if not table.has(field))


def _about_column(position: int, table: TableLayout, column: ColumnLayout) -> Iterator[Question]:
    at = f"Column {column_letter(column.column)} ({column.header})" if column.header else (
        f"Column {column_letter(column.column)}"
    )  # fmt: skip
    if not column.field and column.header:
        # Amounts and values are never offered by a likeness: a quarter or a share has nearly the same name.
        likely = [field for field in column.suggestions if field != value_field(table.table)]
        suggestion = likely[0] if likely else ""
        yield Question(
            "field", f"{at} is left out. {column.why} What does it hold?", field_options(table.table), False,
            table.sheet, position, column.column, suggestion=suggestion,
        )  # fmt: skip
    if column.is_read and column.multiplier is None:
        said = f"In which unit are the amounts of column {column_letter(column.column)}? {column.why}"
        yield Question("multiplier", said, _UNITS, True, table.sheet, position, column.column)


def _about_values(
    position: int,
    table: TableLayout,
    column: ColumnLayout,
    sheet: RawSheet,
    rows: frozenset[int],
    names: ProjectNames,
) -> Iterator[Question]:
    """The written values that no list knows, each once."""
    spec = fields_of(table.table)[column.field]
    is_rating = spec.kind == "count" and spec.maximum is not None and spec.maximum <= HIGHEST_RATING
    is_own = spec.kind == "choice" and spec.vocabulary not in OWN_LISTS
    if not (column.field == PROJECT or is_rating or is_own):
        return
    mapped = dict(column.values)
    cells = (cell for cell in cells_below(table, column, sheet) if cell.row in rows and cell.type == "s")
    cells_of = {cell.text.strip(): cell for cell in cells}
    for text in [text for text in cells_of if text not in mapped][:_VALUES_ASKED]:
        if column.field == PROJECT:
            options, near = project_options(names), names.near(text)[:1]
            known = bool(names.exact(text))
        elif is_rating:
            options = tuple(Option(str(each), str(each)) for each in range(1, HIGHEST_RATING + 1))
            known, near = read_value(spec, cells_of[text]).state != "bad", ()
        else:
            reading = read_choice(spec.vocabulary, text)
            terms = labels(spec.vocabulary)
            options = tuple(Option(code, name) for code, name in terms.items())
            near = tuple(code for code, name in terms.items() if name in reading.near[:1])
            is_heading = column.field == "heading" and bool(heading_of(text) or heading_of_total(text))
            known = reading.code is not None or is_heading
        if not known:
            said = f"What does '{text}' in column {column_letter(column.column)} stand for?"
            yield Question(
                "value", said, options, False, table.sheet, position, column.column, text, "".join(near)
            )


def cells_below(table: TableLayout, column: ColumnLayout, sheet: RawSheet) -> list[RawCell]:
    """The filled cells of a column, from the header down."""
    rows = range(table.header_rows[-1] + 1, table.last_row + 1)
    found = (sheet.cells.get((row, column.column)) for row in rows)
    return [cell for cell in found if cell is not None and not cell.is_blank]


def _sheet_view(sheet: RawSheet, layout: Layout) -> SheetView:
    width = min(max(column for _, column in sheet.cells), _COLUMNS_SHOWN)
    shown = range(1, min(max(row for row, _ in sheet.cells), _ROWS_SHOWN) + 1)
    return SheetView(
        name=sheet.name,
        state=sheet.state,
        letters=tuple(column_letter(column) for column in range(1, width + 1)),
        rows=tuple(
            (row, tuple(sheet.text(row, column)[:_LONGEST] for column in range(1, width + 1)))
            for row in shown
        ),
        tables=tuple(place for place, table in enumerate(layout.tables) if table.sheet == sheet.name),
    )


def _column_view(position: int, table: TableLayout, column: ColumnLayout, sheet: RawSheet) -> ColumnView:
    cells = cells_below(table, column, sheet)[:_SAMPLES]
    return ColumnView(
        table=position,
        letter=column_letter(column.column),
        layout=column,
        label=field_label(table.table, column.field),
        samples=tuple(f"{cell_ref(cell.row, cell.column)}: {cell.text[:_LONGEST]}" for cell in cells),
        options=field_options(table.table),
    )
