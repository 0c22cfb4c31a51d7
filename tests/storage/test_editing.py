"""Edits by hand: preview equals what is applied, conflicts are shown, nothing relied upon is taken out."""

from __future__ import annotations

import pytest

from portfolio.errors import DataProblem, NotAllowed, StaleChange
from portfolio.model.changes import RecordId
from portfolio.model.rows import RecordState
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.services.editing import RecordEdit, apply_edits, new_key, preview_edits
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets, find_states
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.records import find_project_records

KEY = "cybersouth-plus"
PROJECT: RecordId = ("project", KEY)
Records = dict[RecordId, RecordState]


def edit(**values: str | int | None) -> RecordEdit:
    return RecordEdit("project", KEY, values)


def test_preview_is_exactly_what_is_applied(reference: Database) -> None:
    opened = find_project_records(reference, KEY)
    milestone = RecordEdit("milestone", new_key(KEY, "milestone"), {"project_key": KEY, "title": "New"})
    preview = preview_edits(reference, LOCAL_PERSON, KEY, [edit(acronym="X"), milestone], opened=opened)
    assert [(c.entity, c.field, c.old, c.new, c.kind) for c in preview.changes] == [
        ("project", "acronym", "CyberSouth+", "X", "changed"),
        ("milestone", "project_key", None, KEY, "added"),
        ("milestone", "title", None, "New", "added"),
    ]
    assert (preview.findings, preview.conflicts) == ((), ())
    before = find_states(reference)
    number = apply_edits(reference, LOCAL_PERSON, preview, reason="Renamed")
    after = find_states(reference)
    assert before[PROJECT] | {"acronym": "X"} == after[PROJECT]
    assert {record for record in after if record not in before} == {milestone.record}
    newest = find_change_sets(reference)[0]
    assert (newest.id, newest.kind, newest.by, newest.reason) == (
        number,
        "edit",
        LOCAL_PERSON.name,
        "Renamed",
    )


def test_fields_that_were_not_touched_never_conflict(reference: Database) -> None:
    opened = find_project_records(reference, KEY)
    other = preview_edits(reference, LOCAL_PERSON, KEY, [edit(confidence="low")], opened=opened)
    apply_edits(reference, LOCAL_PERSON, other, reason="first")
    mine = preview_edits(
        reference,
        LOCAL_PERSON,
        KEY,
        [edit(acronym="X", confidence=opened[PROJECT]["confidence"])],
        opened=opened,
    )  # type: ignore[arg-type]
    assert mine.conflicts == ()
    apply_edits(reference, LOCAL_PERSON, mine, reason="second")
    assert find_states(reference)[PROJECT]["confidence"] == "low"


def test_the_same_field_conflicts_and_shows_both_values_and_who(reference: Database) -> None:
    opened = find_project_records(reference, KEY)
    theirs = preview_edits(
        reference, LOCAL_PERSON.named("first"), KEY, [edit(acronym="Theirs")], opened=opened
    )
    apply_edits(reference, LOCAL_PERSON.named("first"), theirs, reason="first")
    mine = preview_edits(reference, LOCAL_PERSON, KEY, [edit(acronym="Mine")], opened=opened)
    (conflict,) = mine.conflicts
    assert (conflict.change.old, conflict.theirs, conflict.change.new) == ("CyberSouth+", "Theirs", "Mine")
    assert conflict.change_set is not None and conflict.change_set.by == "first"
    with pytest.raises(DataProblem, match="conflicts"):
        apply_edits(reference, LOCAL_PERSON, mine, reason="second")


def test_a_preview_that_has_grown_stale_is_refused_whole(reference: Database) -> None:
    opened = find_project_records(reference, KEY)
    first = preview_edits(reference, LOCAL_PERSON, KEY, [edit(acronym="A")], opened=opened)
    second = preview_edits(reference, LOCAL_PERSON, KEY, [edit(acronym="B", confidence="low")], opened=opened)
    apply_edits(reference, LOCAL_PERSON, first, reason="first")
    with pytest.raises(StaleChange):
        apply_edits(reference, LOCAL_PERSON, second, reason="second")
    assert find_states(reference)[PROJECT]["confidence"] == "high"


