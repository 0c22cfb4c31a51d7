"""The history: every change set, and what each changed, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.model.changes import ChangeSetDraft, FieldChange, SourceFile
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.settings import PORTFOLIO_NAMES, load_settings
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.setup import ensure_database
from portfolio.storage.unit_of_work import apply_change_set
from tests.app.screens import opened, problems, texts, use_portfolio, words


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    use_portfolio("reference", tmp_path, monkeypatch)
    return ensure_database(load_settings())


def edited(database: Database) -> int:
    """A second change set, as an import would write it."""
    change = FieldChange(
        "project", "cybersee", "total_budget_cents", None, 123_456, "changed", "r.xlsx", "Project", "C4"
    )
    return apply_change_set(
        database, ChangeSetDraft("edit", "A tester", "Budget from the steering committee", (change,))
    )


@pytest.mark.parametrize("name", PORTFOLIO_NAMES)
def test_history_opens_cold_in_every_portfolio(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio(name, tmp_path, monkeypatch)
    app = opened("history")
    assert problems(app) == []
    assert ("Nothing has been written to this portfolio yet." in words(app)) == (name == "empty")


def test_load_is_listed_with_its_number_of_changes_and_cannot_be_undone(real: Database) -> None:
    app = opened("history")
    sets, changes = app.dataframe[0].value, app.dataframe[1].value
    assert sets[["number", "by", "kind", "changes"]].to_numpy().tolist() == [
        [1, "reference data", "Load", 6643]
    ]
    assert len(changes) == 100
    assert "Changes 1 to 100 of 6,643 in change set 1." in texts(app)
    assert [button for button in app.button if button.label.startswith("Undo")] == []
    assert "It cannot be undone" in words(app)


def test_pages_lead_to_the_last_change(real: Database) -> None:
    app = opened("history")
    app.selectbox(key="change_page").set_value(67).run()
    assert problems(app) == []
    assert "Changes 6,601 to 6,643 of 6,643 in change set 1." in texts(app)
    assert len(app.dataframe[1].value) == 43


def test_project_and_kind_narrow_the_changes_and_begin_at_the_first_page(real: Database) -> None:
    app = opened("history")
    app.selectbox(key="change_page").set_value(67).run()
    app.selectbox(key="change_project").set_value("cybersouth-plus").run()
    app.selectbox(key="change_entity").set_value("milestone").run()
    table = app.dataframe[1].value
    assert problems(app) == []
    assert set(table["project"]) == {"CyberSouth+"}
    assert set(table["entity"]) == {"Milestone"}
    assert table["key"].str.startswith("cybersouth-plus/").all()
    assert f"Changes 1 to {len(table)} of {len(table)} in change set 1." in texts(app)


def test_filter_bar_narrows_the_changes(real: Database) -> None:
    app = opened("history", region="Southern neighbourhood", text="jordan psd")
    assert set(app.dataframe[1].value["project"]) == {"Jordan PSD twinning"}


def test_import_shows_old_and_new_with_sheet_and_cell_and_the_way_back(real: Database) -> None:
    number = edited(real)
    app = opened("history")
    assert app.dataframe[0].value["number"].tolist() == [2, 1]
    changed = app.dataframe[1].value
    assert changed[["project", "field", "before", "after", "sheet", "cell", "file"]].to_numpy().tolist() == [
        ["CyberSEE", "total budget", "–", "EUR 1,234.56", "Project", "C4", "r.xlsx"]
    ]
    assert [button.label for button in app.button if button.label.startswith("Undo")] == [
        f"Undo change set {number}"
    ]
    assert any(text.startswith("Budget from the steering committee. By A tester, ") for text in texts(app))


def test_undone_change_set_says_by_which(real: Database) -> None:
    number = edited(real)
    undo_change_set(real, LOCAL_PERSON.named("A tester"), number)
    app = opened("history")
    assert app.dataframe[0].value["undone_by"].fillna("").tolist() == ["undoes 2", "undone by 3", ""]
    labels = list(app.selectbox(key="change_set").options)
    app.selectbox(key="change_set").set_value(labels[1]).run()
    assert "Undone by change set 3." in texts(app)
    assert [button for button in app.button if button.label.startswith("Undo")] == []


def numbers(app: AppTest) -> list[int]:
    return list(app.dataframe[0].value["number"])


def test_project_person_kind_and_days_narrow_the_change_sets(real: Database) -> None:
    edited(real)
    other = FieldChange("milestone", first_milestone("cybersouth"), "note", None, "x", "changed")
    apply_change_set(real, ChangeSetDraft("edit", "B tester", "Note", (other,)))
    assert numbers(opened("history")) == [3, 2, 1]
    assert numbers(opened("history", change_project="CyberSouth")) == [3, 1]
    assert numbers(opened("history", by="A tester")) == [2]
    assert numbers(opened("history", written_as="Load")) == [1]
    day = ask_day(real)
    assert numbers(opened("history", since=day, until=day, by="B tester")) == [3]


def first_milestone(key: str) -> str:
    return next(row.key for row in find_milestones(ensure_database(load_settings()), key) if not row.note)


def ask_day(database: Database) -> str:
    return find_change_sets(database)[0].at[:10]


def test_filter_that_nothing_meets_says_so_and_can_be_cleared(real: Database) -> None:
    app = opened("history", until="2000-01-01")
    assert problems(app) == []
    assert "No change set meets all of these." in words(app)
    app.button(key="change_clear").click().run()
    assert numbers(app) == [1]


def test_days_the_wrong_way_round_are_named(real: Database) -> None:
    app = opened("history", since="2026-11-23", until="2026-11-22")
    assert "From lies after Until, so no day is left." in words(app)


def test_file_of_an_import_is_offered_as_it_was_received(real: Database) -> None:
    change = FieldChange(
        "project", "cybersee", "total_budget_cents", None, 1, "changed", "r_*x*.xlsx", "P", "C4"
    )
    file = SourceFile("r_*x*.xlsx", "a" * 64, b"the bytes")
    apply_change_set(real, ChangeSetDraft("import", "A tester", "Report", (change,), (file,)))
    found = [button.label for button in opened("history").get("download_button")]
    assert "Download r\\_\\*x\\*.xlsx as received" in found


def test_link_opens_its_change_set_whatever_was_chosen_before(real: Database) -> None:
    number = edited(real)
    app = opened("history")
    app.selectbox(key="by").set_value("A tester").run()
    assert numbers(app) == [number]
    app.query_params["open"] = "1"
    app.run()
    assert numbers(app) == [number, 1]
    assert [heading.value for heading in app.header] == ["Change set 1"]
    assert "open" not in app.query_params


def test_link_to_a_change_set_that_does_not_exist_opens_the_newest(real: Database) -> None:
    app = opened("history", open="99")
    assert problems(app) == []
    assert [heading.value for heading in app.header] == ["Change set 1"]
