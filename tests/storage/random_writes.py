"""Writes of every kind, as the present state allows them: the same for the same seed."""

from __future__ import annotations

import contextlib
import random

from portfolio.errors import DataProblem
from portfolio.model.changes import ChangeSetDraft, FieldChange, SourceFile, added_record, removed_record
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.services.practice import set_value
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets, find_states
from portfolio.storage.unit_of_work import apply_change_set

KEYS = ("p1", "p2", "p3")


def draft(*changes: FieldChange, files: tuple[SourceFile, ...] = ()) -> ChangeSetDraft:
    return ChangeSetDraft("import" if files else "edit", "tester", "test", changes, files)


def project(key: str, **values: str | int) -> tuple[FieldChange, ...]:
    return tuple(added_record("project", key, {"acronym": key.upper(), "title": f"Project {key}", **values}))


def write_at_random(database: Database, chance: random.Random, times: int) -> None:
    """Adds, changes, erases, removes, swaps, undoes and sets: whatever the present state allows."""
    for number in range(times):
        states = find_states(database, "project")
        key = chance.choice(KEYS)
        state = states.get(("project", key))
        kind = chance.choice(("write", "write", "erase", "remove", "undo", "set", "swap"))
        if state is None:
            apply_change_set(database, draft(*project(key, total_budget_cents=number)))
        elif kind == "remove":
            values = {name: value for name, value in state.items() if name != "key"}
            regions = find_states(database, "project_region")
            own = [(row[1], fields) for row, fields in regions.items() if fields["project_key"] == key]
            children = (
                change
                for name, fields in own
                for change in removed_record(
                    "project_region",
                    name,
                    {field: value for field, value in fields.items() if field != "key"},
                )
            )
            apply_change_set(database, draft(*children, *removed_record("project", key, values)))
        elif kind == "undo":
            undo_the_last(database)
        elif kind == "set":
            value = str(number + 31) if chance.random() < 0.7 else None
            held = find_states(database, "setting")
            if value is not None or held:
                set_value(database, LOCAL_PERSON, "threshold/time-amber", value, source="test", reason="test")
        elif kind == "swap":
            swap_regions(database, key)
        else:
            old = state["summary"]
            new = None if kind == "erase" else f"Summary {number}"
            if old != new:
                change = FieldChange(
                    "project", key, "summary", old, new, "erased" if new is None else "changed"
                )
                apply_change_set(database, draft(change))


def undo_the_last(database: Database) -> None:
    row = next(row for row in find_change_sets(database) if row.undone_by is None)
    # Nothing of it may be left, or another record may stand on it.
    with contextlib.suppress(DataProblem):
        undo_change_set(database, LOCAL_PERSON, row.id)


def swap_regions(database: Database, key: str) -> None:
    """Two records that may not hold one value at once exchange it."""
    found = find_states(database, "project_region")
    own = sorted(name for (_, name), state in found.items() if state["project_key"] == key)
    if len(own) < 2:
        regions = ("western-balkans", "eastern-neighbourhood")
        rows = [
            change
            for place, region in enumerate(regions)
            if f"{key}/r{place}" not in own
            for change in added_record(
                "project_region", f"{key}/r{place}", {"project_key": key, "region": region}
            )
        ]
        apply_change_set(database, draft(*rows))
        return
    first, second = (found["project_region", name]["region"] for name in own)
    steps = ((own[0], first, "southern-neighbourhood"), (own[1], second, first), (own[0], None, second))
    held = {own[0]: first}
    for name, old, new in steps:
        before = held.get(name, old) if old is None else old
        apply_change_set(
            database, draft(FieldChange("project_region", name, "region", before, new, "changed"))
        )
        held[name] = new
