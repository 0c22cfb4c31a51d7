"""One table of an issued workbook: headings, prefilled rows, empty rows with their keys, sums and rules."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from portfolio.model.changes import Value
from portfolio.partners import footnotes_for_text
from portfolio.progress_reports.fields.columns import (
    COMPUTED_MARK,
    KEY_LABEL,
    OWN_PARTNERS,
    TOTAL_KEY,
    FieldSpec,
    SheetSpec,
)
from portfolio.progress_reports.files.cells import cell_ref
from portfolio.progress_reports.values.values import tidy_text
from portfolio.progress_reports.workbooks.contents import WorkbookContent
from portfolio.progress_reports.workbooks.sheet_styles import NUMBER_FORMATS, SheetStyles
from portfolio.progress_reports.workbooks.validations import validation

_FILLING = "White cells are to be filled, grey ones are locked. Empty keeps, CLEAR erases."
_REMOVING = "REMOVE in the column Action takes a row out."
_LINE_HEIGHT = 13.5
_MOST_LINES = 30
_SUM_WIDTH = 17
# How many letters of a text stand in the width of one digit, by which columns are measured.
_LETTERS, _SMALL_LETTERS = 1.12, 1.35


def write_table(sheet: Worksheet, spec: SheetSpec, content: WorkbookContent, styles: SheetStyles) -> None:
    """Nothing; the sheet is filled from its title to its last row."""
    _Table(sheet, spec, content, styles).write()


class _Table:
    """One table while it is being written; rows and columns count from 0 here."""

    def __init__(
        self, sheet: Worksheet, spec: SheetSpec, content: WorkbookContent, styles: SheetStyles
    ) -> None:
        self.sheet, self.spec, self.content, self.styles = sheet, spec, content, styles
        self.rows = content.issued.rows[spec.key]
        self.new_keys = content.issued.new_rows.get(spec.key, ())
        self.header_row = 0

    def write(self) -> None:
        """Nothing; the sheet is filled."""
        self._write_heading()
        self._write_header()
        for row, key in enumerate(self._keys, self.header_row + 1):
            self._write_row(row, key, self.rows.get(key, {}))
        if self.spec.has_total:
            self._write_totals()
        self._add_validations()
        self.sheet.freeze_panes(self.header_row + 1, 2)
        self.sheet.repeat_rows(self.header_row)

    @property
    def _keys(self) -> tuple[str, ...]:
        return (*self.rows, *self.new_keys)

    def _specs(self, key: str) -> Iterator[tuple[int, FieldSpec, bool]]:
        """Column, specification and whether it may be filled, for each cell of a row."""
        is_new = key not in self.rows
        for column, field in enumerate(self.spec.fields, 1):
            spec = self.spec.spec_for(key, field.key)
            yield column, spec, spec.may_enter(in_new_row=is_new)

    def _write_heading(self) -> None:
        can_remove = any(field.kind == "action" for field in self.spec.fields)
        lines = [self.spec.guidance]
        if self._keys:
            lines.append(f"{_FILLING} {_REMOVING}" if can_remove else _FILLING)
        if needed := self._needed:
            lines.append(f"A new row needs: {', '.join(needed)}.")
        lines += footnotes_for_text(self._texts(), self.content.profile)
        self.sheet.write_string(0, 1, self.content.title(self.spec.name), self.styles.title)
        self.sheet.write_string(1, 1, self.content.identity.line, self.styles.small)
        row = 2
        if self.content.notice:
            self.sheet.write_string(row, 1, self.content.notice, self.styles.warning)
            row += 1
        width = int(self.spec.width / self.spec.pages_wide * _SMALL_LETTERS)
        for line in lines:
            for part in textwrap.wrap(line, width):
                self.sheet.write_string(row, 1, part, self.styles.small)
                row += 1
        self.header_row = row + 1

    @property
    def _needed(self) -> tuple[str, ...]:
        """The columns that a new row is not accepted without."""
        return tuple(field.label for field in self.spec.fields if self.new_keys and field.is_needed)

    def _texts(self) -> Iterator[str]:
        """Everything that the sheet shows or offers, for the designations that go with it."""
        yield self.content.project.title
        for key, values in self.rows.items():
            for field in self.spec.fields:
                shown = self._shown(self.spec.spec_for(key, field.key), values.get(field.key))
                if isinstance(shown, str):
                    yield shown
        if any(field.vocabulary == OWN_PARTNERS for field in self.spec.fields) and self._keys:
            yield from self.content.issued.labels[OWN_PARTNERS].values()

    def _shown(self, spec: FieldSpec, value: Value) -> str | float | None:
        return self.content.issued.shown(spec, value)

    def _write_header(self) -> None:
        keys = self.header_row - 1
        self.sheet.set_row(keys, None, None, {"hidden": True})
        self.sheet.set_column(0, 0, 20, None, {"hidden": True})
        self.sheet.write_string(keys, 0, self.spec.marker, self.styles.key)
        self.sheet.write_string(self.header_row, 0, KEY_LABEL, self.styles.header)
        for column, field in enumerate(self.spec.fields, 1):
            style = self.styles.header_right if field.kind in NUMBER_FORMATS else self.styles.header
            self.sheet.set_column(column, column, field.width)
            self.sheet.write_string(keys, column, field.key, self.styles.key)
            self._write_label(column, field, style)
        lines = max(len(textwrap.wrap(field.header, field.width - 2)) for field in self.spec.fields)
        self.sheet.set_row(self.header_row, max(30, _LINE_HEIGHT * lines + 3))

    def _write_label(self, column: int, field: FieldSpec, style: Format) -> None:
        """The label of a column; who may fill it stands behind in small letters, for the grey says it too."""
        if field.header == field.label:
            self.sheet.write_string(self.header_row, column, field.label, style)
            return
        behind = field.header.removeprefix(field.label)
        self.sheet.write_rich_string(
            self.header_row, column, self.styles.strong, field.label, self.styles.aside, behind, style
        )

    def _write_row(self, row: int, key: str, values: Mapping[str, Value]) -> None:
        self.sheet.write_string(row, 0, key, self.styles.key)
        lines = 1
        for column, spec, is_input in self._specs(key):
            shown = self._shown(spec, values.get(spec.key))
            lines = max(lines, _lines(spec, shown), spec.lines if is_input else 1)
            style = self.styles.cell(spec, shown, is_input=is_input)
            if shown is None:
                self.sheet.write_blank(row, column, None, style)
            elif isinstance(shown, str):
                self.sheet.write_string(row, column, tidy_text(shown)[0], style)
            else:
                self.sheet.write_number(row, column, shown, style)
        if lines > 1:
            self.sheet.set_row(row, _LINE_HEIGHT * min(lines, _MOST_LINES))

    def _write_totals(self) -> None:
        """The row below the amounts; formulas, each with its result."""
        first, last = self.header_row + 1, self.header_row + len(self._keys)
        self.sheet.write_string(last + 1, 0, TOTAL_KEY, self.styles.key)
        self.sheet.write_string(last + 1, 1, "Total", self.styles.total_name)
        for column, field in enumerate(self.spec.fields[1:], 2):
            self.sheet.write_blank(last + 1, column, None, self.styles.total)
            if field.kind == "amount":
                amounts = [values.get(field.key) for values in self.rows.values()]
                self._write_sum(last + 1, column, (first, column, last, column), amounts)
        if self.spec.summed:
            self._write_sums_beside(first, last)

    def _write_sums_beside(self, first: int, last: int) -> None:
        """The column beside the table that adds up neighbouring amounts of each row."""
        beside = len(self.spec.fields) + 1
        names = [field.key for field in self.spec.fields]
        left, right = (names.index(self.spec.summed[end]) + 1 for end in (0, -1))
        self.sheet.set_column(beside, beside, _SUM_WIDTH)
        self.sheet.write_string(self.header_row - 1, beside, COMPUTED_MARK, self.styles.key)
        self.sheet.write_string(
            self.header_row, beside, "Total to date (EUR, computed)", self.styles.header_right
        )
        every: list[Value] = []
        for line, values in enumerate(self.rows.values(), first):
            amounts = [values.get(name) for name in self.spec.summed]
            every += amounts
            self._write_sum(line, beside, (line, left, line, right), amounts)
        self._write_sum(last + 1, beside, (first, beside, last, beside), every)

    def _write_sum(
        self, row: int, column: int, area: tuple[int, int, int, int], amounts: Iterable[Value]
    ) -> None:
        cells = f"{cell_ref(area[0] + 1, area[1] + 1)}:{cell_ref(area[2] + 1, area[3] + 1)}"
        known = [amount for amount in amounts if isinstance(amount, int)]
        # Where nothing is known the sum is not known either, and stays empty.
        result: float | str = sum(known) / 100 if known else ""
        formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
        style = self.styles.total if row > self.header_row + len(self._keys) else self.styles.computed
        self.sheet.write_formula(row, column, formula, style, result)

    def _add_validations(self) -> None:
        """One rule for each run of cells of a column that are filled in the same way."""
        rows = [list(self._specs(key)) for key in self._keys]
        for column in range(1, len(self.spec.fields) + 1):
            cells = (line[column - 1] for line in rows)
            start = self.header_row + 1
            for field, run in groupby(spec if is_input else None for _, spec, is_input in cells):
                length = len(list(run))
                if field is not None:
                    rule = validation(field, cell_ref(start + 1, column + 1))
                    self.sheet.data_validation(start, column, start + length - 1, column, rule)
                start += length


def _lines(spec: FieldSpec, shown: str | float | None) -> int:
    """How many lines a text takes in its column; not every program finds that out by itself."""
    if spec.kind not in ("text", "choice") or not isinstance(shown, str):
        return 1
    letters = int(spec.width * _LETTERS) - 1
    return sum(len(textwrap.wrap(line, letters)) or 1 for line in shown.splitlines())