def test_applying_the_same_preview_twice_applies_it_once(reference: Database) -> None:
    opened = find_project_records(reference, KEY)
    record = RecordEdit("milestone", new_key(KEY, "milestone"), {"project_key": KEY, "title": "New"})
    preview = preview_edits(reference, LOCAL_PERSON, KEY, [record], opened=opened)
    apply_edits(reference, LOCAL_PERSON, preview, reason="once")
    with pytest.raises(StaleChange):
        apply_edits(reference, LOCAL_PERSON, preview, reason="twice")
    assert get_portfolio(reference).revision == 2


def test_errors_and_unaccepted_warnings_stop_the_edit(reference: Database) -> None:
    opened = find_project_records(reference, KEY)
    bad = preview_edits(reference, LOCAL_PERSON, KEY, [edit(start="2028"), edit(acronym="")], opened=opened)
    assert {finding.field for finding in bad.errors} == {"acronym"}
    early = preview_edits(reference, LOCAL_PERSON, KEY, [edit(start="2028")], opened=opened)
    assert [finding.code for finding in early.errors] == ["RULE_END_BEFORE_START"] * 2
    with pytest.raises(DataProblem, match="errors"):
        apply_edits(reference, LOCAL_PERSON, early, reason="x")
    done = RecordEdit("milestone", f"{KEY}/m", {"project_key": KEY, "title": "M", "status": "done"})
    warned = preview_edits(reference, LOCAL_PERSON, KEY, [done], opened=opened)
    assert [finding.code for finding in warned.warnings] == ["RULE_DONE_WITHOUT_DATE"]
    with pytest.raises(DataProblem, match="warnings"):
        apply_edits(reference, LOCAL_PERSON, warned, reason="x")
    apply_edits(reference, LOCAL_PERSON, warned, reason="x", accept_warnings=True)


def test_what_was_wrong_before_is_not_held_against_an_edit(reference: Database) -> None:
    opened = find_project_records(reference, KEY)
    done = RecordEdit("milestone", f"{KEY}/m", {"project_key": KEY, "title": "M", "status": "done"})
    first = preview_edits(reference, LOCAL_PERSON, KEY, [done], opened=opened)
    apply_edits(reference, LOCAL_PERSON, first, reason="x", accept_warnings=True)
    opened = find_project_records(reference, KEY)
    assert preview_edits(reference, LOCAL_PERSON, KEY, [edit(acronym="X")], opened=opened).findings == ()


def test_a_record_that_others_rely_on_is_not_taken_out(reference: Database) -> None:
    opened = find_project_records(reference, KEY)
    preview = preview_edits(reference, LOCAL_PERSON, KEY, [RecordEdit("project", KEY, None)], opened=opened)
    assert [finding.code for finding in preview.errors] == ["RULE_RELIED_UPON"]


def test_a_reason_and_a_change_are_needed(reference: Database) -> None:
    opened = find_project_records(reference, KEY)
    nothing = preview_edits(reference, LOCAL_PERSON, KEY, [edit(acronym="CyberSouth+")], opened=opened)
    with pytest.raises(DataProblem, match="Nothing has changed"):
        apply_edits(reference, LOCAL_PERSON, nothing, reason="x")
    something = preview_edits(reference, LOCAL_PERSON, KEY, [edit(acronym="X")], opened=opened)
    with pytest.raises(DataProblem, match="why"):
        apply_edits(reference, LOCAL_PERSON, something, reason="  ")


def test_an_officer_edits_assigned_projects_alone(reference: Database) -> None:
    officer = Person("somebody", "officer", frozenset({"cybersouth"}))
    with pytest.raises(NotAllowed):
        preview_edits(reference, officer, KEY, [edit(acronym="X")], opened={})


def test_texts_of_any_script_and_length_are_kept_as_typed(reference: Database) -> None:
    opened = find_project_records(reference, KEY)
    text = "<b>**Résumé**</b> =1+1 ქართული العربية עברית Ελληνικά " * 190
    preview = preview_edits(reference, LOCAL_PERSON, KEY, [edit(summary=text)], opened=opened)
    apply_edits(reference, LOCAL_PERSON, preview, reason="ქართული")
    assert find_states(reference)[PROJECT]["summary"] == text
    assert len(text) > 10_000
