"""A preview is applied once, and who set what last is told alike on both engines."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portfolio.errors import AlreadyApplied, StaleChange
from portfolio.model.changes import ChangeSetDraft, FieldChange, SourceFile, added_record, removed_record
from portfolio.model.history import CHANGE_SET_FILES, CHANGE_SETS
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.history import find_states
from portfolio.storage.queries.last_writers import find_last_writes
from portfolio.storage.queries.practice import ReceivedReportRow
from portfolio.storage.queries.standing_imports import (
    find_standing_imports,
    find_typed_cells,
    find_unit_import,
)
from portfolio.storage.received_reports import receive_reports
from portfolio.storage.unit_of_work import apply_change_set

SHA = "a" * 64
REPORT = SourceFile("one.xlsx", SHA, b"bytes", '{"cells": [{"sheet": "S", "cell": "A1", "from": "x"}]}')
PROJECT = added_record("project", "p1", {"acronym": "P1", "title": "Project p1"})
FIRST = ChangeSetDraft("edit", "A", "First", tuple(PROJECT))


def titled(old: str, new: str, token: str | None = "t1") -> ChangeSetDraft:
    change = FieldChange("project", "p1", "title", old, new, "changed", "one.xlsx", "S", "A1")
    return ChangeSetDraft("import", "Officer One", "Report", (change,), (REPORT,), token=token)


def test_a_token_is_taken_once(empty: Database) -> None:
    apply_change_set(empty, FIRST)
    number = apply_change_set(empty, titled("Project p1", "New"))
    apply_change_set(empty, replace(titled("New", "Project p1", None), kind="undo", undoes=number, files=()))
    with pytest.raises(AlreadyApplied, match=f"change set {number}"):
        apply_change_set(empty, titled("Project p1", "New"))
    with reading(empty) as connection:
        tokens = connection.execute(sa.select(CHANGE_SETS.c.token).order_by(CHANGE_SETS.c.id)).scalars().all()
    assert tokens == [None, "t1", None]
    assert find_states(empty)["project", "p1"]["title"] == "Project p1"


def test_of_two_equal_previews_at_the_same_moment_one_is_applied(empty: Database) -> None:
    apply_change_set(empty, FIRST)
    barrier = threading.Barrier(2)
    ends: list[str] = []

    def write(draft: ChangeSetDraft) -> None:
        barrier.wait()
        try:
            apply_change_set(empty, draft)
            ends.append("applied")
        except StaleChange as problem:
            ends.append(type(problem).__name__)

    threads = [threading.Thread(target=write, args=(titled("Project p1", "New"),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["AlreadyApplied", "applied"]
    with reading(empty) as connection:
        assert len(connection.execute(sa.select(CHANGE_SET_FILES)).all()) == 1


def test_the_last_writer_and_the_standing_import_are_told(empty: Database) -> None:
    apply_change_set(empty, FIRST)
    received = ReceivedReportRow("p1", "2026-S1", "2026-07-01", "Officer One", "one.xlsx", SHA, None)
    number = receive_reports(empty, titled("Project p1", "New"), [received])
    assert number is not None
    writes = find_last_writes(empty, [("project", "p1"), ("project", "nobody")])
    told = {key: (write.change_set, write.by, write.file) for key, write in writes.items()}
    assert told == {
        ("project", "p1", "title"): (number, "Officer One", "one.xlsx"),
        ("project", "p1", "acronym"): (number - 1, "A", None),
    }
    assert find_standing_imports(empty, "p1", "2026-S1") == {number}
    found = find_unit_import(empty, SHA, "p1", "2026-S1")
    assert found is not None and (found.change_set, found.by) == (number, "Officer One")
    assert found.corrections == {"cells": [{"sheet": "S", "cell": "A1", "from": "x"}]}
    assert find_unit_import(empty, SHA, "p1", "2025-S2") is None
    assert find_typed_cells(empty) == {(number, "one.xlsx", "S", "A1"): "x"}
    undo = replace(titled("New", "Project p1", None), kind="undo", undoes=number, files=())
    apply_change_set(empty, undo)
    assert find_standing_imports(empty, "p1", "2026-S1") == frozenset()
    assert find_unit_import(empty, SHA, "p1", "2026-S1") is None


def test_many_records_are_added_changed_and_removed_in_one_change_set(empty: Database) -> None:
    """More than fit into one question to the database."""
    names = [f"p{number}" for number in range(1_200)]
    values = {name: {"acronym": name.upper(), "title": f"Project {name}"} for name in names}
    added = [change for name in names for change in added_record("project", name, values[name])]
    apply_change_set(empty, ChangeSetDraft("edit", "A", "Many", tuple(added)))
    changed = [FieldChange("project", name, "title", f"Project {name}", name, "changed") for name in names]
    apply_change_set(empty, ChangeSetDraft("edit", "A", "Titles", tuple(changed)))
    states = find_states(empty, "project")
    assert {state["title"] for state in states.values()} == set(names)
    removed = [
        change
        for record, state in states.items()
        for change in removed_record(*record, {name: value for name, value in state.items() if name != "key"})
    ]
    apply_change_set(empty, ChangeSetDraft("edit", "A", "None", tuple(removed)))
    assert find_states(empty, "project") == {}
