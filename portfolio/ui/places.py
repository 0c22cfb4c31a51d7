"""The map screen's parts: values for the map, the table beside it, the bars below it, a partner's lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.dates import date_label
from portfolio.indicators import ESTIMATED
from portfolio.money import format_coverage, format_eur
from portfolio.partners import NOT_SPLIT, NOT_SPLIT_LABEL, OUTSIDE, OUTSIDE_LABEL
from portfolio.services.geography import PlaceFigures
from portfolio.services.measures import Measure, PlaceSums, measure, missing_sentence, remarks
from portfolio.services.places import PartnerProject
from portfolio.ui.charts import Bar, bars_alt
from portfolio.ui.maps import PartnerValue
from portfolio.ui.tables import NOT_STATED, count_column, euros, money_column, text_column
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

BUCKETS = (OUTSIDE, NOT_SPLIT)
SPLIT_OVER = "Partners of the three regions"
_MILLION_CENTS = 100_000_000


def value_text(value: int | None, chosen: Measure) -> str:
    """A value of a measure as people read it."""
    if value is None:
        return NOT_STATED
    return format_eur(value) if chosen.is_money else f"{value:,}"


def partner_values(
    places: Iterable[PlaceFigures], chosen: Measure, names: Mapping[str, str]
) -> list[PartnerValue]:
    """What the map shows of each partner; money in millions of euro, as the map's unit says."""
    return [
        PartnerValue(
            place.code, place.name, _on_map(chosen.value(place), chosen), _hover(place, chosen, names)
        )
        for place in places
        if place.code not in BUCKETS
    ]


def _on_map(value: int | None, chosen: Measure) -> float | None:
    if value is None or not chosen.is_money:
        return value
    return value / _MILLION_CENTS


def _hover(place: PlaceFigures, chosen: Measure, names: Mapping[str, str]) -> tuple[str, ...]:
    exact = (value_text(chosen.value(place), chosen),) if chosen.is_money else ()
    missing = missing_sentence(place, chosen)
    return (*exact, *([missing] if missing else []), *remarks(place, chosen, names))


def map_alt(places: Iterable[PlaceFigures], chosen: Measure) -> str:
    """The finding of the map: the highest and the lowest partner, and how many are not known."""
    bars = [_bar(place, chosen) for place in places if place.code not in BUCKETS]
    return bars_alt(bars, f"{chosen.indicator.label}, by partner")


def _bar(place: PlaceFigures, chosen: Measure) -> Bar:
    value = chosen.value(place)
    return Bar(place.name, value, value_text(value, chosen))


def places_table(places: Iterable[PlaceFigures], chosen: Measure, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per partner, the highest value first and the two buckets last.

    Columns: partner; value (euro, or a count; empty where not stated); missing (projects of which it is not
             stated); other (another count); remarks.
    """
    listed = list(places)
    partners = [place for place in listed if place.code not in BUCKETS]
    partners.sort(key=lambda place: (chosen.value(place) is None, -(chosen.value(place) or 0)))
    ordered = [*partners, *(place for place in listed if place.code in BUCKETS)]
    values = pd.Series([chosen.value(place) for place in ordered], dtype="Int64")
    return pd.DataFrame(
        {
            "partner": [place.name for place in ordered],
            "value": euros(values) if chosen.is_money else values,
            "missing": [chosen.unknown(place) for place in ordered],
            "other": [_other_count(chosen).value(place) for place in ordered],
            "remarks": ["; ".join(remarks(place, chosen, names)) for place in ordered],
        }
    )


def places_columns(chosen: Measure, table: pd.DataFrame) -> dict[str, ColumnConfig | str | None]:
    """The columns of `places_table` for a measure; remarks only where there are any."""
    words = chosen.indicator
    columns: dict[str, ColumnConfig | str | None] = {"partner": text_column("Partner", width=150)}
    if chosen.is_money:
        columns["value"] = money_column("Amount", words.definition)
    else:
        other = _other_count(chosen).indicator
        columns["value"] = count_column(words.label, words.definition)
        columns["other"] = count_column(other.label, other.definition)
    if table["remarks"].any():
        columns["remarks"] = text_column("Remarks")
    if chosen.is_money:
        columns["missing"] = count_column("Not stated for", "Projects of which the amount is not stated")
    return columns


def _other_count(chosen: Measure) -> Measure:
    """The count that stands beside a measure."""
    return measure("projects-running" if chosen.id == "projects-active" else "projects-active")


def bucket_bars(places: Iterable[PlaceFigures], chosen: Measure, sums: PlaceSums | None) -> list[Bar]:
    """What is not on the map, beside what is where the measure adds up."""
    by_code = {place.code: place for place in places}
    bars = [_bar(by_code[code], chosen) for code in (OUTSIDE, NOT_SPLIT)]
    if sums is None:
        return bars
    return [Bar(SPLIT_OVER, sums.partners_cents, format_eur(sums.partners_cents)), *bars]


def bars_table(bars: Sequence[Bar]) -> pd.DataFrame:
    """The numbers behind `bucket_bars`: where (text) and value (as people read it)."""
    return pd.DataFrame({"where": [bar.label for bar in bars], "value": [bar.text for bar in bars]})


def sum_sentence(sums: PlaceSums) -> str:
    """The parts and the whole in one line, every amount in full."""
    named = (
        (SPLIT_OVER, sums.partners_cents),
        (OUTSIDE_LABEL.lower(), sums.outside_cents),
        (NOT_SPLIT_LABEL.lower(), sums.not_split_cents),
    )
    parts = " + ".join(f"{name} {format_eur(cents, f'({NOT_STATED})')}" for name, cents in named)
    total = sums.portfolio
    whole = f"{format_eur(total.cents)}, {format_coverage(total)}"
    if sums.agree:
        return f"{parts} = portfolio {whole}."
    return f"{parts} is not the portfolio's {whole}. Run `python -m portfolio verify` and report it."


def download_names(chosen: Measure) -> dict[str, str]:
    """What the columns of `places_table` are called in a file that leaves the screen."""
    value = f"{chosen.id}_eur" if chosen.is_money else chosen.id
    return {"value": value, "missing": "projects_not_stated", "other": _other_count(chosen).id}


def project_line(row: PartnerProject) -> str:
    """One project of a partner in a line: status, time, the partner's part, and what has to be said of it."""
    project = row.project
    parts = [
        label("project_status", row.status),
        f"{date_label(project.start)} to {date_label(project.present_end)}",
        _part(row),
    ]
    if row.is_suspended:
        parts.append(f"suspended since {date_label(row.suspended_since)}")
    return " · ".join(parts)


def _part(row: PartnerProject) -> str:
    if row.total_budget_cents is None:
        return "total budget not stated"
    alone = len(row.project.participations) == 1
    words = "total budget" if alone else "its part of the total budget"
    estimated = f" ({ESTIMATED})" if row.estimated else ""
    return f"{words} {format_eur(row.total_budget_cents)}{estimated}"
