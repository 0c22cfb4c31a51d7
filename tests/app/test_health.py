"""Health, risks and evaluations on screen: in every portfolio, by colour, and a colour set by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.services.access import Person
from portfolio.settings import PORTFOLIO_NAMES
from portfolio.ui.session import WidgetKey, keyed
from tests.app.figures import alts
from tests.app.screens import opened, problems, texts, tiles, use_portfolio, words


def counts(app: AppTest) -> dict[str, str]:
    return {label: value for label, (value, _) in tiles(app).items()}


@pytest.mark.parametrize("page", ["health", "risks", "evaluations"])
@pytest.mark.parametrize("name", PORTFOLIO_NAMES)
def test_screens_open_cold_in_every_portfolio(
    page: str, name: str, portfolios: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio(name, portfolios, monkeypatch)
    app = opened(page)
    assert problems(app) == []
    if name == "empty":
        assert "python -m portfolio" in words(app)
    if name == "reference":
        said = {
            "health": "Health is not known for any of 5 running projects.",
            "risks": "No open risk is recorded for any of 5 projects.",
            "evaluations": "No evaluation is on record as carried out.",
        }
        assert f"**{said[page]}**" in texts(app)
    if name == "reference" and page == "health":
        unknown = ("not known", "for any of 5 running")
        assert list(tiles(app).values())[:4] == [unknown] * 3 + [("5", "of 5 running")]


@pytest.mark.usefixtures("demo")
def test_health_says_what_is_off_track_with_the_worst_first() -> None:
    app = opened("health")
    assert counts(app) == {
        "Off track": "10", "Needs attention": "3", "On track": "3", "Not known": "0",
        "Implementer's colour differs": "25",
    }  # fmt: skip
    assert tiles(app)["Implementer's colour differs"][1] == "of 73 dimensions, 20 better"
    table = app.dataframe[0].value
    marks = {
        row["project"]: {name: list(row[name]) for name in ("overall", "time")} for _, row in table.iterrows()
    }
    assert len(marks) == 20
    assert marks["DuskAspen"] == {"overall": ["◆ R"], "time": ["● G"]}
    assert marks["BreezeOlive"] == {"overall": ["▲ A"], "time": ["○ –"]}
    assert marks["DawnLinden"] == {"overall": ["Planned"], "time": []}
    assert marks["ThawRowan"] == {"overall": ["■ C"], "time": []}
    assert (marks[table["project"].iloc[0]]["overall"], table["project"].iloc[-1]) == (["◆ R"], "ThawRowan")
    assert (
        "Not known, of 16 running projects: time for 1, money for 1, reporting for 5. Never taken for green."
        in texts(app)
    )
    assert (
        "Off track, of 16 running projects: overall 10, time 1, money 3, results 9, risk 7, reporting 1."
        in (alts(app))
    )


@pytest.mark.usefixtures("demo")
def test_health_of_one_colour_and_one_project_by_its_address() -> None:
    app = opened("health", colour="amber", id="hail-maple")
    assert problems(app) == []
    assert app.dataframe[0].value["project"].tolist() == ["AuroraBeech", "BreezeOlive", "SnowSpruce"]
    said = words(app)
    assert "is forecast for 29 January 2027, 108 days late (planned 13 October 2026); red above 0." in said
    assert "The implementer says ● G (2026-S1)." in said
    assert "Set beside the computed colour." in said and "until 8 February 2027" in said
    assert "Computed with what is on record today" in said


def _pressed(app: AppTest, name: str) -> AppTest:
    key = keyed(WidgetKey.OVERRIDE_ACTION, name)
    return next(button for button in app.button if button.key == key).click().run()


def test_a_colour_is_set_by_hand_after_a_preview_with_reason_and_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio("demo", tmp_path, monkeypatch)
    app = _pressed(opened("health", id="storm-oak"), "preview")
    assert [error.value for error in app.error] == [
        "Say why the colour is set: the reason stands beside it for everybody."
    ]
    app.text_area(keyed(WidgetKey.OVERRIDE_FIELD, "reason")).set_value("The desk has been paid for.")
    app.selectbox(keyed(WidgetKey.OVERRIDE_FIELD, "scope")).set_value("risk")
    app = _pressed(app, "preview")
    assert problems(app) == [] and "**What would change**, for everybody:" in texts(app)
    app = _pressed(app, "apply")
    assert [error.value for error in app.error] == [
        "Enter your name first: it stands beside the change in the history."
    ]
    app.text_input(keyed(WidgetKey.SIGNATURE, "override")).set_value("A tester").run()
    app = _pressed(app, "apply")
    assert [box.value for box in app.success] == [
        "Applied as change set 2; the computed colour stands as it was."
    ]
    assert (
        "Risk set to ● G on 23 November 2026, until 21 February 2027: The desk has been paid for."
        in words(app)
    )
    assert counts(app)["Off track"] == "10"


@pytest.mark.usefixtures("demo")
def test_an_evaluator_sees_health_and_sets_no_colour() -> None:
    app = opened("health", id="storm-oak", person=Person("E", "evaluator"))
    assert problems(app) == []
    assert any("but not set a colour" in text for text in texts(app))
    assert not [button for button in app.button if str(button.key).startswith(WidgetKey.OVERRIDE_ACTION)]


@pytest.mark.usefixtures("demo")
def test_risks_of_a_cell_open_and_the_register_tells_the_trend() -> None:
    app = opened("risks", likelihood="5", impact="4")
    assert problems(app) == []
    assert counts(app) == {"Open risks": "29", "High risks": "6", "Stale reviews": "4"}
    register = next(frame.value for frame in app.dataframe if "title" in frame.value)
    assert register["score"].tolist() == [20, 20, 20]
    hail = register.set_index("project").loc["HailMaple"]
    assert hail["trend"] == "↑ rising"
    assert hail["before"] == "8 (30 June 2025), 12 (8 December 2025), 16 (15 June 2026)"


@pytest.mark.usefixtures("demo")
def test_evaluations_tell_what_became_of_the_recommendations_and_the_markers() -> None:
    app = opened("evaluations")
    assert counts(app) == {
        "Evaluations": "12", "Recommendations": "21", "Recommendations done": "6", "Overdue": "3",
        "Gender as an objective": "10",
    }  # fmt: skip
    advice = next(frame.value for frame in app.dataframe if "response" in frame.value)
    overdue = advice[advice["progress"].str.endswith("Overdue")]
    assert overdue[["project", "days"]].values.tolist() == [
        ["StormOak", "237 days"],
        ["HailMaple", "54 days"],
        ["ThunderElm", "23 days"],
    ]
    assert {"not done", "not applicable"} < set(advice["done"]) and "none" not in advice["done"].values
    assert "due later" in texts(app)[0] and "without a date" in texts(app)[0]
    assert (
        "Gender equality: principal objective of 2, significant of 8, not targeted by 8; 2 not screened."
        in texts(app)
    )
