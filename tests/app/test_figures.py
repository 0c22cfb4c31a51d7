"""Figures on the screens: each is a link to what it is made of, and the figure screen says all of it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Metric

from portfolio.indicators import indicators
from portfolio.money import format_eur_short
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.figures.openings import every_breakdown, figure_subject, follow, open_figure
from portfolio.services.figures.registry import builders
from portfolio.services.figures.subjects import FigureSubject
from portfolio.services.figures.values import arithmetic_of, value_words
from portfolio.settings import load_settings
from portfolio.storage.setup import ensure_database
from portfolio.ui.figure_words import finding, has_total, lines_columns, lines_table, unknown_sentences
from tests.app.screens import opened, problems, texts, use_portfolio, words

SCREENS = sorted({screen for entry in indicators() for screen in entry.shown})
# What has to be chosen on a screen before it shows anything.
ADDRESSES = {"project": {"id": "clear-cedar"}, "map": {"place": "Albania"}, "partner": {"in": "ALB"}}


def linked_figures(app: AppTest) -> dict[str, dict[str, list[str]]]:
    """The parameters of every link to a figure, by the figure's id."""
    queries = [parse_qs(element.proto.query_string) for element in app.get("page_link")]
    return {query["figure"][0]: query for query in queries if "figure" in query}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("screen", SCREENS)
def test_every_figure_opens_from_every_screen_that_shows_it(screen: str) -> None:
    page = screen.lower()
    app = opened(page, **ADDRESSES.get(page, {}))
    assert problems(app) == []
    shown = {entry.id for entry in indicators() if screen in entry.shown}
    linked = linked_figures(app)
    assert shown - set(linked) == set()
    assert set(linked) <= set(builders())
    if page == "project":
        assert {query["id"][0] for query in linked.values()} == {"clear-cedar"}
    assert [tile for tile in app.metric if not says_the_same(tile, app)] == []


def says_the_same(tile: Metric, app: AppTest) -> bool:
    """Whether a key figure is the value of the figure that its name opens, or a number of its arithmetic."""
    link = next(e for e in app.get("page_link") if tile.label in e.proto.label.replace("\\", ""))
    query = parse_qs(link.proto.query_string)
    found = open_figure(
        ensure_database(load_settings()), LOCAL_PERSON, query["figure"][0],
        project_key=query.get("id", [None])[0], partner=query.get("of_partner", [None])[0],
    ).breakdown  # fmt: skip
    if found.value is None or isinstance(found.value, str):
        return True
    said = [value_words(found.value, found.unit), arithmetic_of(found)]
    if found.unit == "eur":  # in millions, or where it is estimated in whole euro
        said += [format_eur_short(int(found.value)), f"{round(Fraction(found.value, 100)):,}"]
    number = tile.value.split(" of ")[0].removeprefix("+")
    return any(re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d.,])", text) for text in said)


def laid_out(figure_id: str, subject: FigureSubject) -> list[str]:
    """What is wrong with the figure's table on the screen: values lost, or a total that is not their sum."""
    opened_figure = follow(subject, builders()[figure_id](subject))
    found = []
    for part in every_breakdown([opened_figure.breakdown]):
        table = lines_table(opened_figure, part)
        assert set(lines_columns(part, table)) >= {"line", "value"}
        assert finding(part) and all(unknown_sentences(part))
        known = [line for line in part.lines if line.value is not None]
        if table["value"].notna().sum() != len(known) + has_total(part):
            found.append(f"{figure_id}: {len(known)} values are known")
        if has_total(part) and abs(table["value"].iloc[:-1].sum() - table["value"].iloc[-1]) > 1e-6:
            found.append(f"{figure_id}: the total is not the sum of its rows")
    return found


