"""The fields of a progress report: one specification drives template, reading, checks and comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from portfolio.dates import HalfYear

SCHEMA_VERSION = 1
ERASING_WORDS = ("clear", "effacer")
TOTAL_KEY = "total"
KEY_LABEL = "Row key"
COMPUTED_MARK = "#computed"
META_SHEET = "_meta"
README_SHEET = "Read me"
LISTS_SHEET = "Lists"
REPORT_SHEET = "Import report"
OWN_SHEETS = frozenset({META_SHEET, README_SHEET, LISTS_SHEET, REPORT_SHEET})
MOST_EARLIER_PERIODS = 4

# amount: EUR cents; number, percent: millionths; count: a whole number; action: REMOVE or nothing
Kind = Literal["text", "date", "choice", "amount", "flag", "number", "percent", "count", "action"]
Access = Literal["input", "new", "locked"]


@dataclass(frozen=True)
class FieldSpec:
    """One column of a table.

    `access`: "input" may be changed in every row, "new" only in rows that are new, "locked" never. A value
    that is `required` cannot be erased and must be given in a new row. `prompt` carries unit and example.
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

    def may_enter(self, *, in_new_row: bool) -> bool:
        """Whether the implementer may write into this column."""
        return self.access == "input" or (self.access == "new" and in_new_row)

    @property
    def header(self) -> str:
        """The label as it stands in the workbook, with a word where the column is not free to be filled."""
        return self.label + {"input": "", "new": " (new rows only)", "locked": " (locked)"}[self.access]


@dataclass(frozen=True)
class SheetSpec:
    """One table of the workbook, one record a row.

    `title_field` names the locked column that says which record the row is; `new_rows` is how many empty rows
    are offered, each with a key made in advance.
    """

    key: str
    name: str
    entity: str
    guidance: str
    title_field: str
    fields: tuple[FieldSpec, ...]
    new_rows: int = 0

    @property
    def marker(self) -> str:
        """What the hidden key column holds in the hidden row of field keys: the table is found by it."""
        return f"#{self.key}"

    def field(self, key: str) -> FieldSpec:
        """One column; KeyError if the table has none of that key."""
        return {field.key: field for field in self.fields}[key]


_DATE_PROMPT = "2026, 2026-06 or 2026-06-18. Only as exact as it is known."

MILESTONES = SheetSpec(
    key="milestones",
    name="Milestones",
    entity="milestone",
    guidance=(
        "Update forecast, actual date, status and note. New milestones go into the empty rows. "
        "A milestone that will not happen gets the status Cancelled."
    ),
    title_field="title",
    new_rows=15,
    fields=(
        FieldSpec(
            "title", "Milestone", "text", "new", 46, "What is to be reached, in one line.", required=True
        ),
        FieldSpec("kind", "Kind", "choice", "new", 18, "Choose from the list.", "milestone_kind"),
        FieldSpec("contractual", "Contractual", "flag", "locked", 11),
        FieldSpec("baseline", "Baseline", "date", "new", 12, f"As first planned: {_DATE_PROMPT}"),
        FieldSpec("forecast", "Forecast", "date", "input", 12, f"As expected now: {_DATE_PROMPT}"),
        FieldSpec("actual", "Actual date", "date", "input", 12, f"When it happened: {_DATE_PROMPT}"),
        FieldSpec(
            "status",
            "Status",
            "choice",
            "input",
            13,
            "Choose from the list.",
            "milestone_status",
            required=True,
        ),
        FieldSpec(
            "note", "Note", "text", "input", 50, "Reason for a change, in a few words.", max_length=32_767
        ),
    ),
)


def money_sheet(period: HalfYear, earlier: Iterable[str]) -> SheetSpec:
    """The table of incurred costs for a reporting period, with `earlier` periods for reference."""
    reference = tuple(
        FieldSpec(f"incurred_{past}", f"{past} (EUR)", "amount", "locked", 15) for past in earlier
    )
    return SheetSpec(
        key="money",
        name="Money",
        entity="incurred_cost",
        guidance=(
            f"Eligible cost of all funders that was incurred in {period}, in EUR, by budget heading. "
            "An earlier period is corrected in its own workbook."
        ),
        title_field="heading",
        fields=(
            FieldSpec("heading", "Budget heading", "choice", "locked", 34, vocabulary="budget_heading"),
            *reference,
            FieldSpec("earlier_total", "All earlier (EUR)", "amount", "locked", 17),
            FieldSpec(
                "amount_cents", f"{period} (EUR)", "amount", "input", 17,
                "In EUR, such as 12500.50. Empty if it is not known; 0 means that nothing was spent.",
            ),
        ),
    )  # fmt: skip


def sheets_of(period: HalfYear, earlier: Iterable[str]) -> tuple[SheetSpec, ...]:
    """The tables of a workbook in the order of its sheets."""
    return (MILESTONES, money_sheet(period, earlier))
