"""The workbook that is issued: what the tracker knows and room for what is new, in one."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from portfolio.model.changes import Value
from portfolio.partners import footnotes_for_text
from portfolio.progress_reports.cells import cell_ref, column_letter
from portfolio.progress_reports.columns import (
    COMPUTED_MARK,
    KEY_LABEL,
    LISTS_SHEET,
    META_SHEET,
    TOTAL_KEY,
    FieldSpec,
    SheetSpec,
)
from portfolio.progress_reports.contents import WorkbookContent
from portfolio.progress_reports.guides import write_guide
from portfolio.progress_reports.sheet_styles import SheetStyles
from portfolio.progress_reports.validations import validation
from portfolio.progress_reports.values import cell_content, tidy_text
from portfolio.vocabulary import labels

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_PROTECTION = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
_A4 = 9
_LINE_HEIGHT = 13.5
_MOST_LINES = 8


def write_workbook(content: WorkbookContent) -> bytes:
    """The workbook as bytes."""
    target = io.BytesIO()
    book = Workbook(target, _OPTIONS)
    styles = SheetStyles(book)
    book.set_properties({"title": content.title("Progress report"), "author": "Portfolio tracker"})
    write_guide(book.add_worksheet("Read me"), content, styles)
    for spec in content.issued.sheets:
        _Table(book.add_worksheet(spec.name), spec, content, styles).write()
    _write_lists(book, content.issued.sheets)
    _write_identity(book, content)
    for sheet in book.worksheets():
        _prepare_print(sheet, content)
        sheet.protect("", _PROTECTION)
    book.close()
    return target.getvalue()


class _Table:
    """One table of the workbook while it is being written; rows and columns count from 0 here."""

    def __init__(
        self, sheet: Worksheet, spec: SheetSpec, content: WorkbookContent, styles: SheetStyles
    ) -> None:
        self.sheet, self.spec, self.content, self.styles = sheet, spec, content, styles
        self.rows = content.issued.rows[spec.key]
        self.new_keys = content.issued.new_rows.get(spec.key, ())
        self.has_total = any(field.kind == "amount" for field in spec.fields)
        self.header_row = 0

    def write(self) -> None:
        """Nothing; the sheet is filled from its title to its last row."""
        self._write_heading()
        self._write_header()
        for offset, (key, values) in enumerate(self.rows.items(), 1):
            self._write_row(self.header_row + offset, key, values, is_new=False)
        for offset, key in enumerate(self.new_keys, 1 + len(self.rows)):
            self._write_row(self.header_row + offset, key, {}, is_new=True)
        if self.has_total:
            self._write_totals()
        self._add_validations()
        self.sheet.freeze_panes(self.header_row + 1, 2)
        self.sheet.repeat_rows(self.header_row)

    def _write_heading(self) -> None:
        lines = [
            self.spec.guidance,
            "White cells are to be filled, grey ones are locked. Empty keeps, CLEAR erases.",
        ]
        if self.content.notice:
            lines.insert(0, self.content.notice)
        lines += footnotes_for_text(self._texts(), self.content.profile)
        self.sheet.write_string(0, 1, self.content.title(self.spec.name), self.styles.title)
        self.sheet.write_string(1, 1, self.content.identity.line, self.styles.small)
        for row, line in enumerate(lines, 2):
            self.sheet.write_string(
                row, 1, line, self.styles.warning if line == self.content.notice else self.styles.small
            )
        self.header_row = 2 + len(lines) + 1

    def _texts(self) -> Iterable[str]:
        yield self.content.project.title
        for values in self.rows.values():
            yield from (value for value in values.values() if isinstance(value, str))

    def _write_header(self) -> None:
        keys = self.header_row - 1
        self.sheet.set_row(keys, None, None, {"hidden": True})
        self.sheet.set_column(0, 0, 20, None, {"hidden": True})
        self.sheet.write_string(keys, 0, self.spec.marker, self.styles.key)
        self.sheet.write_string(self.header_row, 0, KEY_LABEL, self.styles.header)
        for column, field in enumerate(self.spec.fields, 1):
            style = self.styles.header_right if field.kind == "amount" else self.styles.header
            self.sheet.set_column(column, column, field.width)
            self.sheet.write_string(keys, column, field.key, self.styles.key)
            self.sheet.write_string(self.header_row, column, field.header, style)
        self.sheet.set_row(self.header_row, 30)

    def _write_row(self, row: int, key: str, values: Mapping[str, Value], *, is_new: bool) -> None:
        self.sheet.write_string(row, 0, key, self.styles.key)
        lines = max((_lines(field, values.get(field.key)) for field in self.spec.fields), default=1)
        if lines > 1:
            self.sheet.set_row(row, _LINE_HEIGHT * lines)
        for column, field in enumerate(self.spec.fields, 1):
            written = cell_content(field, values.get(field.key))
            style = self.styles.cell(field, written, is_input=field.may_enter(in_new_row=is_new))
            if written is None:
                self.sheet.write_blank(row, column, None, style)
            elif isinstance(written, str):
                self.sheet.write_string(row, column, tidy_text(written)[0], style)
            else:
                self.sheet.write_number(row, column, written, style)

    def _write_totals(self) -> None:
        """The row below and the column beside the amounts; formulas, each with its result."""
        first, last = self.header_row + 1, self.header_row + len(self.rows)
        row, beside = last + 1, len(self.spec.fields) + 1
        self.sheet.write_string(row, 0, TOTAL_KEY, self.styles.key)
        self.sheet.write_string(row, 1, "Total", self.styles.total)
        for column, field in enumerate(self.spec.fields, 1):
            if field.kind == "amount":
                amounts = [values.get(field.key) for values in self.rows.values()]
                self._write_sum(row, column, (first, column, last, column), amounts)
        self.sheet.set_column(beside, beside, 17)
        self.sheet.write_string(self.header_row - 1, beside, COMPUTED_MARK, self.styles.key)
        self.sheet.write_string(
            self.header_row, beside, "Total to date (EUR, computed)", self.styles.header_right
        )
        summed = ("earlier_total", "amount_cents")
        every = []
        for line, values in enumerate(self.rows.values(), first):
            amounts = [values.get(name) for name in summed]
            every += amounts
            self._write_sum(line, beside, (line, beside - 2, line, beside - 1), amounts)
        self._write_sum(row, beside, (first, beside, last, beside), every)

    def _write_sum(
        self, row: int, column: int, area: tuple[int, int, int, int], amounts: Iterable[Value]
    ) -> None:
        cells = f"{cell_ref(area[0] + 1, area[1] + 1)}:{cell_ref(area[2] + 1, area[3] + 1)}"
        known = [amount for amount in amounts if isinstance(amount, int)]
        # Where nothing is known the sum is not known either, and stays empty.
        result: float | str = sum(known) / 100 if known else ""
        formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
        style = self.styles.total if row > self.header_row + len(self.rows) else self.styles.computed
        self.sheet.write_formula(row, column, formula, style, result)

    def _add_validations(self) -> None:
        first = self.header_row + 1
        first_new = first + len(self.rows)
        last = first_new + len(self.new_keys) - 1
        for column, field in enumerate(self.spec.fields, 1):
            start = {"input": first, "new": first_new, "locked": last + 1}[field.access]
            if start <= last:
                rule = validation(field, cell_ref(start + 1, column + 1))
                self.sheet.data_validation(start, column, last, column, rule)


def _lines(field: FieldSpec, value: Value) -> int:
    """How many lines a text takes in its column; not every program finds that out by itself."""
    if field.kind != "text" or not isinstance(value, str):
        return 1
    return min(sum(-(-len(line) // field.width) or 1 for line in value.splitlines()), _MOST_LINES)


def _write_lists(book: Workbook, sheets: Iterable[SheetSpec]) -> None:
    """The code lists, each under a defined name, so that drop-downs need no list of limited length."""
    sheet = book.add_worksheet(LISTS_SHEET)
    used = dict.fromkeys(field.vocabulary for spec in sheets for field in spec.fields if _is_offered(field))
    for column, vocabulary in enumerate(used):
        names = list(labels(vocabulary).values())
        sheet.write_column(0, column, [vocabulary, *names])
        letter = column_letter(column + 1)
        area = f"${letter}$2:${letter}${len(names) + 1}"
        book.define_name(f"list_{vocabulary}", f"={LISTS_SHEET}!{area}")
    sheet.hide()


def _is_offered(field: FieldSpec) -> bool:
    return bool(field.vocabulary) and field.access != "locked"


def _write_identity(book: Workbook, content: WorkbookContent) -> None:
    sheet = book.add_worksheet(META_SHEET)
    parts = {**content.identity.parts, "locale": "en", "checksum": content.checksum}
    for row, (name, text) in enumerate(parts.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, text)
    sheet.very_hidden()
    for name, text in content.identity.parts.items():
        book.set_custom_property(name, text, "text")


def _prepare_print(sheet: Worksheet, content: WorkbookContent) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2 if sheet.get_name() == "Read me" else 1)
    title = content.title(sheet.get_name()).replace("&", "&&")[:120]
    as_at = f"Data as at {content.as_of.isoformat()}, revision {content.revision}"
    sheet.set_footer(f"&L{title}&CPage &P of &N&R{as_at}")
