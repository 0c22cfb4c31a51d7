"""Screens for tests: opened through the router, on a portfolio of their own, on a day that stands still."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.services.access import Person
from portfolio.settings import ROOT
from portfolio.ui.session import WidgetKey
from tests.portfolios import copy_portfolio

MAIN = ROOT / "portfolio" / "ui" / "main.py"
DAY = "2026-11-23"


def use_portfolio(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing; the screens show the named portfolio from a database in `folder`, on `DAY`."""
    monkeypatch.setenv("PORTFOLIO_NAME", name)
    monkeypatch.setenv("PORTFOLIO_DATABASE_URL", f"sqlite:///{folder / name}.sqlite3")
    monkeypatch.setenv("PORTFOLIO_TODAY", DAY)
    file = folder / f"{name}.sqlite3"
    if not file.exists():
        copy_portfolio(name, file)


def opened(page: str = "overview", *, person: Person | None = None, **address: str | list[str]) -> AppTest:
    """A screen that was opened by an address with these parameters, by this person."""
    app = AppTest.from_file(MAIN, default_timeout=60)
    if person is not None:
        app.session_state[str(WidgetKey.PERSON)] = person
    if page != "overview":
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def texts(app: AppTest) -> list[str]:
    """Every sentence on the screen: Markdown and captions, without the marks that escape characters."""
    found = [element.value for element in (*app.markdown, *app.caption, *app.info, *app.warning)]
    return [text.replace("\\", "") for text in found]


def words(app: AppTest) -> str:
    """The sentences as one text."""
    return "\n".join(texts(app))


def problems(app: AppTest) -> list[str]:
    """What went wrong on the screen."""
    return [element.message for element in app.exception] + [element.value for element in app.error]


def tiles(app: AppTest) -> dict[str, tuple[str, str]]:
    """Value and note of every key figure by its label."""
    return {metric.label: (metric.value, metric.delta) for metric in app.metric}


def bar(app: AppTest) -> str:
    """What the filter bar says."""
    return app.expander[0].label
