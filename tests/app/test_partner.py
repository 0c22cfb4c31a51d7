"""The partner screen: everything active in one partner, its part of the money and its context."""

from __future__ import annotations

import pytest

from portfolio.indicators import CONTEXT_SENTENCE
from tests.app.screens import opened, problems, tiles, words


@pytest.mark.usefixtures("demo")
def test_projects_money_and_what_they_do_in_a_partner() -> None:
    app = opened("partner", **{"in": "ARM"})
    assert problems(app) == []
    assert app.title[0].value == "Armenia"
    said = words(app)
    assert "3 projects active in Armenia, 3 running. Its part of their total budgets is EUR 2,700,000" in said
    assert "EUR 1,100,000 of the total budget is estimated: equal split, because RainWillow" in said
    assert "May be active here as well" in said
    assert tiles(app)["Paid (split) (EUR)"][1] == "3 of 3 known, estimated"
    shares = next(frame.value for frame in app.dataframe if "basis" in frame.value).set_index("project")
    assert shares.loc["RainWillow"]["basis"] == "estimated: equal split, 1 of 3"
    assert shares.loc["ThunderElm"]["basis"] == "declared share, 30.0 %"
    assert shares["total_budget_eur"].sum() == 2_700_000
    assert CONTEXT_SENTENCE in said and "not known" in said and "edition 2024" in said
    assert "score" not in " ".join(tiles(app)).casefold()


@pytest.mark.usefixtures("demo")
def test_a_suspended_partner_is_labelled_and_a_designation_stands_with_its_name() -> None:
    belarus = opened("partner", **{"in": "BLR"})
    assert problems(belarus) == []
    shares = next(frame.value for frame in belarus.dataframe if "basis" in frame.value)
    assert list(shares["remarks"]) == ["suspended since 16 February 2026, the split still counts it"]
    assert list(shares["basis"]) == ["declared share, 15.0 %; suspended since 16 February 2026"]
    said = words(belarus)
    assert "1 project in Belarus, suspended since 16 February 2026. Its part" in said
    assert "1 project active" not in said and "No training of these projects names Belarus." in said
    assert tiles(belarus)["Total budget (split) (EUR)"][1].endswith("known, 1 suspended")
    kosovo = opened("partner", **{"in": "XKX"})
    assert kosovo.title[0].value == "Kosovo*"
    assert "Kosovo*: This designation" in words(kosovo)
    assert "EUR 2,457,143, known" in words(kosovo)
    assert tiles(kosovo)["Total budget (split) (EUR)"][0] == "2,457,143"
    labels = [element.proto.label for element in opened("partner").get("page_link")]
    assert "Belarus (1, suspended)" in labels


@pytest.mark.usefixtures("demo")
def test_a_partner_outside_the_regions_has_no_context_and_says_so() -> None:
    app = opened("partner", **{"in": "TUR"})
    assert problems(app) == []
    assert "No context indicators are kept for Türkiye." in words(app)


@pytest.mark.usefixtures("reference")
def test_what_nobody_publishes_of_a_partner_is_said() -> None:
    app = opened("partner", **{"in": "UKR"})
    assert problems(app) == []
    assert tiles(app)["Incurred (split) (EUR)"][0] == "not known"
    said = words(app)
    assert "No open risk of these projects is on record." in said
    assert "No indicator of these projects is told of Ukraine alone." in said
    syria = opened("partner", region="Western Balkans", **{"in": "SYR"})
    assert "No project of this choice is known to be active in Syria." in words(syria)


@pytest.mark.usefixtures("reference")
def test_without_a_partner_every_one_can_be_chosen_and_an_unknown_one_is_said() -> None:
    app = opened("partner", **{"in": "nowhere"})
    assert problems(app) == []
    said = words(app)
    assert "There is no partner 'nowhere' here." in said and "never added up" in said
    labels = [element.proto.label for element in app.get("page_link")]
    assert sum(label.startswith("Palestine") for label in labels) == 1


@pytest.mark.usefixtures("empty")
def test_an_empty_portfolio_has_no_partner_to_show() -> None:
    assert problems(opened("partner", **{"in": "UKR"})) == []
