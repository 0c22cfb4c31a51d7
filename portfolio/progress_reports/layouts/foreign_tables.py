"""Records in a workbook of one's own, and tables of them that are compared like those of an issued one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from portfolio.partners import partner_name
from portfolio.progress_reports.catalogue import Place
from portfolio.progress_reports.fields.columns import OWN_LISTS, OWN_PARTNERS, FieldSpec, SheetSpec
from portfolio.progress_reports.files.cells import Position, RawCell, RawSheet, cell_ref
from portfolio.progress_reports.layouts.layout_fields import PERIOD, PROJECT, fields_of, value_field
from portfolio.progress_reports.layouts.layout_rows import Line, TableLines
from portfolio.progress_reports.layouts.layouts import ColumnLayout, TableLayout
from portfolio.progress_reports.layouts.named_periods import MONTH_NAMED, folded
from portfolio.progress_reports.tables.found_tables import FoundTable
from portfolio.progress_reports.values.column_readings import ColumnReading, column_reading
from portfolio.vocabulary import labels

# Several records can stand in one row, one a column: their numbers lie beyond every row of a sheet.
_BEYOND = 10_000_000
_TOLD_ONCE = frozenset({"note", "text", "numerator_millionths", "denominator_millionths"})


@dataclass(frozen=True)
class ForeignRecord:
    """One record as the workbook has it: the place of each of its fields, and what no cell of its own says.

    `row` is its number in the table, `at` its row on the sheet. `given` are cells in the place of those on
    the sheet: list values that a person mapped, and what a header says of its column.
    """

    row: int
    at: int
    project: str
    period: str
    places: Mapping[str, Position]
    given: Mapping[str, RawCell]
    heading: str = ""
    partner: str = ""
    sex: str = ""
    value_column: int = 0


@dataclass(frozen=True)
class ForeignTable(FoundTable):
    """A table whose records stand anywhere on the sheet; addresses are always the officer's own.

    `hidden` are fields of records that are on record already and need not be read again: what told them.
    """

    records: Mapping[int, ForeignRecord] = field(default_factory=dict)
    hidden: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def cell(self, row: int, field_key: str) -> RawCell | None:
        """One cell of a record, None where it is empty or says only which record it is."""
        record = self.records[row]
        if field_key in self.hidden.get(row, ()):
            return None
        if field_key in record.given:
            return record.given[field_key]
        at = record.places.get(field_key)
        return None if at is None else self.sheet.cells.get(at)

    def place(self, row: int, spec: FieldSpec) -> Place:
        """Where a field stands; where it has no column, the first cell of its record."""
        record = self.records[row]
        at = record.places.get(spec.key) or min(record.places.values())
        return Place(self.sheet.name, cell_ref(*at), spec.key, spec.label)

    def row_place(self, row: int) -> Place:
        """Where a record begins."""
        return Place(self.sheet.name, cell_ref(*min(self.records[row].places.values())))

    def positions(self) -> set[Position]:
        """Every cell that a record is read from."""
        return {at for row, _ in self.rows for at in self.records[row].places.values()}

    @property
    def sheet_rows(self) -> tuple[int, ...]:
        """The rows of the sheet that hold its records."""
        return tuple(dict.fromkeys(self.records[row].at for row, _ in self.rows))


def records_of(table: TableLayout, read: TableLines) -> Iterator[ForeignRecord]:
    """The records in the rows of a table: one a row, or one for each column that holds values."""
    wanted = value_field(table.table)
    values = [column for column in table.columns if column.is_read and column.field == wanted]
    is_matrix = len(values) > 1 or any(each.period or each.heading or each.project for each in values)
    for line in read.lines:
        if not is_matrix:
            yield _record(table, read, line, values[0] if values else None, line.row)
            continue
        filled = [column for column in values if _is_filled(read.sheet, line.row, column.column)]
        for number, column in enumerate(filled):
            row = line.row + _BEYOND * number
            yield _record(table, read, line, column, row, takes_notes=_takes_notes(column, values, table))


def _is_filled(sheet: RawSheet, row: int, column: int) -> bool:
    cell = sheet.cells.get((row, column))
    return cell is not None and not cell.is_blank


def _takes_notes(column: ColumnLayout, values: Sequence[ColumnLayout], table: TableLayout) -> bool:
    """Whether what stands once in a row belongs to the value of this column: that of everybody, for now."""
    now = [each for each in values if not each.period or each.period == table.period] or list(values)
    whole = [each for each in now if not each.sex and not each.partner]
    return column in whole[:1]


def _record(
    table: TableLayout, read: TableLines, line: Line, value: ColumnLayout | None, row: int, *,
    takes_notes: bool = True,
) -> ForeignRecord:  # fmt: skip
    specs = fields_of(table.table)
    places: dict[str, Position] = {}
    given: dict[str, RawCell] = {}
    for column in table.columns:
        is_other_value = value is not None and column.field == value.field and column is not value
        if not column.is_read or is_other_value or (column.field in _TOLD_ONCE and not takes_notes):
            continue
        at = (line.row, column.column)
        places[column.field] = read.anchors.get(at, at)
        cell = _mapped(column, specs[column.field], read.sheet.cells.get(at))
        if cell is not None:
            given[column.field] = cell
    if value is not None:
        _tell(places, given, line.row, value)
    for name, code in table.constants:
        if name in specs and name not in places:
            places[name] = min(places.values())
            given[name] = RawCell(*places[name], "s", _label(specs[name], code))
    return ForeignRecord(
        row=row,
        at=line.row,
        project=(value.project if value else "") or line.project or table.project,
        period=(value.period if value else "") or line.period or table.period,
        places=places,
        given=given,
        heading=(value.heading if value else "") or line.heading,
        partner=value.partner if value else "",
        sex=value.sex if value else "",
        value_column=value.column if value else 0,
    )


def _mapped(column: ColumnLayout, spec: FieldSpec, cell: RawCell | None) -> RawCell | None:
    """The cell with the value that a person mapped its text to, or with the year that the header names."""
    is_as_written = not column.values and not column.year
    if cell is None or is_as_written or column.field in (PROJECT, PERIOD):
        return None
    code = dict(column.values).get(cell.text.strip())
    if code is not None and spec.kind == "choice":
        return cell._replace(type="s", value=_label(spec, code), formula=None)
    if code is not None and spec.kind == "count" and code.isdigit():
        return cell._replace(type="n", value=int(code), formula=None)
    if column.year and spec.kind == "date" and cell.type == "s" and MONTH_NAMED.fullmatch(folded(cell.text)):
        return cell._replace(value=f"{cell.text.strip()} {column.year}")
    return None


def _label(spec: FieldSpec, code: str) -> str:
    """What the list of a field calls a code; the lists of a project alone are known by their codes."""
    if spec.vocabulary == OWN_PARTNERS:
        return partner_name(code)
    return code if spec.vocabulary in OWN_LISTS else labels(spec.vocabulary).get(code, code)


def _tell(places: dict[str, Position], given: dict[str, RawCell], row: int, value: ColumnLayout) -> None:
    """Nothing; what the header says of the whole column stands at the value itself."""
    sex = labels("sex").get(value.sex, value.sex)
    for name, said in (("partner_code", value.partner and partner_name(value.partner)), ("sex", sex)):
        if said:
            places[name] = (row, value.column)
            given[name] = RawCell(row, value.column, "s", said)


def foreign_table(
    table: TableLayout, sheet: RawSheet, spec: SheetSpec, records: Sequence[ForeignRecord]
) -> ForeignTable:
    """A table of records without keys, with how its columns are read."""
    own = {field.key for field in spec.fields}
    columns = {name: at[1] for record in records for name, at in record.places.items() if name in own}
    found = ForeignTable(
        spec=spec,
        sheet=replace(sheet, merged=()),
        header_row=table.header_rows[-1],
        columns=columns,
        computed_columns=frozenset(),
        rows=tuple((record.row, "") for record in records),
        records={record.row: record for record in records},
    )
    return replace(found, readings=_readings(table, found))


def _readings(table: TableLayout, found: ForeignTable) -> dict[str, ColumnReading]:
    """How columns in another unit are read: with what their cells prove of marks and dates."""
    readings = {}
    for column in table.columns:
        if column.is_read and column.field in found.columns and (column.multiplier or 1) != 1:
            spec = found.spec.field(column.field)
            cells = [cell for row, _ in found.rows if (cell := found.cell(row, column.field)) is not None]
            readings[column.field] = replace(column_reading(spec, cells), multiplier=column.multiplier or 1)
    return readings
