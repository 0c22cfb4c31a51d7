"""What a form opens and chooses from: only what its person may see, and drafts that are their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portfolio.errors import NotAllowed
from portfolio.model.changes import ChangeSetDraft, FieldChange
from portfolio.services.access import Person
from portfolio.services.choices import archived_projects, names_of, records_to_edit
from portfolio.services.drafts import drop_draft, keep_draft, own_draft
from portfolio.storage.engine import Database
from portfolio.storage.unit_of_work import apply_change_set

READER = Person("A reader", "evaluator")
OFFICER = Person("An officer", "officer", frozenset({"cybersee"}))
OTHER = Person("Another officer", "officer", frozenset({"cybersee"}))


def test_records_are_opened_only_by_who_may_edit_the_project(reference: Database) -> None:
    assert records_to_edit(reference, OFFICER, "cybersee")["project", "cybersee"]["acronym"] == "CyberSEE"
    for person, key in ((OFFICER, "iproceeds-2"), (READER, "cybersee")):
        with pytest.raises(NotAllowed):
            records_to_edit(reference, person, key)


def test_names_leave_out_what_the_person_may_not_see(
    reference: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(names_of(reference, READER, "project", "acronym")) == 26
    monkeypatch.setattr("portfolio.services.choices.may", lambda _, __, key: key == "cybersee")
    assert names_of(reference, READER, "project", "acronym") == {"cybersee": "CyberSEE"}


def test_archived_projects_are_offered_apart(reference: Database) -> None:
    assert archived_projects(reference, READER) == ()
    change = FieldChange("project", "cybersee", "archived_on", None, "2026-11-23", "changed")
    apply_change_set(reference, ChangeSetDraft("edit", "a tester", "over", (change,)))
    assert [project.key for project in archived_projects(reference, READER)] == ["cybersee"]


def test_draft_is_the_persons_own(reference: Database) -> None:
    keep_draft(reference, OFFICER, "project:cybersee", {"reason": "mine"})
    found = own_draft(reference, OFFICER, "project:cybersee")
    assert found is not None and found.content == {"reason": "mine"}
    assert own_draft(reference, OTHER, "project:cybersee") is None
    drop_draft(reference, OTHER, "project:cybersee")
    assert own_draft(reference, OFFICER, "project:cybersee") == found
    drop_draft(reference, OFFICER, "project:cybersee")
    assert own_draft(reference, OFFICER, "project:cybersee") is None


@pytest.mark.parametrize(
    "use",
    [
        lambda database: own_draft(database, READER, "project:cybersee"),
        lambda database: keep_draft(database, READER, "project:cybersee", {}),
        lambda database: drop_draft(database, READER, "project:cybersee"),
    ],
    ids=["open", "keep", "drop"],
)
def test_draft_is_refused_to_who_may_not_edit(empty: Database, use: Callable[[Database], object]) -> None:
    with pytest.raises(NotAllowed):
        use(empty)
