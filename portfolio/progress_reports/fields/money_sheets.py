"""The sheets of milestones and of money: what was planned, spent and received."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.dates import HalfYear
from portfolio.progress_reports.fields.columns import ACTION_KEY, REMOVING_WORD, FieldSpec, SheetSpec

DATE_PROMPT = "2026, 2026-06 or 2026-06-18. Only as exact as it is known."
LONGEST_TEXT = 32_767
ACTION = FieldSpec(
    ACTION_KEY, "Action", "action", "input", 10,
    f"{REMOVING_WORD} takes the whole row out of the tracker: for what was reported by mistake.",
)  # fmt: skip

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
        FieldSpec("baseline", "Baseline", "date", "new", 12, f"As first planned: {DATE_PROMPT}"),
        FieldSpec("forecast", "Forecast", "date", "input", 12, f"As expected now: {DATE_PROMPT}"),
        FieldSpec("actual", "Actual date", "date", "input", 12, f"When it happened: {DATE_PROMPT}"),
        FieldSpec(
            "status", "Status", "choice", "input", 13, "Choose from the list.", "milestone_status",
            required=True,
        ),
        FieldSpec(
            "note", "Note", "text", "input", 50, "Reason for a change, in a few words.",
            max_length=LONGEST_TEXT,
        ),
    ),
)  # fmt: skip

RECEIVED = SheetSpec(
    key="received",
    name="Received",
    entity="receipt",
    guidance=(
        "Money that the implementer has received for the project, in EUR, one row for each transfer. "
        "It stands beside what the tracker records as paid and does not change it."
    ),
    title_field="on_record",
    new_rows=8,
    has_total=True,
    fields=(
        FieldSpec("on_record", "On record", "text", "locked", 34),
        FieldSpec("received_on", "Received on", "date", "input", 14, f"When it came in: {DATE_PROMPT}"),
        FieldSpec(
            "amount_cents", "Amount (EUR)", "amount", "input", 18,
            "In EUR, such as 250000.00, as it came in; never below 0.", required=True,
        ),
        FieldSpec(
            "note", "Note", "text", "input", 60, "Such as the instalment or the reference of the transfer.",
            max_length=LONGEST_TEXT,
        ),
        ACTION,
    ),
)  # fmt: skip


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
        has_total=True,
        summed=("earlier_total", "amount_cents"),
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
