"""Nothing lost, nothing applied twice: a reload, a lost session, another screen, two people at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.model.rows import RecordState
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.settings import ROOT
from portfolio.storage.queries.history import find_change_sets, find_states
from portfolio.storage.queries.practice import find_draft, find_drafts
from tests.app.edit_screens import (
    apply,
    choose,
    database,
    edit_rows,
    edit_screen,
    errors,
    fill,
    form_of,
    labels_of_buttons,
    part,
    press,
    preview_rows,
)
from tests.app.screens import problems, use_portfolio, words

KEY = "cybersouth-plus"
TITLE = (
    "CyberSouth+ - Enhanced co-operation on cybercrime and electronic evidence in the Southern Neighbourhood"
)


@pytest.fixture(autouse=True)
def reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The published portfolio."""
    use_portfolio("reference", tmp_path, monkeypatch)


def stored(entity: str = "project", key: str = KEY) -> RecordState:
    """A record as it stands."""
    return find_states(database(), entity)[entity, key]


def value_of(app: AppTest, label: str) -> str | None:
    """What a text field shows."""
    (field,) = [each for each in app.text_input if each.label.removesuffix(" *") == label]
    return field.value


def test_everything_entered_is_back_after_the_session_was_lost() -> None:
    app = edit_screen(KEY)
    fill(app, "Title", "A new title")
    fill(app, "Start", "not a date")
    part(app, "milestones")
    rows = len(form_of(app).rows["milestone"])
    edit_rows(app, "milestone", added=[{"title": "Entered before the reload"}], edited={0: {"note": "kept"}})

    again = edit_screen(KEY)
    assert "You have an unsaved draft from 2026-11-23" in words(again)
    assert "4 fields entered or changed" in words(again)
    assert {"Continue", "Discard the draft"} <= set(labels_of_buttons(again))
    assert "Preview" not in labels_of_buttons(again)
    press(again, "Continue")
    assert value_of(again, "Title") == "A new title"
    assert value_of(again, "Start") == "not a date"
    part(again, "milestones")
    assert len(form_of(again).rows["milestone"]) == rows + 1
    fill_start(again)
    apply(again)
    assert (stored()["title"], stored()["start"]) == ("A new title", "2024-01")
    titles = [state["title"] for state in find_states(database(), "milestone").values()]
    assert "Entered before the reload" in titles
    assert find_drafts(database(), LOCAL_PERSON.name) == ()


def fill_start(app: AppTest) -> None:
    """Nothing; the start is a date again."""
    part(app, "project")
    fill(app, "Start", "2024-01")


def test_a_new_project_is_kept_as_a_draft_as_well() -> None:
    app = edit_screen()
    fill(app, "Acronym", "Unfinished")
    fill(app, "Key", "my-own-key")
    again = edit_screen()
    press(again, "Continue")
    assert value_of(again, "Acronym") == "Unfinished"
    assert form_of(again).chosen_key == "my-own-key"


def test_a_discarded_draft_is_gone_and_the_record_stands() -> None:
    fill(edit_screen(KEY), "Title", "Not wanted")
    app = edit_screen(KEY)
    press(app, "Discard the draft")
    assert value_of(app, "Title") == stored()["title"]
    assert find_drafts(database(), LOCAL_PERSON.name) == ()
    assert "Unsaved" not in words(edit_screen(KEY))


def test_what_was_entered_can_be_discarded_from_the_form() -> None:
    app = edit_screen(KEY)
    fill(app, "Title", "Not wanted")
    press(app, "Discard them")
    assert value_of(app, "Title") == stored()["title"]
    assert "Nothing differs from what is on record." in words(app)
    assert find_drafts(database(), LOCAL_PERSON.name) == ()


def test_looking_at_a_form_leaves_no_draft() -> None:
    app = edit_screen(KEY)
    part(app, "funding")
    press(app, "Preview")
    assert find_drafts(database(), LOCAL_PERSON.name) == ()


def test_putting_a_value_back_takes_the_draft_away() -> None:
    app = edit_screen(KEY)
    before = str(stored()["title"])
    fill(app, "Title", "Something else")
    assert find_draft(database(), LOCAL_PERSON.name, f"edit/{KEY}") is not None
    fill(app, "Title", before)
    assert find_draft(database(), LOCAL_PERSON.name, f"edit/{KEY}") is None


def test_another_part_or_another_screen_keeps_what_was_entered() -> None:
    app = edit_screen(KEY)
    fill(app, "Title", "Kept")
    part(app, "milestones")
    edit_rows(app, "milestone", edited={0: {"note": "kept too"}})
    part(app, "funding")
    edit_rows(app, "contribution", added=[{"funder": "Somebody"}])
    app.switch_page(str(ROOT / "pages" / "history.py")).run()
    app.switch_page(str(ROOT / "pages" / "edit.py"))
    app.query_params["id"] = KEY
    app.run()
    assert problems(app) == []
    form = form_of(app)
    assert form.project["title"] == "Kept"
    assert form.rows["milestone"][0]["note"] == "kept too"
    assert [row["funder"] for row in form.rows["contribution"]][-1] == "Somebody"
    part(app, "funding")
    part(app, "milestones")
    assert form_of(app).rows["milestone"][0]["note"] == "kept too"
    assert form_of(app).rows["contribution"][-1]["funder"] == "Somebody"


def test_a_row_that_was_added_keeps_its_key_when_one_before_it_leaves() -> None:
    app = edit_screen(KEY)
    part(app, "funding")
    first, second = {"number": "C/1"}, {"number": "C/2"}
    edit_rows(app, "contract", added=[first, second])
    key = form_of(app).rows["contract"][1]["key"]
    edit_rows(app, "contract", added=[second])
    (row,) = form_of(app).rows["contract"]
    assert (row["number"], row["key"]) == ("C/2", key)
    edit_rows(app, "contract", added=[second | {"type": "grant"}])
    assert form_of(app).rows["contract"][0]["key"] == key


