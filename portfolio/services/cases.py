"""Projects with the rows that the rules of attention look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from portfolio.model.money_rows import MoneyRow
from portfolio.model.rows import AmendmentRow, ContractRow, MilestoneRow, ProjectRow
from portfolio.services.milestones import MilestoneState, milestone_states
from portfolio.services.signals import Severity, Signal, project_signal
from portfolio.services.statuses import project_status

Row = TypeVar("Row")


@dataclass(frozen=True)
class Case:
    """A project that is not closed, with what is known of it.

    `has_milestones` says whether it has any, be they among those that stand here or not.
    """

    project: ProjectRow
    money: MoneyRow
    milestones: tuple[MilestoneState, ...]
    contracts: tuple[ContractRow, ...]
    amendments: Mapping[str, Sequence[AmendmentRow]]
    as_of: dt.date
    has_milestones: bool

    def signal(self, code: str, severity: Severity, sentence: str, due: dt.date | None = None) -> Signal:
        """A signal about this project."""
        return project_signal(code, self.project.key, severity, sentence, due)

    @property
    def is_ongoing(self) -> bool:
        """Whether it is certainly running, by its own dates or by what a source says."""
        return project_status(self.project, self.as_of) == "ongoing"


def open_cases(
    projects: Iterable[ProjectRow],
    money: Mapping[str, MoneyRow],
    milestones: Iterable[MilestoneRow],
    contracts: Iterable[ContractRow],
    amendments: Iterable[AmendmentRow],
    as_of: dt.date,
    with_milestones: Container[str] = frozenset(),
) -> list[Case]:
    """The projects that are not closed on `as_of`, each with its own rows.

    `with_milestones` are keys of projects that have milestones, even if none is among `milestones`.
    """
    states = _by(milestone_states(milestones, as_of), lambda state: state.milestone.project_key)
    signed = _by(contracts, lambda contract: contract.project_key)
    amended = _by(amendments, lambda amendment: amendment.contract_key)
    return [
        Case(
            project=project,
            money=money.get(project.key) or MoneyRow(project.key),
            milestones=tuple(states.get(project.key, ())),
            contracts=tuple(signed.get(project.key, ())),
            amendments=amended,
            as_of=as_of,
            has_milestones=project.key in states or project.key in with_milestones,
        )
        for project in projects
        if project_status(project, as_of) != "closed"
    ]


def _by(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
