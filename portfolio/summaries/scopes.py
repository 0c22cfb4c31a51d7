"""What a summary is about: a region, a partner, a project or the portfolio, with its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from portfolio.dates import PartialDate
from portfolio.errors import NotFound
from portfolio.model.rows import ContextRow, ContributionRow, EvidenceRow, FigureRow, ProjectRow, SourceRow
from portfolio.partners import partner_name, partners, region_name, regions
from portfolio.services.access import Person, require
from portfolio.services.attention import attention
from portfolio.services.geography import by_region
from portfolio.services.money import decisions_of, is_off_budget
from portfolio.services.selection import PortfolioFilter
from portfolio.services.signals import Signal
from portfolio.services.views import PortfolioView, ScheduledView, load_scheduled_view
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.evidence import find_context, find_evidence, find_sources
from portfolio.storage.queries.milestones import find_published_figures
from portfolio.storage.queries.money import find_amendments, find_contracts
from portfolio.storage.queries.projects import find_contributions
from portfolio.summaries.content import Link
from portfolio.summaries.monitoring import Monitoring, load_monitoring
from portfolio.summaries.splits import OVER_PARTNERS, OVER_REGIONS, Split
from portfolio.summaries.time_series import TimeSeries, load_series

ScopeKind = Literal["region", "partner", "project", "portfolio"]
_MOST_NAMES = 40


@dataclass(frozen=True)
class SummaryScope:
    """What was asked for: `id` is a region id, a partner's ISO alpha-3 code or a project's identifier."""

    kind: ScopeKind
    id: str = ""


@dataclass(frozen=True)
class Subject:
    """The scope with its projects and all that the document says of them.

    `view` holds only the projects of the scope.
    """

    scope: SummaryScope
    name: str
    view: ScheduledView
    evidence: tuple[EvidenceRow, ...]
    sources: tuple[SourceRow, ...]
    contributions: tuple[ContributionRow, ...]
    figures: tuple[FigureRow, ...]
    context: tuple[ContextRow, ...]
    signals: tuple[Signal, ...]
    monitoring: Monitoring
    series: TimeSeries

    @property
    def kind(self) -> ScopeKind:
        """Region, partner, project or portfolio."""
        return self.scope.kind

    @property
    def is_part(self) -> bool:
        """Whether only a part of a project's money belongs to the scope."""
        return self.kind in ("region", "partner")

    @property
    def projects(self) -> tuple[ProjectRow, ...]:
        """The projects of the scope."""
        return self.view.projects

    @property
    def profile(self) -> str:
        """The institution profile: a project's own on its sheet, else the portfolio's."""
        own = [project.institution_profile for project in self.projects if self.kind == "project"]
        return (own and own[0]) or self.view.portfolio.institution_profile

    @property
    def split(self) -> Split:
        """How the scope's part of a project is found."""
        return OVER_REGIONS if self.kind == "region" else OVER_PARTNERS

    @cached_property
    def listed_sources(self) -> tuple[SourceRow, ...]:
        """The sources, project by project, in the order in which the document numbers them."""
        order = [project.key for project in self.projects]
        return tuple(sorted(self.sources, key=lambda row: (order.index(row.project_key), row.key)))

    @cached_property
    def source_names(self) -> dict[tuple[str, str], str]:
        """The short name ("S12") of a source by project and address."""
        names: dict[tuple[str, str], str] = {}
        for number, row in enumerate(self.listed_sources, 1):
            names.setdefault((row.project_key, row.url), f"S{number}")
        return names

    @cached_property
    def evidence_of(self) -> dict[str, list[EvidenceRow]]:
        """What is on record of the basis of a project, a milestone or a published figure, by its key."""
        found: dict[str, list[EvidenceRow]] = {}
        for row in self.evidence:
            found.setdefault(row.record_key, []).append(row)
        return found

    def link(self, project_key: str, url: str | None) -> Link | None:
        """A link to a source under its short name, or under its address where the list has no such source."""
        return None if url is None else Link(url, self.source_names.get((project_key, url), url))

    def part(self, project: ProjectRow, amount_cents: int | None) -> int | None:
        """What of an amount of a project belongs to the scope, None where the amount is unknown."""
        return self.split.part(project, self.scope.id, amount_cents) if self.is_part else amount_cents

    def eu_part(self, project: ProjectRow) -> int | None:
        """What of the EU contribution belongs to the scope; None where it is unknown or off-budget."""
        return None if is_off_budget(project) else self.part(project, project.eu_contribution_cents)


