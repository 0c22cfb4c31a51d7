"""Ledgers, the reporting calendar, evaluations, reviews and visits: what is found, and what it is called."""

from __future__ import annotations

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.record_names import record_names
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_changes
from portfolio.storage.queries.ledgers import find_clearings, find_contract_deadlines, find_cost_forecasts
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.reports import (
    find_evaluation_scores,
    find_evaluations,
    find_markers,
    find_overrides,
    find_recommendations,
    find_reports_due,
)
from portfolio.storage.queries.results import find_risk_reviews
from portfolio.storage.queries.visits import KEPT_VISITS, VisitRow, find_last_visit, record_visit
from tests.storage.test_results import GOOD, KEY, add

QUERIES = {
    "clearing": find_clearings,
    "cost_forecast": find_cost_forecasts,
    "contract_deadline": find_contract_deadlines,
    "report_due": find_reports_due,
    "evaluation": find_evaluations,
    "evaluation_score": find_evaluation_scores,
    "recommendation": find_recommendations,
    "project_marker": find_markers,
    "health_override": find_overrides,
    "risk_review": find_risk_reviews,
}
NAMES = {
    "clearing": "Clearing: EUR 5,000,000,000",
    "cost_forecast": "Forecast of cost: 2026-S1",
    "contract_deadline": "Deadline from the contract: Final report",
    "report_due": "Report in the calendar: Interim report",
    "evaluation": "Evaluation: Mid-term evaluation",
    "evaluation_score": "Score of an evaluation: Mid-term evaluation, Impact",
    "recommendation": "Recommendation: Mid-term evaluation, no. 1",
    "project_marker": "Policy marker: Gender equality",
    "health_override": "Override of a colour: Overall, 2026-11-01",
    "risk_review": "Review of a risk: Late, 2026-01",
}


def test_each_record_is_found_with_its_project_and_with_all_and_has_a_name(reference: Database) -> None:
    add(reference, *GOOD)
    names = record_names(
        reference, LOCAL_PERSON, [change for _, change in find_changes(reference, about=KEY)]
    )
    for entity, query in QUERIES.items():
        (found,) = query(reference, KEY)
        assert {name: getattr(found, name) for name in GOOD[entity]} == GOOD[entity], entity
        assert query(reference) == (found,) and query(reference, "cybersee") == (), entity
        assert names[entity, found.key] == NAMES[entity]


def test_a_visit_is_remembered_for_each_person_and_changes_no_revision(reference: Database) -> None:
    revision = get_portfolio(reference).revision
    days = [f"2026-11-{day:02}" for day in range(1, KEPT_VISITS + 5)]
    for number, day in enumerate(days):
        record_visit(reference, VisitRow("Officer A", f"{day}T09:00:00+00:00", number, day))
    record_visit(reference, VisitRow("Officer B", "2026-11-20T09:00:00+00:00", 1, "2026-11-20"))
    last, first_kept = find_last_visit(reference, "Officer A"), days[-KEPT_VISITS]
    assert last is not None and (last.as_of, last.revision) == (days[-1], len(days) - 1)
    earlier = find_last_visit(reference, "Officer A", before=last.seen_at)
    assert earlier is not None and earlier.as_of == days[-2]
    assert find_last_visit(reference, "Officer A", before=f"{first_kept}T09:00:00+00:00") is None
    assert find_last_visit(reference, "Officer C") is None
    assert get_portfolio(reference).revision == revision
