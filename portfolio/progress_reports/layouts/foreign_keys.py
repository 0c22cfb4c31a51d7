"""Which record of the tracker each record of a workbook of one's own is, told by its content."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from portfolio.findings import Finding, Offer
from portfolio.model.changes import Value
from portfolio.progress_reports.catalogue import Place, finding, shown
from portfolio.progress_reports.comparisons.indicator_rows import row_key
from portfolio.progress_reports.comparisons.natural_keys import natural_fields
from portfolio.progress_reports.comparisons.records import PresentRow, PresentState
from portfolio.progress_reports.comparisons.row_keys import content_key
from portfolio.progress_reports.fields.columns import OWN_INDICATORS, OWN_PARTNERS, FieldSpec
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.layouts.foreign_tables import ForeignRecord, ForeignTable
from portfolio.progress_reports.layouts.header_texts import plain
from portfolio.progress_reports.values.choices import read_choice
from portfolio.progress_reports.values.column_readings import ColumnReading, column_reading
from portfolio.progress_reports.values.values import read_value

Natural = tuple[Value, ...]
_ALIKE = 0.8
# Beyond it, comparing every name with every other would take longer than reading the file.
_MOST_COMPARED = 500
# What tells two records of one name apart, where there are several.
_SECOND_FIELDS: Mapping[str, str] = {"milestones": "baseline", "risks": "category"}
# A record like one of these may be that record with a corrected field, or a new one: a person has to look.
_LIKE_FIELDS: Mapping[str, str] = {"trainings": "title", "received": "amount_cents"}


@dataclass(frozen=True)
class Told:
    """One record with its key: that of the tracker's record, or a new one made from its content."""

    table: int
    record: ForeignRecord
    key: str
    is_new: bool


