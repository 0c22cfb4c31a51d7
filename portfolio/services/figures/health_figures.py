"""Health, opened: one line for each dimension of a project, or for each project, with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, count
from portfolio.services.figures.ledgers import load_ledger
from portfolio.services.figures.money_figures import contract_fields
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.health.assessments import load_differences
from portfolio.services.health.colours import Colour, Rating
from portfolio.services.health.portfolios import load_health, worst_first
from portfolio.services.health.ratings import Health, in_force
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.reports import find_reports_due
from portfolio.storage.queries.results import find_risks
from portfolio.vocabulary import label

WORST = "the worst dimension that is not grey"


def load_subject_health(subject: FigureSubject) -> tuple[Health, ...]:
    """The health of the projects that a figure is about, the worst first; archived ones have none."""
    found = load_health(subject.database, subject.person, as_of=subject.as_of)
    return tuple(row for _, row in worst_first((p for p in subject.projects if p.key in found), found))


def _health(subject: FigureSubject) -> Breakdown:
    found = subject.once(load_subject_health)
    if subject.project_key is not None and found:
        return _of_project(subject, found[0])
    running = [row for row in found if row.is_running]
    lines = tuple(_project_line(subject, row, row.state) for row in running)
    known = sum(line.value is not None for line in lines)
    return Breakdown(
        "health", subject.label, None, "text", WORST, lines, is_sum=False, known=known, of=len(lines)
    )


def _of_project(subject: FigureSubject, health: Health) -> Breakdown:
    lines = tuple(
        Line(
            label("health_dimension", rating.dimension), _said(rating.colour),
            fields_of(subject, health, rating), health.project_key, rating.sentence,
        )
        for rating in health.ratings
    )  # fmt: skip
    known = len(lines) - health.unknown
    value = health.state if health.state != "grey" else None
    said = health.sentence if not lines else WORST
    return Breakdown(
        "health", subject.label, value, "text", said, lines, is_sum=False, known=known, of=len(lines),
        noun="dimension",
    )  # fmt: skip


def _said(colour: str) -> str | None:
    return None if colour == "grey" else colour


def _project_line(subject: FigureSubject, health: Health, value: int | str | None) -> Line:
    rating = health.worst or health.ratings[0]
    fields = fields_of(subject, health, rating)
    shown = None if value == "grey" else value
    return Line(subject.view.names[health.project_key], shown, fields, health.project_key, health.sentence)


def fields_of(subject: FigureSubject, health: Health, rating: Rating) -> tuple[FieldRef, ...]:
    """What a rating rests on; of money the costs and contracts as well.

    A green rating rests on all that was looked at: none of it is late or severe. A grey one may rest on
    nothing that is on record.
    """
    fields = rating.fields
    if rating.dimension == "money":
        ledger = subject.once(load_ledger)
        costs = ledger.costs.get(health.project_key, [])
        totals = contract_fields(ledger, ledger.contracts.get(health.project_key, []), "total_cents")
        fields = (*fields, *(("incurred_cost", row.key, "amount_cents") for row in costs), *totals)
    return fields or (_looked_at(subject, health.project_key, rating) if rating.colour == "green" else ())


def _looked_at(subject: FigureSubject, project_key: str, rating: Rating) -> tuple[FieldRef, ...]:
    if rating.dimension == "time":
        milestones = (row for row in subject.rows(find_milestones) if row.project_key == project_key)
        return tuple(("milestone", row.key, "baseline") for row in milestones)
    if rating.dimension == "risk":
        risks = (row for row in subject.rows(find_risks) if row.project_key == project_key)
        return tuple(("risk", row.key, name) for row in risks for name in ("likelihood", "impact"))
    if rating.dimension == "reporting":
        reports = (row for row in subject.rows(find_reports_due) if row.project_key == project_key)
        return tuple(("report_due", row.key, name) for row in reports for name in ("due_on", "received_on"))
    return ()


@dataclass(frozen=True)
class _OfColour:
    """The running projects of one overall colour, each of which counts as 1."""

    figure_id: str
    colour: Colour

    def __call__(self, subject: FigureSubject) -> Breakdown:
        found = [row for row in subject.once(load_subject_health) if row.state == self.colour]
        lines = tuple(_project_line(subject, row, 1) for row in found)
        return count(self.figure_id, subject.label, lines, "project", WORST)


def _differences(subject: FigureSubject) -> Breakdown:
    found = load_differences(subject.database, subject.person, as_of=subject.as_of)
    lines = tuple(
        Line(
            f"{subject.view.names[row.project_key]}: {label('health_dimension', row.computed.dimension)}", 1,
            (("assessment", row.own.key, "colour"), *row.computed.fields), row.project_key,
            f"The implementer says {row.own.colour} ({row.own.period}). {row.computed.sentence}",
        )
        for row in found
        if row.project_key in subject.keys
    )  # fmt: skip
    return count("health-differences", subject.label, lines, "dimension")


def _overrides(subject: FigureSubject) -> Breakdown:
    lines = tuple(
        Line(
            f"{subject.view.names[row.project_key]}: {label('health_scope', row.dimension)}", 1,
            (("health_override", row.key, "colour"),), row.project_key,
            f"{row.colour} from {row.decided_on} until {row.expires_on}: {row.reason}",
        )
        for health in subject.once(load_subject_health)
        for row in health.overrides
        if in_force(row, subject.as_of)
    )  # fmt: skip
    return count("health-overrides", subject.label, lines, "colour")


HEALTH: Mapping[str, Builder] = {
    "health": _health,
    "health-red": _OfColour("health-red", "red"),
    "health-amber": _OfColour("health-amber", "amber"),
    "health-green": _OfColour("health-green", "green"),
    "health-grey": _OfColour("health-grey", "grey"),
    "health-differences": _differences,
    "health-overrides": _overrides,
}
