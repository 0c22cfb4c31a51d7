"""Values on their way: draft, submitted, approved or returned, each step one change set with a preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.errors import DataProblem
from portfolio.model.result_rows import IndicatorRow, IndicatorValueRow
from portfolio.model.value_rows import WaitingRow
from portfolio.numbers import counted
from portfolio.services.access import Person, require
from portfolio.services.editing import EditPreview, RecordEdit, apply_edits, preview_edits
from portfolio.storage.engine import Database
from portfolio.storage.queries.records import find_project_records
from portfolio.storage.queries.result_values import find_waiting
from portfolio.storage.queries.results import find_indicator_values, find_indicators

VALUE = "indicator_value"


@dataclass(frozen=True)
class Step:
    """One step that a value can take: its code, its words, from which statuses and to which."""

    code: str
    label: str
    done: str
    from_statuses: tuple[str, ...]
    to_status: str


STEPS = {
    step.code: step
    for step in (
        Step("approve", "Approve", "approved", ("submitted",), "approved"),
        Step("return", "Return to the implementer", "returned", ("submitted",), "returned"),
        Step("submit", "Submit", "submitted", ("draft", "returned"), "submitted"),
    )
}


@dataclass(frozen=True)
class OpenValue:
    """A value that is not approved, with its indicator."""

    value: IndicatorValueRow
    indicator: IndicatorRow


def waiting_values(database: Database, person: Person, *, as_of: dt.date) -> tuple[WaitingRow, ...]:
    """How many values of half-years that had begun wait, by project, half-year and status, latest first."""
    require(person, "see")
    return find_waiting(database, as_of)


def open_values(database: Database, person: Person, project_key: str, period: str) -> tuple[OpenValue, ...]:
    """The values of one project and half-year that are not approved, indicator by indicator."""
    require(person, "see", project_key)
    indicators = {row.key: row for row in find_indicators(database, project_key)}
    order = {key: position for position, key in enumerate(indicators)}
    found = [
        OpenValue(value, indicators[value.indicator_key])
        for value in find_indicator_values(database, project_key)
        if value.period == period and value.status != "approved"
    ]
    return tuple(sorted(found, key=lambda each: (order[each.indicator.key], _part(each.value))))


def _part(value: IndicatorValueRow) -> tuple[str, str]:
    return (value.partner_code or "", value.sex or "")


def steps_of(values: Iterable[OpenValue]) -> tuple[Step, ...]:
    """The steps that at least one of these values can take."""
    present = {each.value.status for each in values}
    return tuple(step for step in STEPS.values() if present & set(step.from_statuses))


def plan_step(
    database: Database, person: Person, project_key: str, step_code: str, keys: Iterable[str]
) -> EditPreview:
    """What a step would change in these values of one project; nothing is written.

    Raises: NotAllowed if the person may not edit the project; DataProblem if no value is named, or one cannot
            take the step from where it stands.
    """
    require(person, "edit", project_key)
    step, wanted = STEPS[step_code], list(dict.fromkeys(keys))
    records = find_project_records(database, project_key)
    opened = {(VALUE, key): records[VALUE, key] for key in wanted if (VALUE, key) in records}
    if not opened:
        raise DataProblem("No value is chosen. Choose at least one in the table.")
    wrong = [state for state in opened.values() if state.get("status") not in step.from_statuses]
    if wrong or len(opened) != len(wanted):
        raise DataProblem(
            f"{counted(len(wanted) - len(opened) + len(wrong), 'value')} cannot be {step.done} from where "
            "they stand: somebody has changed them meanwhile. Look at the list again."
        )
    edits = [RecordEdit(VALUE, key, {"status": step.to_status}) for _, key in opened]
    return preview_edits(database, person, project_key, edits, opened=opened)


def apply_step(database: Database, person: Person, preview: EditPreview, *, reason: str) -> int:
    """The number of the change set that the step became, exactly as it was shown.

    Warnings about numbers stand beside the values: a decision about them is not in their way.

    Raises: like `apply_edits`; DataProblem where no reason says why.
    """
    return apply_edits(database, person, preview, reason=reason, accept_warnings=True)


def waiting_sentence(rows: Iterable[WaitingRow]) -> str:
    """How much waits: submitted values for a decision, drafts and returned ones for the implementer."""
    sums = dict.fromkeys(("submitted", "draft", "returned"), 0)
    for row in rows:
        sums[row.status] += row.values
    if not any(sums.values()):
        return "Every value is approved; nothing waits."
    parts = [
        f"{counted(sums['submitted'], 'value')} submitted and not decided",
        f"{sums['draft']:,} in draft",
        f"{sums['returned']:,} returned to the implementer",
    ]
    return f"{', '.join(parts[:2])}, {parts[2]}."
