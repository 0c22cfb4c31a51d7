"""The figures of risks that can be opened: one line for each open risk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portfolio.services.figures.breakdowns import Breakdown, Line, count
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.risks.registers import RegisteredRisk, load_register

_FIELDS = ("likelihood", "impact", "reviewed_on", "status")


def load_risks(subject: FigureSubject) -> tuple[RegisteredRisk, ...]:
    """The open risks of the projects that a figure is about."""
    found = load_register(subject.database, subject.person, as_of=subject.as_of)
    return tuple(row for row in found if row.risk.project_key in subject.keys)


def _line(subject: FigureSubject, row: RegisteredRisk, value: int) -> Line:
    risk = row.risk
    name = subject.view.names[risk.project_key]
    label = risk.title if subject.project_key else f"{name}: {risk.title}"
    said = f"{risk.likelihood} x {risk.impact} = {risk.score}; last review {risk.reviewed_on or 'not stated'}"
    fields = tuple(("risk", risk.key, field) for field in _FIELDS)
    return Line(label, value, fields, risk.project_key, said)


@dataclass(frozen=True)
class _Count:
    """Open risks that meet a condition, each of which counts as 1."""

    figure_id: str
    is_wanted: Callable[[RegisteredRisk], bool]

    def __call__(self, subject: FigureSubject) -> Breakdown:
        found = [row for row in subject.once(load_risks) if self.is_wanted(row)]
        return count(self.figure_id, subject.label, tuple(_line(subject, row, 1) for row in found), "risk")


def _scores(subject: FigureSubject) -> Breakdown:
    lines = tuple(_line(subject, row, row.risk.score) for row in subject.once(load_risks))
    return Breakdown(
        "risk-score", subject.label, None, "count", "likelihood x impact, of each risk for itself", lines,
        is_sum=False, known=len(lines), of=len(lines), noun="risk",
    )  # fmt: skip


RISKS: Mapping[str, Builder] = {
    "risks-open": _Count("risks-open", lambda row: True),
    "risks-high": _Count("risks-high", lambda row: row.is_high),
    "risks-stale": _Count("risks-stale", lambda row: row.is_stale),
    "risk-score": _scores,
}
