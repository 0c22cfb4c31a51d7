"""Undo, origins and the replay of the history."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portfolio.errors import DataProblem, NotAllowed, NotFound, StaleChange
from portfolio.model.changes import ChangeSetDraft, FieldChange, added_record
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.services.histories import (
    apply_undo,
    belongs_to,
    change_sets,
    changes_of,
    origin_of,
    plan_undo,
    undo_change_set,
)
from portfolio.services.verifications import verify
from portfolio.storage.engine import Database, writing
from portfolio.storage.queries.history import find_changes, find_states
from portfolio.storage.unit_of_work import apply_change_set

KEY = "cybersouth-plus"
# Fields of a milestone that have a value by default: contractual, status, about.
EXTRA = 3


def change(field: str, old: object, new: object) -> FieldChange:
    kind = "erased" if new is None else "changed"
    return FieldChange("project", KEY, field, old, new, kind)  # type: ignore[arg-type]


def edit(*changes: FieldChange) -> ChangeSetDraft:
    return ChangeSetDraft("edit", "tester", "test", changes)


def milestone(key: str = f"{KEY}/m-new", title: str = "New") -> tuple[FieldChange, ...]:
    return tuple(added_record("milestone", key, {"project_key": KEY, "title": title, "baseline": "2026-12"}))


def faults(database: Database) -> list[str]:
    return [fault for check in verify(database) for fault in check.faults]


def test_undo_brings_every_row_back(reference: Database) -> None:
    before = find_states(reference)
    number = apply_change_set(
        reference,
        edit(
            change("acronym", "CyberSouth+", "X"), change("summary", _summary(reference), None), *milestone()
        ),
    )
    assert find_states(reference) != before
    result = undo_change_set(reference, LOCAL_PERSON, number)
    assert result.plan.kept == ()
    assert find_states(reference) == before
    assert faults(reference) == []


def _summary(database: Database) -> object:
    return find_states(database, "project")["project", KEY]["summary"]


def test_an_undo_can_be_undone(reference: Database) -> None:
    number = apply_change_set(reference, edit(*milestone()))
    after = find_states(reference)
    undone = undo_change_set(reference, LOCAL_PERSON, number).change_set
    undo_change_set(reference, LOCAL_PERSON, undone)
    assert find_states(reference) == after
    assert faults(reference) == []


def test_undo_keeps_what_was_edited_since_and_names_it(reference: Database) -> None:
    number = apply_change_set(
        reference,
        edit(change("acronym", "CyberSouth+", "X"), change("confidence", "high", "low"), *milestone()),
    )
    later = FieldChange("milestone", f"{KEY}/m-new", "title", "New", "Edited", "changed")
    apply_change_set(reference, edit(change("acronym", "X", "Y"), later))
    result = undo_change_set(reference, LOCAL_PERSON, number)
    assert {(kept.entity, kept.field) for kept in result.plan.kept} == {
        ("project", "acronym"),
        ("milestone", None),
    }
    project = find_states(reference, "project")["project", KEY]
    assert (project["acronym"], project["confidence"]) == ("Y", "high")
    assert find_states(reference, "milestone")["milestone", f"{KEY}/m-new"]["title"] == "Edited"
    assert faults(reference) == []


def acronym(database: Database) -> object:
    return find_states(database, "project")["project", KEY]["acronym"]


def test_undo_brings_no_value_back_that_was_undone_itself(reference: Database) -> None:
    first = apply_change_set(reference, edit(change("acronym", "CyberSouth+", "X"), *milestone()))
    second = apply_change_set(reference, edit(change("acronym", "X", "Y")))
    assert [kept.field for kept in undo_change_set(reference, LOCAL_PERSON, first).plan.kept] == ["acronym"]
    (back,) = plan_undo(reference, LOCAL_PERSON, second).changes
    assert (back.old, back.new) == ("Y", "CyberSouth+")
    undo_change_set(reference, LOCAL_PERSON, second)
    assert acronym(reference) == "CyberSouth+"
    assert faults(reference) == []


def test_undo_brings_a_value_back_whose_undo_was_undone(reference: Database) -> None:
    first = apply_change_set(reference, edit(change("acronym", "CyberSouth+", "X"), *milestone()))
    second = apply_change_set(reference, edit(change("acronym", "X", "Y")))
    undone = undo_change_set(reference, LOCAL_PERSON, first).change_set
    undo_change_set(reference, LOCAL_PERSON, undone)
    undo_change_set(reference, LOCAL_PERSON, second)
    assert acronym(reference) == "X"


def test_undo_says_that_a_record_stays_whose_entry_was_undone(reference: Database) -> None:
    entry = (*milestone(), change("acronym", "CyberSouth+", "X"))
    first = apply_change_set(reference, edit(*entry))
    later = FieldChange("milestone", f"{KEY}/m-new", "title", "New", "Edited", "changed")
    second = apply_change_set(reference, edit(later))
    undo_change_set(reference, LOCAL_PERSON, first)
    plan = plan_undo(reference, LOCAL_PERSON, second)
    assert [(back.old, back.new) for back in plan.changes] == [("Edited", "New")]
    (kept,) = plan.kept
    assert (kept.key, kept.field) == (f"{KEY}/m-new", None)
    assert f"change set {first}, which entered it, was undone" in kept.reason


def test_undo_keeps_a_record_that_others_refer_to(reference: Database) -> None:
    parent = added_record("contract", f"{KEY}/c1", {"project_key": KEY, "number": "C1"})
    number = apply_change_set(reference, edit(*parent))
    child = {"contract_key": f"{KEY}/c1", "kind": "interim", "amount_cents": 1}
    apply_change_set(reference, edit(*added_record("payment", f"{KEY}/pay1", child)))
    with pytest.raises(DataProblem, match="left to undo"):
        undo_change_set(reference, LOCAL_PERSON, number)
    assert "Payment" in plan_undo(reference, LOCAL_PERSON, number).kept[0].reason


def test_parent_and_child_of_one_change_set_leave_together(reference: Database) -> None:
    before = find_states(reference)
    parent = added_record("contract", f"{KEY}/c1", {"project_key": KEY, "number": "C1"})
    child = {"contract_key": f"{KEY}/c1", "kind": "interim", "amount_cents": 1}
    # The child stands first: the plan must not depend on the order of entry.
    number = apply_change_set(reference, edit(*added_record("payment", f"{KEY}/pay1", child), *parent))
    undo_change_set(reference, LOCAL_PERSON, number)
    assert find_states(reference) == before


def test_undoing_twice_is_refused(reference: Database) -> None:
    number = apply_change_set(reference, edit(*milestone()))
    undo_change_set(reference, LOCAL_PERSON, number)
    with pytest.raises(DataProblem, match="already"):
        undo_change_set(reference, LOCAL_PERSON, number)


def test_the_loading_cannot_be_undone(reference: Database) -> None:
    with pytest.raises(DataProblem, match="loaded the portfolio"):
        plan_undo(reference, LOCAL_PERSON, 1)


def test_unknown_change_set_is_not_found(reference: Database) -> None:
    with pytest.raises(NotFound):
        changes_of(reference, LOCAL_PERSON, 99)


def test_an_evaluator_may_not_undo(reference: Database) -> None:
    with pytest.raises(NotAllowed):
        plan_undo(reference, Person("somebody", "evaluator"), 1)


def test_origin_names_the_last_change_of_a_field(reference: Database) -> None:
    record = ("project", KEY)
    first = origin_of(reference, LOCAL_PERSON, record, "acronym")
    assert first is not None and first.change_set.id == 1
    number = apply_change_set(reference, edit(change("acronym", "CyberSouth+", "X")))
    second = origin_of(reference, LOCAL_PERSON, record, "acronym")
    assert second is not None and (second.change_set.id, second.change.old) == (number, "CyberSouth+")
    assert origin_of(reference, LOCAL_PERSON, record, "eu_contribution_cents") is None


def test_history_of_a_project_holds_its_own_change_sets_alone(reference: Database) -> None:
    number = apply_change_set(reference, edit(*milestone()))
    assert [row.id for row in change_sets(reference, LOCAL_PERSON, project_key=KEY)] == [number, 1]
    assert [row.id for row in change_sets(reference, LOCAL_PERSON, project_key="cybersouth")] == [1]


def test_changes_about_a_project_are_all_that_belong_to_it(reference: Database) -> None:
    everything = find_changes(reference)
    for key in (KEY, "cybersouth"):
        own = [item for item in everything if belongs_to(item[1], key)]
        about = find_changes(reference, about=key)
        assert 0 < len(own) <= len(about) < len(everything)
        assert [item for item in about if belongs_to(item[1], key)] == own


def test_verify_finds_a_change_that_bypassed_the_history(reference: Database) -> None:
    assert faults(reference) == []
    with writing(reference) as connection:
        connection.execute(sa.text("UPDATE project SET total_budget_cents = 1 WHERE key = 'cybersouth'"))
        connection.execute(sa.text("INSERT INTO organisation (key, name) VALUES ('ghost', 'Ghost')"))
    found = " ".join(faults(reference))
    assert "total_budget_cents of project cybersouth is 1" in found
    assert "organisation ghost is in the tables but not in the history" in found


def test_a_plan_is_applied_as_it_was_shown_or_not_at_all(reference: Database) -> None:
    number = apply_change_set(reference, edit(change("acronym", "CyberSouth+", "X")))
    plan = plan_undo(reference, LOCAL_PERSON, number)
    apply_change_set(reference, edit(change("acronym", "X", "Y")))
    with pytest.raises(StaleChange):
        apply_undo(reference, LOCAL_PERSON, plan)
    apply_change_set(reference, edit(change("acronym", "Y", "X")))
    result = apply_undo(reference, LOCAL_PERSON, plan)
    assert (result.plan, find_states(reference, "project")["project", KEY]["acronym"]) == (
        plan,
        "CyberSouth+",
    )
    # What was undone and done again elsewhere is not undone by the old plan.
    apply_change_set(reference, edit(change("acronym", "CyberSouth+", "X")))
    with pytest.raises(DataProblem, match="already"):
        apply_undo(reference, LOCAL_PERSON, plan)


def test_planning_an_undo_asks_no_more_for_a_hundred_records_than_for_one(reference: Database) -> None:
    counts = []
    for first, last in ((0, 1), (1, 101)):
        added = [field for number in range(first, last) for field in milestone(f"{KEY}/m-{number}", "New")]
        number = apply_change_set(reference, edit(*added))
        asked: list[object] = []
        sa.event.listen(reference.engine, "before_cursor_execute", lambda *args, asked=asked: asked.append(1))
        plan = plan_undo(reference, LOCAL_PERSON, number)
        counts.append(len(asked))
        assert (len(plan.changes), plan.kept) == (len(added) + (last - first) * EXTRA, ())
    # The listener of the first round hears the second as well, in its own list.
    assert counts[0] == counts[1] > 0


def test_an_evaluator_may_not_apply_a_plan(reference: Database) -> None:
    plan = plan_undo(reference, LOCAL_PERSON, apply_change_set(reference, edit(*milestone())))
    with pytest.raises(NotAllowed):
        apply_undo(reference, Person("somebody", "evaluator"), plan)
