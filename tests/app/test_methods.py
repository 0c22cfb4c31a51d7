"""Methods: every figure with its definition, formula, unit, source and coverage, and what stands behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.indicators import indicators
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.figures.coverages import Coverage
from portfolio.services.methods import methods
from portfolio.services.rulebooks import attention_rules
from portfolio.services.selection import PortfolioFilter
from portfolio.services.signals import TITLES
from portfolio.settings import PORTFOLIO_NAMES, load_settings
from portfolio.storage.setup import ensure_database
from tests.app.screens import opened, problems, texts, use_portfolio, words

SECTIONS = (
    "Figures",
    "Money, dates and documents",
    "Rules and thresholds",
    "Designations",
    "Sources and licences",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("methods")


@pytest.fixture(autouse=True)
def reference(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The published portfolio, until a test chooses another."""
    use_portfolio("reference", folder, monkeypatch)


def coverage(chosen: PortfolioFilter | None = None) -> dict[str, str]:
    found = methods(ensure_database(load_settings()), LOCAL_PERSON, chosen=chosen)
    return {row.indicator.id: row.sentence for row in found}


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("name", PORTFOLIO_NAMES)
def test_every_section_opens_in_every_portfolio(
    name: str, section: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio(name, folder, monkeypatch)
    app = opened("methods", view=section)
    assert problems(app) == []
    assert app.segmented_control(key="view").value is not None
    assert any(text.startswith("Kosovo*: ") for text in texts(app))


def test_indicator_library_names_its_sources_and_invents_no_code() -> None:
    app = opened("methods", view="Indicator library")
    assert problems(app) == []
    (table,) = [frame.value for frame in app.dataframe]
    own = table[table["status"] == "to be confirmed"]
    assert 0 < len(own) < len(table)
    assert own["code"].isna().all() and own["source"].isna().all()
    confirmed = table.drop(own.index)
    assert confirmed["source"].str.startswith("https://").all()
    assert f"{table['code'].notna().sum()} with the code of a public list" in words(app)


def test_every_registered_figure_is_on_the_screen_with_all_that_defines_it() -> None:
    said = words(opened("methods")).replace("\\", "")
    assert len(indicators()) > 30
    for entry in indicators():
        head = f"**{entry.label}** ({entry.unit})"
        assert head in said
        assert f"**Formula** {entry.formula}" in said
        assert f"**Source** {entry.source}" in said


def test_coverage_of_the_published_portfolio() -> None:
    found = coverage()
    expected = {
        "total-budget": "known for 20 of 26 projects",
        "eu-contribution": "known for 13 of 26 projects",
        "paid": "not known for any of 26 projects",
        "committed": "no financing decisions on record",
        "other-contributions": "known for 2 of 6 named contributions",
        "projects-active": "known for 25 of 26 projects",
        "slip-days": "not known for any of 122 milestones",
        "instrument": "known for 9 of 26 projects",
        "context-gci-2024-score": "known for 4 of 22 partners",
        "projects": "counted, always known",
        "health": "not known for any of 5 projects",
    }
    assert {name: found[name] for name in expected} == expected


def test_coverage_follows_the_filter() -> None:
    found = coverage(PortfolioFilter(regions=("southern-neighbourhood",)))
    assert found["total-budget"] == "known for 5 of 7 projects"
    said = words(opened("methods", region="Southern neighbourhood"))
    assert "**Total budget** (EUR) · known for 5 of 7 projects" in said
    assert "Coverage is counted over the 7 chosen projects." in said


def test_coverage_of_nothing_is_said_and_not_zero_of_zero(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio("empty", folder, monkeypatch)
    assert coverage()["total-budget"] == "no projects on record"


@pytest.mark.parametrize(
    ("known", "of", "sentence"),
    [(0, 0, "no milestones on record"), (0, 2, "not known for any of 2 milestones"),
     (1, 2, "known for 1 of 2 milestones"), (1, 1, "known for 1 of 1 milestone")],
)  # fmt: skip
def test_coverage_in_words(known: int, of: int, sentence: str) -> None:
    assert Coverage(known, of, "milestone").sentence == sentence


def test_figures_are_found_by_their_words() -> None:
    app = opened("methods")
    app.text_input(key="view:find").set_value("pre-financing payments").run()
    found = [text for text in texts(app) if text.startswith("**")]
    names = [text.split("**")[1] for text in found]
    assert names[:2] == ["Paid", "Pre-financing"]
    assert "Committed" not in names and "Milestones" not in names
    app.text_input(key="view:find").set_value("zzz").run()
    assert "No figure has these words. Try one word, or empty the field to see all figures." in texts(app)


def test_rules_name_the_thresholds_in_force() -> None:
    rules = {rule.code: rule.rule for rule in attention_rules()}
    assert list(rules) == list(TITLES)
    assert rules["milestone-late"] == "An open milestone is more than 30 days late (amber) or 90 days (red)."
    said = words(opened("methods", view="Rules and thresholds"))
    assert "Never green by default" in said
    assert "Every date is **indicative**: counted from what is on record by these rules" in said


def test_designations_of_both_profiles_are_listed_and_the_open_one_is_marked() -> None:
    table = opened("methods", view="Designations").table[0].value
    assert len(table) == 6
    open_ones = table[table["State"] == "to be confirmed"]
    assert open_ones[["Profile", "Printed with"]].to_numpy().tolist() == [["Council of Europe", "Map"]]


def test_sources_say_what_the_collection_is_and_credit_the_map() -> None:
    said = words(opened("methods", view="Sources and licences"))
    assert "It is not a complete register of EU-funded cyber" in said.replace("\n", " ")
    assert "UN Geodata" in said and "BSD-3-Clause" in said
