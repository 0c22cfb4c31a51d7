"""The settings screen: what holds and why, changed once by those who may, and in force at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.services.access import LOCAL_PERSON, Person, Role
from portfolio.services.histories import change_sets
from portfolio.services.practice import set_value
from portfolio.settings import load_settings
from portfolio.storage.engine import Database
from portfolio.storage.queries.practice import find_settings
from portfolio.storage.setup import ensure_database
from portfolio.ui.practices import GROUPS
from tests.app.screens import MAIN, ROOT, bar, opened, problems, texts, use_portfolio, words

AMBER = "threshold/time-amber"


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    use_portfolio("reference", tmp_path, monkeypatch)
    return ensure_database(load_settings())


def own(database: Database) -> dict[str, str]:
    return {row.key: row.value for row in find_settings(database)}


def set_(database: Database, key: str, value: str | None) -> int:
    by = LOCAL_PERSON.named("A tester")
    return set_value(database, by, key, value, source="Unit's manual", reason="Our practice")


def at(group: str, **address: str) -> AppTest:
    return opened("settings", group=group, **address)


def previewed(app: AppTest, key: str, value: str, source: str = "Unit's manual") -> AppTest:
    app.text_input(key=f"setting_field:{key}:value").set_value(value)
    app.text_input(key=f"setting_field:{key}:source").set_value(source)
    return app.button(key="setting_action:preview").click().run()


def applied(app: AppTest, reason: str = "Our practice", name: str = "B tester") -> AppTest:
    app.text_input(key="setting_action:reason").set_value(reason)
    app.text_input(key="signature:setting").set_value(name)
    return app.button(key="setting_action:apply").click().run()


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_lists_value_default_and_source(real: Database, group: str) -> None:
    app = at(group)
    assert problems(app) == []
    table = app.dataframe[0].value
    assert len(table) > 0
    assert (table["value"] == table["default"]).all()
    assert table["source"].notna().all()
    assert table["set_by"].isna().all()
    assert f"{group}: {len(table)} settings, 0 set by this unit." in texts(app)
    assert "This unit has never set it." in texts(app)


def test_every_threshold_is_offered_with_the_default_of_the_reference(real: Database) -> None:
    offered = at("Health thresholds").dataframe[0].value["value"].tolist()
    assert offered == [30, 90, 0, 90, -15, 15, -30, 30, 80, 60, 10, 15, 90, 0, 30]


def test_own_value_says_who_set_it_when_and_from_what(real: Database) -> None:
    set_(real, AMBER, "45")
    app = at("Health thresholds")
    row = app.dataframe[0].value.iloc[0]
    assert (row["value"], row["default"], row["source"], row["set_by"]) == (
        45,
        30,
        "Unit's manual",
        "A tester",
    )
    assert row["set_on"].endswith(" UTC")
    assert "In force: **45 days**, set by this unit. Source: Unit's manual. Default: 30 days." in texts(app)


def test_change_is_previewed_applied_with_reason_and_name_and_kept_in_its_history(real: Database) -> None:
    app = previewed(at("Health thresholds"), AMBER, "45")
    assert "Value: 30 days → **45 days**" in texts(app)
    assert own(real) == {}
    applied(app, "Our *practice*")
    assert problems(app) == []
    assert own(real) == {AMBER: "45"}
    newest = change_sets(real, LOCAL_PERSON)[0]
    assert (newest.by, newest.reason) == ("B tester", "Our *practice*")
    assert [element.value for element in app.success] == [
        f"Applied as change set {newest.id}; it holds from now on."
    ]
    history = app.dataframe[1].value
    found = history[history["field"] == "Value"][["number", "by", "before", "after", "reason"]]
    assert found.to_numpy().tolist() == [[newest.id, "B tester", "–", "45 days", "Our *practice*"]]
    assert app.text_input(key=f"setting_field:{AMBER}:value").value == "45"


def test_second_click_and_second_tab_apply_nothing(real: Database) -> None:
    app = previewed(at("Health thresholds"), AMBER, "45")
    other = previewed(at("Health thresholds"), AMBER, "60")
    applied(app)
    applied(other)
    assert own(real) == {AMBER: "45"}
    assert "has changed since the preview" in " ".join(problems(other))


def test_back_to_the_default_is_previewed_too(real: Database) -> None:
    set_(real, AMBER, "45")
    app = at("Health thresholds")
    app.button(key="setting_action:default").click().run()
    assert "Value: 45 days → **30 days**" in texts(app)
    assert own(real) == {AMBER: "45"}
    applied(app)
    assert own(real) == {}
    assert "In force: **30 days**, the default." in words(app)
    assert app.dataframe[1].value["kind"].tolist() == ["Removed", "Removed", "Added", "Added"]


@pytest.mark.parametrize(
    ("group", "key", "value", "sentence"),
    [
        ("Health thresholds", AMBER, "soon", "'soon' is not a whole number. Enter one in days."),
        ("Health thresholds", AMBER, "91", "Amber would begin at 91, after red at 90."),
        ("Health thresholds", AMBER, "", "The value is empty."),
        ("Upload limits", "limit/file-size", "0", "A limit has to be above 0"),
        ("Labels", "label/focus/cybercrime", "cybersecurity", "is already the label of cybersecurity"),
    ],
)
def test_value_that_cannot_hold_is_refused_in_a_sentence(
    real: Database, group: str, key: str, value: str, sentence: str
) -> None:
    app = previewed(at(group), key, value)
    assert sentence in " ".join(problems(app))
    assert [button for button in app.button if button.key == "setting_action:apply"] == []


def test_nothing_is_applied_without_reason_or_name(real: Database) -> None:
    app = previewed(at("Health thresholds"), AMBER, "45")
    applied(app, name="")
    assert "Enter your name first" in " ".join(problems(app))
    applied(app, reason="  ")
    assert "Say in a few words why" in " ".join(problems(app))
    assert own(real) == {}


def test_texts_are_shown_as_they_were_typed(real: Database) -> None:
    typed = "<b>*Bold*</b> :red[x] [y](http://z)"
    set_(real, "designation/eu/map", typed)
    app = at("Institution", setting="Map disclaimer, European Union")
    (line,) = [element.value for element in app.markdown if element.value.startswith("In force")]
    assert line.replace("\\", "").startswith(f"In force: **{typed}**")
    assert "\\*Bold\\*" in line
    assert "\\[y\\]" in line


@pytest.mark.parametrize(
    ("role", "may_change"),
    [("evaluator", False), ("officer", False), ("manager", False), ("administrator", True)],
)
def test_only_an_administrator_is_offered_the_form(real: Database, role: Role, may_change: bool) -> None:
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.session_state["person"] = Person("Somebody", role)
    app.switch_page(str(ROOT / "pages" / "settings.py"))
    app.run()
    assert problems(app) == []
    assert len(app.dataframe[0].value) == 7
    assert bool([button for button in app.button if button.key == "setting_action:preview"]) == may_change
    assert (f"You are here as {role}" in words(app)) != may_change


def test_label_holds_on_other_screens_at_once(real: Database) -> None:
    projects = opened("projects")
    assert "Cybercrime" in set(projects.dataframe[0].value["focus"])
    set_(real, "label/focus/cybercrime", "Crime online")
    projects.run()
    focus = set(projects.dataframe[0].value["focus"])
    assert "Crime online" in focus
    assert "Cybercrime" not in focus
    filtered = opened("projects", focus="cybercrime")
    assert "Crime online" in bar(filtered)
    assert set(filtered.dataframe[0].value["focus"]) == {"Crime online"}


def test_designation_threshold_and_profile_hold_on_other_screens_at_once(real: Database) -> None:
    screens = {name: opened(name, **query) for name, query in {
        "map": {}, "methods": {"view": "Rules and thresholds"},
    }.items()}  # fmt: skip
    assert "Our own sentence." not in words(screens["map"])
    set_(real, "designation/eu/kosovo", "Our own sentence.")
    set_(real, AMBER, "45")
    for app in screens.values():
        app.run()
    assert "Our own sentence." in words(screens["map"])
    tables = [element.value.to_string() for element in screens["methods"].table]
    assert "more than 45 days late (amber)" in tables[0]
    assert "45 days" in tables[1]
    set_(real, "profile", "coe")
    screens["map"].run()
    assert "Our own sentence." not in words(screens["map"])
    assert "Security Council resolution 1244" in words(screens["map"])


def test_undo_in_the_history_sets_a_setting_back(real: Database) -> None:
    set_(real, AMBER, "45")
    app = opened("history")
    app.button(key="undo_action:begin").click().run()
    app.text_input(key="signature:undo").set_value("B tester")
    app.button(key="undo_action:apply").click().run()
    assert problems(app) == []
    assert own(real) == {}
    assert "In force: **30 days**, the default." in words(at("Health thresholds"))
