"""Change sets: any sequence of edits and undos replays from the history to the present state."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.errors import DataProblem
from portfolio.model.changes import (
    ChangeSetDraft,
    FieldChange,
    Value,
    added_record,
    by_record,
    changed_fields,
    removed_record,
)
from portfolio.model.rows import RecordState
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.services.verifications import replay_faults, replayed
from portfolio.storage.engine import Database, shared_engine
from portfolio.storage.queries.history import find_change_sets, find_states
from portfolio.storage.unit_of_work import apply_change_set
from tests.portfolios import copied_portfolio

KEYS = ("p1", "p2", "p3")
FIELDS: dict[str, st.SearchStrategy[Value]] = {
    "title": st.text(min_size=1, max_size=20).filter(lambda text: "\x00" not in text and text.isprintable()),
    "summary": st.none() | st.sampled_from(["short", "=1+1", "ქართული", ""]),
    "total_budget_cents": st.none() | st.integers(min_value=0, max_value=10**12),
    "start": st.none() | st.sampled_from(["2024", "2024-06", "2024-06-18"]),
}
STATES = st.fixed_dictionaries(FIELDS)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from(KEYS), STATES),
        st.tuples(st.just("remove"), st.sampled_from(KEYS), st.none()),
        st.tuples(st.just("undo"), st.integers(min_value=0, max_value=8), st.none()),
    ),
    max_size=8,
)


@pytest.fixture
def empty() -> Iterator[Database]:
    """A database with no project."""
    with tempfile.TemporaryDirectory() as folder:
        database = copied_portfolio("empty", Path(folder) / "test.sqlite3")
        yield database
        database.engine.dispose()


def put(database: Database, key: str, values: RecordState) -> None:
    """Add the project, or change it to these values."""
    present = find_states(database, "project").get(("project", key))
    wanted = {"acronym": key, **values}
    changes = (
        added_record("project", key, wanted)
        if present is None
        else changed_fields("project", key, present, wanted)
    )
    apply_change_set(database, ChangeSetDraft("edit", "tester", "put", tuple(changes)))


def remove(database: Database, key: str) -> None:
    """Remove the project, if it is there."""
    present = find_states(database, "project").get(("project", key))
    if present is not None:
        values = {name: value for name, value in present.items() if name != "key"}
        apply_change_set(
            database,
            ChangeSetDraft("edit", "tester", "remove", tuple(removed_record("project", key, values))),
        )


def undo(database: Database, position: int) -> None:
    """Undo one of the change sets, if that can be done."""
    numbers = [row.id for row in find_change_sets(database)]
    if position < len(numbers):
        try:
            undo_change_set(database, LOCAL_PERSON, numbers[position])
        except DataProblem:
            return


@given(STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_replays_to_the_present_state(steps: list[tuple[str, object, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = copied_portfolio("empty", Path(folder) / "test.sqlite3")
        for kind, target, values in steps:
            if kind == "put":
                put(database, target, values)  # type: ignore[arg-type]
            elif kind == "remove":
                remove(database, target)  # type: ignore[arg-type]
            else:
                undo(database, target)  # type: ignore[arg-type]
        assert replay_faults(database) == ()
        assert set(replayed(database)) == set(find_states(database))
        database.engine.dispose()
        shared_engine.cache_clear()


@given(before=STATES, after=STATES)
def test_applying_the_difference_gives_the_other_state(before: RecordState, after: RecordState) -> None:
    changed = {change.field: change.new for change in changed_fields("project", "p1", before, after)}
    assert before | changed == after
    assert list(changed_fields("project", "p1", before, before)) == []


@given(before=STATES, after=STATES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_restores_every_field(empty: Database, before: RecordState, after: RecordState) -> None:
    remove(empty, "p1")
    put(empty, "p1", before)
    stored = find_states(empty)
    put(empty, "p1", after)
    if find_states(empty) != stored:
        undo_change_set(empty, LOCAL_PERSON, find_change_sets(empty)[0].id)
    assert find_states(empty) == stored


def test_by_record_keeps_first_appearance_and_every_change() -> None:
    changes = [FieldChange("project", key, field, None, 1, "changed") for key, field in ("ba", "ab", "bc")]
    assert [(record[1], [change.field for change in group]) for record, group in by_record(changes)] == [
        ("b", ["a", "c"]),
        ("a", ["b"]),
    ]
