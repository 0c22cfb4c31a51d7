"""Records of results for tests: what a project may have on record before its report is issued."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.model.changes import ChangeSetDraft, FieldChange, Value, added_record
from portfolio.storage.engine import Database
from portfolio.storage.unit_of_work import apply_change_set

PROJECT = "cloud-yew"
PERCENT, COUNT, WORDS = (f"{PROJECT}/indicator-{name}" for name in ("share", "requests", "law"))
TRAINING, RISK, RECEIPT = (f"{PROJECT}/{name}-a" for name in ("training", "risk", "receipt"))
RECORDS: tuple[tuple[str, str, Mapping[str, Value]], ...] = (
    ("indicator", PERCENT, {
        "project_key": PROJECT, "level": "outcome", "unit": "%", "baseline_millionths": 20_000_000,
        "statement": "Share of requests for electronic evidence that are answered within thirty days",
        "baseline_year": 2023, "target_millionths": 62_500_000, "target_year": 2027, "position": 1,
    }),
    ("indicator", COUNT, {
        "project_key": PROJECT, "level": "output", "unit": "people", "aggregation": "sum",
        "statement": "People trained in the handling of electronic evidence", "position": 2,
        "baseline_millionths": 0, "target_millionths": 1_200_000_000, "target_year": 2027,
    }),
    ("indicator", WORDS, {
        "project_key": PROJECT, "level": "impact", "position": 3, "baseline_text": "No draft",
        "statement": "The law on cybercrime follows the Convention", "target_text": "In force",
    }),
    ("indicator_value", f"{PERCENT}/2025-S2", {
        "indicator_key": PERCENT, "period": "2025-S2", "value_millionths": 41_250_000,
        "numerator_millionths": 33_000_000, "denominator_millionths": 80_000_000, "status": "approved",
    }),
    ("indicator_value", f"{COUNT}/2025-S2/women", {
        "indicator_key": COUNT, "period": "2025-S2", "sex": "women", "value_millionths": 140_000_000,
    }),
    ("indicator_value", f"{COUNT}/2026-S1/all", {
        "indicator_key": COUNT, "period": "2026-S1", "value_millionths": 310_000_000, "status": "approved",
    }),
    ("training", TRAINING, {
        "project_key": PROJECT, "title": "Electronic evidence for prosecutors", "kind": "training",
        "held_on": "2026-03-10", "ended_on": "2026-03-12", "place": "Online", "theme": "criminal-justice",
        "institutions": "Prosecution service", "institutions_count": 1, "women": 9, "men": 7,
        "score_before_millionths": 48_500_000, "score_after_millionths": 71_000_000, "stage": "learned",
    }),
    ("risk", RISK, {
        "project_key": PROJECT, "title": "The new law is delayed by elections", "category": "political",
        "likelihood": 4, "impact": 3, "response": "Work on by-laws goes on.", "owner": "Team leader",
        "reviewed_on": "2025-12",
    }),
    ("receipt", RECEIPT, {
        "project_key": PROJECT, "received_on": "2025-11-04", "amount_cents": 41_000_000,
        "note": "Second instalment",
    }),
    ("assessment", f"{PROJECT}/2026-S1/time", {
        "project_key": PROJECT, "period": "2026-S1", "dimension": "time", "colour": "amber",
        "comment": "Two missions moved.",
    }),
    ("cost_forecast", f"{PROJECT}/2026-S1", {
        "project_key": PROJECT, "period": "2026-S1", "amount_cents": 98_000_000,
        "note": "Two posts are empty.",
    }),
    ("narrative", f"{PROJECT}/2026-S1/achievements", {
        "project_key": PROJECT, "period": "2026-S1", "section": "achievements",
        "text": "A first course was held.\nThe contact point answers at night.",
    }),
)  # fmt: skip


def add_records(database: Database) -> None:
    """Nothing; the database holds the records of this module besides what it held."""
    changes: list[FieldChange] = []
    for entity, key, values in RECORDS:
        changes += added_record(entity, key, values)
    apply_change_set(database, ChangeSetDraft("edit", "Officer One", "Results on record", tuple(changes)))
