"""Milestones: what is counted, what is late, and dates as they were published."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.settings import PORTFOLIO_NAMES
from portfolio.ui import schedule_panels
from tests.app.figures import alts, charts, links
from tests.app.screens import opened, problems, texts, tiles, use_portfolio, words


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("milestones")


@pytest.fixture
def real(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_portfolio("reference", folder, monkeypatch)


@pytest.fixture
def demo(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_portfolio("demo", folder, monkeypatch)


def counts(app: AppTest) -> dict[str, str]:
    return {label: value for label, (value, _) in tiles(app).items()}


@pytest.mark.parametrize("name", PORTFOLIO_NAMES)
def test_milestones_open_cold_in_every_portfolio(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio(name, folder, monkeypatch)
    app = opened("milestones")
    assert problems(app) == []
    assert len(charts(app)) == (0 if name == "empty" else 1)
    if name == "empty":
        assert "python -m portfolio" in words(app)


@pytest.mark.usefixtures("real")
def test_published_portfolio_has_122_done_none_late_none_due() -> None:
    app = opened("milestones")
    assert counts(app) == {
        "Milestones": "122", "Done": "122", "Late": "0",
        "Due in 30 days": "0", "Due in 90 days": "0", "Due in 180 days": "0",
    }  # fmt: skip
    assert (
        "122 milestones: 122 done, none late, none due in 180 days. Baselines and forecasts are not "
        "published, so no slip is known."
    ) in texts(app)
    assert alts(app) == [
        "Milestones by project: 0 late, 122 reached, in 26 rows; the last one reached is of 24 March 2026."
    ]


@pytest.mark.usefixtures("real")
def test_context_stands_apart_and_is_not_counted() -> None:
    app = opened("milestones")
    assert [len(table.value) for table in app.dataframe] == [122, 16]
    assert [heading.value for heading in app.header] == ["Context, not counted"]


@pytest.mark.usefixtures("real")
def test_dates_are_listed_as_published_each_with_its_source() -> None:
    table = opened("milestones").dataframe[0].value
    assert sorted(table["actual"].str.len().value_counts().to_dict().items()) == [(4, 3), (7, 24), (10, 95)]
    assert table["source"].str.startswith("http").all()
    assert table["actual"].iloc[0] == "2026-03-24"


@pytest.mark.usefixtures("real")
def test_reduced_dates_are_strips_and_days_are_marks() -> None:
    figure = charts(opened("milestones"))[0]
    marks = [trace for trace in figure["data"] if trace["type"] == "scatter" and trace["mode"] == "markers"]
    strips = [trace for trace in figure["data"] if trace["type"] == "bar" and trace.get("name") == "Actual"]
    assert [len(trace["x"]) for trace in marks] == [95]
    assert [len(trace["base"]) for trace in strips] == [27]


@pytest.mark.usefixtures("real")
def test_nothing_late_says_what_to_do_next() -> None:
    app = opened("milestones", state="Late")
    assert charts(app) == []
    assert "No milestone stands like this. Choose All to see every milestone, or another kind." in texts(app)


@pytest.mark.usefixtures("real")
def test_kind_narrows_list_and_chart() -> None:
    app = opened("milestones")
    app.multiselect(key="kind").set_value(["training"]).run()
    assert set(app.dataframe[0].value["kind"]) == {"Training"}
    assert f"{len(app.dataframe[0].value)} reached" in alts(app)[0]


@pytest.mark.usefixtures("demo")
def test_demonstration_shows_the_late_ones_first_with_date_and_days() -> None:
    app = opened("milestones")
    late = [text for text in texts(app) if " late (planned " in text]
    assert counts(app)["Late"] == str(len(late)) != "0"
    assert any("Contractual milestone" in text for text in late)
    table = app.dataframe[0].value
    assert table["late_days"].head(len(late)).is_monotonic_decreasing
    assert (table["late_days"].head(len(late)) > 0).all()
    projects = [query for query in links(app).values() if query.startswith("id=")]
    assert projects[0] == "id=hail-maple"
    assert alts(app)[0].startswith(f"Milestones by project: {len(late)} late, ")


@pytest.mark.usefixtures("demo")
def test_choice_of_what_is_due_narrows_the_list_to_the_count() -> None:
    expected = counts(opened("milestones"))["Due in 90 days"]
    app = opened("milestones", state="Due in 90 days")
    assert str(len(app.dataframe[0].value)) == expected
    assert set(app.dataframe[0].value["status"]) <= {"Planned", "In progress"}


@pytest.mark.usefixtures("demo")
def test_cancelled_milestones_stand_apart() -> None:
    app = opened("milestones")
    assert [heading.value for heading in app.header] == ["Cancelled, not counted", "Context, not counted"]
    assert "Cancelled" not in set(app.dataframe[0].value["status"])
    assert set(app.dataframe[1].value["status"]) == {"Cancelled"}


def test_of_very_many_milestones_the_first_are_shown_and_it_says_so(
    demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule_panels, "MOST_LISTED", 4)
    monkeypatch.setattr(schedule_panels, "MOST_CHARTED", 2)
    app = opened("milestones")
    assert problems(app) == []
    said = words(app)
    assert f"The first 4 of {counts(app)['Milestones']}; the file below holds them all." in said
    assert "The first 2 of 19 projects; narrow the filter to see others." in said
    assert len(next(element.value for element in app.dataframe if "milestone" in element.value)) == 4
