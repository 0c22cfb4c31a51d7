"""A colour set beside the computed one: planned, previewed and applied as one change set."""

from __future__ import annotations

import datetime as dt

from portfolio.errors import DataProblem
from portfolio.services.access import Person
from portfolio.services.editing import EditPreview, RecordEdit, apply_edits, new_key, preview_edits
from portfolio.storage.engine import Database

ENTITY = "health_override"


def plan_override(
    database: Database,
    person: Person,
    project_key: str,
    *,
    dimension: str,
    colour: str,
    reason: str,
    decided_on: dt.date,
    expires_on: dt.date | None,
) -> EditPreview:
    """What setting a colour beside the computed one would add; nothing is written.

    Raises: NotAllowed; DataProblem without a reason or a day on which it lapses.
    """
    if not reason.strip():
        raise DataProblem("Say why the colour is set: the reason stands beside it for everybody.")
    if expires_on is None or expires_on <= decided_on:
        raise DataProblem("Say on which later day it lapses: a colour set by hand does not stay for ever.")
    values = {
        "project_key": project_key, "dimension": dimension, "colour": colour, "reason": reason.strip(),
        "decided_on": decided_on.isoformat(), "expires_on": expires_on.isoformat(),
    }  # fmt: skip
    edit = RecordEdit(ENTITY, new_key(project_key, ENTITY), values)
    return preview_edits(database, person, project_key, [edit], opened={})


def apply_override(database: Database, person: Person, plan: EditPreview) -> int:
    """The number of the change set that `plan` became, exactly as it was shown; its reason is the override's.

    Raises: what `apply_edits` raises. Warnings were shown with the plan and are accepted by applying it.
    """
    reason = next(change.new for change in plan.changes if change.field == "reason")
    return apply_edits(database, person, plan, reason=f"Colour set by hand: {reason}", accept_warnings=True)
