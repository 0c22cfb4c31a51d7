"""An opened figure in words: its finding, its table of lines, and what is not known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from portfolio.numbers import MILLION
from portfolio.services.figures.breakdowns import Breakdown, Line, Unit, Value
from portfolio.services.figures.coverages import coverage_of
from portfolio.services.figures.openings import OpenedFigure
from portfolio.services.figures.values import NOT_KNOWN, headline, value_words
from portfolio.ui.origins import origin_text
from portfolio.ui.tables import (
    date_column,
    days_column,
    euros,
    figure_column,
    link_column,
    percent_column,
    text_column,
)
from portfolio.ui.texts import counted, listed

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

TOTAL = "Total"
NOTHING_ON_RECORD = "nothing on record"
_NAMED = 30


def coverage_words(breakdown: Breakdown) -> str:
    """Of how many records a figure is known; "" where there is nothing to know or all of one is known."""
    found = coverage_of(breakdown)
    return "" if found is None or found.of == 0 else found.sentence


def has_total(breakdown: Breakdown) -> bool:
    """Whether the lines of a figure are added up."""
    return breakdown.is_sum and breakdown.value is not None and bool(breakdown.lines)


def lines_table(figure: OpenedFigure, breakdown: Breakdown) -> pd.DataFrame:
    """One row per line and the total last: label, value, remark, source (an address), origin.

    The value is a number where it adds up (euro, per cent), else the text as people read it.
    """
    lines = breakdown.lines
    rows = pd.DataFrame(
        {
            "line": [line.label for line in lines],
            "value": _values([line.value for line in lines], breakdown.unit),
            "remark": [line.remark for line in lines],
            "source": [figure.url_of(line) or "" for line in lines],
            "origin": [_origin(figure, line) for line in lines],
        }
    )
    if not has_total(breakdown):
        return rows
    whole = pd.DataFrame(
        {
            "line": [TOTAL],
            "value": _values([breakdown.value], breakdown.unit),
            "remark": [coverage_words(breakdown)],
            "source": [""],
            "origin": [""],
        }
    )
    return pd.concat([rows, whole], ignore_index=True)


def _origin(figure: OpenedFigure, line: Line) -> str:
    found = origin_text(figure.origins_of(line))
    return found or ("" if figure.ground_of(line) else NOTHING_ON_RECORD)


def _values(values: Sequence[Value], unit: Unit) -> pd.Series[Any]:
    # A rate that is known as a range only is a text, and then all of them are.
    if any(isinstance(value, str) for value in values):
        return _as_text(values, unit)
    if unit in ("share", "points"):
        shares = [None if value is None else float(Fraction(value) * 100) for value in values]
        return pd.Series(shares, dtype="Float64")
    if unit in ("eur", "count", "days", "millionths"):
        numbers: pd.Series[int] = pd.Series([*values], dtype="Int64")
        if unit == "eur":
            return euros(numbers)
        return numbers / MILLION if unit == "millionths" else numbers
    return _as_text(values, unit)


def _as_text(values: Sequence[Value], unit: Unit) -> pd.Series[Any]:
    words = [None if value is None else value_words(value, unit) for value in values]
    return pd.Series(words, dtype="object")


def lines_columns(breakdown: Breakdown, table: pd.DataFrame) -> dict[str, ColumnConfig | str | None]:
    """The columns of `lines_table`; those in which nothing stands are left out."""
    columns: dict[str, ColumnConfig | str | None] = {
        "line": text_column((breakdown.line_noun or breakdown.noun).capitalize(), pinned=True),
        "value": value_column(breakdown, table),
    }
    optional: dict[str, ColumnConfig | str | None] = {
        "remark": text_column("Remark"),
        "source": link_column("Source", "open", "The published page that the value rests on"),
        "origin": text_column("Origin", "How the values of the row came in; tick the row to read it in full"),
    }
    return columns | {name: config for name, config in optional.items() if table[name].any()}


def value_column(breakdown: Breakdown, table: pd.DataFrame) -> ColumnConfig:
    """The column of a figure's values, its unit in the heading; cents only where there are any."""
    unit = breakdown.unit
    if unit not in ("date", "code", "text") and table["value"].dtype == object:
        return figure_column("Value")
    if unit == "eur":
        cents = bool((table["value"].dropna() % 1 != 0).any())
        places = "%,.2f" if cents else "%,.0f"
        return st.column_config.NumberColumn("Amount (EUR)", format=places, alignment="right")
    if unit == "share":
        return percent_column("Share")
    if unit == "points":
        return st.column_config.NumberColumn("Percentage points", format="%.1f", alignment="right")
    if unit == "days":
        return days_column("Days")
    if unit in ("count", "millionths"):
        # The numbers of a total of results have the unit of their indicators, which stands in its name.
        name = "Number" if unit == "millionths" and breakdown.said else f"Number ({breakdown.figure.unit})"
        return st.column_config.NumberColumn(name, alignment="right")
    return date_column("Date") if unit == "date" else text_column("Value")


def unknown_sentences(breakdown: Breakdown) -> list[str]:
    """Of which lines nothing is known, one sentence for each reason."""
    by_reason: dict[str, list[str]] = {}
    for line in breakdown.unknown:
        by_reason.setdefault(line.remark or NOT_KNOWN, []).append(line.label)
    return [f"{listed(names, _NAMED)}: {_mid(reason)}." for reason, names in by_reason.items()]


def _mid(reason: str) -> str:
    return reason.rstrip(".")


def finding(breakdown: Breakdown) -> str:
    """The figure with its value and how much of it is known."""
    value, coverage = headline(breakdown), coverage_words(breakdown)
    if breakdown.value is None and breakdown.known and not breakdown.is_sum:
        words = coverage or counted(len(breakdown.lines), breakdown.line_noun or breakdown.noun)
        return words[:1].upper() + words[1:]
    if breakdown.value is None and breakdown.of == 0:
        return "Nothing on record"
    return f"{value}, {coverage}" if coverage and breakdown.value is not None else value


def texts_of(breakdowns: Iterable[Breakdown]) -> list[str]:
    """Every text of figures that may name a partner: for the designations."""
    return [
        text
        for breakdown in breakdowns
        for line in breakdown.lines
        for text in (line.label, line.remark, _text(line))
        if text
    ]


def _text(line: Line) -> str:
    return line.value if isinstance(line.value, str) else ""
