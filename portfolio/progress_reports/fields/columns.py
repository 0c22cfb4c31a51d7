"""The fields of a progress report: one specification drives template, reading, checks and comparison."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

SCHEMA_VERSION = 3
ERASING_WORDS = ("clear", "effacer")
REMOVING_WORD = "REMOVE"
ACTION_KEY = "action"
TOTAL_KEY = "total"
KEY_LABEL = "Row key"
COMPUTED_MARK = "#computed"
META_SHEET = "_meta"
README_SHEET = "Read me"
LISTS_SHEET = "Lists"
REPORT_SHEET = "Import report"
# Lists that belong to one project; their labels travel with what was issued, not with data/vocabulary.
OWN_INDICATORS, OWN_PARTNERS = "own_indicator", "own_partner"
OWN_LISTS = frozenset({OWN_INDICATORS, OWN_PARTNERS})
OWN_SHEETS = frozenset({META_SHEET, README_SHEET, LISTS_SHEET, REPORT_SHEET})
MOST_EARLIER_PERIODS = 4
_WIDEST_ON_A_PAGE = 200

# amount: EUR cents; number, percent: millionths; count: a whole number; action: REMOVE or nothing
Kind = Literal["text", "date", "choice", "amount", "flag", "number", "percent", "count", "action"]
Access = Literal["input", "new", "locked"]
RowFields = Mapping[str, Mapping[str, "FieldSpec"]]
_NO_ROWS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class FieldSpec:
    """One column of a table.

    `access`: "input" may be changed in every row, "new" only in rows that are new, "locked" never. A value
    that is `required` cannot be erased and must be given in a new row, unless `default` stands for it there.
    `prompt` carries unit and example. `minimum` and `maximum` are in the unit in which the value is kept.
    `entity` and `stored` name the record and its field where they are not those of the table and the column.
    `lines` is how much room an empty cell offers.
    """

    key: str
    label: str
    kind: Kind
    access: Access
    width: int
    prompt: str = ""
    vocabulary: str = ""
    required: bool = False
    max_length: int = 1000
    minimum: int | None = 0
    maximum: int | None = None
    default: str | None = None
    entity: str = ""
    stored: str = ""
    lines: int = 1

    def may_enter(self, *, in_new_row: bool) -> bool:
        """Whether the implementer may write into this column."""
        return self.access == "input" or (self.access == "new" and in_new_row)

    @property
    def is_needed(self) -> bool:
        """Whether a new row is not accepted without it."""
        return self.required and self.default is None and self.may_enter(in_new_row=True)

    @property
    def may_be_cleared(self) -> bool:
        """Whether the word that erases may be written here."""
        return self.access == "input" and not self.required and self.kind != "action"

    @property
    def header(self) -> str:
        """The label as it stands in the workbook, with a word where the column is not free to be filled."""
        return self.label + {"input": "", "new": " (new rows only)", "locked": " (locked)"}[self.access]


@dataclass(frozen=True)
class SheetSpec:
    """One table of the workbook, one record a row.

    `title_field` names the locked column that says which record the row is; `new_rows` is how many empty rows
    are offered, each with a key made in advance. `row_fields` replaces the specification of single cells, by
    row key and field key; an empty row is read like the row whose key is chosen in its field `follows`.
    `has_total` asks for a row of sums, `summed` for a column that adds up these neighbouring fields.
    """

    key: str
    name: str
    entity: str
    guidance: str
    title_field: str
    fields: tuple[FieldSpec, ...]
    new_rows: int = 0
    row_fields: RowFields = dataclasses.field(default_factory=lambda: _NO_ROWS)
    follows: str = ""
    has_total: bool = False
    summed: tuple[str, ...] = ()

    @property
    def marker(self) -> str:
        """What the hidden key column holds in the hidden row of field keys: the table is found by it."""
        return f"#{self.key}"

    @property
    def width(self) -> int:
        """In digits."""
        return sum(field.width for field in self.fields)

    @property
    def pages_wide(self) -> int:
        """How many sheets of A4 side by side it takes to be read when it is printed."""
        return 1 if self.width <= _WIDEST_ON_A_PAGE else 2

    @cached_property
    def _by_key(self) -> Mapping[str, FieldSpec]:
        return {field.key: field for field in self.fields}

    def field(self, key: str) -> FieldSpec:
        """One column; KeyError if the table has none of that key."""
        return self._by_key[key]

    def spec_for(self, row_key: str, field_key: str) -> FieldSpec:
        """What holds for one cell: that of its row where the row has its own, else that of the column."""
        own = self.row_fields.get(row_key)
        found = None if own is None else own.get(field_key)
        return self._by_key[field_key] if found is None else found

    def stored_as(self, spec: FieldSpec) -> tuple[str, str]:
        """The entity and the field of it that a cell of this table is kept in."""
        return spec.entity or self.entity, spec.stored or spec.key

    @property
    def all_fields(self) -> tuple[FieldSpec, ...]:
        """Every specification of the table: of its columns, and of single cells."""
        return (*self.fields, *(spec for row in self.row_fields.values() for spec in row.values()))
