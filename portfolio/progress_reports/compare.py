"""What a report changes: every cell against the value issued and the value now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from portfolio.findings import Finding
from portfolio.model.changes import Value
from portfolio.progress_reports.catalogue import Place, finding, shown
from portfolio.progress_reports.columns import FieldSpec
from portfolio.progress_reports.records import IssuedState, PresentRow, PresentState
from portfolio.progress_reports.tables import FoundTable
from portfolio.progress_reports.values import Parsed, cell_content, comparable, display, read_value

Outcome = Literal["keep", "change", "conflict"]
# entity, key and field of a value -> who set it last and when, in words
LastEditor = Callable[[str, str, str], str]
_EMPTY_ROW = PresentRow(None, {})


def outcome(issued: Value, parsed: Parsed, now: Value) -> Outcome:
    """What follows from the value issued, the one in the file and the one now.

    A cell that was not touched keeps whatever the tracker holds now, so it can never be in conflict.
    """
    if parsed.state in ("blank", "bad"):
        return "keep"
    wanted = None if parsed.state == "clear" else parsed.value
    untouched = parsed.state == "value" and _equal(wanted, issued)
    if untouched or _equal(wanted, now):
        return "keep"
    return "change" if _equal(issued, now) else "conflict"


def _equal(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other


@dataclass
class Entry:
    """One cell that changes a field."""

    spec: FieldSpec
    value: Value
    place: Place


@dataclass
class RowResult:
    """What one row says: the cells that change something, and the record that they belong to.

    `removes`: whether its record is to leave the tracker.
    """

    key: str
    row: int
    is_new: bool
    present: PresentRow
    entries: list[Entry] = field(default_factory=list)
    removes: bool = False


class RowReader:
    """Reads the rows of one table against what was issued and what holds now."""

    def __init__(
        self, table: FoundTable, issued: IssuedState, present: PresentState, last_editor: LastEditor
    ) -> None:
        self._table, self._spec = table, table.spec
        self._issued = issued.rows[table.spec.key]
        self._new_keys = frozenset(issued.new_rows.get(table.spec.key, ()))
        self._present = present.rows[table.spec.key]
        self._last_editor = last_editor
        self._labels = issued.labels
        self._codes = {
            vocabulary: {name: code for code, name in names.items()}
            for vocabulary, names in issued.labels.items()
        }
        self.findings: list[Finding] = []

    def is_known(self, key: str) -> bool:
        """Whether the workbook was issued with this row key."""
        return key in self._issued or key in self._new_keys

    def read(self, row: int, key: str) -> RowResult | None:
        """What the row says; None where it cannot be told which record it is."""
        issued = self._issued.get(key, {})
        present = self._present.get(key)
        is_new = key in self._new_keys
        specs = self._specs(row, key, is_new)
        parsed = {
            spec.key: self._read(row, spec, issued.get(spec.key))
            for spec in specs
            if spec.may_enter(in_new_row=is_new)
        }
        if self._has_moved(row, issued, is_new):
            return None
        result = RowResult(key, row, is_new, present or _EMPTY_ROW)
        for spec in specs:
            if spec.may_enter(in_new_row=is_new):
                self._enter(result, spec, parsed[spec.key], issued.get(spec.key))
            else:
                self._check_locked(row, spec, issued.get(spec.key))
        if present is None and not is_new:
            self._refuse_lost_record(result)
            return None
        if is_new and present is None and result.entries and not result.removes:
            self._check_required(row, parsed)
        return result

    def _specs(self, row: int, key: str, is_new: bool) -> tuple[FieldSpec, ...]:
        """What holds for the cells of a row; an empty row is read like the row that was chosen in it."""
        like, follows = key, self._spec.follows
        if is_new and follows in self._table.columns:
            chosen = self._read(row, self._spec.field(follows), None)
            like = str(chosen.value) if chosen.state == "value" else key
        return tuple(self._spec.spec_for(like, spec.key) for spec in self._table.fields)

    def _read(self, row: int, spec: FieldSpec, issued: Value) -> Parsed:
        """What a cell says; most say what was issued, and need no closer look."""
        cell = self._table.cell(row, spec.key)
        if cell is not None and cell.formula is None and cell.type in ("s", "n"):
            if issued is not None and cell.value == self._shown(spec, issued):
                return Parsed("value", issued)
            if spec.kind == "choice" and cell.text in self._codes[spec.vocabulary]:
                return Parsed("value", self._codes[spec.vocabulary][cell.text])
        return read_value(spec, cell)

    def _shown(self, spec: FieldSpec, issued: Value) -> str | float | None:
        """What the workbook showed for a value when it was issued."""
        if spec.kind == "choice":
            return self._labels[spec.vocabulary].get(str(issued), str(issued))
        return cell_content(spec, issued)

    def _enter(self, result: RowResult, spec: FieldSpec, parsed: Parsed, issued: Value) -> None:
        place = self._table.place(result.row, spec)
        cell = self._table.cell(result.row, spec.key)
        raw = "" if cell is None else cell.text
        now = comparable(spec, result.present.values.get(spec.key))
        for issue in parsed.issues:
            value = f"={cell.formula}" if cell and issue.code == "FORMULA_NOT_CALCULATED" else raw
            self.findings.append(finding(issue.code, place, value, issue.action, **issue.facts))
        if spec.kind == "action":
            result.removes = parsed.state == "value"
            return
        if parsed.state == "clear" and spec.required:
            self.findings.append(finding("CLEAR_NOT_ALLOWED", place, raw))
            return
        if parsed.state == "blank" and issued is not None and not parsed.issues:
            self.findings.append(finding("BLANK_KEEPS", place, None, issued=shown(display(spec, issued))))
        what = outcome(issued, parsed, now)
        if what == "change":
            result.entries.append(Entry(spec, None if parsed.state == "clear" else parsed.value, place))
        elif what == "conflict":
            self.findings.append(self._conflict(result, spec, place, raw, issued, now))

    def _conflict(
        self, result: RowResult, spec: FieldSpec, place: Place, raw: str, issued: Value, now: Value
    ) -> Finding:
        key = result.present.record_key or result.key
        entity, field_name = self._spec.stored_as(spec)
        facts = {
            "issued": shown(display(spec, issued)), "now": shown(display(spec, now)),
            "who": self._last_editor(entity, key, field_name),
        }  # fmt: skip
        return finding("CONFLICT_FIELD", place, raw, **facts)

    def _has_moved(self, row: int, issued: Mapping[str, Value], is_new: bool) -> bool:
        """Whether the locked title beside the key is another than the one issued with it."""
        title = self._spec.title_field
        cell = self._table.cell(row, title)
        if is_new or cell is None or cell.is_blank:
            return False
        spec = self._spec.field(title)
        read = self._read(row, spec, issued.get(title))
        if read.state == "value" and read.value == issued.get(title):
            return False
        place = self._table.place(row, spec)
        self.findings.append(
            finding("ROW_KEY_MOVED", place, cell.text, issued=shown(display(spec, issued.get(title))))
        )
        return True

    def _check_locked(self, row: int, spec: FieldSpec, issued: Value) -> None:
        cell = self._table.cell(row, spec.key)
        if cell is None or cell.is_blank or spec.key == self._spec.title_field:
            return
        read = self._read(row, spec, issued)
        if read.state == "value" and _equal(read.value, issued):
            return
        place = self._table.place(row, spec)
        self.findings.append(
            finding("CELL_LOCKED_CHANGED", place, cell.text, issued=shown(display(spec, issued)))
        )

    def _refuse_lost_record(self, result: RowResult) -> None:
        """Nothing; a row that was not touched may outlive its record in the file."""
        if result.entries:
            place = self._table.key_place(result.row)
            why = ": its record has left the portfolio since"
            self.findings.append(finding("ROW_UNKNOWN_RECORD", place, result.key, why=why))

    def _check_required(self, row: int, parsed: Mapping[str, Parsed]) -> None:
        for spec in self._table.fields:
            if spec.default is not None:
                continue
            if spec.key in parsed and spec.required and parsed[spec.key].state == "blank":
                self.findings.append(finding("CELL_REQUIRED", self._table.place(row, spec)))
