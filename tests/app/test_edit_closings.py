"""Closing, cancelling, archiving and bringing back: nothing is deleted, and everything is a change set."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.model.rows import RecordState
from portfolio.storage.queries.history import find_change_sets, find_states
from portfolio.ui.cached import view
from tests.app.edit_screens import (
    apply,
    database,
    edit_screen,
    errors,
    fill,
    labels_of_buttons,
    part,
    press,
    preview_rows,
)
from tests.app.screens import opened, problems, use_portfolio, words

KEY = "gale-juniper"


@pytest.fixture(autouse=True)
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fictional portfolio."""
    use_portfolio("demo", tmp_path, monkeypatch)


def stored() -> RecordState:
    """The project as it stands."""
    return find_states(database(), "project")["project", KEY]


def statuses() -> list[object]:
    """The statuses of its milestones."""
    rows = find_states(database(), "milestone").values()
    return [row["status"] for row in rows if row["project_key"] == KEY]


def test_closing_is_previewed_with_the_end_and_the_status() -> None:
    app = edit_screen(KEY)
    part(app, "closing")
    before = stored()
    fill(app, "Ended on", "20 November 2026")
    press(app, "Enter the closing")
    changed = {(label, after) for _, label, _, after, _ in preview_rows(app)}
    assert ("Present end", "2026-11-20") in changed
    assert ("Status as stated", "Closed") in changed
    assert stored() == before
    apply(app, "Closed early")
    assert (stored()["end_current"], stored()["status_stated"]) == ("2026-11-20", "closed")
    assert stored()["status_stated_on"] == "2026-11-23"


def test_open_milestones_are_cancelled_with_it_where_asked() -> None:
    assert {"planned", "in-progress"} & set(map(str, statuses()))
    app = edit_screen(KEY)
    part(app, "closing")
    (box,) = [box for box in app.checkbox if "open milestone" in box.label]
    box.check().run()
    press(app, "Enter the closing")
    apply(app, "Closed")
    assert not {"planned", "in-progress"} & set(map(str, statuses()))
    assert "cancelled" in statuses()


def test_an_end_that_is_no_date_is_refused() -> None:
    app = edit_screen(KEY)
    part(app, "closing")
    fill(app, "Ended on", "31/02/2026")
    press(app, "Enter the closing")
    assert [line for line in errors(app) if "'31/02/2026' is not a date." in line] != []


def test_an_archived_project_leaves_every_screen_and_comes_back() -> None:
    app = edit_screen(KEY)
    part(app, "closing")
    press(app, "Archive")
    apply(app, "Entered twice")
    assert stored()["archived_on"] == "2026-11-23"
    assert KEY not in view().names
    listed = opened("projects")
    assert problems(listed) == []
    assert "1 project on no screen and in no sum" in words(listed)
    assert [link.label for link in listed.get("page_link") if "Bring back" in link.label] != []

    back = edit_screen(KEY)
    part(back, "closing")
    assert "Archive" not in labels_of_buttons(back)
    press(back, "Bring back")
    apply(back, "It was the right one")
    assert stored()["archived_on"] is None
    assert KEY in view().names
    assert "on no screen" not in words(opened("projects"))
    assert [row.reason for row in find_change_sets(database())][:2] == [
        "It was the right one",
        "Entered twice",
    ]


def test_a_project_page_leads_to_its_form() -> None:
    links = [link.label for link in opened("project", id=KEY).get("page_link")]
    assert "Edit" in links
    assert "New project" in [link.label for link in opened("projects").get("page_link")]
