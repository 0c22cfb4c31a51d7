"""A figure opened: taken apart, each of its lines followed to what it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from portfolio.model.rows import ChangeSetRow, EvidenceRow
from portfolio.services.access import Person, require
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line
from portfolio.services.figures.registry import opened
from portfolio.services.figures.subjects import FigureSubject
from portfolio.services.histories import Origin
from portfolio.services.origins import origins_of
from portfolio.services.selection import PortfolioFilter
from portfolio.services.views import load_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.evidence import find_evidence
from portfolio.storage.queries.history import find_change_sets

# What a line ends at: a page, the cell of an import, a person with a reason, or the portfolio's first load.
GroundKind = Literal["source", "cell", "person", "load"]


@dataclass(frozen=True)
class OpenedFigure:
    """A figure taken apart, with what every field of its lines rests on.

    `evidence` holds what is said of the present value of a field, what is disputed included; `origins` the
    change set that gave it; `change_sets` those that are lines themselves.
    """

    breakdown: Breakdown
    evidence: Mapping[FieldRef, tuple[EvidenceRow, ...]] = field(default_factory=dict)
    origins: Mapping[FieldRef, Origin] = field(default_factory=dict)
    change_sets: Mapping[int, ChangeSetRow] = field(default_factory=dict)

    def evidence_of(self, line: Line) -> list[EvidenceRow]:
        """What sources say of the fields of a line."""
        return [row for name in line.fields for row in self.evidence.get(name, ())]

    def origins_of(self, line: Line) -> list[Origin]:
        """How the fields of a line came in, the latest change set first."""
        found = [self.origins[name] for name in dict.fromkeys(line.fields) if name in self.origins]
        return sorted(found, key=lambda origin: -origin.change_set.id)

    def url_of(self, line: Line) -> str | None:
        """The page that a line rests on, if there is one."""
        if line.url is not None:
            return line.url
        found = self.evidence_of(line)
        return next((row.url for row in found if row.url and row.is_of_present_value), None)

    def ground_of(self, line: Line) -> GroundKind | None:
        """What a line ends at; None if it rests on nothing that is on record."""
        if self.url_of(line) is not None:
            return "source"
        found = self.origins_of(line)
        if any(origin.change.cell for origin in found):
            return "cell"
        if any(origin.change_set.kind != "load" for origin in found):
            return "person"
        row = self.change_sets.get(line.change_set or 0)
        if row is not None:
            return "load" if row.kind == "load" else "person"
        return "load" if found else None


def figure_subject(
    database: Database,
    person: Person,
    *,
    chosen: PortfolioFilter | None = None,
    as_of: dt.date | None = None,
    project_key: str | None = None,
    partner: str | None = None,
) -> FigureSubject:
    """What figures are asked of; one project is asked about whatever the filter leaves out."""
    wanted = PortfolioFilter() if project_key is not None else chosen
    view = load_view(database, person, chosen=wanted, as_of=as_of)
    return FigureSubject(database, person, view, project_key, partner)


def open_figure(
    database: Database,
    person: Person,
    figure_id: str,
    *,
    chosen: PortfolioFilter | None = None,
    as_of: dt.date | None = None,
    project_key: str | None = None,
    partner: str | None = None,
) -> OpenedFigure:
    """One figure of the chosen projects, of one project or of one partner, with what its lines rest on.

    Raises: KeyError if there is no such figure, or it cannot be opened; NotAllowed if the person may not see
            the project.
    """
    require(person, "see", project_key)
    subject = figure_subject(
        database, person, chosen=chosen, as_of=as_of, project_key=project_key, partner=partner
    )
    return follow(subject, opened(subject, figure_id))


def follow(subject: FigureSubject, breakdown: Breakdown) -> OpenedFigure:
    """A figure with what the fields of all its lines rest on, those of its parts included."""
    names = {name for line in every_line(breakdown) for name in line.fields}
    records = sorted({(entity, key) for entity, key, _ in names})
    evidence: dict[FieldRef, tuple[EvidenceRow, ...]] = {}
    for row in subject.rows(find_evidence):
        name = (row.entity, row.record_key, row.field)
        if name in names:
            evidence[name] = (*evidence.get(name, ()), row)
    found = origins_of(subject.database, subject.person, records) if records else {}
    origins = {name: found[name] for name in names if name in found}
    return OpenedFigure(breakdown, evidence, origins, _change_sets(subject, breakdown))


def _change_sets(subject: FigureSubject, breakdown: Breakdown) -> dict[int, ChangeSetRow]:
    named = {line.change_set for line in every_line(breakdown) if line.change_set is not None}
    return {row.id: row for row in subject.rows(find_change_sets) if row.id in named} if named else {}


def every_line(breakdown: Breakdown) -> Iterator[Line]:
    """The lines of a figure and of all its parts."""
    yield from breakdown.lines
    for part in breakdown.parts:
        yield from every_line(part)


def every_breakdown(breakdowns: Iterable[Breakdown]) -> Iterator[Breakdown]:
    """Figures, each followed by all its parts."""
    for breakdown in breakdowns:
        yield breakdown
        yield from every_breakdown(breakdown.parts)
