"""Values of projects for the tidy table: status, milestones, money, its split over partners, health."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from portfolio.indicators import Indicator, indicator
from portfolio.model.rows import ProjectRow
from portfolio.services.figures.values import value_words
from portfolio.services.funds.amounts import AMOUNTS
from portfolio.services.funds.portfolios import ProjectFunds
from portfolio.services.funds.rates import Spread
from portfolio.services.health.ratings import STATE_WORDS
from portfolio.services.milestones import MilestoneState, milestone_counts
from portfolio.services.money import OFF_BUDGET, is_off_budget
from portfolio.services.statuses import project_status
from portfolio.summaries.content import Cell, Link, Missing, known
from portfolio.summaries.project_tables import basis_of
from portfolio.summaries.scopes import Subject
from portfolio.summaries.splits import partner_basis
from portfolio.vocabulary import label

NONE = Missing.NOT_APPLICABLE
Timing = Literal["as at", "year", "half-year", "day"]
_DECIMALS = 4
_FIELDS = {"total-budget": "total_budget_cents", "eu-contribution": "eu_contribution_cents"}
_SPLITS = (("total-budget", "budget-split"), ("eu-contribution", "eu-split"))


@dataclass(frozen=True)
class Datum:
    """One value of a project; `value` is a number in `unit`, euro where that is EUR."""

    project: str
    measure: str
    label: str
    unit: str
    timing: Timing
    period: Cell
    value: Cell = NONE
    text: Cell = NONE
    partner: Cell = NONE
    of: Cell = NONE
    breakdown: Cell = NONE
    basis: Cell = NONE
    source: Cell = NONE
    note: Cell = NONE
    record: Cell = NONE


@lru_cache(maxsize=256)
def registered(measure: str) -> Indicator:
    """The registered words of a measure."""
    return indicator(measure)


def euro(cents: int | None) -> Cell:
    """An amount as a number of euro, because its column holds values of many units."""
    if cents is None:
        return Missing.UNKNOWN
    return cents / 100 if cents % 100 else cents // 100


def status_data(subject: Subject) -> Iterator[Datum]:
    """Status, ends and counts of milestones."""
    own: dict[str, list[MilestoneState]] = {project.key: [] for project in subject.projects}
    for state in subject.view.milestones:
        own[state.milestone.project_key].append(state)
    as_of = subject.view.as_of
    for project in subject.projects:
        status = label("project_status", project_status(project, as_of))
        texts = (
            ("status", status), ("original-end", project.end_original), ("present-end", project.present_end),
        )  # fmt: skip
        for measure, text in texts:
            yield _at(subject, project.key, measure, text=known(text))
        counts = milestone_counts(own[project.key], as_of)
        numbers = (
            ("milestones", counts.total), ("milestones-done", counts.done), ("milestones-late", counts.late),
            ("milestones-undated", counts.without_date), ("milestones-context", counts.context),
        )  # fmt: skip
        for measure, number in numbers:
            yield _at(subject, project.key, measure, value=number)


def _at(
    subject: Subject, project_key: str, measure: str, *, value: Cell = NONE, text: Cell = NONE,
    note: Cell = NONE,
) -> Datum:  # fmt: skip
    """A value as at the date of the document."""
    entry = registered(measure)
    return Datum(
        project_key, measure, entry.label, entry.unit, "as at", subject.view.as_of.isoformat(),
        value=value, text=text, note=note,
    )  # fmt: skip


def money_data(subject: Subject) -> Iterator[Datum]:
    """Every amount and rate of each project, or why it is not known."""
    for row in subject.monitoring.funds.projects:
        yield from _amounts(subject, row)
        for measure, spread in _spreads(row):
            yield _rate(subject, row.project.key, measure, spread)
        cents, sentence = row.forecast.cents, row.forecast.sentence
        note = NONE if cents is not None else sentence or NONE
        yield _at(subject, row.project.key, "forecast", value=euro(cents), note=note)


def _amounts(subject: Subject, row: ProjectFunds) -> Iterator[Datum]:
    project, as_of = row.project, subject.view.as_of.isoformat()
    for kind in AMOUNTS:
        stated, entry = kind.stated(project, subject.view.money.get(project.key)), registered(kind.id)
        counts, field = kind.counts(project), _FIELDS.get(kind.id)
        basis: Cell = basis_of(subject, project, field, stated.cents) if field else NONE
        yield Datum(
            project.key, kind.id, entry.label, entry.unit, "as at", as_of,
            value=euro(stated.cents) if counts else NONE,
            basis=basis if counts else OFF_BUDGET,
            source=_source(subject, project, field) if field else NONE,
            note=stated.reason or NONE,
        )  # fmt: skip


def _source(subject: Subject, project: ProjectRow, field: str) -> Cell:
    """The page that states a published amount."""
    evidence = subject.evidence_of.get(project.key, [])
    urls = (row.url for row in evidence if row.field == field and row.url and row.is_of_present_value)
    found: Link | None = subject.link(project.key, next(urls, None))
    return NONE if found is None else found


def _spreads(row: ProjectFunds) -> tuple[tuple[str, Spread], ...]:
    return (
        ("payment-rate", row.payment_rate),
        ("absorption", row.absorption),
        ("time-elapsed", row.time_elapsed),
        ("burn-gap", row.burn_gap),
    )


def _rate(subject: Subject, project_key: str, measure: str, spread: Spread) -> Datum:
    note: Cell = spread.reason or NONE
    if spread.is_known and spread.exact is None:
        unit: Literal["points", "share"] = "points" if measure == "burn-gap" else "share"
        note = f"between {value_words(spread.low, unit)} and {value_words(spread.high, unit)}"
    value = known(None if spread.exact is None else round(float(100 * spread.exact), _DECIMALS))
    return _at(subject, project_key, measure, value=value, note=note)


def split_data(subject: Subject) -> Iterator[Datum]:
    """Total budget and EU contribution by partner, with what is not split and what lies outside."""
    funds = subject.monitoring.funds
    partner = next(entry for entry in funds.dimensions if entry.id == "partner")
    amounts: dict[str, Callable[[ProjectRow], int | None]] = {
        "total-budget": lambda project: project.total_budget_cents,
        "eu-contribution": lambda project: (
            None if is_off_budget(project) else project.eu_contribution_cents
        ),
    }
    for project in subject.projects:
        basis = partner_basis(project)
        for amount, measure in _SPLITS:
            cents, entry = amounts[amount](project), registered(measure)
            parts = {} if cents is None else partner.split(project, amount, cents)
            for code in partner.ordered(parts):
                yield Datum(
                    project.key, measure, entry.label, entry.unit, "as at", subject.view.as_of.isoformat(),
                    value=euro(parts[code]), partner=partner.name(code), basis=basis,
                )  # fmt: skip


def health_data(subject: Subject) -> Iterator[Datum]:
    """The colour of each project and of its five dimensions, in words; the sheet Health says why."""
    entry = registered("health")
    for project in subject.projects:
        health = subject.monitoring.health[project.key]
        colours: list[tuple[str, str]] = [("Overall", health.state)]
        colours += [(label("health_dimension", each.dimension), each.colour) for each in health.ratings]
        for dimension, colour in colours:
            yield Datum(
                project.key, "health", entry.label, "colour", "as at", subject.view.as_of.isoformat(),
                text=STATE_WORDS[colour], breakdown=dimension,
            )  # fmt: skip
