"""`verify`: whether the database holds together, and whether every sum agrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.model.changes import FieldChange, RecordId
from portfolio.model.entities import columns_of, validated
from portfolio.model.rows import ProjectRow, RecordState
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.funds.portfolios import PortfolioFunds, portfolio_funds
from portfolio.services.geography import PlaceFigures, by_partner, by_region
from portfolio.services.money import eu_contribution, is_off_budget, total_budget
from portfolio.storage.engine import Database
from portfolio.storage.former_states import END_OF_DAY, former_database
from portfolio.storage.integrity import find_storage_faults
from portfolio.storage.queries.history import find_change_sets, find_changes, find_states
from portfolio.storage.queries.portfolios import get_portfolio

# Whatever was received counts: only what change sets wrote is compared.
ALL_DAYS = f"9999-12-31{END_OF_DAY}"


@dataclass(frozen=True)
class Check:
    """One check and what it found wrong; an empty tuple is a pass."""

    name: str
    faults: tuple[str, ...]


def verify(database: Database) -> tuple[Check, ...]:
    """Every check, passed or not: storage, the history against the present state, and the sums."""
    funds = portfolio_funds(database, LOCAL_PERSON)
    view = funds.view
    return (
        Check("database integrity and references", find_storage_faults(database)),
        Check("history replays to the present state", replay_faults(database)),
        Check("earlier states are what the history leads to", former_faults(database)),
        Check("sums agree", (*sum_faults(view.projects, view.as_of), *division_faults(funds))),
    )


def replayed(database: Database, revision: int | None = None) -> dict[RecordId, RecordState]:
    """The state that the history alone leads to, by now or by a revision, every field of every record."""
    if revision is None:
        return _led_to(change for _, change in find_changes(database))
    numbers = {row.id for row in find_change_sets(database) if row.revision <= revision}
    return _led_to(change for number, change in find_changes(database) if number in numbers)


def _led_to(changes: Iterable[FieldChange]) -> dict[RecordId, RecordState]:
    states: dict[RecordId, RecordState] = {}
    for change in changes:
        if change.kind == "added":
            states.setdefault(change.record, {"key": change.key})[change.field] = change.new
        elif change.kind == "removed":
            states.pop(change.record, None)
        else:
            states[change.record][change.field] = change.new
    return {record: _complete(record[0], state) for record, state in states.items()}


def _complete(entity: str, state: RecordState) -> RecordState:
    values = validated(entity, state)
    return {name: values[name] for name in columns_of(entity)}


def replay_faults(database: Database) -> tuple[str, ...]:
    """Where the present state differs from what the history leads to."""
    return _differing(find_states(database), replayed(database))


def former_faults(database: Database) -> tuple[str, ...]:
    """Where the portfolio, taken back to one of a few earlier revisions, differs from what led up to it."""
    last = get_portfolio(database).revision
    sampled = sorted({1, last // 2, last - 1} & set(range(1, last)))
    return tuple(
        f"Revision {revision}: {fault}"
        for revision in sampled
        for fault in _differing(
            find_states(former_database(database, revision, ALL_DAYS)), replayed(database, revision)
        )
    )


def _differing(
    present: Mapping[RecordId, RecordState], expected: Mapping[RecordId, RecordState]
) -> tuple[str, ...]:
    faults = [
        f"{entity} {key} is in the tables but not in the history"
        for entity, key in present.keys() - expected.keys()
    ]
    faults += [
        f"{entity} {key} is in the history but not in the tables"
        for entity, key in expected.keys() - present.keys()
    ]
    for record in sorted(present.keys() & expected.keys()):
        for name, value in present[record].items():
            if value != expected[record][name]:
                faults.append(
                    f"{name} of {record[0]} {record[1]} is {value!r}, "
                    f"by the history {expected[record][name]!r}"
                )
    return tuple(faults)


def sum_faults(projects: tuple[ProjectRow, ...], as_of: dt.date) -> tuple[str, ...]:
    """Where a table of partners or regions does not add up to the portfolio, in cents."""
    on_budget = [project for project in projects if not is_off_budget(project)]
    wholes = {
        "total_budget_cents": sum(total_budget(project) or 0 for project in projects),
        "eu_contribution_cents": sum(eu_contribution(project) or 0 for project in on_budget),
    }
    tables = {"partners": by_partner(projects, as_of), "regions": by_region(projects, as_of)}
    return tuple(
        f"{amount} of the {name} add up to {_sum(places, amount)}, the portfolio to {whole}"
        for amount, whole in wholes.items()
        for name, places in tables.items()
        if _sum(places, amount) != whole
    )


def division_faults(funds: PortfolioFunds) -> tuple[str, ...]:
    """Where an amount divided by a dimension does not add up to the portfolio, in cents."""
    divisions = [funds.divided_by(dimension.id) for dimension in funds.dimensions]
    return tuple(
        f"{name} by {division.dimension.id} adds up to {division.added(name)}, the portfolio to {total.cents}"
        for division in divisions
        for name, total in division.totals.items()
        if division.divides(name) and not division.agrees(name)
    )


def _sum(places: tuple[PlaceFigures, ...], amount: str) -> int:
    return sum(getattr(place, amount) or 0 for place in places)
