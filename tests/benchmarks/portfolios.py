"""Synthetic portfolios of any size, for measuring how the tracker grows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portfolio.model.changes import ChangeSetDraft, FieldChange, added_record
from portfolio.partners import partners
from portfolio.settings import Settings
from portfolio.storage.engine import Database
from portfolio.storage.setup import ensure_database
from portfolio.storage.unit_of_work import apply_change_set

MILESTONES, PAYMENTS, COSTS = 50, 10, 14
CODES = [code for code, partner in partners().items() if partner.region != "outside"]


def synthetic(folder: Path, projects: int) -> Database:
    """A SQLite database with that many projects, each with 50 milestones, 10 payments and 14 cost lines."""
    database = ensure_database(Settings("empty", f"sqlite:///{folder / f'{projects}.sqlite3'}"))
    changes = [change for number in range(projects) for change in _project(number)]
    apply_change_set(database, ChangeSetDraft("load", "benchmark", "synthetic", tuple(changes)))
    return database


def _project(number: int) -> Iterator[FieldChange]:
    key = f"p{number:05}"
    values = {
        "acronym": key.upper(), "title": f"Project {number}", "focus": "cybercrime", "start": "2024-01-01",
        "end_current": "2027-12-31", "total_budget_cents": 100_000_000 + number,
    }  # fmt: skip
    yield from added_record("project", key, values)
    for offset in range(5):
        code = CODES[(number + offset) % len(CODES)]
        yield from added_record("participation", f"{key}/{code}", {"project_key": key, "partner_code": code})
    contract = {
        "project_key": key,
        "number": key,
        "eu_contribution_cents": 90_000_000,
        "total_cents": 100_000_000,
    }
    yield from added_record("contract", f"{key}/c", contract)
    for position in range(MILESTONES):
        milestone = {
            "project_key": key,
            "title": f"M{position}",
            "baseline": f"2026-{1 + position % 12:02}-15",
        }
        yield from added_record("milestone", f"{key}/m{position}", milestone)
    for position in range(PAYMENTS):
        payment = {"contract_key": f"{key}/c", "kind": "interim", "amount_cents": 1_000_000 + position}
        yield from added_record("payment", f"{key}/p{position}", payment)
    for position in range(COSTS):
        cost = {
            "project_key": key, "period": f"{2020 + position // 2}-S{1 + position % 2}", "heading": "travel",
            "amount_cents": 2_000_000,
        }  # fmt: skip
        yield from added_record("incurred_cost", f"{key}/i{position}", cost)
