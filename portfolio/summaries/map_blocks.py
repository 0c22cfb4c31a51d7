"""The map of a document and its columns over years, made of the cells that its tables hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from portfolio.money import KnownSum, format_coverage, format_eur_short
from portfolio.numbers import counted
from portfolio.partners import (
    NOT_SPLIT_LABEL,
    OUTSIDE,
    OUTSIDE_LABEL,
    designation_text,
    partner_name,
    partners_of,
    region_name,
    region_of,
    regions,
)
from portfolio.services.geography import PlaceFigures, by_partner
from portfolio.services.measures import Measure, measure
from portfolio.services.money import total_budget
from portfolio.services.selection import selected
from portfolio.summaries.content import Cell, Columns, Map, Missing, Table, known
from portfolio.summaries.covers import day_label
from portfolio.summaries.money_tables import years_section
from portfolio.summaries.place_tables import partners_section
from portfolio.summaries.scopes import Subject

# A picture of one place or one year compares nothing.
_LEAST = 2
_YEARS = (("paid", "Paid"), ("incurred", "Incurred"))


def partners_map(subject: Subject) -> Map | None:
    """Where the money goes, or for a partner, where its neighbours have projects; None for a project.

    None, too, where fewer than two partners have a known value above 0.
    """
    if subject.kind in ("portfolio", "region"):
        return _money_map(subject)
    return _neighbours_map(subject) if subject.kind == "partner" else None


def _money_map(subject: Subject) -> Map | None:
    codes = _codes(subject)
    chosen = measure("budget-split")
    places = [place for place in by_partner(subject.projects, subject.view.as_of) if place.code in codes]
    where = "" if subject.kind == "portfolio" else f" of the {subject.name}"
    title = f"{chosen.indicator.label} by partner{where} (EUR)"
    apart = [f"{name} {format_eur_short(cents)}" for name, cents in _not_on_the_map(subject)]
    estimated = any(place.estimated for place in places)
    total = KnownSum.over(map(total_budget, subject.projects))
    said = (
        format_coverage(total) if total.known < total.of else "",
        f"not on the map: {'; '.join(apart)}" if apart else "",
        "where no shares are declared, money is split equally (estimated)" if estimated else "",
    )
    return _map(subject, "partners-map", title, chosen, places, (), said)


def _neighbours_map(subject: Subject) -> Map | None:
    """The projects active in each partner of the region, so that a reader sees who shares them."""
    region = region_of(subject.scope.id)
    if region == OUTSIDE:
        return None
    view = subject.view
    chosen = measure("projects-active")
    projects = selected(view.everything, view.chosen, view.as_of)
    places = [place for place in by_partner(projects, view.as_of) if place.region == region]
    title = f"{chosen.indicator.label} each partner of the {region_name(region)}"
    return _map(subject, "region-map", title, chosen, places, (subject.scope.id,), ())


def _codes(subject: Subject) -> set[str]:
    chosen = [subject.scope.id] if subject.kind == "region" else list(regions())
    return {partner.code for region in chosen for partner in partners_of(region)}


def _not_on_the_map(subject: Subject) -> Iterable[tuple[str, int]]:
    """The known amounts that belong to no partner of the map, as the table of partners has them."""
    table = partners_section(subject).table("partners")
    at = table.column("total_budget")
    for row in table.rows:
        cents = row.cells[at]
        if row.cells[0] in (OUTSIDE_LABEL, NOT_SPLIT_LABEL) and isinstance(cents, int) and cents:
            yield str(row.cells[0]).lower(), cents


def _map(
    subject: Subject, key: str, title: str, chosen: Measure, places: Sequence[PlaceFigures],
    focus: tuple[str, ...], said: Iterable[str],
) -> Map | None:  # fmt: skip
    values = tuple((place.code, known(chosen.value(place))) for place in places)
    numbers = {code: value for code, value in values if isinstance(value, int) and value > 0}
    if len(numbers) < _LEAST:
        return None
    unknown = [partner_name(code) for code, value in values if value is Missing.UNKNOWN]
    left_out = [f"not known for {', '.join(unknown)}"] if unknown else []
    left_out += [text for text in said if text]
    return Map(
        key=key,
        title=title,
        kind="money" if chosen.is_money else "count",
        values=values,
        focus=focus or tuple(code for code, _ in values),
        alt=_map_alt(title, values, numbers, chosen, focus),
        disclaimer=designation_text("map", subject.profile),
        left_out=f"{'; '.join(left_out)}." if left_out else "",
    )


def _map_alt(
    title: str,
    values: Sequence[tuple[str, Cell]],
    numbers: dict[str, int],
    chosen: Measure,
    focus: tuple[str, ...],
) -> str:
    """The finding of the map: the highest partner, what all have together, and the one in focus."""
    most = max(numbers, key=lambda code: numbers[code])
    # Projects are not additive over partners: only money has a sum.
    of = f" of {format_eur_short(sum(numbers.values()))}" if chosen.is_money else ""
    own = [
        f"{partner_name(code)} has {_said(numbers.get(code, 0), chosen)}" for code in focus if code != most
    ]
    unknown = sum(value is Missing.UNKNOWN for _, value in values)
    parts = [
        f"{title}. Map of {counted(len(values), 'partner')}",
        f"The highest is {partner_name(most)} with {_said(numbers[most], chosen)}{of}",
        *own,
        *([f"Not known for {unknown} of {len(values)}"] if unknown else []),
    ]
    return f"{'. '.join(parts)}."


def _said(value: int, chosen: Measure) -> str:
    return format_eur_short(value) if chosen.is_money else counted(value, "project")


def year_columns(subject: Subject) -> Columns | None:
    """What was paid and incurred in each year; None where less than two years are known.

    A year in which a project's amounts are not known has no column: nobody knows that it was 0.
    """
    table = years_section(subject).table("years")
    found = {
        str(row.cells[0]): row.cells for row in table.rows if not row.sums and isinstance(row.cells[0], str)
    }
    series = [(amount, name, table.column(amount)) for amount, name in _YEARS]
    told = [year for year in found if any(isinstance(found[year][at], int) for _, _, at in series)]
    if len(told) < _LEAST:
        return None
    undated = _undated(table)
    years = tuple(str(year) for year in range(int(min(told)), int(max(told)) + 1))
    lines = tuple(
        (name, tuple(_of_year(subject, found.get(year), amount, at, amount in undated) for year in years))
        for amount, name, at in series
    )
    drawn = tuple((name, values) for name, values in lines if any(value is not None for value in values))
    whole = ", whole projects" if subject.is_part else ""
    title = f"{' and '.join(name for name, _ in drawn).capitalize()} by year{whole} (EUR)"
    missing = _years_left_out(subject, years, undated)
    return Columns("years", title, "money", years, drawn, _years_alt(title, years, drawn), missing)


def _of_year(
    subject: Subject, cells: Sequence[Cell] | None, amount: str, at: int, undated: bool
) -> int | None:
    """An amount of a year; 0 only where every amount is known and dated, so that nothing can be of it."""
    cell = cells[at] if cells else None
    if isinstance(cell, int):
        return cell
    total = subject.monitoring.funds.sums[amount]
    return 0 if total.of and total.known == total.of and not undated else None


def _undated(table: Table) -> dict[str, int]:
    """What has no year, by amount; only amounts of which there is any."""
    rows = [row.cells for row in table.rows if row.cells[0] is Missing.UNKNOWN]
    cells = {amount: cells[table.column(amount)] for amount, _ in _YEARS for cells in rows}
    return {amount: cell for amount, cell in cells.items() if isinstance(cell, int) and cell}


def _years_left_out(subject: Subject, years: Sequence[str], undated: dict[str, int]) -> str:
    """Of how many projects nothing is known, what has no year, and that the last year is not over."""
    sums, as_of = subject.monitoring.funds.sums, subject.view.as_of
    parts = [
        f"{name.lower()}: {format_coverage(sums[amount])}"
        for amount, name in _YEARS
        if sums[amount].known < sums[amount].of
    ]
    parts += [
        f"{name.lower()} without a year: {format_eur_short(undated[amount])}"
        for amount, name in _YEARS
        if amount in undated
    ]
    if years[-1] == str(as_of.year) and as_of != date(as_of.year, 12, 31):
        parts.append(f"{as_of.year} is counted up to {day_label(as_of)}")
    return f"{'; '.join(parts)}." if parts else ""


def _years_alt(title: str, years: Sequence[str], series: Iterable[tuple[str, Sequence[int | None]]]) -> str:
    """The finding of each series: its highest year, and what all years have together."""
    parts = [f"{title}. Columns for {counted(len(years), 'year')}, {years[0]} to {years[-1]}"]
    for name, values in series:
        amounts = {year: value for year, value in zip(years, values, strict=True) if value is not None}
        most = max(amounts, key=lambda year: amounts[year])
        total = format_eur_short(sum(amounts.values()))
        parts.append(f"{name}: most in {most} with {format_eur_short(amounts[most])} of {total}")
    return f"{'. '.join(parts)}."
