"""Every indicator of the chosen projects with its progress, and what they come to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.model.result_rows import IndicatorRow
from portfolio.model.results import JUDGED_LEVELS
from portfolio.model.rows import ProjectRow
from portfolio.model.standing_rows import IndicatorStanding, ProjectStanding
from portfolio.services.results.progress import Gap, Progress, indicator_progress, progress_colour

COLOURS = ("green", "amber", "red", "grey")
GAP_WORDS: Mapping[Gap, str] = {
    "no-value": "no value",
    "words": "told in words",
    "no-target": "no target",
    "no-unit": "no unit",
    "early": "nothing expected yet",
    "no-way": "baseline or year not stated",
    "contradiction": "target contradicts baseline",
}


@dataclass(frozen=True)
class MeasuredIndicator:
    """An indicator of a chosen project as it stands, with its progress."""

    standing: IndicatorStanding
    progress: Progress

    @property
    def row(self) -> IndicatorRow:
        """The indicator itself."""
        return self.standing.indicator

    @property
    def is_judged(self) -> bool:
        """Whether it is an outcome or an output."""
        return self.row.level in JUDGED_LEVELS

    @property
    def colour(self) -> str:
        """Green, amber, red or grey by the thresholds of results."""
        return progress_colour(self.progress)

    @property
    def has_value(self) -> bool:
        """Whether a number or a text of it has been reported."""
        return self.standing.value_key is not None


@dataclass(frozen=True)
class ProjectResults:
    """The indicators of one project: how many outcomes and outputs have each colour."""

    project: ProjectRow
    indicators: tuple[MeasuredIndicator, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Outcomes and outputs by colour."""
        return colour_counts(self.indicators)

    @property
    def has_value(self) -> bool:
        """Whether any of them has a value."""
        return any(each.has_value for each in self.indicators)


@dataclass(frozen=True)
class ResultsOverview:
    """The results of the chosen projects on a date."""

    as_of: dt.date
    projects: tuple[ProjectResults, ...]

    @property
    def indicators(self) -> tuple[MeasuredIndicator, ...]:
        """Every indicator, project by project."""
        return tuple(each for project in self.projects for each in project.indicators)

    @property
    def judged(self) -> tuple[MeasuredIndicator, ...]:
        """The outcomes and outputs."""
        return tuple(each for each in self.indicators if each.is_judged)

    @property
    def counts(self) -> dict[str, int]:
        """Outcomes and outputs by colour."""
        return colour_counts(self.indicators)

    @property
    def reported(self) -> int:
        """How many of the projects have reported a value."""
        return sum(project.has_value for project in self.projects)

    @property
    def described(self) -> int:
        """How many of the projects have an indicator."""
        return sum(bool(project.indicators) for project in self.projects)

    @property
    def unknown_reasons(self) -> Counter[str]:
        """Why the outcomes and outputs of which no progress is known are not measured, by kind of reason."""
        return Counter(unknown_kind(each) for each in self.judged if each.progress.share is None)


def results_overview(
    projects: Iterable[ProjectRow], standings: Mapping[str, ProjectStanding], as_of: dt.date
) -> ResultsOverview:
    """The results of these projects, in their order."""
    return ResultsOverview(
        as_of, tuple(project_results(project, standings.get(project.key), as_of) for project in projects)
    )


def project_results(project: ProjectRow, standing: ProjectStanding | None, as_of: dt.date) -> ProjectResults:
    """The indicators of one project with their progress, in their declared order."""
    indicators = standing.indicators if standing else ()
    return ProjectResults(
        project, tuple(MeasuredIndicator(each, indicator_progress(each, as_of)) for each in indicators)
    )


def colour_counts(indicators: Iterable[MeasuredIndicator]) -> dict[str, int]:
    """How many outcomes and outputs have each colour."""
    found = Counter(each.colour for each in indicators if each.is_judged)
    return {colour: found[colour] for colour in COLOURS}


def unknown_kind(measured: MeasuredIndicator) -> str:
    """Why there is no progress, in a few words that many indicators share; "" where there is one."""
    gap = measured.progress.gap
    return GAP_WORDS[gap] if gap else ""


def overview_sentence(found: ResultsOverview) -> str:
    """What the screen answers first: how many outcomes and outputs keep pace with what is expected by now."""
    counts, judged = found.counts, found.judged
    if not judged:
        return "No outcome or output has an indicator yet, so nothing can be measured."
    measured = len(judged) - counts["grey"]
    if not measured:
        return f"None of the {len(judged)} indicators of outcomes and outputs can be measured yet."
    return (
        f"{counts['green']} of the {measured} outcomes and outputs that can be measured keep pace with what "
        f"is expected by now; behind {counts['amber']}, far behind {counts['red']}, not known "
        f"{counts['grey']} of {len(judged)}."
    )
