"""What would go into the tracker from a foreign workbook, value by value, against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from openpyxl.utils import get_column_letter

from portfolio.model.changes import FieldChange
from portfolio.model.changes import Value as Held
from portfolio.progress_reports.comparisons.records import PresentState
from portfolio.progress_reports.layouts.header_texts import plain
from portfolio.progress_reports.layouts.layout_fields import tables, title_field
from portfolio.progress_reports.layouts.layouts import Layout, Question
from portfolio.progress_reports.results import FileResult
from tests.workbooks.foreign_answers import FIELDS, KEPT_AS, Unit, holds, place, told
from tests.workbooks.foreign_reading import ASK, Record, Truth, Value

# right: the tracker would hold it after the import. asked: it does not go in, and a warning, an error or an
# open question says so at its place. said, unsaid: it is missing, with or without any word about it.
# wrong: another value would go in, with a warning or an error at its cell. silently wrong: without.
ValueVerdict = Literal["right", "asked", "said", "unsaid", "wrong", "silently wrong"]
# Whether a new record stands where the truth means one on record: with a warning at its name, or without.
Doubt = Literal["", "said", "silent"]
# The tracker's own entries for a new record, as docs and template say them: no cell of the file is meant.
_OWN_ENTRIES: Mapping[tuple[str, str], Held] = {
    ("milestone", "about"): "project",
    ("milestone", "contractual"): False,
}
_SERIOUS = ("warning", "error", "blocker")


@dataclass(frozen=True)
class JudgedValue:
    """One value: what the truth says, what the tracker would hold, and the findings at its place."""

    unit: Unit
    table: str
    field: str
    sheet: str
    cell: str
    truth: Held
    held: Held
    verdict: ValueVerdict
    codes: tuple[str, ...] = ()


@dataclass
class Judge:
    """Holds the result of a check against the truth, and keeps account of every change."""

    truth: Truth
    result: FileResult
    layout: Layout
    questions: tuple[Question, ...]
    states: Mapping[Unit, PresentState]
    texts: Mapping[tuple[str, str], str]
    _accounted: set[FieldChange] = field(default_factory=set)
    _own_rows: dict[tuple[str, str], int] = field(default_factory=dict)

    def values(self) -> list[JudgedValue]:
        """Every value of the truth with its verdict, then every change that the truth does not know."""
        known = [each for found in told(self.truth) for each in self._record(*found)]
        return [*known, *self._beyond_truth()]

    def _record(self, unit: Unit, table: str, record: Record) -> Iterator[JudgedValue]:
        key, doubt = self._key(unit, table, record)
        for name, value in record.values.items():
            stored = FIELDS.get(name, name)
            tells_only = (record.existing and name == "title") or (table == "money" and name == "heading")
            if tells_only and not doubt:
                continue  # it says which record the row is about, and does not go in
            change = self._change(unit, table, key, stored)
            if change is not None:
                self._accounted.add(change)
            yield self._judged(unit, table, stored, value, change, key, doubt=doubt)
        if key is not None and key not in self._known(unit, table):
            self._own_rows[tables()[table].entity, key] = self._row_of(record)

    def _judged(
        self, unit: Unit, table: str, stored: str, value: Value, change: FieldChange | None,
        key: str | None, *, doubt: Doubt,
    ) -> JudgedValue:  # fmt: skip
        known = self._known(unit, table).get(key or "", {})
        held = change.new if change is not None else known.get(stored)
        codes = self._codes(value.sheet, value.cell)
        is_new = key not in self._known(unit, table)
        verdict = self._verdict(stored, value, change, held, codes, doubt=doubt, is_new=is_new)
        return JudgedValue(
            unit, table, stored or "(no field)", value.sheet, value.cell, value.value, held, verdict, codes
        )

    def _verdict(
        self, stored: str, value: Value, change: FieldChange | None, held: Held, codes: tuple[str, ...], *,
        doubt: Doubt, is_new: bool,
    ) -> ValueVerdict:  # fmt: skip
        if doubt == "silent":
            return "silently wrong"
        is_said = bool(codes) or self._is_open(stored, value, is_new=is_new)
        if change is not None and (value.value == ASK or not _same(change.new, value.value)):
            return "wrong" if codes else "silently wrong"
        if change is not None and (change.sheet, change.cell) != (value.sheet, value.cell):
            return "silently wrong"  # the history would name a cell in which the value does not stand
        if value.value == ASK:
            return "asked" if is_said else "unsaid"
        if _same(held, value.value):
            return "asked" if doubt else "right"
        if is_said:
            return "asked"
        return "said" if self._is_mentioned(value) else "unsaid"

    def _key(self, unit: Unit, table: str, record: Record) -> tuple[str | None, Doubt]:
        """The record that the importer takes this one for; and whether it says so where another was meant."""
        if table == "money":
            return str(record.values["heading"].value), ""
        if table == "received":
            return self._key_of_receipt(unit, record), ""
        title = record.values["title"]
        new = self._new_record_at(unit, table, title)
        if record.existing:
            if new is None:
                return record.existing, ""
            return new, "said" if self._codes(title.sheet, title.cell) else "silent"
        if new is not None:
            return new, ""
        rows = self._known(unit, table).items()
        same = [key for key, values in rows if plain(str(values.get("title"))) == plain(str(title.value))]
        return (same[0] if len(same) == 1 else None), ""

    def _key_of_receipt(self, unit: Unit, record: Record) -> str | None:
        wanted = {(value.sheet, value.cell) for name, value in record.values.items() if name != "payer"}
        for change in self._changes(unit, "received"):
            if (change.sheet, change.cell) in wanted and change.field in ("received_on", "amount_cents"):
                return change.key
        day, amount = record.values["received_on"].value, record.values["amount"].value
        for key, values in self._known(unit, "received").items():
            if values.get("received_on") == day and amount in (ASK, values.get("amount_cents")):
                return key
        return None

    def _new_record_at(self, unit: Unit, table: str, title: Value) -> str | None:
        name = title_field(table)
        for change in self._changes(unit, table):
            at_title = (change.sheet, change.cell) == (title.sheet, title.cell)
            if change.field == name and change.kind == "added" and at_title:
                return change.key
        return None

    def _known(self, unit: Unit, table: str) -> dict[str, Mapping[str, Held]]:
        rows = self.states[unit].rows.get(table, {})
        return {key: row.values for key, row in rows.items()}

    def _changes(self, unit: Unit, table: str) -> list[FieldChange]:
        entity = tables()[table].entity
        own = next((each for each in self.result.units if each.key == unit), None)
        return [change for change in own.changes if change.entity == entity] if own else []

    def _change(self, unit: Unit, table: str, key: str | None, stored: str) -> FieldChange | None:
        record = "/".join((*unit, str(key))) if table == "money" else key
        for change in self._changes(unit, table):
            if change.key == record and change.field == stored:
                return change
        return None

    def _codes(self, sheet: str | None, cell: str | None) -> tuple[str, ...]:
        """The warnings and errors at a cell."""
        return tuple(
            item.code
            for item in self.result.findings
            if item.severity in _SERIOUS and (item.sheet, item.cell) == (sheet, cell)
        )

    def _is_open(self, stored: str, value: Value, *, is_new: bool) -> bool:
        """Whether the mapping step still asks for this value, its column, or what the table needs."""
        row, column = place(value.cell)
        text = self.texts.get((value.sheet, value.cell), "")
        for question in self.questions:
            own = self.layout.tables[question.table] if question.table >= 0 else None
            if own is None or not holds(own, value.sheet, row):
                continue
            about_cell = question.column == column and question.text in ("", text)
            # What holds for all new rows says nothing about a record that is there already.
            about_field = question.kind == "constant" and question.text == stored and is_new
            if question.needed or about_cell or about_field:
                return True
        return False

    def _is_mentioned(self, value: Value) -> bool:
        """Whether anything is said at the cell, in its row, at the header of its column, or of the sheet."""
        row, column = place(value.cell)
        headers = {
            (each.sheet, f"{get_column_letter(column)}{each.header_rows[-1]}")
            for each in self.layout.tables
            if holds(each, value.sheet, row)
        }
        return any(
            (item.sheet, item.cell) in headers
            or (item.sheet == value.sheet and item.cell is not None and place(item.cell)[0] == row)
            or (item.sheet == value.sheet and item.code == "SHEET_IGNORED")
            for item in self.result.findings
        )

    @staticmethod
    def _row_of(record: Record) -> int:
        return max(place(value.cell)[0] for value in record.values.values())

    def _beyond_truth(self) -> Iterator[JudgedValue]:
        """The changes that no value of the truth stands for, without the tracker's own entries."""
        for unit in self.result.units:
            for change in unit.changes:
                if change in self._accounted or self._is_own_entry(unit.key, change):
                    continue
                held = self._expected_beside(change)
                table = next(key for key, spec in tables().items() if spec.entity == change.entity)
                codes = self._codes(change.sheet, change.cell)
                wrong: ValueVerdict = "wrong" if codes else "silently wrong"
                if not _same(held, change.new):
                    at = (change.sheet or "", change.cell or "")
                    yield JudgedValue(unit.key, table, change.field, *at, held, change.new, wrong, codes)

    def _is_own_entry(self, unit: Unit, change: FieldChange) -> bool:
        """Whether the tracker says this of every such new record that the truth knows, from no cell."""
        if change.entity == "incurred_cost":
            told_by_key = change.key.split("/")
            own = {"project_key": unit[0], "period": unit[1], "heading": told_by_key[-1]}
            return own.get(change.field) == change.new
        if (change.entity, change.key) not in self._own_rows:
            return False
        if change.field == "project_key":
            return change.new == unit[0]
        table = next(spec for spec in tables().values() if spec.entity == change.entity)
        default = next((spec.default for spec in table.fields if spec.key == change.field), None)
        own_entry = _OWN_ENTRIES.get((change.entity, change.field), default)
        return own_entry is not None and change.new == own_entry

    def _expected_beside(self, change: FieldChange) -> Held:
        """What the cells say for a column that the truth leaves aside though the tracker has its field."""
        letters = "".join(filter(str.isalpha, change.cell or ""))
        if KEPT_AS.get((change.sheet or "", letters)) != change.field:
            return None
        text = self.texts.get((change.sheet or "", change.cell or ""), "")
        return text.lower() if change.field == "category" else text


def _same(one: Held, other: Held) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def counted(values: list[JudgedValue]) -> Counter[str]:
    """How many values have each verdict."""
    return Counter(value.verdict for value in values)
