"""What changed on screen: the figures of the service, and what is said where nothing can be compared."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.differences.comparisons import Differences, load_differences
from portfolio.services.differences.headlines import further, headline
from portfolio.services.differences.standpoints import Standpoint
from portfolio.services.selection import PortfolioFilter
from portfolio.settings import load_settings
from portfolio.storage.setup import ensure_database
from portfolio.ui.session import WidgetKey
from tests.app.screens import DAY, opened, problems, texts, use_portfolio, words


def changes(**address: str) -> AppTest:
    app = opened("changes", **address)
    assert problems(app) == []
    return app


def found_since(day: str, chosen: PortfolioFilter | None = None) -> Differences:
    before, after = (Standpoint(dt.date.fromisoformat(text)) for text in (day, DAY))
    return load_differences(ensure_database(load_settings()), LOCAL_PERSON, before, after, chosen)


def headers(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


@pytest.mark.usefixtures("demo")
def test_changes_since_a_day_are_those_of_the_service_side_by_side() -> None:
    app = changes(**{"from": "2025-12-31"})
    found = found_since("2025-12-31")
    assert f"**{headline(found)}**" in texts(app) and further(found) in texts(app)
    assert headers(app) == [
        "Money of the chosen projects", f"Amounts by project ({len(found.amounts)})", "Dates moved (2)",
        "Amendments signed (4)", f"Milestones ({len(found.milestones)})",
        f"Colours of health ({len(found.colours)})", f"Risks ({len(found.risks)})",
        f"Values of indicators ({len(found.values)})", f"Trainings held ({len(found.trainings)})",
        f"Reports received ({len(found.reports)})",
    ]  # fmt: skip
    assert "Nothing changed in: projects." in texts(app)
    money = app.dataframe[0].value.set_index("amount")
    for row, label in ((found.sum_of("paid"), "Paid"), (found.sum_of("contracted"), "Contracted")):
        shown = [money.loc[label, name] for name in ("old", "new", "difference", "moved", "appeared")]
        cents = (row.old.cents, row.new.cents, row.difference_cents, row.moved_cents, row.appeared_cents)
        assert [round(float(euros) * 100) for euros in shown] == list(cents)
    amounts = app.dataframe[1].value
    assert amounts.loc[0, "project"] == "CloudYew"
    assert amounts.loc[0, "why"] == "before: no contract is on record" and amounts["old"].isna()[0]
    colours = next(frame.value for frame in app.dataframe if "turn" in frame.value)
    assert list(colours["old"].iloc[0]) != list(colours["new"].iloc[0])


@pytest.mark.usefixtures("demo")
def test_changes_follow_filter_date_and_link_and_keep_the_asterisk() -> None:
    app = changes(partner="XKX", as_of="2026-06-30")
    assert "From 31 December 2025 to 30 June 2026, the date of the screens" in words(app)
    assert "Between 31 December 2025 and 30 June 2026: " in words(app)
    said = "This designation is without prejudice to positions on status"
    assert sum(said in text and "Kosovo*" in text for text in texts(app)) == 2  # the bar and the notes
    app = changes(open="2026-11-22", compare="then")
    said = "Nothing was recorded by 22 November 2026: the first record is of 23 November 2026."
    assert said in words(app) and headers(app) == []
    app.segmented_control(WidgetKey.CHANGED_KNOWN).set_value("now").run()
    assert "**Between 22 and 23 November 2026: nothing changed in 20 projects.**" in texts(app)
    app.date_input(WidgetKey.CHANGED_FROM).set_value(dt.date(2026, 11, 24)).run()
    assert "The first date, 24 November 2026, lies after the second, 23 November 2026." in words(app)
    app.date_input(WidgetKey.CHANGED_FROM).set_value(dt.date(2026, 11, 23)).run()
    assert "**Both dates are 23 November 2026: nothing to compare.**" in texts(app)
    app.date_input(WidgetKey.CHANGED_FROM).set_value(dt.date(2001, 1, 1)).run()
    assert problems(app) == [] and "On 1 January 2001 no project" in words(app)


@pytest.mark.parametrize("name", ["reference", "empty"])
def test_changes_open_cold_where_little_or_nothing_is_on_record(
    name: str, portfolios: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio(name, portfolios, monkeypatch)
    app = changes()
    if name == "empty":
        assert "python -m portfolio" in words(app) and headers(app) == []
    else:
        assert f"**{headline(found_since('2026-06-30'))}**" in texts(app)
        assert "contracted" not in headline(found_since("2026-06-30"))
        assert app.dataframe[0].value.set_index("amount").loc["Paid"].isna()["difference"]
