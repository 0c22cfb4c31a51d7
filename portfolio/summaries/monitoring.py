"""What monitoring says of the projects of a document: health, rates, results, trainings, deadlines, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from portfolio.model.report_rows import MarkerRow
from portfolio.model.result_rows import AssessmentRow, TrainingRow
from portfolio.model.rows import AmendmentRow, ContractRow
from portfolio.services.access import Person
from portfolio.services.capacity.ledgers import Ledger, ledger
from portfolio.services.completeness.missing import MissingItem, missing_items, on_record
from portfolio.services.deadlines.calendars import DeadlineCalendar, load_deadlines
from portfolio.services.evaluations.reviews import Review, load_reviews
from portfolio.services.funds.portfolios import PortfolioFunds, funds_of
from portfolio.services.health.assessments import latest_assessments
from portfolio.services.health.portfolios import healths
from portfolio.services.health.ratings import Health
from portfolio.services.results.overviews import ResultsOverview, results_overview
from portfolio.services.results.totals import ResultTotals, result_totals
from portfolio.services.risks.registers import RegisteredRisk, load_register
from portfolio.services.standings import load_standings
from portfolio.services.views import PortfolioView
from portfolio.storage.engine import Database
from portfolio.storage.queries.money import find_amendments, find_contracts
from portfolio.storage.queries.money_years import find_money_years, find_period_costs
from portfolio.storage.queries.partner_records import PartnerValueRow, find_partner_values
from portfolio.storage.queries.reports import find_markers, find_overrides
from portfolio.storage.queries.result_values import find_value_counts
from portfolio.storage.queries.results import find_assessments, find_trainings


@dataclass(frozen=True)
class Monitoring:
    """The projects of a document on its date; `own` are the implementers' colours by project and dimension.

    `trainings` are those of the projects; where a partner asks, its own and those that name no partner, which
    may have reached it. `values` are what indicators say of that partner alone. `contracts` are without those
    that may be signed later.
    """

    health: Mapping[str, Health]
    own: Mapping[str, Mapping[str, AssessmentRow]]
    funds: PortfolioFunds
    results: ResultsOverview
    totals: ResultTotals
    trainings: Ledger
    risks: tuple[RegisteredRisk, ...]
    reviews: tuple[Review, ...]
    markers: tuple[MarkerRow, ...]
    deadlines: DeadlineCalendar
    missing: tuple[MissingItem, ...]
    values: tuple[PartnerValueRow, ...]
    contracts: tuple[ContractRow, ...]
    amendments: tuple[AmendmentRow, ...]


def load_monitoring(
    database: Database, person: Person, view: PortfolioView, *, partner: str | None = None
) -> Monitoring:
    """What monitoring says of the projects of `view`; of trainings those of `partner` and of no named one."""
    as_of, keys = view.as_of, {project.key for project in view.projects}
    standings = load_standings(database, person, as_of=as_of)
    results = results_overview(view.projects, standings, as_of)
    counts = find_value_counts(database, as_of)
    record = on_record(database, person, as_of=as_of)
    contracts = tuple(row for row in find_contracts(database, as_of=as_of) if row.project_key in keys)
    signed = {row.key for row in contracts}
    values = () if partner is None else find_partner_values(database, partner, as_of)
    assessments = (row for row in find_assessments(database) if row.project_key in keys)
    return Monitoring(
        health=healths(view.projects, standings, find_overrides(database), as_of),
        own=latest_assessments(assessments, as_of),
        funds=funds_of(view, find_period_costs(database, as_of), find_money_years(database, as_of)),
        results=results,
        totals=result_totals((each.standing for each in results.indicators), counts),
        trainings=ledger(_of_partner(find_trainings(database), partner), keys, as_of),
        risks=tuple(
            row for row in load_register(database, person, as_of=as_of) if row.risk.project_key in keys
        ),
        reviews=tuple(
            row
            for row in load_reviews(database, person, as_of=as_of)
            if row.evaluation.project_key in keys
        ),
        markers=tuple(row for row in find_markers(database) if row.project_key in keys),
        deadlines=_narrowed(load_deadlines(database, person, as_of=as_of), view),
        missing=missing_items(view.projects, record, as_of),
        values=tuple(row for row in values if row.indicator.project_key in keys),
        contracts=contracts,
        amendments=tuple(row for row in find_amendments(database) if row.contract_key in signed),
    )


def _of_partner(trainings: Iterable[TrainingRow], partner: str | None) -> Iterable[TrainingRow]:
    return (row for row in trainings if partner is None or row.partner_code in (None, partner))


def _narrowed(calendar: DeadlineCalendar, view: PortfolioView) -> DeadlineCalendar:
    keys = {project.key for project in view.projects}
    whole = view.chosen.is_empty and len(view.projects) == len(view.everything)
    return replace(calendar.of(keys, with_decisions=whole))
