"""How much of every figure is known for the chosen projects, and the rules and limits behind the figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portfolio.indicators import CONTEXT, NOT_COMPUTED, Indicator, indicators
from portfolio.model.rows import ContextRow, ContributionRow, EvidenceRow, FigureRow, ProjectRow, SourceRow
from portfolio.money import KnownSum
from portfolio.numbers import counted
from portfolio.partners import OUTSIDE, partners
from portfolio.services.access import Person
from portfolio.services.milestones import MilestoneState
from portfolio.services.money import contracted_total, is_off_budget, money_figures
from portfolio.services.selection import PortfolioFilter
from portfolio.services.statuses import days_to_end, project_status
from portfolio.services.views import PortfolioView, load_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.evidence import find_context, find_evidence, find_sources
from portfolio.storage.queries.milestones import find_published_figures
from portfolio.storage.queries.projects import find_contributions


@dataclass(frozen=True)
class Coverage:
    """Of how many records a figure is known; `noun` says of what: "project"."""

    known: int
    of: int
    noun: str

    @property
    def sentence(self) -> str:
        """The coverage in words."""
        if self.of == 0:
            return f"no {self.noun}s on record"
        if self.known == 0:
            return f"not known for any of {counted(self.of, self.noun)}"
        return f"known for {self.known:,} of {counted(self.of, self.noun)}"


@dataclass(frozen=True)
class Method:
    """A registered figure and how much of it is known; None where it is not computed, or simply counted."""

    indicator: Indicator
    coverage: Coverage | None

    @property
    def sentence(self) -> str:
        """The coverage in words, or why there is none."""
        if self.coverage is not None:
            return self.coverage.sentence
        return "not computed yet" if self.indicator.group == NOT_COMPUTED else "counted, always known"


@dataclass(frozen=True)
class _Records:
    """Everything that coverage is counted over, of the chosen projects alone."""

    view: PortfolioView
    contributions: tuple[ContributionRow, ...]
    figures: tuple[FigureRow, ...]
    sources: tuple[SourceRow, ...]
    evidence: tuple[EvidenceRow, ...]
    context: tuple[ContextRow, ...]

    @property
    def counted(self) -> list[MilestoneState]:
        """The milestones that are counted."""
        return [state for state in self.view.milestones if state.is_counted]


def methods(
    database: Database, person: Person, *, chosen: PortfolioFilter | None = None, as_of: dt.date | None = None
) -> tuple[Method, ...]:
    """Every registered figure with its coverage over the chosen projects, in their printed order."""
    view = load_view(database, person, chosen=chosen, as_of=as_of)
    keys = {project.key for project in view.projects}
    records = _Records(
        view,
        tuple(row for row in find_contributions(database) if row.project_key in keys),
        tuple(row for row in find_published_figures(database) if row.project_key in keys),
        tuple(row for row in find_sources(database) if row.project_key in keys),
        find_evidence(database),
        find_context(database),
    )
    found = coverages(records)
    return tuple(Method(entry, found.get(entry.id)) for entry in indicators())


def coverages(records: _Records) -> dict[str, Coverage]:
    """Coverage by the id of the figure, for those of which something can be unknown."""
    return {
        **_money(records),
        **_projects(records),
        **_places(records.view.projects, records.view.as_of),
        **_milestones(records.counted),
        **_evidence(records),
        **_context(records.context),
    }


def _of(total: KnownSum, noun: str = "project") -> Coverage:
    return Coverage(total.known, total.of, noun)


def _having(projects: Iterable[ProjectRow], value: Callable[[ProjectRow], object]) -> Coverage:
    listed = list(projects)
    return Coverage(sum(value(project) is not None for project in listed), len(listed), "project")


def _money(records: _Records) -> dict[str, Coverage]:
    view = records.view
    figures = money_figures(view.projects, view.money, view.decisions)
    on_budget = [project for project in view.projects if not is_off_budget(project)]
    return {
        "total-budget": _of(figures.total_budget),
        "eu-contribution": _of(figures.eu_contribution),
        "other-contributions": Coverage(
            sum(row.amount_cents is not None for row in records.contributions),
            len(records.contributions), "named contribution",
        ),
        "committed": _of(figures.committed, "financing decision"),
        "contracted": _of(figures.contracted),
        "contracted-total": _having(on_budget, lambda row: contracted_total(view.money.get(row.key))),
        "paid": _of(figures.paid),
        "pre-financing": _having(on_budget, lambda row: _pre_financing(view, row.key)),
        "incurred": _of(figures.incurred),
        "left-to-contract": Coverage(
            sum(None not in (row.committed_cents, row.contracted_eu_cents) for row in view.decisions),
            len(view.decisions), "financing decision",
        ),
    }  # fmt: skip


def _pre_financing(view: PortfolioView, key: str) -> int | None:
    row = view.money.get(key)
    return None if row is None else row.pre_financing_cents


def _projects(records: _Records) -> dict[str, Coverage]:
    view = records.view
    ongoing = [row for row in view.projects if project_status(row, view.as_of) == "ongoing"]
    return {
        "status": _having(view.projects, lambda row: _known_status(row, view.as_of)),
        "present-end": _having(view.projects, lambda row: row.present_end),
        "original-end": _having(view.projects, lambda row: row.end_original),
        "ends-soon": Coverage(
            sum(days_to_end(row, view.as_of) is not None for row in ongoing), len(ongoing), "ongoing project"
        ),
        "contracting-deadline": Coverage(
            sum(row.agreement_signed_on is not None for row in view.decisions), len(view.decisions),
            "financing decision",
        ),
        "focus": _having(view.projects, lambda row: row.focus),
        "instrument": _having(view.projects, lambda row: row.instrument),
        "pillars": _having(view.projects, lambda row: row.pillars or None),
        "partly-cyber": _having(view.projects, lambda row: row.relevance),
    }  # fmt: skip


def _known_status(project: ProjectRow, as_of: dt.date) -> str | None:
    status = project_status(project, as_of)
    return None if status == "unknown" else status


def _places(projects: tuple[ProjectRow, ...], as_of: dt.date) -> dict[str, Coverage]:
    on_budget = [project for project in projects if not is_off_budget(project)]
    located = _having(projects, lambda row: row.participations or None)
    split = _having(projects, lambda row: row.total_budget_cents if row.participations else None)
    eu = _having(on_budget, lambda row: row.eu_contribution_cents if row.participations else None)
    running = _having(projects, lambda row: _known_status(row, as_of) if row.participations else None)
    return {
        "projects-active": located, "projects-running": running, "suspended": located, "outside": located,
        "budget-split": split, "eu-split": eu,
    }  # fmt: skip


def _milestones(counted: list[MilestoneState]) -> dict[str, Coverage]:
    still_open = [state for state in counted if state.is_open]

    def share(states: list[MilestoneState], known: Callable[[MilestoneState], object], noun: str) -> Coverage:
        return Coverage(sum(known(state) is not None for state in states), len(states), noun)

    late = share(still_open, lambda state: state.milestone.baseline, "open milestone")
    return {
        "milestones-late": late,
        "late-days": late,
        "slip-days": share(counted, lambda state: state.slip_days, "milestone"),
        "milestones-due": share(still_open, lambda state: state.due, "open milestone"),
    }


def _evidence(records: _Records) -> dict[str, Coverage]:
    keys = [project.key for project in records.view.projects]
    with_figures = {row.project_key for row in records.figures}
    with_sources = {row.project_key for row in records.sources}
    own = [row for row in records.evidence if row.entity == "project" and row.record_key in set(keys)]
    return {
        "published-figures": Coverage(len(with_figures), len(keys), "project"),
        "sources": Coverage(len(with_sources), len(keys), "project"),
        "basis": Coverage(sum(row.url is not None for row in own), len(own), "value"),
    }


def _context(rows: Iterable[ContextRow]) -> dict[str, Coverage]:
    known: dict[str, set[str]] = {}
    for row in rows:
        if row.value is not None:
            known.setdefault(row.indicator, set()).add(row.partner_code)
    inside = {partner.code for partner in partners().values() if partner.region != OUTSIDE}
    ids = {entry.id: entry for entry in indicators() if entry.group == CONTEXT}
    by_id = {f"context-{code.replace('_', '-')}": codes for code, codes in known.items()}
    return {name: Coverage(len(by_id.get(name, set()) & inside), len(inside), "partner") for name in ids}
