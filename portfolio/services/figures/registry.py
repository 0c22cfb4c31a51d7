"""Every figure that can be opened, by its registered id, with the function that takes it apart."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.services.figures.attention_figures import ATTENTION
from portfolio.services.figures.breakdowns import Breakdown
from portfolio.services.figures.capacity_figures import CAPACITY
from portfolio.services.figures.completeness_figures import COMPLETENESS
from portfolio.services.figures.context_figures import context_figures
from portfolio.services.figures.deadline_figures import DEADLINES
from portfolio.services.figures.decision_figures import DECISIONS
from portfolio.services.figures.evaluation_figures import EVALUATIONS
from portfolio.services.figures.evidence_figures import EVIDENCE
from portfolio.services.figures.funds_figures import FUNDS
from portfolio.services.figures.gap_figures import GAPS
from portfolio.services.figures.health_figures import HEALTH
from portfolio.services.figures.milestone_figures import MILESTONES
from portfolio.services.figures.money_figures import MONEY
from portfolio.services.figures.place_figures import PLACES
from portfolio.services.figures.possible_figures import with_possible
from portfolio.services.figures.project_figures import PROJECTS
from portfolio.services.figures.rate_figures import RATES
from portfolio.services.figures.result_figures import RESULTS
from portfolio.services.figures.risk_figures import RISKS
from portfolio.services.figures.subjects import Builder as Builder
from portfolio.services.figures.subjects import FigureSubject

# Each area of the tracker brings its own figures; the register's test holds that none is missing.
_AREAS: tuple[Mapping[str, Builder], ...] = (
    MONEY, FUNDS, RATES, DECISIONS, PROJECTS, ATTENTION, PLACES, MILESTONES, EVIDENCE, context_figures(),
    RESULTS, CAPACITY, DEADLINES, HEALTH, RISKS, EVALUATIONS, COMPLETENESS, GAPS,
)  # fmt: skip


def builders() -> dict[str, Builder]:
    """The function of every figure that can be opened, by the figure's id."""
    return {figure_id: builder for area in map(with_possible, _AREAS) for figure_id, builder in area.items()}


def opened(subject: FigureSubject, figure_id: str) -> Breakdown:
    """One figure of one subject, taken apart; KeyError if it cannot be."""
    return builders()[figure_id](subject)
