"""Undoing on the history screen: what is set back, what is kept and why, once, by those who may."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.model.changes import ChangeSetDraft, FieldChange
from portfolio.services.access import LOCAL_PERSON, Person, Role
from portfolio.services.histories import change_sets, origin_of
from portfolio.settings import load_settings
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_states
from portfolio.storage.setup import ensure_database
from portfolio.storage.unit_of_work import apply_change_set
from tests.app.screens import MAIN, ROOT, opened, problems, texts, use_portfolio, words

KEY = "cybersouth-plus"


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    use_portfolio("reference", tmp_path, monkeypatch)
    return ensure_database(load_settings())


def state(database: Database) -> dict[str, object]:
    return dict(find_states(database, "project")["project", KEY])


def edit(database: Database, **values: object) -> int:
    before = state(database)
    changes = tuple(
        FieldChange("project", KEY, name, before[name], new, "changed")  # type: ignore[arg-type]
        for name, new in values.items()
    )
    return apply_change_set(database, ChangeSetDraft("edit", "A tester", "Correction", changes))


def planned() -> AppTest:
    app = opened("history")
    return app.button(key="undo_action:begin").click().run()


def signed(app: AppTest, why: str = "") -> AppTest:
    app.text_input(key="signature:undo").set_value("B tester")
    app.text_input(key="undo_action:why").set_value(why)
    return app


def test_preview_says_what_is_set_back_and_what_is_kept_and_why_and_writes_nothing(real: Database) -> None:
    number = edit(real, title="First title", delegation="One delegation")
    edit(real, title="Second title")
    app = opened("history", by="A tester")
    labels = list(app.selectbox(key="change_set").options)
    app.selectbox(key="change_set").set_value(labels[1]).run()
    app.button(key="undo_action:begin").click().run()
    assert problems(app) == []
    assert f"**Undo change set {number}: what would be set back** (1 field of 1 record)" in texts(app)
    (preview,) = [element.value for element in app.dataframe if "record" in element.value]
    assert preview[["field", "before", "after"]].to_numpy().tolist() == [
        ["Delegation", "One delegation", "–"]
    ]
    assert "- Project: CyberSouth+, title: kept: it was edited since" in words(app)
    assert len(change_sets(real, LOCAL_PERSON)) == 3


def test_undo_is_applied_as_shown_with_name_and_reason_and_links_to_its_change_set(real: Database) -> None:
    before = state(real)
    number = edit(real, title="Another title")
    app = signed(planned(), "Entered in the *wrong* project")
    app.button(key="undo_action:apply").click().run()
    assert problems(app) == []
    undo = change_sets(real, LOCAL_PERSON)[0]
    assert (undo.kind, undo.by, undo.undoes) == ("undo", "B tester", number)
    assert undo.reason == f"Undo of change set {number}: Correction. Why: Entered in the *wrong* project"
    assert state(real) == before
    assert [element.value for element in app.success] == [
        f"Change set {number} was undone by change set {undo.id}: 1 field of 1 record set back."
    ]
    assert f"Change set {undo.id} in History" in [link.proto.label for link in app.get("page_link")]


def test_second_click_applies_nothing(real: Database) -> None:
    edit(real, title="Another title")
    app = signed(planned())
    again = signed(planned())
    app.button(key="undo_action:apply").click().run()
    again.button(key="undo_action:apply").click().run()  # another tab, with the same preview
    assert len(change_sets(real, LOCAL_PERSON)) == 3
    assert "has been undone already, by change set 3" in " ".join(problems(again))


def test_value_edited_after_the_preview_is_not_overwritten(real: Database) -> None:
    edit(real, title="Another title")
    app = signed(planned())
    edit(real, title="A third title")
    app.button(key="undo_action:apply").click().run()
    assert state(real)["title"] == "A third title"
    assert len(change_sets(real, LOCAL_PERSON)) == 3
    assert "has changed since the preview" in " ".join(problems(app))


def test_nothing_is_undone_without_a_name(real: Database) -> None:
    edit(real, title="Another title")
    app = planned()
    app.text_input(key="signature:undo").set_value("  ")
    app.button(key="undo_action:apply").click().run()
    assert len(change_sets(real, LOCAL_PERSON)) == 2
    assert "Enter your name first" in " ".join(problems(app))


def test_preview_can_be_left(real: Database) -> None:
    edit(real, title="Another title")
    app = planned()
    app.button(key="undo_action:give_up").click().run()
    assert [button.key for button in app.button if "undo" in (button.key or "")] == ["undo_action:begin"]
    assert len(change_sets(real, LOCAL_PERSON)) == 2


@pytest.mark.parametrize(
    ("role", "may_undo"),
    [("evaluator", False), ("officer", False), ("manager", True), ("administrator", True)],
)
def test_undo_is_offered_to_managers_and_administrators(real: Database, role: Role, may_undo: bool) -> None:
    number = edit(real, title="Another title")
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.session_state["person"] = Person("Somebody", role)
    app.switch_page(str(ROOT / "pages" / "history.py"))
    app.run()
    offered = [button.key for button in app.button if button.key == "undo_action:begin"]
    assert bool(offered) == may_undo
    assert (f"Ask one of them to undo change set {number}." in words(app)) != may_undo


def test_origin_of_the_value_is_the_undo(real: Database) -> None:
    edit(real, title="Another title")
    signed(planned()).button(key="undo_action:apply").click().run()
    origin = origin_of(real, LOCAL_PERSON, ("project", KEY), "title")
    assert origin is not None
    assert (origin.change_set.kind, origin.change_set.by) == ("undo", "B tester")