@pytest.mark.parametrize("name", ["demo", "reference", "empty"])
def test_the_rows_on_the_screen_add_up_to_the_total_below_them(
    name: str, portfolios: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio(name, portfolios, monkeypatch)
    keys = {"demo": (None, "hail-maple", "sirocco-fig"), "reference": (None, "cybersouth"), "empty": (None,)}
    subject = figure_subject(ensure_database(load_settings()), LOCAL_PERSON)
    subjects = [replace(subject, project_key=key) for key in keys[name]]
    assert [text for name in builders() for one in subjects for text in laid_out(name, one)] == []


def lines(app: AppTest) -> list[list[object]]:
    """The first two columns of the last table: what a line is, and its value."""
    table = app.dataframe[-1].value
    return [list(row) for row in table[["line", "value"]].to_numpy()]


@pytest.mark.usefixtures("demo")
def test_a_sum_says_its_meaning_its_numbers_its_lines_and_their_total() -> None:
    app = opened("figure", figure="contracted")
    assert problems(app) == []
    assert app.title[0].value == "Contracted"
    said = texts(app)
    assert "**EUR 49,010,000, known for 18 of 19 projects**" in said
    assert "18 known lines, added up = EUR 49,010,000" in said
    assert "DawnLinden: no contract is on record." in said
    found = lines(app)
    assert found[-1] == ["Total", 49_010_000]
    assert sum(row[1] for row in found[:-1] if isinstance(row[1], float)) == 49_010_000


@pytest.mark.usefixtures("demo")
def test_a_figure_of_one_project_is_made_of_its_records_and_another_is_chosen_from_a_list() -> None:
    app = opened("figure", figure="paid", id="hail-maple")
    assert problems(app) == []
    table = app.dataframe[-1].value
    assert len(table) > 2
    assert table["value"].iloc[:-1].sum() == table["value"].iloc[-1]
    assert set(table["origin"].iloc[:-1]) == {"loaded with the portfolio"}
    app.selectbox(key="figure_choice").set_value("present-end").run()
    assert app.title[0].value == "Present end"
    app.selectbox(key="figure_subject").set_value("clear-cedar").run()
    assert "**31 December 2027, known for 1 of 1 project**" in texts(app)


@pytest.mark.usefixtures("reference")
def test_a_published_value_ends_at_its_page() -> None:
    app = opened("figure", figure="total-budget")
    table = app.dataframe[-1].value
    known = table[table["value"].notna()].iloc[:-1]
    assert len(known) == 20
    assert known["source"].str.startswith("http").sum() == 20
    assert "Not known" in [heading.value for heading in app.header]


@pytest.mark.usefixtures("demo")
def test_the_parts_of_a_formula_open_in_their_turn() -> None:
    app = opened("figure", figure="absorption", id="clear-cedar")
    assert problems(app) == []
    labels = [entry.label for entry in app.expander]
    assert any(label.startswith("Incurred: EUR ") for label in labels)
    assert any(label.startswith("Contracted, total cost: EUR ") for label in labels)


@pytest.mark.usefixtures("demo")
def test_a_figure_of_a_partner_names_it_and_prints_its_designation() -> None:
    app = opened("figure", figure="budget-split", of_partner="XKX")
    said = words(app)
    assert "In Kosovo*." in said
    assert "Kosovo*: " in said


@pytest.mark.usefixtures("demo")
def test_what_the_address_asks_for_in_vain_is_said() -> None:
    app = opened("figure", figure="spent", id="nobody")
    assert problems(app) == []
    assert "There is no figure 'spent'. Choose one from the list." in texts(app)
    assert set(builders()) <= set(linked_figures(app))


@pytest.mark.usefixtures("empty")
def test_an_empty_portfolio_has_nothing_to_open_and_says_what_to_do() -> None:
    app = opened("figure", figure="contracted")
    assert problems(app) == []
    assert any("Nothing here yet" in str(info.proto) for info in app.info)


def test_values_are_said_with_their_unit() -> None:
    assert value_words(0, "count") == "0"
    assert value_words(None, "days") == "not known"


@pytest.mark.usefixtures("demo")
def test_a_rate_that_is_a_range_stands_beside_the_exact_ones() -> None:
    app = opened("figure", figure="burn-gap")
    assert problems(app) == []
    values = dict(lines(app))
    assert values["HailMaple"] == "-8.9 points"
    assert " to " in str(values["SiroccoFig"])
