"""The gaps screen: partner by pillar with its projects, gaps and overlaps, and what is not known."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.services.gaps.coverage import Cell
from portfolio.ui.gaps import cell_text, cell_words
from tests.app.figures import charts
from tests.app.screens import opened, problems, words


def project_links(app: AppTest) -> list[str]:
    """The projects to which the screen leads, in their order."""
    queries = [parse_qs(element.proto.query_string) for element in app.get("page_link")]
    return [query["id"][0] for query in queries if set(query) == {"id"}]


def matrix(app: AppTest) -> dict[tuple[str, str], str]:
    """The text of every cell by partner and pillar."""
    heat, marks, *_ = charts(app)[0]["data"]
    texts = [text for row in heat["text"] for text in row]
    return {(row, column): text for (row, column, _), text in zip(marks["customdata"], texts, strict=True)}


@pytest.mark.usefixtures("demo")
def test_each_cell_opens_its_projects() -> None:
    app = opened("gaps", gap_partner="Armenia", pillar="Criminal justice in cyberspace")
    assert problems(app) == []
    assert project_links(app) == ["aurora-beech", "thunder-elm", "dew-poplar"]
    cells = matrix(app)
    assert len(cells) == 24 * 6
    assert cells["ARM", "criminal-justice"] == "2"
    assert cells["BLR", "criminal-justice"] == "0+1S"
    assert cells["BLR", "strategic-framework"] == "?"
    assert cells["SYR", "cyber-diplomacy"] == "0"
    said = words(app)
    pairs = "77 of 110 pairs of partner and pillar have a project on 23 November 2026, 31 have none, "
    assert f"{pairs}1 has a suspended one alone, of 1 it is not known." in said
    assert "1 overlap: two projects trained the same institution in one quarter." in said
    assert (
        "**Criminal justice in cyberspace** (6): Montenegro, Algeria" in said
        and "suspended only: Belarus" in said
    )
    assert "classified by us" in said and "DewPoplar" in said and "CloudYew" in said
    assert "Kosovo*: This designation" in said and "Palestine*: This designation" in said


@pytest.mark.usefixtures("demo")
def test_a_year_a_partner_with_all_its_pillars_and_the_overlaps() -> None:
    app = opened("gaps", gap_time="At some time in 2023", gap_partner="Serbia")
    assert problems(app) == []
    assert project_links(app) == ["breeze-olive", "thaw-rowan", "breeze-olive"]
    table = next(frame.value for frame in app.dataframe if "quarter" in frame.value)
    first = table.iloc[0]
    assert (first["kind"], first["quarter"], first["partners"]) == ("Same institution", "2025-Q4", "Morocco")
    assert list(table["kind"][1:].unique()) == ["Same name, other partner"]


@pytest.mark.parametrize("name", ["reference", "empty"])
def test_a_portfolio_without_trainings_says_so(name: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(name)
    app = opened("gaps")
    assert problems(app) == []
    if name == "reference":
        assert "No training is on record, so no overlap can be found." in words(app)


@pytest.mark.parametrize(
    ("cell", "text", "said"),
    [
        (Cell("MDA", "x"), "0", "no running project"),
        (Cell("MDA", "x", ("a",)), "1", "1 project: A"),
        (Cell("MDA", "x", ("a", "b"), ("c",)), "2+1S", "2 projects: A and B; suspended: C"),
        (Cell("MDA", "x", (), ("c",)), "0+1S", "suspended: C"),
        (Cell("MDA", "x", (), (), ("d",)), "?", "not known: D"),
        (Cell("MDA", "x", ("a",), (), ("d",)), "1", "1 project: A; not known: D"),
    ],
)
def test_a_cell_in_letters_and_in_words(cell: Cell, text: str, said: str) -> None:
    assert cell_text(cell) == text
    assert cell_words(cell, {key: key.upper() for key in "abcd"}) == said