def load_subject(
    database: Database,
    person: Person,
    scope: SummaryScope,
    *,
    as_of: dt.date | None = None,
    chosen: PortfolioFilter | None = None,
) -> Subject:
    """Everything that a summary of `scope` is written from, at one revision.

    Raises: NotFound if there is no such region, partner or project; NotAllowed if the person may not export.
    """
    require(person, "export", scope.id if scope.kind == "project" else None)
    with reading(database):
        return _subject(database, person, scope, as_of, chosen)


def _subject(
    database: Database,
    person: Person,
    scope: SummaryScope,
    as_of: dt.date | None,
    chosen: PortfolioFilter | None,
) -> Subject:
    whole = load_scheduled_view(database, person, chosen=chosen, as_of=as_of)
    found = _known(scope, whole)
    # The portfolio keeps its decisions under which nothing has been contracted yet.
    view = whole if found.kind == "portfolio" else _narrowed(whole, _keys(found, whole))
    keys = {project.key for project in view.projects}
    records = keys | {state.milestone.key for state in view.milestones}
    figures = tuple(row for row in find_published_figures(database) if row.project_key in keys)
    records |= {figure.key for figure in figures}
    partner = found.id if found.kind == "partner" else None
    monitoring = load_monitoring(database, person, view, partner=partner)
    return Subject(
        scope=found,
        name=_name(found, view),
        view=view,
        evidence=tuple(row for row in find_evidence(database) if row.record_key in records),
        sources=tuple(row for row in find_sources(database) if row.project_key in keys),
        contributions=tuple(row for row in find_contributions(database) if row.project_key in keys),
        figures=figures,
        context=_context(database, found, view.as_of),
        signals=_signals(database, view),
        monitoring=monitoring,
        series=load_series(
            database, keys, (each.row.key for each in monitoring.results.indicators), view.as_of
        ),
    )


def _known(scope: SummaryScope, view: PortfolioView) -> SummaryScope:
    if scope.kind == "region" and scope.id not in regions():
        raise NotFound(f"There is no region '{scope.id}'. The regions are {', '.join(regions())}.")
    if scope.kind == "partner":
        code = scope.id.upper()
        if code not in partners():
            raise NotFound(f"There is no partner '{scope.id}'. {_partner_codes()}")
        return replace(scope, id=code)
    if scope.kind == "project" and scope.id not in view.names:
        raise NotFound(f"There is no project '{scope.id}'. {_project_keys(tuple(view.names))}")
    return scope


def _partner_codes() -> str:
    listed = ", ".join(f"{code} ({partner.name})" for code, partner in partners().items())
    return f"The partners are {listed}."


def _project_keys(keys: Sequence[str]) -> str:
    if not keys:
        return "The portfolio holds no project yet."
    more = len(keys) - _MOST_NAMES
    return f"The projects are {', '.join(keys[:_MOST_NAMES])}" + (f" and {more} more." if more > 0 else ".")


def _keys(scope: SummaryScope, view: PortfolioView) -> set[str]:
    if scope.kind == "region":
        # The same answer as on the screens: a project counts where its region or one of its partners is.
        places = {place.code: place for place in by_region(view.projects, view.as_of)}
        return set(places[scope.id].projects)
    if scope.kind == "partner":
        return {project.key for project in view.projects if scope.id in project.partner_codes}
    return {project.key for project in view.projects if project.key == scope.id}


def _narrowed(view: ScheduledView, keys: set[str]) -> ScheduledView:
    return replace(
        view,
        projects=tuple(project for project in view.everything if project.key in keys),
        money={key: row for key, row in view.money.items() if key in keys},
        decisions=decisions_of(view.decisions, keys),
        milestones=tuple(state for state in view.milestones if state.milestone.project_key in keys),
    )


def _name(scope: SummaryScope, view: PortfolioView) -> str:
    if scope.kind == "region":
        return region_name(scope.id)
    if scope.kind == "partner":
        return partner_name(scope.id)
    return view.names[scope.id] if scope.kind == "project" else "Whole portfolio"


def _signals(database: Database, view: ScheduledView) -> tuple[Signal, ...]:
    milestones = [state.milestone for state in view.milestones]
    contracts = find_contracts(database, as_of=view.as_of)
    amendments = find_amendments(database)
    return attention(view.projects, view.money, milestones, view.decisions, contracts, amendments, view.as_of)


def _context(database: Database, scope: SummaryScope, as_of: dt.date) -> tuple[ContextRow, ...]:
    """The context of the scope's partners, without what is certainly of a later day."""
    codes = _context_partners(scope)
    found = (row for row in find_context(database) if row.partner_code in codes)
    return tuple(row for row in found if (on := PartialDate.of(row.as_of)) is None or on.first <= as_of)


def _context_partners(scope: SummaryScope) -> Iterable[str]:
    if scope.kind == "region":
        return {code for code, partner in partners().items() if partner.region == scope.id}
    return {scope.id} if scope.kind == "partner" else set()