@dataclass
class RecordMatcher:
    """Matches the records of one kind of table, for one project and period, wherever they stand."""

    tables: Sequence[ForeignTable]
    present: PresentState
    findings: list[Finding] = field(default_factory=list)
    _readings: dict[tuple[int, str], ColumnReading] = field(default_factory=dict)
    _values_on_record: frozenset[Value] | None = None

    def told(self) -> list[Told]:
        """Every record that can be told, with its key; the others are said."""
        spec = self.tables[0].spec
        rows = {key: row for key, row in self.present.rows.get(spec.key, {}).items() if row.listed}
        by_name: dict[Natural, list[tuple[int, ForeignRecord]]] = {}
        for position, table in enumerate(self.tables):
            for row, _ in table.rows:
                record = table.records[row]
                by_name.setdefault(self._natural(table, record), []).append((position, record))
        on_record: dict[Natural, list[str]] = {}
        for key, known in rows.items():
            on_record.setdefault(self._natural_of(known), []).append(key)
        seen: Counter[str] = Counter()
        found: list[Told] = []
        for natural, same in by_name.items():
            found += self._match(natural, same, on_record.get(natural, []), seen)
        ordered = sorted(found, key=lambda told: (told.table, told.record.row))
        if spec.key in ("milestones", "risks", "trainings"):
            self._say_alike(ordered, rows)
        if spec.key != "money":
            self._say_matched(ordered)
        return ordered

    def _say_alike(self, told: list[Told], rows: Mapping[str, PresentRow]) -> None:
        """Nothing; a new record whose name is nearly that of one that no row names is offered that name."""
        taken = {each.key for each in told}
        titles = (str(row.values["title"]) for key, row in rows.items() if key not in taken)
        names = {plain(title): title for title in titles}
        if not names:
            return
        for each in told:
            table = self.tables[each.table]
            title = _text(table.cell(each.record.row, "title"))
            near = alike(title, names) if each.is_new else ()
            if near:
                offers = tuple(Offer("replace", name, f"It is ‘{shown(name)}’") for name in near)
                place = table.place(each.record.row, table.spec.field("title"))
                said = finding("ROW_NAMED_ALIKE", place, title, names=shown(" or ".join(near)))
                self.findings.append(replace(said, offers=offers))

    def _say_matched(self, told: list[Told]) -> None:
        """Nothing; what the rows of each table were read as is said once for all of them."""
        for position, table in enumerate(self.tables):
            for is_new, what in ((False, "records that the tracker holds"), (True, "new records")):
                own = [each for each in told if each.table == position and each.is_new is is_new]
                if own:
                    facts = {"rows": named_rows(each.record.at for each in own), "what": what}
                    self.findings.append(finding("ROW_MATCHED_BY_CONTENT", Place(table.sheet.name), **facts))

    def _match(
        self, natural: Natural, same: list[tuple[int, ForeignRecord]], keys: list[str], seen: Counter[str]
    ) -> list[Told]:
        spec = self.tables[0].spec
        if spec.key == "indicators":
            keys = self._indicator_keys(natural)
        if spec.key in ("money", "indicators") and len(same) > 1:
            self._say_twice(same)
            return []
        made = [(position, record, self._made(position, record, seen)) for position, record in same]
        known = set(self.present.rows.get(spec.key, {}))
        told = [Told(position, record, key, False) for position, record, key in made if key in known]
        rest = [each for each in made if each[2] not in known]
        left = [key for key in keys if key not in {each.key for each in told}]
        if not rest:
            return told
        if not left:
            return told + [self._new(*each) for each in rest]
        if len(rest) == len(left) == 1 or spec.key == "received":
            pairs = list(zip(rest, left, strict=False))
            told += [self._known(position, record, key) for (position, record, _), key in pairs]
            return told + [self._new(*each) for each in rest[len(pairs) :]]
        return told + self._by_second_field(rest, left)

    def _by_second_field(self, rest: list[tuple[int, ForeignRecord, str]], left: list[str]) -> list[Told]:
        """Records of one name matched by what else tells them; an error for those that stay in doubt."""
        spec = self.tables[0].spec
        name = _SECOND_FIELDS.get(spec.key)
        told: list[Told] = []
        doubtful: list[tuple[int, ForeignRecord]] = []
        rows = self.present.rows[spec.key]
        for position, record, _ in rest:
            value = self._value(self.tables[position], record, spec.field(name)) if name else None
            keys = [key for key in left if name and value is not None and rows[key].values.get(name) == value]
            if len(keys) == 1 and keys[0] not in {each.key for each in told}:
                told.append(self._known(position, record, keys[0]))
            else:
                doubtful.append((position, record))
        if doubtful:
            self._say_twice(doubtful)
        return told

    @staticmethod
    def _known(position: int, record: ForeignRecord, key: str) -> Told:
        return Told(position, record, key, False)

    def _new(self, position: int, record: ForeignRecord, key: str) -> Told:
        table = self.tables[position]
        place = table.row_place(record.row)
        name = _LIKE_FIELDS.get(table.spec.key)
        if name is not None:
            value = _folded(self._value(table, record, table.spec.field(name)))
            if value is not None and value in self._on_record(table.spec.key, name):
                self.findings.append(finding("ROW_LIKE_EXISTING", place))
        return Told(position, record, key, True)

    def _on_record(self, sheet_key: str, name: str) -> frozenset[Value]:
        """The values that a field has on record."""
        if self._values_on_record is None:
            rows = self.present.rows.get(sheet_key, {}).values()
            self._values_on_record = frozenset(_folded(row.values.get(name)) for row in rows)
        return self._values_on_record

    def _made(self, position: int, record: ForeignRecord, seen: Counter[str]) -> str:
        """The key that the content gives: the same whenever the same file is read."""
        table = self.tables[position]
        texts = [_text(table.cell(record.row, spec.key)) for spec in table.spec.fields]
        told = [record.period] if table.spec.key == "indicators" else []
        content = [table.spec.key, *told, *texts]
        first = content_key(record.project, content, 1)
        seen[first] += 1
        return content_key(record.project, content, seen[first])

    def _natural(self, table: ForeignTable, record: ForeignRecord) -> Natural:
        if table.spec.key == "money":
            return (record.heading,)
        if table.spec.key == "indicators":
            return self._natural_indicator(table, record)
        return tuple(
            _folded(self._value(table, record, table.spec.field(name))) for name in natural_fields(table.spec)
        )

    def _natural_indicator(self, table: ForeignTable, record: ForeignRecord) -> Natural:
        """Indicator, partner and sex as codes where they are known, else as they are written."""
        text = _text(table.cell(record.row, "indicator"))
        named = {plain(name): key for key, name in self.present.own_labels.get(OWN_INDICATORS, {}).items()}
        partner = _text(table.cell(record.row, "partner_code"))
        sex = _text(table.cell(record.row, "sex"))
        partners = self.present.own_labels.get(OWN_PARTNERS, {})
        return (
            named.get(plain(text), text),
            record.partner or (read_choice(OWN_PARTNERS, partner, partners).code or partner) or None,
            record.sex or (read_choice("sex", sex).code or sex) or None,
        )

    def _natural_of(self, row: PresentRow) -> Natural:
        spec = self.tables[0].spec
        if spec.key == "money":
            return (row.values.get("heading"),)
        return tuple(_folded(row.values.get(name)) for name in natural_fields(spec))

    def _indicator_keys(self, natural: Natural) -> list[str]:
        indicator, partner, sex = natural
        key = row_key(str(indicator), (_or_none(partner), _or_none(sex)))
        return [key] if key in self.present.rows.get("indicators", {}) else []

    def _value(self, table: ForeignTable, record: ForeignRecord, spec: FieldSpec) -> Value:
        cell = table.cell(record.row, spec.key)
        if cell is None:
            return None
        at = (id(table), spec.key)
        reading = self._readings.get(at)
        if reading is None:
            cells = (each for row, _ in table.rows if (each := table.cell(row, spec.key)) is not None)
            reading = table.readings.get(spec.key) or column_reading(spec, cells)
            self._readings[at] = reading
        names = self.present.own_labels.get(spec.vocabulary)
        return read_value(spec, cell, names, reading).value

    def _say_twice(self, same: Iterable[tuple[int, ForeignRecord]]) -> None:
        listed = list(same)
        rows = named_rows(record.at for _, record in listed)
        for position, record in listed:
            place = self.tables[position].row_place(record.row)
            self.findings.append(finding("ROW_TOLD_TWICE", place, rows=rows))