def test_after_apply_nothing_is_left_to_apply_again() -> None:
    app = edit_screen(KEY)
    fill(app, "Title", "Once")
    apply(app)
    assert "Apply" not in labels_of_buttons(app)
    press(app, "Preview")
    assert "Nothing would change." in words(app)
    assert len(find_change_sets(database())) == 2


def test_two_people_on_the_same_field_are_shown_both_values() -> None:
    mine, theirs = edit_screen(KEY), edit_screen(KEY)
    fill(theirs, "Title", "Theirs")
    apply(theirs, "First")
    fill(mine, "Title", "Mine")
    press(mine, "Preview")
    assert "Somebody changed the same fields" in " ".join(errors(mine))
    (conflict,) = [text.value for text in mine.markdown if "My value" in text.value]
    assert "My value: **Mine**" in conflict
    assert "On record now: **Theirs** (by Test Person, 2026-11-23" in conflict
    assert "change set 2)" in conflict
    assert TITLE in conflict
    assert "Apply" not in labels_of_buttons(mine)
    assert stored()["title"] == "Theirs"


@pytest.mark.parametrize(("choice", "kept"), [("Use my value", "Mine"), ("Keep theirs", "Theirs")])
def test_a_conflict_is_decided_by_a_choice(choice: str, kept: str) -> None:
    mine, theirs = edit_screen(KEY), edit_screen(KEY)
    fill(theirs, "Title", "Theirs")
    apply(theirs, "First")
    fill(mine, "Title", "Mine")
    fill(mine, "Responsible officer", "Somebody")
    press(mine, "Preview")
    press(mine, choice)
    assert errors(mine) == []
    expected = [("Title", "Theirs", "Mine")] if kept == "Mine" else []
    assert [row[1:4] for row in preview_rows(mine)] == [*expected, ("Responsible officer", "–", "Somebody")]
    apply(mine, "Second")
    assert (stored()["title"], stored()["responsible_officer"]) == (kept, "Somebody")


def test_two_people_on_different_fields_both_succeed() -> None:
    mine, theirs = edit_screen(KEY), edit_screen(KEY)
    fill(theirs, "Title", "Theirs")
    apply(theirs, "First")
    choose(mine, "Service", "INTPA")
    apply(mine, "Second")
    assert (stored()["title"], stored()["service"]) == ("Theirs", "INTPA")
    assert [row.reason for row in find_change_sets(database())][:2] == ["Second", "First"]


def test_a_change_between_preview_and_apply_is_a_conflict_and_not_lost() -> None:
    mine, theirs = edit_screen(KEY), edit_screen(KEY)
    fill(mine, "Title", "Mine")
    press(mine, "Preview")
    fill(mine, "Your name", "Test Person")
    fill(mine, "Reason", "late")
    press(theirs, "Preview")
    fill(theirs, "Title", "Theirs")
    apply(theirs, "First")
    press(mine, "Apply")
    assert stored()["title"] == "Theirs"
    assert "Nothing was applied" in " ".join(errors(mine))
    press(mine, "Use my value")
    apply(mine, "late")
    assert stored()["title"] == "Mine"


@pytest.mark.parametrize(("choice", "stays"), [("Use my value", True), ("Keep theirs", False)])
def test_a_row_that_somebody_took_out_is_a_conflict(choice: str, stays: bool) -> None:
    mine, theirs = edit_screen(KEY), edit_screen(KEY)
    part(theirs, "sources")
    edit_rows(theirs, "project_reference", added=[{"kind": "programme", "value": "P/1"}])
    apply(theirs, "Added")
    mine = edit_screen(KEY)
    part(mine, "sources")
    rows = form_of(mine).rows["project_reference"]
    position = next(number for number, row in enumerate(rows) if row["value"] == "P/1")
    key = str(rows[position]["key"])
    edit_rows(mine, "project_reference", edited={position: {"value": "P/2"}})
    theirs = edit_screen(KEY)
    press(theirs, "Discard the draft")
    part(theirs, "sources")
    edit_rows(theirs, "project_reference", deleted=[position])
    apply(theirs, "Taken out")
    press(mine, "Preview")
    press(mine, choice)
    kept = [row["value"] for row in form_of(mine).rows["project_reference"] if row["key"] == key]
    assert kept == (["P/2"] if stays else [])
    if stays:
        apply(mine, "Put back")
        assert stored("project_reference", key)["value"] == "P/2"


@pytest.mark.parametrize(
    "person", [Person("E", "evaluator"), Person("O", "officer", frozenset({"cybersouth"}))]
)
def test_who_may_not_edit_is_told_why(person: Person) -> None:
    for key, what in ((KEY, f"on project {KEY}"), (None, "on a new project")):
        app = edit_screen(key)
        app.session_state["person"] = person
        app.run()
        assert f"{person.name} ({person.role}) may not edit {what}." in words(app)
        assert "Preview" not in labels_of_buttons(app)


def test_an_officer_edits_an_assigned_project() -> None:
    app = edit_screen("cybersouth")
    app.session_state["person"] = Person("O", "officer", frozenset({"cybersouth"}))
    app.run()
    fill(app, "Data note", "By its officer")
    apply(app)
    assert stored(key="cybersouth")["data_note"] == "By its officer"


def test_an_address_of_no_project_says_so() -> None:
    app = edit_screen("no-such-project")
    assert "There is no project 'no-such-project' here." in words(app)
    assert problems(app) == []
