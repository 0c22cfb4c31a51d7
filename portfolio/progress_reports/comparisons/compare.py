"""What a report changes: every cell against the value issued and the value now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portfolio.findings import Finding
from portfolio.model.changes import Value
from portfolio.progress_reports.catalogue import Place, finding, shown
from portfolio.progress_reports.comparisons.cell_readers import CellReader
from portfolio.progress_reports.comparisons.conflicts import (
    Conflict,
    LastWriter,
    Sides,
    Writer,
    equal,
    outcome,
    settle_removal,
)
from portfolio.progress_reports.comparisons.natural_keys import is_other_record
from portfolio.progress_reports.comparisons.records import IssuedState, PresentRow, PresentState
from portfolio.progress_reports.fields.columns import ACTION_KEY, FieldSpec
from portfolio.progress_reports.tables.tables import FoundTable
from portfolio.progress_reports.values.values import Parsed, comparable, display

__all__ = ["Entry", "RowReader", "RowResult", "outcome"]
_EMPTY_ROW = PresentRow(None, {})


@dataclass
class Entry:
    """One cell that changes a field."""

    spec: FieldSpec
    value: Value
    place: Place


@dataclass
class RowResult:
    """What one row says: the cells that change something, and the record that they belong to.

    `removes`: whether its record is to leave the tracker. `is_other_record`: whether it is another than an
    earlier version of the report entered in the same empty row.
    """

    key: str
    row: int
    is_new: bool
    present: PresentRow
    entries: list[Entry] = field(default_factory=list)
    removes: bool = False
    is_other_record: bool = False


class RowReader:
    """Reads the rows of one table against what was issued and what holds now.

    `cells` reads its cells, `sides` says whose value holds where both changed.
    """

    def __init__(
        self,
        table: FoundTable,
        cells: CellReader,
        issued: IssuedState,
        present: PresentState,
        last_writer: LastWriter,
        sides: Sides,
    ) -> None:
        self._table, self._spec, self._cells = table, table.spec, cells
        self._issued = dict(issued.rows.get(table.spec.key, {}))
        self._new_keys = set(issued.new_rows.get(table.spec.key, ()))
        self._present = present.rows.get(table.spec.key, {})
        self._last_writer, self._sides, self._fields = last_writer, sides, table.fields
        self.findings: list[Finding] = []

    def is_known(self, key: str) -> bool:
        """Whether the workbook was issued with this row key, or the row has been told by its content."""
        return key in self._issued or key in self._new_keys

    def accept_new(self, key: str) -> None:
        """Nothing; a row that was added without a key is read as a new one under `key`."""
        self._new_keys.add(key)

    def accept(self, key: str) -> None:
        """Nothing; a row without a key is that of a record which the tracker holds under `key`."""
        if not self.is_known(key):
            self._issued[key] = self._present[key].values

    def read(self, row: int, key: str) -> RowResult | None:
        """What the row says; None where it cannot be told which record it is."""
        issued = self._issued.get(key, {})
        present = self._present.get(key)
        is_new = key in self._new_keys
        if self._has_moved(row, issued, is_new):
            return None
        result = RowResult(key, row, is_new, present or _EMPTY_ROW)
        specs = self._specs(row, key, is_new)
        if self._removes(result, specs, issued):
            return result if result.removes else None
        result.is_other_record = is_new and present is not None and self._is_other(row, present)
        self._enter_all(result, specs, issued)
        if present is None and not is_new:
            self._refuse_lost_record(result)
            return None
        if is_new and present is None and result.entries:
            self._check_required(result)
        return result

    def _specs(self, row: int, key: str, is_new: bool) -> tuple[FieldSpec, ...]:
        """What holds for the cells of a row; an empty row is read like the row that was chosen in it."""
        if not self._spec.row_fields:
            return self._fields
        like, follows = key, self._spec.follows
        if is_new and follows in self._table.columns:
            chosen = self._cells.parsed(row, self._spec.field(follows), None)
            like = str(chosen.value) if chosen.state == "value" else key
        return tuple(self._spec.spec_for(like, spec.key) for spec in self._fields)

    def _enter_all(
        self, result: RowResult, specs: tuple[FieldSpec, ...], issued: Mapping[str, Value]
    ) -> None:
        cell_of, row = self._table.cell, result.row
        for spec in specs:
            value = issued.get(spec.key)
            if (value is None and cell_of(row, spec.key) is None) or spec.key == ACTION_KEY:
                continue
            if spec.may_enter(in_new_row=result.is_new):
                self._enter(result, spec, self._cells.parsed(row, spec, value), value)
            else:
                self._check_locked(row, spec, value)

    def _enter(self, result: RowResult, spec: FieldSpec, parsed: Parsed, issued: Value) -> None:
        if parsed.issues:
            self._report(result.row, spec, parsed)
        if parsed.state == "bad":
            return
        if parsed.state == "blank":
            if issued is not None and not parsed.issues:
                self._say(result.row, spec, "BLANK_KEEPS", None, issued=self._quoted(spec, issued))
            return
        if parsed.state == "clear" and spec.required:
            self._say(result.row, spec, "CLEAR_NOT_ALLOWED", self._raw(result.row, spec))
            return
        now = comparable(spec, result.present.values.get(spec.key))
        what = outcome(comparable(spec, issued), parsed, now)
        if what != "keep":
            self._change(result, spec, parsed, issued, now, is_conflict=what == "conflict")

    def _change(
        self, result: RowResult, spec: FieldSpec, parsed: Parsed, issued: Value, now: Value, *,
        is_conflict: bool,
    ) -> None:  # fmt: skip
        place = self._table.place(result.row, spec)
        wanted = None if parsed.state == "clear" else parsed.value
        if is_conflict:
            raw = self._raw(result.row, spec)
            code = "CONFLICT_OTHER_RECORD" if result.is_other_record else "CONFLICT_FIELD"
            conflict = Conflict(spec, place, raw, issued, wanted, now, self._cells.names(spec), code)
            goes_in, found = conflict.settle(self._writer(result, spec), self._sides)
            self.findings.append(found)
            if not goes_in:
                return
        if spec.kind == "date" and _is_less_exact(wanted, now):
            self._say(result.row, spec, "DATE_LESS_EXACT", str(wanted), now=str(now))
        result.entries.append(Entry(spec, wanted, place))

    def _writer(self, result: RowResult, spec: FieldSpec) -> Writer | None:
        entity, field_name = self._spec.stored_as(spec)
        writer = self._last_writer(entity, result.present.record_key or result.key, field_name)
        # A version replaces what another said of a record, not one record by another.
        return replace(writer, is_same_report=False) if writer and result.is_other_record else writer

    def _is_other(self, row: int, present: PresentRow) -> bool:
        """Whether a row that was empty says another record than an earlier version of the report did."""
        read = {spec.key: self._cells.parsed(row, spec, None) for spec in self._fields}
        said = {key: parsed.value for key, parsed in read.items() if parsed.state == "value"}
        return is_other_record(self._spec, said, present.values)

    def _raw(self, row: int, spec: FieldSpec) -> str:
        cell = self._table.cell(row, spec.key)
        return "" if cell is None else cell.text

    def _quoted(self, spec: FieldSpec, value: Value) -> str:
        return shown(display(spec, value, self._cells.names(spec)))

    def _say(self, row: int, spec: FieldSpec, code: str, value: str | None, **facts: object) -> None:
        self.findings.append(finding(code, self._table.place(row, spec), value, **facts))

    def _report(self, row: int, spec: FieldSpec, parsed: Parsed) -> None:
        """Nothing; what stands against a cell is a finding at its place."""
        cell, place = self._table.cell(row, spec.key), self._table.place(row, spec)
        for issue in parsed.issues:
            is_formula = cell is not None and issue.code == "FORMULA_NOT_CALCULATED"
            value = f"={cell.formula}" if cell and is_formula else self._raw(row, spec)
            found = finding(issue.code, place, value, issue.action, **issue.facts)
            self.findings.append(replace(found, offers=issue.offers) if issue.offers else found)

    def _removes(self, result: RowResult, specs: tuple[FieldSpec, ...], issued: Mapping[str, Value]) -> bool:
        """Whether the row asks for its record to leave; what else the row says is then not looked at."""
        spec = next((spec for spec in specs if spec.key == ACTION_KEY), None)
        if spec is None:
            return False
        parsed = self._cells.parsed(result.row, spec, None)
        self._report(result.row, spec, parsed)
        if parsed.state == "clear":
            self._say(result.row, spec, "CLEAR_NOT_ALLOWED", self._raw(result.row, spec))
        if parsed.state != "value":
            return False
        place = self._table.place(result.row, spec)
        if result.present.record_key is None:
            self.findings.append(finding("REMOVE_NOTHING", place, self._raw(result.row, spec)))
            return True
        changed = [
            (each, self._writer(result, each))
            for each in specs
            if each.access != "locked" and each.key != ACTION_KEY and self._is_changed(result, each, issued)
        ]
        result.removes, found = settle_removal(place, changed, self._sides)
        self.findings += found
        if result.removes:
            self._say_dropped(result, spec, specs, issued)
        return True

    def _say_dropped(
        self, result: RowResult, action: FieldSpec, specs: tuple[FieldSpec, ...], issued: Mapping[str, Value]
    ) -> None:
        """Nothing; what was entered in a row that removes its record is named, since it goes with it."""
        dropped = []
        for spec in specs:
            value = issued.get(spec.key)
            parsed = self._cells.parsed(result.row, spec, value)
            now = comparable(spec, result.present.values.get(spec.key))
            is_input = spec.access != "locked" and spec.key != ACTION_KEY
            if is_input and outcome(comparable(spec, value), parsed, now) != "keep":
                dropped.append(f"{spec.label} '{shown(self._raw(result.row, spec))}'")
        if dropped:
            raw = self._raw(result.row, action)
            self._say(result.row, action, "REMOVE_DROPS_ENTRIES", raw, what=", ".join(dropped))

    def _is_changed(self, result: RowResult, spec: FieldSpec, issued: Mapping[str, Value]) -> bool:
        now = comparable(spec, result.present.values.get(spec.key))
        return not equal(comparable(spec, issued.get(spec.key)), now)

    def _has_moved(self, row: int, issued: Mapping[str, Value], is_new: bool) -> bool:
        """Whether the locked title beside the key is another than the one issued with it."""
        title = self._spec.title_field
        cell = self._table.cell(row, title)
        if is_new or cell is None or cell.is_blank:
            return False
        spec = self._spec.field(title)
        read = self._cells.parsed(row, spec, issued.get(title))
        if read.state == "value" and read.value == issued.get(title):
            return False
        self._say(row, spec, "ROW_KEY_MOVED", cell.text, issued=self._quoted(spec, issued.get(title)))
        return True

    def _check_locked(self, row: int, spec: FieldSpec, issued: Value) -> None:
        cell = self._table.cell(row, spec.key)
        if cell is None or cell.is_blank or spec.key == self._spec.title_field:
            return
        read = self._cells.parsed(row, spec, issued)
        if read.state == "value" and equal(read.value, issued):
            return
        self._say(row, spec, "CELL_LOCKED_CHANGED", cell.text, issued=self._quoted(spec, issued))

    def _refuse_lost_record(self, result: RowResult) -> None:
        """Nothing; a row that was not touched may outlive its record in the file."""
        if result.entries:
            place = self._table.row_place(result.row)
            why = ": its record has left the portfolio since"
            self.findings.append(finding("ROW_UNKNOWN_RECORD", place, result.key, why=why))

    def _check_required(self, result: RowResult) -> None:
        """Nothing; what a new record cannot be without is asked for where its cell says nothing."""
        entered = {entry.spec.key for entry in result.entries}
        for spec in self._fields:
            if not spec.required or spec.default is not None or spec.key in entered:
                continue
            if (
                spec.may_enter(in_new_row=True)
                and self._cells.parsed(result.row, spec, None).state == "blank"
            ):
                self._say(result.row, spec, "CELL_REQUIRED", None)


def _is_less_exact(new: Value, now: Value) -> bool:
    """Whether a date is replaced by the year or the month that it lies in."""
    return isinstance(new, str) and isinstance(now, str) and len(new) < len(now) and now.startswith(new)