def alike(title: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Of some names (by their plain form) those that are nearly `title`, or are it without its brackets."""
    bare = plain(re.sub(r"\([^)]*\)", " ", title))
    if bare in names:
        return (names[bare],)
    if len(names) > _MOST_COMPARED:
        return ()
    near = difflib.get_close_matches(plain(title), names, n=2, cutoff=_ALIKE)
    return tuple(names[name] for name in near)


def named_rows(rows: Iterable[int]) -> str:
    """Rows of a sheet in words, each once: "row 5", "rows 5, 7".

    >>> named_rows([7, 5, 7])
    'rows 5, 7'
    """
    once = sorted(set(rows))
    return f"{'row' if len(once) == 1 else 'rows'} {shown(', '.join(map(str, once)))}"


def with_keys(table: ForeignTable, told: Iterable[Told]) -> ForeignTable:
    """The table with the records that could be told; what only tells a known one is not read again."""
    told = list(told)
    spec = table.spec
    telling = frozenset({spec.title_field, *natural_fields(spec)})
    locked = frozenset(field.key for field in spec.fields if field.access != "input")
    return replace(
        table,
        rows=tuple((each.record.row, each.key) for each in told),
        hidden={each.record.row: telling & locked for each in told if not each.is_new},
    )


def _text(cell: RawCell | None) -> str:
    return "" if cell is None else cell.text.strip()


def _or_none(value: Value) -> str | None:
    return None if value is None else str(value)


def _folded(value: Value) -> Value:
    return (plain(value) or value) if isinstance(value, str) else value
