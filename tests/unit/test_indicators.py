"""The register of figures: complete, unambiguous, and in step with the screens and the coverage."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from portfolio.indicators import CONTEXT, GROUPS, indicator, indicators
from portfolio.services.measures import MEASURES
from portfolio.settings import ROOT
from portfolio.vocabulary import codes

PAGES = {path.stem.capitalize() for path in (ROOT / "pages").glob("*.py")}
PRODUCT = [*(ROOT / "portfolio").rglob("*.py"), *(ROOT / "pages").glob("*.py")]


def test_every_figure_has_one_id_and_one_label() -> None:
    assert len(indicators()) > 40
    assert [name for name, count in Counter(row.id for row in indicators()).items() if count > 1] == []
    assert [name for name, count in Counter(row.label for row in indicators()).items() if count > 1] == []


def test_every_figure_is_described_in_full() -> None:
    gaps = [
        (row.id, field)
        for row in indicators()
        for field in ("label", "unit", "definition", "formula", "source")
        if not getattr(row, field).strip()
    ]
    assert gaps == []
    assert [row.id for row in indicators() if not row.definition.endswith(".")] == []


def test_figures_stand_in_the_order_of_their_groups() -> None:
    groups = [row.group for row in indicators()]
    assert list(dict.fromkeys(groups)) == list(GROUPS)
    assert groups == sorted(groups, key=GROUPS.index)


def test_every_figure_names_the_screens_on_which_it_stands() -> None:
    assert {screen for row in indicators() for screen in row.shown} <= PAGES
    assert [row.id for row in indicators() if not row.shown] == []


def test_every_context_indicator_is_registered() -> None:
    expected = [f"context-{code.replace('_', '-')}" for code in codes("context_indicator")]
    assert [row.id for row in indicators() if row.group == CONTEXT] == expected


def test_unknown_figure_is_a_key_error() -> None:
    assert indicator("paid").label == "Paid"
    with pytest.raises(KeyError):
        indicator("spent")


def asked_for(path: Path) -> list[str]:
    """The ids that a file asks the register for by name."""
    return re.findall(r"\bindicator\(\"([a-z0-9-]+)\"\)", path.read_text(encoding="utf-8"))


def test_product_asks_only_for_registered_figures() -> None:
    known = {row.id for row in indicators()}
    asked = {name for path in PRODUCT for name in asked_for(path)}
    assert "late-days" in asked
    assert asked <= known
    assert {chosen.id for chosen in MEASURES} <= known


def test_no_figure_calls_cash_cost() -> None:
    paid = indicator("paid")
    assert "cash, not cost" in paid.definition
    words = " ".join(row.label for row in indicators()).casefold()
    assert "spent" not in words and "expenditure" not in words
