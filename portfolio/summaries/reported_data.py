"""Values that are reported by period, for the tidy table: money, indicators, trainings, risks."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.numbers import MILLION
from portfolio.partners import partner_name
from portfolio.services.capacity.ledgers import score_gain
from portfolio.services.funds.amounts import amount_kind
from portfolio.services.money import is_off_budget
from portfolio.summaries.content import Cell, known
from portfolio.summaries.data_values import NONE, Datum, euro, registered
from portfolio.summaries.scopes import Subject
from portfolio.vocabulary import label

# Measures that are values of somebody's own indicator and therefore no registered figure: name and meaning.
_BASELINE = (
    "What the project's logframe states for the year before it began; the name of the indicator stands under "
    "Of what."
)
_TARGET = "What the project's logframe aims at by the end of the year."
_VALUE = (
    "What is reported for a half-year, submitted or approved; with a partner or a breakdown it is a part of "
    "the whole."
)
OWN_MEASURES = {
    "indicator-baseline": ("Indicator: baseline", _BASELINE),
    "indicator-target": ("Indicator: target", _TARGET),
    "indicator-value": ("Indicator: value", _VALUE),
}
_SEXES = {"women": "women", "men": "men", "not-stated": "sex not stated"}


def year_data(subject: Subject) -> Iterator[Datum]:
    """Money by year, incurred cost by half-year, and receipts by day."""
    off_budget = {project.key for project in subject.projects if is_off_budget(project)}
    for row in subject.monitoring.funds.years:
        if row.project_key in off_budget and amount_kind(row.amount).of_eu:
            continue
        entry = registered(row.amount)
        yield Datum(
            row.project_key, row.amount, entry.label, entry.unit, "year", known(row.year),
            value=euro(row.cents),
        )  # fmt: skip
    for cost in subject.series.costs:
        entry = registered("incurred")
        yield Datum(
            cost.project_key, "incurred", entry.label, entry.unit, "half-year", cost.period,
            value=euro(cost.cents),
        )  # fmt: skip
    for receipt in subject.series.receipts:
        if receipt.project_key in off_budget:
            continue
        entry = registered("received")
        yield Datum(
            receipt.project_key, "received", entry.label, entry.unit, "day", known(receipt.received_on),
            value=euro(receipt.amount_cents), record=receipt.key,
        )  # fmt: skip


def indicator_data(subject: Subject) -> Iterator[Datum]:
    """Baseline, target and reported values of every indicator."""
    owners = {each.row.key: each.row for each in subject.monitoring.results.indicators}
    for row in owners.values():
        ends = (
            ("baseline", row.baseline_millionths, row.baseline_text, row.baseline_year),
            ("target", row.target_millionths, row.target_text, row.target_year),
        )
        for name, number, text, year in ends:
            yield Datum(
                row.project_key, f"indicator-{name}", OWN_MEASURES[f"indicator-{name}"][0],
                row.unit or "not stated", "year", known(None if year is None else str(year)),
                value=_number(number, text), text=text or NONE, of=row.statement, record=row.key,
                basis=label("indicator_level", row.level),
            )  # fmt: skip
    for value in subject.series.values:
        row = owners[value.indicator_key]
        yield Datum(
            row.project_key, "indicator-value", OWN_MEASURES["indicator-value"][0], row.unit or "not stated",
            "half-year", value.period, value=_number(value.value_millionths, value.text),
            text=value.text or NONE, partner=_partner(value.partner_code), of=row.statement,
            breakdown=NONE if value.sex is None else _SEXES[value.sex], record=row.key,
            basis=label("value_status", value.status), note=value.note or NONE,
        )  # fmt: skip


def _number(millionths: int | None, text: str | None = None) -> Cell:
    """A number as it was reported; what is told in words alone has none."""
    if millionths is None:
        return NONE if text else known(None)
    return millionths / MILLION if millionths % MILLION else millionths // MILLION


def _partner(code: str | None) -> Cell:
    return NONE if code is None else partner_name(code)


def training_data(subject: Subject) -> Iterator[Datum]:
    """Attendances by sex, institutions and gain in scores of every training."""
    for row in subject.monitoring.trainings.trainings:
        partner: Cell = "several partners" if row.partner_code is None else partner_name(row.partner_code)
        counts: tuple[tuple[str, str | None, Cell], ...] = (
            ("attendances", "women", known(row.women)),
            ("attendances", "men", known(row.men)),
            ("attendances", "sex not stated", known(row.not_stated)),
            ("institutions-reached", None, known(row.institutions_count)),
            ("score-gain", None, _number(score_gain(row))),
        )
        for measure, breakdown, value in counts:
            entry = registered(measure)
            yield Datum(
                row.project_key, measure, entry.label, entry.unit, "day", row.held_on, value=value,
                partner=partner, of=row.title, breakdown=breakdown or NONE,
                record=row.key,
            )  # fmt: skip


def risk_data(subject: Subject) -> Iterator[Datum]:
    """The score of every open risk, on the day of its last review."""
    entry = registered("risk-score")
    for found in subject.monitoring.risks:
        risk = found.risk
        yield Datum(
            risk.project_key, "risk-score", entry.label, entry.unit, "day", known(risk.reviewed_on),
            value=risk.score, of=risk.title, record=risk.key,
        )  # fmt: skip
