"""Which record a row without its key is: told by its content and by how often that content occurs."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portfolio.findings import Finding
from portfolio.progress_reports.catalogue import Place, finding, shown
from portfolio.progress_reports.comparisons.cell_readers import CellReader
from portfolio.progress_reports.comparisons.compare import RowReader, RowResult
from portfolio.progress_reports.comparisons.natural_keys import NaturalKey, natural_fields, natural_key
from portfolio.progress_reports.comparisons.records import PresentRow
from portfolio.progress_reports.tables.tables import FoundTable


def content_key(project_key: str, content: object, occurrence: int) -> str:
    """The key of a row that has none: the same whenever the same file is read.

    `occurrence` tells rows of equal content apart, from 1: two equal payments are two payments.
    """
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
    return f"{project_key}/x-{digest}-{occurrence}"


@dataclass
class KeyFinder:
    """Gives the rows of one table that carry no key that of their record, or one made from their content."""

    table: FoundTable
    reader: RowReader
    cells: CellReader
    present: Mapping[str, PresentRow]
    project_key: str
    findings: list[Finding] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, str]]:
        """Every row with its key; "" where nobody can tell which record it is. Empty rows are left out."""
        if all(key for _, key in self.table.rows):
            yield from self.table.rows
            return
        on_record = self._on_record({key for _, key in self.table.rows if key})
        seen: Counter[str] = Counter()
        matched: list[int] = []
        made: list[int] = []
        for row, key in self.table.rows:
            if key:
                yield row, key
            elif self._is_filled(row):
                matches = on_record.get(self._natural_key(row))
                (matched if matches else made).append(row)
                yield row, self._accepted(matches.pop(0)) if matches else self._made(row, seen)
        self._say(matched, "the rows on record that say the same")
        if self.table.spec.new_rows:
            self._say(made, "new rows")

    def _say(self, rows: list[int], what: str) -> None:
        """Nothing; how the rows without a key were read is said once for all of them."""
        if rows:
            carry = f"row {rows[0]} carries" if len(rows) == 1 else f"{len(rows):,} rows carry"
            named = "" if len(rows) == 1 else f" ({shown(', '.join(map(str, rows)))})"
            facts = {"rows": f"{carry} no key{named}", "what": what}
            self.findings.append(finding("ROW_MATCHED_BY_CONTENT", Place(self.table.sheet.name), **facts))

    def _on_record(self, taken: set[str]) -> dict[NaturalKey, list[str]]:
        """The keys of the records whose rows are not in the file, by what tells them apart."""
        found: dict[NaturalKey, list[str]] = {}
        for key, row in self.present.items():
            if row.listed and key not in taken:
                found.setdefault(natural_key(self.table.spec, row.values), []).append(key)
        return found

    def _natural_key(self, row: int) -> NaturalKey:
        spec = self.table.spec
        read = {name: self.cells.parsed(row, spec.field(name), None).value for name in natural_fields(spec)}
        return natural_key(spec, read)

    def _is_filled(self, row: int) -> bool:
        cells = (self.table.cell(row, spec.key) for spec in self.table.fields)
        return any(cell is not None and not cell.is_blank for cell in cells)

    def _accepted(self, key: str) -> str:
        self.reader.accept(key)
        return key

    def _made(self, row: int, seen: Counter[str]) -> str:
        if not self.table.spec.new_rows:
            return ""
        content = [self.table.spec.key, *self._texts(row)]
        first = content_key(self.project_key, content, 1)
        seen[first] += 1
        key = content_key(self.project_key, content, seen[first])
        self.reader.accept_new(key)
        return key

    def _texts(self, row: int) -> Iterable[str]:
        cells = (self.table.cell(row, spec.key) for spec in self.table.fields)
        return ("" if cell is None else cell.text.strip() for cell in cells)


def like_existing(
    table: FoundTable, rows: Iterable[RowResult], present: Mapping[str, PresentRow]
) -> Iterator[Finding]:
    """A warning for each row that comes to say the same as another on record: it may be entered again."""
    spec = table.spec
    told = set(natural_fields(spec))
    telling = [row for row in rows if any(entry.spec.key in told for entry in row.entries)]
    if not telling:
        return
    on_record: dict[NaturalKey, set[str]] = {}
    for known in present.values():
        if known.record_key is not None:
            on_record.setdefault(natural_key(spec, known.values), set()).add(known.record_key)
    for result in telling:
        entered = {entry.spec.key: entry.value for entry in result.entries}
        key = natural_key(spec, {**result.present.values, **entered})
        others = on_record.get(key, set()) - {result.present.record_key}
        if others and any(part is not None for part in key):
            yield finding("ROW_LIKE_EXISTING", result.entries[0].place)
