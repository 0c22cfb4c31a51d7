"""Figures of the demonstration portfolio, computed a second time from its tables with pandas alone.

Nothing of the tracker is imported here: only the tables of data/demo, a few vocabularies, and the
definitions that data/vocabulary/indicators.csv and docs/methods.md print. Money is whole cents, rates are
fractions. A date may be a year, a month or a day; of a reduced one only what is certain on AS_OF counts.
What is unknown is left out, and never 0.

`FIGURES` holds one function per figure, by the id of indicators.csv; what follows a slash says how the figure
is divided, or which part of it is meant.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.recomputed import capacity, health, milestones, money, places, results, risks, times

Value = int | Fraction | dict[str, int] | dict[str, Fraction]

FIGURES: dict[str, Callable[[], Value]] = {
    "total-budget": money.total_budget,
    "eu-contribution": money.eu_contribution,
    "committed": money.committed,
    "committed/by-year": money.committed_by_year,
    "decommitted": money.decommitted,
    "contracted": money.contracted,
    "contracted/by-year": money.contracted_by_year,
    "contracted/by-region": places.contracted_by_region,
    "contracted-total": money.contracted_total,
    "contracted-other": money.contracted_other,
    "off-budget": money.off_budget,
    "paid": money.paid,
    "paid/by-year": money.paid_by_year,
    "pre-financing": money.pre_financing,
    "recovered": money.recovered,
    "incurred": money.incurred,
    "incurred/by-half-year": money.incurred_by_half_year,
    "left-to-contract": money.left_to_contract,
    "left-to-pay": money.left_to_pay,
    "cleared": money.cleared,
    "open-pre-financing": money.open_pre_financing,
    "received": money.received,
    "received-difference": money.received_difference,
    "contracting-rate/by-decision": money.contracting_rates,
    "payment-rate": money.payment_rate,
    "absorption": money.absorption,
    "forecast/by-project": times.forecast_by_project,
    "budget-split/by-partner": places.budget_by_partner,
    "budget-split/by-region": places.budget_by_region,
    "eu-split/by-partner": places.eu_by_partner,
    "eu-split/by-region": places.eu_by_region,
    "paid-split/by-partner": places.paid_by_partner,
    "paid-split/by-region": places.paid_by_region,
    "incurred-split/by-partner": places.incurred_by_partner,
    "incurred-split/by-region": places.incurred_by_region,
    "outside/eu-contribution": places.outside_eu,
    "total-budget/by-pillar": places.budget_by_pillar,
    "themes-not-split": places.themes_not_split,
    "status": times.projects_by_status,
    "ends-soon": times.ends_soon,
    "milestones": milestones.milestone_count,
    "milestones-late": milestones.milestones_late,
    "milestones-due": milestones.milestones_due,
    "recommendations-done": milestones.recommendations_done,
    "recommendations-overdue": milestones.recommendations_overdue,
    "reports-late": milestones.reports_late,
    "risks-open": risks.risks_open,
    "risks-high": risks.risks_high,
    "risks-stale": risks.risks_stale,
    "health-red": health.health_red,
    "health-red/by-dimension": health.red_by_dimension,
    "health-amber": health.health_amber,
    "trainings": capacity.training_count,
    "trainings-learned": capacity.trainings_learned,
    "trainings-applied": capacity.trainings_applied,
    "trainings-institutionalised": capacity.trainings_institutionalised,
    "attendances": capacity.attendances,
    "women-share": capacity.women_share,
    "institutions-reached": capacity.institutions_reached,
    "score-gain": capacity.score_gain,
    "used-in-case": capacity.used_in_case,
    "follow-ups-overdue": capacity.follow_ups_overdue,
    "follow-ups-due": capacity.follow_ups_due,
    "results-on-track": results.results_on_track,
    "results-behind": results.results_behind,
    "results-unknown": results.results_unknown,
    "results-totals/people-trained": results.people_trained,
    "evaluations": milestones.evaluations,
    "markers": places.gender_marked,
    "suspended": places.suspended,
    "projects-active": places.projects_active,
}
