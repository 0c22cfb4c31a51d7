"""What a careful person answers to the mapping step about a foreign workbook: from its truth alone.

The truth was written by somebody who has not seen the tracker, so its words differ slightly from the
tracker's. FIELDS maps them. KEPT_AS are columns that the truth takes for nothing because its author did not
know that the tracker has a field for them; they do not count as columns, but what is read from them is held
against the cells here.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.cell import coordinate_from_string

from portfolio.progress_reports.files.cells import RawBook, RawSheet
from portfolio.progress_reports.layouts.layout_choices import with_choice
from portfolio.progress_reports.layouts.layout_views import examine
from portfolio.progress_reports.layouts.layouts import LEFT_OUT, Layout, ProjectName, Question, TableLayout
from tests.workbooks.foreign_reading import ASK, Column, Normal, Record, Truth, Value

# An amount is kept in cents, a partner as its code. Who paid is not kept with a receipt: it has no field, and
# so such a column can only be left out. It counts as not mapped, its values as missing.
FIELDS = {"amount": "amount_cents", "partner": "partner_code", "payer": ""}
# Sheet and column that the truth leaves aside, and the field of the tracker that it clearly is.
KEPT_AS = {
    ("Risk register", "A"): "category",  # Political, Operational, Financial are codes of the tracker's list
    ("Risk register", "G"): "owner",  # "who looks after it"
    ("Risks", "G"): "owner",  # "who looks after it"
    ("Costs & receipts", "D"): "note",  # "what kind of payment, in words"
}
Unit = tuple[str, str]
Told = tuple[Unit, str, Record]
_MOST_ROUNDS = 60


def field_of(column: Column) -> str:
    """The tracker's field that a column of the truth means, "" for none."""
    if column.table in ("project", "period"):
        return column.table
    return FIELDS.get(column.field or "", column.field or "")


def place(address: str) -> tuple[int, int]:
    """Row and column of a cell."""
    letters, row = coordinate_from_string(address)
    return row, column_index_from_string(letters)


def span(column: Column) -> tuple[int, int, int]:
    """Number of a column of the truth, and its first and last row."""
    left, top, _, bottom = range_boundaries(column.cells)
    assert left is not None
    assert top is not None
    assert bottom is not None
    return left, top, bottom


def holds(table: TableLayout, sheet: str, row: int) -> bool:
    """Whether a row lies below the header of a table, before the next one."""
    return table.sheet == sheet and table.header_rows[-1] < row <= table.last_row


def column_at(truth: Truth, table: TableLayout, number: int) -> Column | None:
    """What the truth says of a column of a table; None where it does not speak of it."""
    for column in truth.columns:
        own, first, _ = span(column)
        if own == number and holds(table, column.sheet, first):
            return column
    return None


def told(truth: Truth) -> Iterator[Told]:
    """Every record of the truth with its unit and table."""
    for unit, tables in truth.records.items():
        for table, records in tables.items():
            for record in records:
                yield unit, table, record


def _told_in(truth: Truth, table: TableLayout) -> list[Told]:
    def is_inside(value: Value) -> bool:
        return holds(table, value.sheet, place(value.cell)[0])

    return [each for each in told(truth) if any(map(is_inside, each[2].values.values()))]


def _only(values: set[str]) -> str | None:
    return values.pop() if len(values) == 1 else None


class CarefulPerson:
    """Somebody who knows what stands in the workbook, and answers only what the view asks."""

    def __init__(self, book: RawBook, names: tuple[ProjectName, ...], truth: Truth) -> None:
        self._book, self._names, self._truth = book, names, truth
        self._sheets: dict[str, RawSheet] = {sheet.name: sheet for sheet in book.sheets}
        self.answered: list[tuple[str, str]] = []

    def completed(self, layout: Layout) -> Layout:
        """The layout after every question that the truth can answer; the others stay open."""
        for _ in range(_MOST_ROUNDS):
            view = examine(self._book, self._names, layout)
            answers = ((question, self._answer(question, layout)) for question in view.questions)
            found = next(((question, answer) for question, answer in answers if answer is not None), None)
            if found is None:
                break
            question, answer = found
            after = with_choice(self._book, self._names, layout, question.choose(answer))
            assert after != layout, f"The answer {answer!r} changes nothing: {question.sentence}"
            layout = after
            self.answered.append((question.sentence, answer))
        return layout

    def _answer(self, question: Question, layout: Layout) -> str | None:
        """The value of an offered option, None where the truth does not settle the question."""
        offered = {option.value for option in question.options}
        if question.table < 0:
            return None
        table = layout.tables[question.table]
        answer = getattr(self, f"_{question.kind}")(question, table)
        return answer if answer in offered else None

    def _project(self, question: Question, table: TableLayout) -> str | None:
        return _only({unit[0] for unit, _, _ in _told_in(self._truth, table)})

    def _period(self, question: Question, table: TableLayout) -> str | None:
        column = column_at(self._truth, table, question.column) if question.column else None
        if column is not None:
            return column.period
        return _only({unit[1] for unit, _, _ in _told_in(self._truth, table)})

    def _table(self, question: Question, table: TableLayout) -> str | None:
        return _only({name for _, name, _ in _told_in(self._truth, table)}) or ""

    def _column(self, question: Question, table: TableLayout) -> str | None:
        for column in table.columns:
            meant = column_at(self._truth, table, column.column)
            if meant is not None and meant.table and field_of(meant) == question.text:
                return str(column.column)
        return None

    def _field(self, question: Question, table: TableLayout) -> str | None:
        meant = column_at(self._truth, table, question.column)
        return (field_of(meant) if meant is not None else "") or LEFT_OUT

    def _multiplier(self, question: Question, table: TableLayout) -> str | None:
        column = column_at(self._truth, table, question.column)
        return None if column is None else factor_of(column)

    def _value(self, question: Question, table: TableLayout) -> str | None:
        """The code that the truth has for a cell of this column with this text."""
        found: set[Normal] = set()
        for unit, _, record in _told_in(self._truth, table):
            for value in record.values.values():
                row, column = place(value.cell)
                text = self._sheets[value.sheet].text(row, column).strip()
                if column == question.column and value.sheet == table.sheet and text == question.text:
                    found.add(value.value)
            at = self._cell_of_project(record, question, table)
            if at == question.text:
                found.add(unit[0])
        return _only({str(value) for value in found if value != ASK})

    def _cell_of_project(self, record: Record, question: Question, table: TableLayout) -> str:
        column = column_at(self._truth, table, question.column)
        if column is None or column.table != "project":
            return ""
        row = max(place(value.cell)[0] for value in record.values.values())
        return self._sheets[table.sheet].text(row, question.column).strip()

    def _constant(self, question: Question, table: TableLayout) -> str | None:
        """What the truth says of every record alike, without a column for it."""
        values = [record.values.get(question.text) for _, _, record in _told_in(self._truth, table)]
        return _only({str(value.value) if value else "" for value in values}) or None

    def _header(self, question: Question, table: TableLayout) -> str | None:
        return None


def factor_of(column: Column) -> str:
    """How many EUR stand for 1 in a column of amounts."""
    return "1000" if "thousands of EUR" in column.note else "1"
