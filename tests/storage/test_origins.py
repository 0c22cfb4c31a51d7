"""Where values come from: for many records at once, and back to the file as it was received."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portfolio.errors import NotFound
from portfolio.model.changes import ChangeSetDraft, FieldChange, SourceFile
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.services.histories import change_sets, origin_of, undo_change_set
from portfolio.services.origins import (
    latest_by_record,
    original_file,
    origins_of,
    origins_of_project,
    record_history,
)
from portfolio.storage.engine import Database
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.unit_of_work import apply_change_set

KEY = "cybersouth-plus"
RECORD = ("project", KEY)
REPORT = SourceFile("report-2026-S1.xlsx", "a" * 64, b"the bytes of the report")


def imported(database: Database, old: object, new: object) -> int:
    change = FieldChange(
        "project",
        KEY,
        "summary",
        old,
        new,
        "changed",
        REPORT.name,
        "Project",
        "C4",  # type: ignore[arg-type]
    )
    draft = ChangeSetDraft("import", "tester", "Progress report 2026-S1", (change,), (REPORT,))
    return apply_change_set(database, draft)


def summary_of(database: Database) -> object:
    origin = origin_of(database, LOCAL_PERSON, RECORD, "summary")
    assert origin is not None
    return origin.change.new


def test_origins_of_many_records_are_those_of_each(reference: Database) -> None:
    imported(reference, summary_of(reference), "New")
    records = [("milestone", row.key) for row in find_milestones(reference)] + [RECORD]
    found = origins_of(reference, LOCAL_PERSON, records)
    assert {field[:2] for field in found} == set(records)
    for entity, key, field in [*list(found)[::97], (*RECORD, "summary")]:
        assert found[entity, key, field] == origin_of(reference, LOCAL_PERSON, (entity, key), field)
    assert found[*RECORD, "summary"].change.cell == "C4"
    assert found[*RECORD, "title"].change_set.kind == "load"


def test_number_of_queries_does_not_grow_with_the_records(reference: Database) -> None:
    records = [("milestone", row.key) for row in find_milestones(reference)]
    asked: list[str] = []
    sa.event.listen(reference.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    origins_of(reference, LOCAL_PERSON, records[:1])
    for_one = len(asked)
    origins_of(reference, LOCAL_PERSON, records)
    assert 0 < for_one == len(asked) - for_one


def test_project_has_the_origins_of_everything_that_belongs_to_it(reference: Database) -> None:
    entities = {entity for entity, _, _ in origins_of_project(reference, LOCAL_PERSON, KEY)}
    assert {"project", "participation", "milestone", "project_organisation"} <= entities
    assert entities.isdisjoint({"evidence", "source"})


def test_row_comes_from_its_latest_change(reference: Database) -> None:
    number = imported(reference, summary_of(reference), "New")
    latest = latest_by_record(origins_of_project(reference, LOCAL_PERSON, KEY))
    assert latest[RECORD].change_set.id == number
    assert {origin.change_set.id for record, origin in latest.items() if record != RECORD} == {1}


def test_history_of_a_record_goes_back_to_its_loading(reference: Database) -> None:
    before = summary_of(reference)
    number = imported(reference, before, "New")
    undone = undo_change_set(reference, LOCAL_PERSON, number).change_set
    summaries = [
        (origin.change_set.id, origin.change.new)
        for origin in record_history(reference, LOCAL_PERSON, RECORD)
        if origin.change.field == "summary"
    ]
    assert summaries == [(undone, before), (number, "New"), (1, before)]


def test_file_comes_back_as_it_was_received(reference: Database) -> None:
    imported(reference, summary_of(reference), "New")
    newest, loaded = change_sets(reference, LOCAL_PERSON)
    evaluator = Person("An evaluator", "evaluator")
    assert (newest.files, newest.sha256s) == ((REPORT.name,), (REPORT.sha256,))
    assert original_file(reference, evaluator, newest.sha256s[0]) == REPORT.content
    assert loaded.sha256s == ()
    with pytest.raises(NotFound):
        original_file(reference, evaluator, "b" * 64)


def test_a_value_typed_on_screen_says_what_stood_in_the_file(reference: Database) -> None:
    kept = json.dumps(
        {"cells": [{"sheet": "Project", "cell": "C4", "from": "41.0OO", "to": "41000", "by": "A"}]}
    )
    change = FieldChange("project", KEY, "summary", None, "41000", "changed", REPORT.name, "Project", "C4")
    other = replace(change, field="start", old=None, new="2024", cell="C5")
    before = origins_of(reference, LOCAL_PERSON, [RECORD])
    changes = [replace(each, old=before[(*RECORD, each.field)].change.new) for each in (change, other)]
    report = replace(REPORT, corrections=kept)
    apply_change_set(reference, ChangeSetDraft("import", "tester", "Report", tuple(changes), (report,)))
    found = origins_of(reference, LOCAL_PERSON, [RECORD])
    assert [found[(*RECORD, name)].typed_over for name in ("summary", "start", "title")] == [
        "41.0OO",
        None,
        None,
    ]
    origin = origin_of(reference, LOCAL_PERSON, RECORD, "summary")
    assert origin == found[(*RECORD, "summary")]
    assert origin in record_history(reference, LOCAL_PERSON, RECORD)
