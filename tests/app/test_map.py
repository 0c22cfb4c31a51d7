"""The map: the same numbers in picture, table and sum, for every portfolio, with what is not known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.settings import PORTFOLIO_NAMES
from tests.app.figures import alts, charts, links, values_by_location
from tests.app.screens import opened, problems, texts, use_portfolio, words

BUDGET = "Total budget (split)"
KOSOVO = "Kosovo*: This designation is without prejudice to positions on status"
PALESTINE = "Palestine*: This designation shall not be construed as recognition of a State of Palestine"
DISCLAIMER = "do not imply official endorsement or acceptance by the European Union."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("map")


@pytest.fixture(autouse=True)
def reference(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The published portfolio, until a test chooses another."""
    use_portfolio("reference", folder, monkeypatch)


def row(app: AppTest, partner: str) -> dict[str, object]:
    table = app.dataframe[0].value
    return dict(table[table["partner"] == partner].iloc[0])


@pytest.mark.parametrize("name", PORTFOLIO_NAMES)
def test_map_opens_cold_in_every_portfolio(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_portfolio(name, folder, monkeypatch)
    app = opened("map")
    assert problems(app) == []
    assert len(charts(app)) == (0 if name == "empty" else 2)


def test_empty_portfolio_says_what_to_do_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_portfolio("empty", folder, monkeypatch)
    assert "python -m portfolio" in words(opened("map"))


def test_filter_that_leaves_nothing_shows_no_map() -> None:
    app = opened("map", region="Western Balkans", focus="Cybercrime", status="Planned")
    assert charts(app) == []
    assert "No project meets all filters at once. Clear one of them:" in texts(app)


def test_projects_active_in_are_the_published_ones() -> None:
    app = opened("map")
    assert (
        alts(app)[0] == "Projects active in, by partner: most is North Macedonia with 9, least Syria with 0."
    )
    assert [row(app, name)["value"] for name in ("North Macedonia", "Republic of Moldova", "Syria")] == [
        9,
        7,
        0,
    ]
    assert [row(app, name)["other"] for name in ("Kosovo*", "Armenia")] == [1, 0]
    assert row(app, "Outside the three regions")["value"] == 4
    assert row(app, "Regional, not split")["value"] == 1
    assert any("not additive" in text for text in texts(app))


def test_budget_split_adds_up_to_the_portfolio_on_the_screen() -> None:
    app = opened("map", measure=BUDGET)
    sentence = (
        "Partners of the three regions EUR 61,938,212.22 + outside the three regions EUR 2,195,158.78 + "
        "regional, not split (not stated) = portfolio EUR 64,133,371, known for 20 of 26 projects."
    )
    assert sentence in texts(app)
    assert alts(app)[1] == sentence
    amounts = app.dataframe[0].value["value"].dropna()
    assert round(sum(amounts) * 100) == 6_413_337_100
    moldova = row(app, "Republic of Moldova")
    assert (moldova["value"], moldova["missing"]) == (10_067_970.32, 1)
    assert moldova["remarks"] == "estimated: equal split"


def test_eu_contribution_that_nobody_states_is_not_zero() -> None:
    app = opened("map", measure="EU contribution (split)")
    assert alts(app)[0].endswith("not known for 9 of 22.")
    hover = values_by_location(charts(app)[0])
    assert "not known" in hover["TUN"] and "not stated for 4 projects" in hover["TUN"]
    assert "9.8 EUR million" in hover["MDA"] and "EUR 9,848,599.99" in hover["MDA"]
    assert "EUR 3,500,000 = portfolio EUR 35,990,871, known for 13 of 26 projects." in words(app)


def test_picture_holds_every_partner_the_designations_and_the_disclaimer() -> None:
    app = opened("map")
    figure = charts(app)[0]
    assert len(values_by_location(figure)) == 22
    notes = json.dumps([note["text"] for note in figure["layout"]["annotations"]], ensure_ascii=False)
    plain = notes.replace("<br>", " ")
    assert all(text in plain for text in (KOSOVO, PALESTINE, DISCLAIMER))
    assert all(any(text in line for line in texts(app)) for text in (KOSOVO, PALESTINE))


def test_demonstration_is_marked_inside_the_picture(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def notes(app: AppTest) -> str:
        return " ".join(note["text"] for note in charts(app)[0]["layout"]["annotations"])

    assert "fictional" not in notes(opened("map"))
    use_portfolio("demo", folder, monkeypatch)
    assert "Demonstration portfolio: fictional." in notes(opened("map"))


def test_zoom_changes_the_picture_and_not_the_numbers() -> None:
    whole, near = opened("map"), opened("map", zoom="Western Balkans")
    assert charts(whole)[0]["layout"]["geo"]["lonaxis"] != charts(near)[0]["layout"]["geo"]["lonaxis"]
    assert whole.dataframe[0].value.equals(near.dataframe[0].value)


def test_partner_shows_its_projects_with_links_and_its_own_part() -> None:
    app = opened("map", place="Republic of Moldova")
    found = links(app)
    projects = [name for name, query in found.items() if query.startswith("id=")]
    assert projects[:2] == ["EU4Security Moldova", "Moldova CRA"]
    assert len(projects) == 7
    assert found["EU4Security Moldova"] == "id=eu4security-moldova"
    assert "Ongoing · February 2024 to 2027 · total budget EUR 5,500,000" in texts(app)
    assert (
        "Closed · 2019 to 2023 · its part of the total budget EUR 520,266.66 (estimated: equal split)"
        in texts(app)
    )


def test_partner_shows_its_context_with_edition_date_source_and_the_caveat() -> None:
    said = words(opened("map", place="Albania"))
    assert "A change in an index is context, not evidence that a project caused it." in said
    assert "**Tier 2**" in said and "edition 2024 · as of 2024 · [aksk.gov.al]" in said
    assert "Budapest Convention: status  \n**not known**" in texts(opened("map", place="Kosovo*"))


def test_selectbox_chooses_a_partner_without_a_mouse() -> None:
    app = opened("map")
    assert "Choose a partner above or on the map" in words(app)
    app.selectbox(key="place").set_value("JOR").run()
    assert app.header[0].value == "Jordan"
    outlined = [
        code
        for trace in charts(app)[0]["data"]
        if trace["type"] == "choropleth"
        for code, width in zip(trace["locations"], trace["marker"]["line"]["width"], strict=True)
        if width > 1
    ]
    assert outlined == ["JOR"]


def test_partner_without_projects_says_so() -> None:
    assert "No project of this choice is active here. Clear a filter to see others." in texts(
        opened("map", place="Syria")
    )


def test_suspended_partner_is_labelled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert row(opened("map"), "Belarus")["remarks"] == ""
    use_portfolio("demo", folder, monkeypatch)
    app = opened("map", place="Belarus")
    assert str(row(app, "Belarus")["remarks"]).startswith("suspended in ")
    assert "suspended since" in words(app)


def test_filter_holds_on_the_map() -> None:
    app = opened("map", region="Southern neighbourhood")
    assert row(app, "Jordan")["value"] == 6
    assert row(app, "Serbia")["value"] == 0
