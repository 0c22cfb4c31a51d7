"""The figures of money that can be opened, from the published budgets to the reported cost."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.model.rows import ProjectRow
from portfolio.services.figures.breakdowns import Breakdown, Line, total
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.money import is_off_budget

NOT_STATED = "no source states it"
OFF_BUDGET = "off-budget, in no sum"


def total_budget(subject: FigureSubject) -> Breakdown:
    """Everybody's money in the projects, as published."""
    lines = tuple(_published(row, "total_budget_cents") for row in subject.projects)
    return total("total-budget", subject.label, "eur", lines)


def eu_contribution(subject: FigureSubject) -> Breakdown:
    """The EU's part, off-budget projects left out."""
    lines = tuple(
        _published(row, "eu_contribution_cents") for row in subject.projects if not is_off_budget(row)
    )
    return total("eu-contribution", subject.label, "eur", lines)


def _published(project: ProjectRow, field: str) -> Line:
    cents: int | None = getattr(project, field)
    partly = "not all of it cyber" if project.relevance == "partly-cyber" else ""
    remark = NOT_STATED if cents is None else partly
    return Line(project.acronym, cents, (("project", project.key, field),), project.key, remark)


MONEY: Mapping[str, Builder] = {"total-budget": total_budget, "eu-contribution": eu_contribution}
