"""Everything that changed between two standpoints, for the projects that are chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from portfolio.dates import date_label
from portfolio.errors import UsageProblem
from portfolio.model.rows import ProjectRow
from portfolio.services.access import Person, require
from portfolio.services.differences.amounts import AmountChange, SumChange, amount_changes, sum_changes
from portfolio.services.differences.colours import ColourChange, colour_changes
from portfolio.services.differences.happenings import (
    Happened,
    amendments_signed,
    reports_received,
    trainings_held,
)
from portfolio.services.differences.milestones import MilestoneChange, milestone_changes
from portfolio.services.differences.projects import (
    DateChange,
    StatusChange,
    date_changes,
    status_changes,
)
from portfolio.services.differences.results import ValueChange, value_changes
from portfolio.services.differences.risks import RiskChange, risk_changes
from portfolio.services.differences.standpoints import Frame, Standpoint, load_frame
from portfolio.services.selection import PortfolioFilter, selected
from portfolio.storage.engine import Database, reading


@dataclass(frozen=True)
class Differences:
    """What changed in the chosen projects from one standpoint to another.

    `projects` are the chosen ones by key, as they stand on the later date, or stood on the earlier one where
    they have left since. `sums` hold every compared amount, moved or not; all other groups hold changes only.
    `known_before` and `known_after` are "" for what is recorded, else what was known and when.
    """

    before: Standpoint
    after: Standpoint
    projects: Mapping[str, ProjectRow]
    sums: tuple[SumChange, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    amounts: tuple[AmountChange, ...] = ()
    dates: tuple[DateChange, ...] = ()
    amendments: tuple[Happened, ...] = ()
    milestones: tuple[MilestoneChange, ...] = ()
    values: tuple[ValueChange, ...] = ()
    colours: tuple[ColourChange, ...] = ()
    risks: tuple[RiskChange, ...] = ()
    trainings: tuple[Happened, ...] = ()
    reports: tuple[Happened, ...] = ()
    revision: int = 0
    known_before: str = ""
    known_after: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any(getattr(self, name) for name in GROUPS) and not any(row.has_moved for row in self.sums)

    @cached_property
    def names(self) -> dict[str, str]:
        """Acronym by project key."""
        return {key: project.acronym for key, project in self.projects.items()}

    @property
    def changed_projects(self) -> tuple[str, ...]:
        """The keys of the projects in which anything changed, by acronym."""
        changed = {row.project_key for name in GROUPS for row in getattr(self, name)}
        return tuple(sorted(changed, key=lambda key: (self.names[key].casefold(), key)))

    def sum_of(self, amount: str) -> SumChange:
        """The change of one compared amount; KeyError if it is none."""
        return {row.amount: row for row in self.sums}[amount]


_NOT_GROUPS = {
    "before",
    "after",
    "projects",
    "sums",
    "begun_before",
    "revision",
    "known_before",
    "known_after",
}
# The fields that hold changes, in the order in which they are printed.
GROUPS = tuple(field.name for field in fields(Differences) if field.name not in _NOT_GROUPS)


def load_differences(
    database: Database,
    person: Person,
    before: Standpoint,
    after: Standpoint,
    chosen: PortfolioFilter | None = None,
    *,
    keys: Collection[str] | None = None,
) -> Differences:
    """What changed from `before` to `after` in the projects that the filter, or `keys`, choose.

    Raises: UsageProblem if the first date lies after the second; DataProblem if nothing was recorded yet on a
            date of which is asked what was known then; NotAllowed.
    """
    require(person, "see")
    check_order(before, after)
    with reading(database):
        old = load_frame(database, person, before)
        return differences(old, load_frame(database, person, after), chosen, keys=keys)


def check_order(before: Standpoint, after: Standpoint) -> None:
    """Nothing, if the first date is the second or lies before it.

    Raises: UsageProblem otherwise.
    """
    if before.as_of > after.as_of:
        first, last = date_label(before.as_of.isoformat()), date_label(after.as_of.isoformat())
        raise UsageProblem(
            f"The first date, {first}, lies after the second, {last}. Choose an earlier first date."
        )


def differences(
    before: Frame,
    after: Frame,
    chosen: PortfolioFilter | None = None,
    *,
    keys: Collection[str] | None = None,
) -> Differences:
    """What differs between two frames; `keys` choose projects by name, in place of the filter."""
    projects = chosen_projects(before, after, chosen or PortfolioFilter())
    if keys is not None:
        projects = {key: row for key, row in projects.items() if key in keys}
    among = projects.keys()
    return Differences(
        before=before.standpoint,
        after=after.standpoint,
        projects=projects,
        sums=sum_changes(before, after, among),
        statuses=status_changes(before, after, among),
        amounts=amount_changes(before, after, among),
        dates=date_changes(before, after, among),
        amendments=amendments_signed(before, after, among),
        milestones=milestone_changes(before, after, among),
        values=value_changes(before, after, among),
        colours=colour_changes(before, after, among),
        risks=risk_changes(before, after, among),
        trainings=trainings_held(before, after, among),
        reports=reports_received(before, after, among),
        revision=after.view.portfolio.revision,
        known_before=before.known,
        known_after=after.known,
    )


def chosen_projects(before: Frame, after: Frame, chosen: PortfolioFilter) -> dict[str, ProjectRow]:
    """The projects that meet the filter on the later date, and those that met it and have left since.

    So the sums of the later date are those of every screen on that date.
    """
    met = selected(after.view.everything, chosen, after.as_of)
    there = after.projects
    left = [row for row in selected(before.view.everything, chosen, before.as_of) if row.key not in there]
    return {row.key: row for row in (*met, *left)}
