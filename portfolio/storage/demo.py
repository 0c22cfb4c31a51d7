"""The demonstration portfolio of data/demo as change set number 1."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import get_args

from portfolio.model.changes import ChangeSetDraft, FieldChange, Value, added_record
from portfolio.model.entities import INPUTS
from portfolio.model.fields import MILLION
from portfolio.money import cents_from_eur
from portfolio.settings import DATA_DIR
from portfolio.vocabulary import codes

# Records that are told apart by what they join have no key column: these fields make their key.
KEY_FIELDS = {
    "project_region": ("project_key", "region"),
    "project_pillar": ("project_key", "pillar"),
    "project_organisation": ("project_key", "organisation_key", "role"),
    "participation": ("project_key", "partner_code"),
    "incurred_cost": ("project_key", "period", "heading"),
    "context_indicator": ("partner_code", "indicator"),
    "indicator_value": ("indicator_key", "partner_code", "sex", "period"),
    "assessment": ("project_key", "period", "dimension"),
    "narrative": ("project_key", "period", "section"),
    "cost_forecast": ("project_key", "period"),
    "contract_deadline": ("contract_key", "rule"),
    "risk_review": ("risk_key", "reviewed_on"),
    "evaluation_score": ("evaluation_key", "criterion"),
    "recommendation": ("evaluation_key", "number"),
    "project_marker": ("project_key", "marker"),
}
Line = Mapping[str, str]


def demo_change_set(data_dir: Path = DATA_DIR) -> ChangeSetDraft:
    """The change set that fills an empty database with the demonstration portfolio.

    Each file of data/demo is the table that it is named after, one record a line, empty where unknown; its
    README says how columns are written.
    """
    changes = tuple(
        change
        for entity in INPUTS
        for line in _lines(entity, data_dir / "demo" / f"{entity}.csv")
        for change in _record(entity, line)
    )
    reason = "Demonstration portfolio: fictional"
    return ChangeSetDraft(kind="load", by="demonstration", reason=reason, changes=changes)


def _lines(entity: str, path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield from _by_heading(line) if entity == "incurred_cost" else [line]


def _by_heading(line: Line) -> Iterator[Line]:
    """One line per budget heading of a half-year whose headings stand side by side; empty is not reported."""
    headings = set(codes("budget_heading"))
    common = {column: text for column, text in line.items() if column not in headings}
    for column, text in line.items():
        if column in headings and text:
            yield {**common, "heading": column, "amount_eur": text}


def _record(entity: str, line: Line) -> Iterator[FieldChange]:
    parts = KEY_FIELDS.get(entity, ("key",))
    values = dict(_value(entity, column, text) for column, text in line.items() if text and column != "key")
    yield from added_record(entity, "/".join(line[part] for part in parts if line[part]), values)


def _value(entity: str, column: str, text: str) -> tuple[str, Value]:
    """Field and value of one cell that is not empty."""
    if column.endswith("_eur"):
        return (column.removesuffix("_eur") + "_cents", cents_from_eur(text))
    if column == "share_percent":
        return ("share_millionths", int(Decimal(text) * 10_000))
    fields = INPUTS[entity].model_fields
    if f"{column}_millionths" in fields:
        return (f"{column}_millionths", int(Decimal(text) * MILLION))
    kind = fields[column].annotation
    if kind is bool:
        return (column, text == "yes")
    return (column, int(text) if kind is int or int in get_args(kind) else text)
