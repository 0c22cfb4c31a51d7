"""The rows of a table of one's own: which of them are data, and which project and period each tells of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median

from portfolio.findings import Finding
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.fields.columns import FieldSpec
from portfolio.progress_reports.files.cells import Position, RawCell, RawSheet, cell_ref
from portfolio.progress_reports.layouts.column_meanings import heading_of
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames
from portfolio.progress_reports.layouts.layout_fields import (
    PERIOD,
    PROJECT,
    fields_of,
    title_field,
    value_field,
)
from portfolio.progress_reports.layouts.layout_totals import detail_rows, heading_of_total, total_rows
from portfolio.progress_reports.layouts.layouts import ColumnLayout, TableLayout
from portfolio.progress_reports.layouts.named_periods import named_period, period_mentions
from portfolio.progress_reports.tables.merges import filled_down, merged_areas

# What is merged over several rows says the same of each of them, but an amount or a number does not.
_NUMBERS = frozenset({"amount", "number", "percent", "count"})


@dataclass(frozen=True)
class Line:
    """One row of data; `project` and `period` are "" where neither the row nor its section says them."""

    row: int
    project: str
    period: str
    heading: str = ""


@dataclass(frozen=True)
class TableLines:
    """The data of a table: `sheet` has merged labels in every row that they cover.

    `anchors` say where the label of such a cell really stands.
    """

    sheet: RawSheet
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    anchors: Mapping[Position, Position]


def lines_of(table: TableLayout, sheet: RawSheet, names: ProjectNames) -> TableLines:
    """The rows of a table that are data, and what is said of those that are not."""
    whole, merged = filled_down(sheet, _label_columns(table), table.header_rows[-1] + 1)
    anchors = {
        (row, left): (top, left)
        for _, (top, left), (bottom, _) in merged_areas(sheet)
        for row in range(top + 1, min(bottom, table.last_row) + 1)
        if (row, left) in whole.cells and (row, left) not in sheet.cells
    }
    reader = _Lines(table, whole, names)
    lines = tuple(reader.lines())
    return TableLines(whole, lines, (*merged, *_merged_values(table, whole), *reader.findings), anchors)


def _label_columns(table: TableLayout) -> frozenset[int]:
    """The columns whose merged cells say what several rows are about."""
    specs = fields_of(table.table)
    # The title of a record is its own; that of an indicator or a heading can stand over several values.
    own = title_field(table.table) if table.table in ("milestones", "trainings", "risks") else ""
    return frozenset(
        column.column
        for column in table.columns
        if column.is_read and column.field != own and specs[column.field].kind not in _NUMBERS
    )


def _merged_values(table: TableLayout, sheet: RawSheet) -> Iterator[Finding]:
    """An error for each value that is merged over several rows."""
    labels = _label_columns(table)
    read = {column.column for column in table.columns if column.is_read} - labels
    for area, (top, left), (bottom, _) in merged_areas(sheet):
        inside = table.header_rows[-1] < top and bottom <= table.last_row
        if inside and bottom > top and left in read and sheet.text(top, left):
            yield finding("MERGED_VALUE", Place(sheet.name, cell_ref(top, left)), range=area)


@dataclass
class _Lines:
    """Goes down the rows of one table and keeps what the sections above each row said."""

    table: TableLayout
    sheet: RawSheet
    names: ProjectNames
    findings: list[Finding] = field(default_factory=list)
    project: str = ""
    period: str = ""

    def __post_init__(self) -> None:
        self._details: frozenset[int] = frozenset()
        self._carried = ("", 0)
        self._by_row: dict[int, dict[int, RawCell]] = {}
        last = self.table.header_rows[-1]
        first = last + 1
        texts = {column: self.sheet.text(row, column) for row, column in self.sheet.cells if row == last}
        self._headers = {column: text for column, text in texts.items() if text}
        for (row, column), cell in self.sheet.cells.items():
            if first <= row <= self.table.last_row and not cell.is_blank:
                self._by_row.setdefault(row, {})[column] = cell
        self._read = {column.column: column for column in self.table.columns if column.is_read}
        self._title = self.table.column_of(title_field(self.table.table))
        self._merged = {
            (row, column): (top, left)
            for _, (top, left), (bottom, right) in merged_areas(self.sheet)
            if right > left and bottom - top < 50
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }

    def lines(self) -> Iterator[Line]:
        """The rows of data, from top to bottom."""
        rows = [row for row in sorted(self._by_row) if not self._is_header(row)]
        self._details = detail_rows(self.table, self.sheet, self._by_row)
        totals, said = total_rows(self.table, self.sheet, self._by_row, self._details)
        self.findings += said
        widths: list[int] = []
        is_over = False
        for row in rows:
            filled = self._filled(row)
            follows_gap = row - 1 not in self._by_row and bool(widths)
            if not filled or row in totals:
                is_over = is_over or (follows_gap and not filled)
                continue
            if len(self._by_row[row]) == 1 or self._is_one_area(row):
                self._section(row)
                is_over = is_over or follows_gap
                continue
            if (follows_gap or is_over) and self._is_beyond(filled, widths):
                self._say("ROW_DOUBTFUL", row)
                is_over = True
                continue
            is_over = False
            widths.append(len(filled))
            line = self._line(row, filled)
            if line is not None:
                yield line

    def _filled(self, row: int) -> dict[int, RawCell]:
        """The cells of a row that are read; a formula alone makes no row."""
        return {column: cell for column, cell in self._by_row[row].items() if column in self._read}

    def _is_header(self, row: int) -> bool:
        """Whether the header stands once more in a row."""
        headers = self._headers
        same = [
            cell.text == headers[column] for column, cell in self._by_row[row].items() if column in headers
        ]
        return len(same) >= 2 and all(same)

    def _is_one_area(self, row: int) -> bool:
        """Whether all that stands in the row is one merged cell."""
        return len({self._merged.get((row, column), (row, column)) for column in self._by_row[row]}) == 1

    def _is_beyond(self, filled: Mapping[int, RawCell], widths: list[int]) -> bool:
        """Whether a row after an empty one is much emptier than the rows of the table."""
        return len(filled) < max(2, median(widths) / 2)

    def _amount_columns(self) -> list[ColumnLayout]:
        wanted = value_field(self.table.table)
        return [column for column in self._read.values() if wanted and column.field == wanted]

    def _section(self, row: int) -> None:
        """Nothing; a row with one text may name the project or the period of those below it."""
        column, cell = min(self._by_row[row].items())
        named = self.names.exact(cell.text) or "".join(self._one(self.names.inside(cell.text)))
        periods = {mention.period for mention in period_mentions(cell.text) if mention.period}
        if named:
            self.project = named
        elif len(periods) == 1:
            self.period = str(next(iter(periods)))
        self.findings.append(finding("ROW_NOT_DATA", self._place(row, column), cell.text))

    @staticmethod
    def _one(found: frozenset[str]) -> tuple[str, ...]:
        return tuple(found) if len(found) == 1 else ()

    def _line(self, row: int, filled: Mapping[int, RawCell]) -> Line | None:
        project, period = self._told(row, PROJECT), self._told(row, PERIOD)
        if project is None or period is None:
            self._carried = ("", 0)
            return None
        project = self._carry(row, project)
        heading = ""
        if self._title is not None and self._title.column not in filled:
            told_by_others = set(filled) <= {
                column.column for column in self.table.columns if column.field in (PROJECT, PERIOD)
            }
            if not told_by_others:
                self._say("ROW_TITLE_MISSING", row)
            return None
        if self.table.table == "money" and self._title is not None:
            found = self._heading(row, self._title)
            if found is None:
                return None
            heading = found
        return Line(row, project or self.project, period or self.period, heading)

    def _carry(self, row: int, project: str) -> str:
        """The project of a row, or that of the row right above where it is named once for several rows."""
        above, last = self._carried
        column = self.table.column_of(PROJECT)
        if not project and above and last == row - 1 and column is not None and not self.table.project:
            project = above
            place = self._place(row, column.column)
            self.findings.append(finding("LABEL_CARRIED", place, self.names.label(project)))
        self._carried = (project, row)
        return project

    def _told(self, row: int, name: str) -> str | None:
        """The project or the period that the row names; "" for none, None for one that is not known."""
        column = self.table.column_of(name)
        cell = self._by_row[row].get(column.column) if column else None
        if column is None or cell is None:
            return ""
        text = cell.text.strip()
        mapped = dict(column.values).get(text, "")
        found = mapped or (self.names.exact(text) if name == PROJECT else str(named_period(text) or ""))
        if not found:
            code = "PROJECT_UNKNOWN" if name == PROJECT else "PERIOD_UNREADABLE"
            self.findings.append(
                finding(
                    code,
                    self._place(row, column.column, fields_of(self.table.table)[name]),
                    text,
                    project=text,
                )
            )
            return None
        return found

    def _heading(self, row: int, column: ColumnLayout) -> str | None:
        """The budget heading of a row; None where it is none, or a part of one, which is said."""
        text = self.sheet.text(row, column.column)
        code = dict(column.values).get(text) or heading_of(text) or heading_of_total(text)
        place = self._place(row, column.column, fields_of("money")["heading"])
        if code:
            return code
        if row in self._details:
            self.findings.append(finding("ROW_DETAIL_IGNORED", place, text))
        elif any(amount.column in self._by_row[row] for amount in self._amount_columns()):
            self.findings.append(finding("HEADING_UNKNOWN", place, text))
        else:
            self.findings.append(finding("ROW_NOT_DATA", place, text))
        return None

    def _place(self, row: int, column: int, spec: FieldSpec | None = None) -> Place:
        known = (spec.key, spec.label) if spec else (None, None)
        return Place(self.sheet.name, cell_ref(row, column), *known)

    def _say(self, code: str, row: int) -> None:
        column, cell = min(self._by_row[row].items())
        self.findings.append(finding(code, self._place(row, column), cell.text))
