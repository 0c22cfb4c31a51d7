"""Projects with the rows that the rules of attention look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolio.model.money_rows import MoneyRow
from portfolio.model.rows import AmendmentRow, ContractRow, MilestoneRow, ProjectRow
from portfolio.services.milestones import MilestoneState, milestone_states
from portfolio.services.signals import Severity, Signal, project_signal
from portfolio.services.statuses import project_status


@dataclass(frozen=True)
class Case:
    """A project that is not closed, with what is known of it."""

    project: ProjectRow
    money: MoneyRow
    milestones: tuple[MilestoneState, ...]
    contracts: tuple[ContractRow, ...]
    amendments: Mapping[str, Sequence[AmendmentRow]]
    as_of: dt.date

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
) -> list[Case]:
    """The projects that are not closed on `as_of`, each with its own rows."""
    states, signed = milestone_states(milestones, as_of), tuple(contracts)
    amended: dict[str, list[AmendmentRow]] = {contract.key: [] for contract in signed}
    for amendment in amendments:
        amended.setdefault(amendment.contract_key, []).append(amendment)
    return [
        Case(
            project=project,
            money=money.get(project.key) or MoneyRow(project.key),
            milestones=tuple(state for state in states if state.milestone.project_key == project.key),
            contracts=tuple(contract for contract in signed if contract.project_key == project.key),
            amendments=amended,
            as_of=as_of,
        )
        for project in projects
        if project_status(project, as_of) != "closed"
    ]
