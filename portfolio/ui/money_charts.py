"""The charts of the money screen: the ladder, one amount by a dimension, one amount by year and focus."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from portfolio.indicators import indicator
from portfolio.money import format_coverage, format_eur, format_eur_short
from portfolio.services.funds.dimensions import NOT_STATED_LABEL, YEAR_NOT_STATED, YEAR_NOT_STATED_LABEL
from portfolio.services.funds.groups import Division
from portfolio.services.funds.portfolios import PortfolioFunds
from portfolio.services.selection import UNKNOWN
from portfolio.ui.charts import Bar, Segment
from portfolio.ui.money_words import LADDER, NOT_KNOWN, OF_DECISIONS
from portfolio.ui.tables import euros
from portfolio.vocabulary import codes, label

Years = Mapping[str, Mapping[str, int]]
_STEPS = {
    "committed": "Committed (EU)", "contracted": "Contracted (EU)", "paid": "Paid (EU)",
    "contracted-total": "Contracted, all funders", "incurred": "Incurred, all funders",
}  # fmt: skip
_MILLION_CENTS = 100_000_000


def ladder_bars(funds: PortfolioFunds) -> list[Bar]:
    """Committed, contracted and paid of EU money, then contracted and incurred of all funders."""
    return [
        Bar(_STEPS[name], funds.sums[name].cents, format_eur_short(funds.sums[name].cents, NOT_KNOWN))
        for name in LADDER
    ]


def ladder_alt(funds: PortfolioFunds) -> str:
    """The ladder in words: every step with its amount."""
    said = ", ".join(f"{bar.label} {bar.text}" for bar in ladder_bars(funds))
    return f"From decision to cost: {said}."


def ladder_table(funds: PortfolioFunds) -> pd.DataFrame:
    """The numbers behind the ladder and between its steps: amount in euro, and how much is known."""
    names = [
        "committed", "decommitted", "left-to-contract", "contracted", "left-to-pay", "paid", "recovered",
        "pre-financing", "cleared", "open-pre-financing", "received", "contracted-other", "contracted-total",
        "incurred",
    ]  # fmt: skip
    sums = [funds.sums[name] for name in names]
    noun = ["decision" if name in OF_DECISIONS else "project" for name in names]
    return pd.DataFrame(
        {
            "step": [indicator(name).label for name in names],
            "amount_eur": euros(pd.Series([total.cents for total in sums], dtype="Int64")),
            "coverage": [
                format_coverage(total, word) if total.of else f"no {word}s"
                for total, word in zip(sums, noun, strict=True)
            ],
            "meaning": [indicator(name).formula for name in names],
        }
    )


def division_bars(division: Division, amount_id: str) -> list[Bar]:
    """One amount by member, in the printed order; those without any project that counts are left out."""
    return [
        Bar(group.label, group.sums[amount_id].cents, _division_text(division, amount_id, position))
        for position, group in enumerate(division.groups)
        if group.sums[amount_id].of
    ]


def _division_text(division: Division, amount_id: str, position: int) -> str:
    total = division.groups[position].sums[amount_id]
    missing = total.of - total.known
    text = format_eur_short(total.cents, NOT_KNOWN)
    return f"{text}, not known for {missing}" if missing and total.cents is not None else text


def year_segments(years: Years) -> list[Segment]:
    """One stacked bar per year, its parts by focus; each part with its amount in millions of euro."""
    return [
        Segment(_year(year), _focus(focus), parts[focus], f"{parts[focus] / _MILLION_CENTS:,.1f}")
        for year, parts in years.items()
        for focus in [*codes("focus"), UNKNOWN]
        if parts.get(focus)
    ]


def years_alt(years: Years, amount_id: str) -> str:
    """The finding of the chart of years: the largest year and its amount."""
    name = indicator(amount_id).label
    totals = {_year(year): sum(parts.values()) for year, parts in years.items()}
    if not totals:
        return f"{name} by year: {NOT_KNOWN} for any project."
    most = max(totals, key=lambda year: totals[year])
    return (
        f"{name} by year and focus, in millions of euro: most is {most} with "
        f"{format_eur_short(totals[most])}; all years together {format_eur(sum(totals.values()))}."
    )


def years_table(years: Years) -> pd.DataFrame:
    """One row per year: the amounts by focus, empty where nothing is on record, and their sum, in euro."""
    listed = [*codes("focus"), UNKNOWN]
    table: dict[str, object] = {"year": [_year(year) for year in years]}
    for focus in listed:
        amounts = [parts.get(focus) for parts in years.values()]
        table[focus] = euros(pd.Series(amounts, dtype="Int64"))
    sums = [sum(parts.values()) for parts in years.values()]
    return pd.DataFrame(table | {"sum": euros(pd.Series(sums, dtype="Int64"))})


def focus_labels() -> dict[str, str]:
    """The label of each part of a year, by its column in `years_table`."""
    return {focus: _focus(focus) for focus in [*codes("focus"), UNKNOWN]}


def _year(year: str) -> str:
    return YEAR_NOT_STATED_LABEL if year == YEAR_NOT_STATED else year


def _focus(code: str) -> str:
    return f"Focus {NOT_STATED_LABEL.lower()}" if code == UNKNOWN else label("focus", code)
