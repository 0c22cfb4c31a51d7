"""The completeness screen: the answer first, project by part, what is missing and where it is mended."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from portfolio.dates import HalfYear
from portfolio.model.changes import ChangeSetDraft, FieldChange
from portfolio.services.completeness.missing import MissingItem
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.ui.completeness import chosen_items, mending_of, owner_words
from portfolio.ui.theme import LIGHT
from tests.app.figures import charts
from tests.app.screens import opened, problems, tiles, use_portfolio, words
from tests.portfolios import copied_portfolio
from tests.unit.rows import project

DAY = dt.date(2026, 11, 23)


def item(kind: str, period: HalfYear | None = None, since: dt.date | None = None) -> MissingItem:
    return MissingItem("p1", kind, "implementer" if period else "unit", since, "entered", (), period)


@pytest.mark.usefixtures("demo")
def test_the_answer_stands_first_and_every_project_with_every_part() -> None:
    app = opened("completeness")
    assert problems(app) == []
    said = words(app)
    assert "10 of 20 projects lack something: 26 things in all, " in said
    assert "15 of 16 projects that ran in 2026-S1 have a report or cost on record, which" in said
    assert "No record contradicts itself." in said
    assert tiles(app)["Reported for the last half-year"][0] == "15 of 16"
    matrix = next(frame.value for frame in app.dataframe if "description" in frame.value)
    assert len(matrix) == 20
    assert matrix["project"].iloc[0] == "CloudYew" and matrix["description"].iloc[0] == "○ missing"
    row = matrix.set_index("project").loc["FogLarch"]
    assert (row["reports"], row["last_report"], row["age"]) == ("○ missing", "2025-S1", 511)
    colours = {trace["name"]: trace["marker"]["color"] for trace in charts(app)[0]["data"]}
    assert list(colours) == ["● known", "◐ partly", "○ missing", "– not asked"]
    assert colours["– not asked"] == LIGHT.neutral_soft and colours["○ missing"] in LIGHT.series
    linden = matrix.set_index("project").loc["DawnLinden"]
    assert (linden["contracts"], linden["risks"]) == ("– not asked", "● known")
    assert matrix.set_index("project").loc["BreezeOlive"]["partners"] == "◐ partly"
    assert matrix.set_index("project").loc["GaleJuniper"]["reports"] == "◐ partly"
    listed = next(frame.value for frame in app.dataframe if "owner" in frame.value)
    (financial,) = listed[listed["project"] == "GaleJuniper"].to_dict("records")
    assert financial["missing"] == "Reports of the calendar: financial report, due 6 November 2026"
    assert (financial["owner"], financial["since"], financial["days"]) == ("Implementer", "2026-11-06", 17)
    assert financial["mend"] == "Form: Reporting and health"
    calendars = listed[listed["missing"] == "Reporting calendar"]
    assert set(calendars["project"]) == {
        "AuroraBeech", "BreezeOlive", "SiroccoFig", "StormOak", "ThunderElm",
    }  # fmt: skip
    assert set(calendars["owner"]) == {"The unit"}
    described = listed[listed["project"] == "CloudYew"]
    assert set(described["since"]) == {"it was loaded"} and described["days"].isna().all()


@pytest.mark.usefixtures("demo")
def test_owner_and_kind_are_chosen_in_the_address() -> None:
    app = opened("completeness", owed_by="Implementers", missing=["Progress report"])
    assert problems(app) == []
    (listed,) = [frame.value for frame in app.dataframe if "owner" in frame.value]
    assert listed[["project", "missing", "owner", "since", "days"]].to_numpy().tolist() == [
        ["FogLarch", "Progress report", "Implementer, report for 2026-S1 (open)", "2026-08-29", 86]
    ]
    assert list(listed["mend"]) == ["Workbook for 2026-S1"]
    nothing = opened("completeness", owed_by="Implementers", missing=["Focus"])
    assert "Nothing of this kind is missing" in words(nothing)


@pytest.mark.parametrize("name", ["reference", "empty"])
def test_a_portfolio_of_which_little_is_known_says_so(name: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(name)
    app = opened("completeness")
    assert problems(app) == []
    if name == "reference":
        said = words(app)
        assert (
            "0 of 6 projects that ran in 2026-S1 have a report or cost on record, which counts those" in said
        )
        (listed,) = [frame.value for frame in app.dataframe if "owner" in frame.value]
        reports = listed[listed["missing"].str.startswith("Progress report")]
        assert set(reports["missing"]) == {"Progress report: nothing says when it is due; none is on record"}
        assert len(reports) == 6 and set(reports["owner"]) == {"The unit"} and reports["days"].isna().all()
        assert "Contracts are missing most often: of 26 of 26 projects asked for it." in said


def test_a_contradiction_is_listed_with_record_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = copied_portfolio("demo", tmp_path / "demo.sqlite3")
    change = FieldChange("participation", "clear-cedar/EGY", "share_millionths", 300_000, 290_000, "changed")
    apply_change_set(database, ChangeSetDraft("edit", "Tester", "A test", (change,)))
    database.engine.dispose()
    use_portfolio("demo", tmp_path, monkeypatch)
    app = opened("completeness")
    assert problems(app) == []
    assert "1 contradiction in the records of 1 project." in words(app)
    table = next(frame.value for frame in app.dataframe if "severity" in frame.value)
    assert table[["project", "severity", "message", "mend"]].to_numpy().tolist() == [
        ["ClearCedar", "Error", "The shares of the partners add up to 99 %.", "Form: Partners"]
    ]
    partner = opened("partner", **{"in": "EGY"})
    assert problems(partner) == []
    shares = next(frame.value for frame in partner.dataframe if "basis" in frame.value).set_index("project")
    assert shares.loc["ClearCedar"]["basis"] == "not known: shares do not add up to 100 %"
    assert shares["total_budget_eur"].isna().loc["ClearCedar"]


def test_the_unit_mends_in_a_part_of_the_form_and_the_implementer_in_its_workbook() -> None:
    row = project(acronym="ABC", title="A title")
    form = mending_of(item("contracts"), row, DAY)
    assert (form.page.name, form.label) == ("edit.py", "Form: Funding")
    assert form.query == {"id": "p1", "part": "Funding"}
    workbook = mending_of(item("report", HalfYear(2026, 1)), row, DAY)
    assert (workbook.page.name, workbook.label) == ("reports.py", "Workbook for 2026-S1")
    (query,) = workbook.query.values()
    assert "report_of=ABC%3A+A+title" in query and "period=2026-S1" in query


def test_who_owes_says_with_which_report() -> None:
    assert owner_words(item("focus"), DAY) == "The unit"
    assert owner_words(item("risks", HalfYear(2026, 1)), DAY) == "Implementer, report for 2026-S1 (open)"
    assert owner_words(item("risks", HalfYear(2026, 2)), DAY) == "Implementer, next report (2026-S2)"


def test_the_longest_missing_comes_first_and_what_has_no_day_last() -> None:
    found = [item("focus"), item("start", since=DAY), item("end", since=dt.date(2025, 1, 1))]
    assert [row.kind for row in chosen_items(found, "all", [])] == ["end", "start", "focus"]
    assert [row.kind for row in chosen_items(found, "unit", ["focus"])] == ["focus"]
    assert chosen_items(found, "implementer", []) == ()
