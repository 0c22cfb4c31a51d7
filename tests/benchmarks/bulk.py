"""Large synthetic portfolios, written straight into the tables: measuring needs no history of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from portfolio.model.entities import table_of
from portfolio.settings import Settings
from portfolio.storage.engine import Database, writing
from portfolio.storage.setup import ensure_database
from tests.benchmarks.portfolios import CODES

MILESTONES, PAYMENTS, COSTS, INDICATORS, PERIODS = 50, 100, 14, 10, 3
REGIONS = ("western-balkans", "eastern-neighbourhood", "southern-neighbourhood")
_BATCH = 500
Row = dict[str, Any]


def bulk(folder: Path, projects: int) -> Database:
    """A SQLite database with that many projects.

    Each has 5 partners, a contract, 50 milestones (half of them done), 100 payments, 14 cost lines,
    10 indicators with 3 values each, 3 risks and 4 entries of the reporting calendar; a tenth of the
    milestones are late, and some projects have no cost, no calendar or no value.
    """
    database = ensure_database(Settings("empty", f"sqlite:///{folder / f'bulk-{projects}.sqlite3'}"))
    with writing(database) as connection:
        for start in range(0, projects, _BATCH):
            tables: dict[str, list[Row]] = {}
            for number in range(start, min(start + _BATCH, projects)):
                for entity, row in _project(number):
                    tables.setdefault(entity, []).append(row)
            for entity, rows in tables.items():
                connection.execute(insert(table_of(entity)), rows)
    return database


def _project(number: int) -> Iterator[tuple[str, Row]]:
    key = f"p{number:05}"
    year = 2024 + number % 2
    yield "project", {
        "key": key, "acronym": key.upper(), "title": f"Project {number}", "focus": "cybercrime",
        "start": f"{year}-01-01", "end_current": f"{year + 3}-12-31",
        "total_budget_cents": 100_000_000 + number, "eu_contribution_cents": 90_000_000,
    }  # fmt: skip
    yield "project_region", {
        "key": f"{key}/r", "project_key": key, "region": REGIONS[number % len(REGIONS)], "basis": None
    }  # fmt: skip
    for offset in range(5):
        code = CODES[(number + offset) % len(CODES)]
        yield "participation", {"key": f"{key}/{code}", "project_key": key, "partner_code": code}
    yield "contract", {
        "key": f"{key}/c", "project_key": key, "number": key, "type": "grant",
        "signed_on": f"{year - 1}-12-01", "end": f"{year + 3}-12-31",
        "eu_contribution_cents": 90_000_000, "total_cents": 100_000_000,
    }  # fmt: skip
    yield from (("milestone", row) for row in _milestones(key, number))
    yield from (("payment", row) for row in _payments(key, year))
    if number % 10:
        yield from (("incurred_cost", row) for row in _costs(key))
    yield from _results(key, number)
    yield from (("risk", row) for row in _risks(key, number))
    if number % 7:
        yield from (("report_due", row) for row in _reports(key, number))


def _milestones(key: str, number: int) -> Iterable[Row]:
    for position in range(MILESTONES):
        done = position < MILESTONES // 2
        month = 1 + (position + number) % 12
        on = f"2025-{month:02}-15" if done else f"2027-{month:02}-15"
        if not done and position % 5 == 0 and number % 2:
            on = f"2026-{month:02}"
        yield {
            "key": f"{key}/m{position:02}", "project_key": key, "title": f"M{position}", "baseline": on,
            "status": "done" if done else "planned", "actual": on if done else None,
            "contractual": position % 10 == 0, "about": "project",
        }  # fmt: skip


def _payments(key: str, year: int) -> Iterable[Row]:
    for position in range(PAYMENTS):
        yield {
            "key": f"{key}/p{position:03}", "contract_key": f"{key}/c", "amount_cents": 500_000 + position,
            "kind": "pre-financing" if position == 0 else "interim",
            "paid_on": f"{year + position // 50}-{1 + position % 12:02}-{1 + position % 28:02}",
        }  # fmt: skip


def _costs(key: str) -> Iterable[Row]:
    for position in range(COSTS):
        yield {
            "key": f"{key}/i{position:02}", "project_key": key, "amount_cents": 2_000_000,
            "period": f"{2020 + position // 2}-S{1 + position % 2}", "heading": "travel",
        }  # fmt: skip


def _results(key: str, number: int) -> Iterator[tuple[str, Row]]:
    for position in range(INDICATORS):
        indicator = f"{key}/k{position}"
        yield "indicator", {
            "key": indicator, "project_key": key, "level": "output" if position else "outcome",
            "statement": f"Indicator {position}", "unit": "people", "direction": "up",
            "aggregation": "sum" if position % 2 else "latest", "baseline_millionths": 0,
            "baseline_year": 2023, "target_millionths": 300_000_000, "target_year": 2028,
        }  # fmt: skip
        for period in range(PERIODS if number % 9 else 0):
            yield "indicator_value", {
                "key": f"{indicator}/{period}", "indicator_key": indicator, "status": "submitted",
                "period": ("2025-S1", "2025-S2", "2026-S1")[period],
                "value_millionths": (50 + number % 40) * 1_000_000,
            }  # fmt: skip


def _risks(key: str, number: int) -> Iterable[Row]:
    for position in range(3):
        yield {
            "key": f"{key}/z{position}", "project_key": key, "title": f"Risk {position}", "status": "open",
            "likelihood": 1 + (number + position) % 4, "impact": 2 + position, "reviewed_on": "2026-10-15",
        }  # fmt: skip


def _reports(key: str, number: int) -> Iterable[Row]:
    for position, due in enumerate(("2025-08-29", "2026-03-01", "2026-08-29", "2027-03-01")):
        came = position < 2 or (position == 2 and number % 3)
        yield {
            "key": f"{key}/d{position}", "project_key": key, "kind": "interim", "due_on": due,
            "received_on": due if came else None,
        }  # fmt: skip
