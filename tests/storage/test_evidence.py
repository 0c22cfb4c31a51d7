"""A source that was named for a value does not go on vouching for another one."""

from __future__ import annotations

from portfolio.model.changes import ChangeSetDraft, FieldChange, added_record
from portfolio.model.rows import EvidenceRow
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.storage.engine import Database
from portfolio.storage.queries.evidence import find_evidence
from portfolio.storage.unit_of_work import apply_change_set

KEY, FIELD = "cybersouth", "total_budget_cents"


def of_budget(database: Database) -> list[EvidenceRow]:
    return [row for row in find_evidence(database, "project") if (row.record_key, row.field) == (KEY, FIELD)]


def set_budget(database: Database, old: int, new: int) -> int:
    step = FieldChange("project", KEY, FIELD, old, new, "changed")
    return apply_change_set(database, ChangeSetDraft("edit", "tester", "test", (step,)))


def test_nothing_is_superseded_as_loaded(reference: Database) -> None:
    assert not any(row.is_superseded for row in find_evidence(reference))
    assert [row.is_of_present_value for row in of_budget(reference)] == [True, False]


def test_a_changed_value_supersedes_what_was_said_of_the_old_one_alone(reference: Database) -> None:
    set_budget(reference, 500_500_000, 600_000_000)
    superseded = [row for row in find_evidence(reference) if row.is_superseded]
    assert {(row.record_key, row.field) for row in superseded} == {(KEY, FIELD)}
    assert not any(row.is_of_present_value for row in of_budget(reference))


def test_a_value_that_was_set_back_rests_on_its_source_again(reference: Database) -> None:
    number = set_budget(reference, 500_500_000, 600_000_000)
    undo_change_set(reference, LOCAL_PERSON, number)
    assert [row.is_of_present_value for row in of_budget(reference)] == [True, False]


def test_evidence_named_for_the_new_value_stands(reference: Database) -> None:
    set_budget(reference, 500_500_000, 600_000_000)
    values = {
        "entity": "project",
        "record_key": KEY,
        "field": FIELD,
        "basis": "stated",
        "value_as_stated": "EUR 6 m",
    }
    named = tuple(added_record("evidence", f"project/{KEY}/{FIELD}/new", values))
    apply_change_set(reference, ChangeSetDraft("edit", "tester", "source", named))
    assert [row.value_as_stated for row in of_budget(reference) if row.is_of_present_value] == ["EUR 6 m"]
