"""The colour of time: the open milestones of a project against the dates planned for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from portfolio.dates import PartialDate
from portfolio.model.rows import MilestoneRow
from portfolio.model.standing_rows import MilestoneStanding, ProjectStanding
from portfolio.numbers import counted
from portfolio.services.attention import lateness
from portfolio.services.health.colours import Colour, Rating, by_certainty, certain_colour
from portfolio.services.milestones import MilestoneState, milestone_state
from portfolio.services.signals import day_label
from portfolio.services.thresholds import threshold


def time_rating(standing: ProjectStanding, as_of: dt.date) -> Rating:
    """The colour of a project's open milestones: of the one that is certainly latest.

    It is grey where that would be green and a milestone with a reduced date may be too late. A contractual
    milestone has a limit of its own, beside that of all milestones. One that is said to be reached on a day
    to come is left out, and said so.
    """
    found = _rated(standing.milestones, as_of)
    return replace(found, sentence=found.sentence + _left_out(standing.milestones))


def _left_out(marks: MilestoneStanding) -> str:
    """Of milestones that are neither done nor open: they contradict themselves."""
    number = marks.total - marks.done - marks.open
    if number <= 0:
        return ""
    return f" Left out: {counted(number, 'milestone')} with an actual date in the future."


def _rated(marks: MilestoneStanding, as_of: dt.date) -> Rating:
    if not marks.dated_open:
        return Rating("time", "grey", _nothing_dated(marks))
    found = [(_colour(state, as_of), state) for state in _latest(marks, as_of)]
    if not found:
        return Rating("time", "green", _none_late(marks, as_of))
    colour, state = min(found, key=lambda pair: (by_certainty(pair[0]), -_days(pair[0], pair[1], as_of)))
    key = state.milestone.key
    fields = tuple(("milestone", key, name) for name in ("baseline", "forecast", "status"))
    return Rating("time", colour, _sentence(marks, state, colour, as_of), ("milestone", key), fields)


def _latest(marks: MilestoneStanding, as_of: dt.date) -> list[MilestoneState]:
    """The milestones that are certainly latest, and those that only may be and then would be too late."""
    certain = [milestone_state(row, as_of) for row in (marks.worst_contractual, marks.worst) if row]
    reduced = [milestone_state(row, as_of) for row in (marks.possible_contractual, marks.possible) if row]
    return certain + [state for state in reduced if _colour(state, as_of) == "grey"]


def _days(colour: Colour, state: MilestoneState, as_of: dt.date) -> int:
    """How late a milestone is by what its colour rests on."""
    return most_days_late(state.milestone, as_of) if colour == "grey" else state.late_days or 0


def _nothing_dated(marks: MilestoneStanding) -> str:
    if not marks.total:
        return "Not known: no milestone is recorded."
    if not marks.open:
        return f"Not known: of {counted(marks.total, 'milestone')} none is open."
    if marks.open == 1:
        return "Not known: the one open milestone has no planned date."
    return f"Not known: none of the {marks.open} open milestones has a planned date."


def _none_late(marks: MilestoneStanding, as_of: dt.date) -> str:
    of = f"None of the {marks.dated_open} open milestones with a planned date is late"
    if marks.dated_open == 1:
        of = "The one open milestone with a planned date is not late"
    return f"{of} on {day_label(as_of)}; amber above {threshold('time-amber')} days."


def _colour(state: MilestoneState, as_of: dt.date) -> Colour:
    contractual = state.milestone.contractual
    certainly = _days_colour(state.late_days or 0, contractual)
    return certain_colour(certainly, _days_colour(most_days_late(state.milestone, as_of), contractual))


def _days_colour(days: int, contractual: bool) -> Colour:
    return next((colour for colour, limit in _limits(contractual) if days > limit), "green")


def _limits(contractual: bool) -> tuple[tuple[Colour, int], ...]:
    """Each colour with the days above which it begins, the worst first."""
    red, amber = threshold("time-red"), threshold("time-amber")
    if contractual:
        return (("red", min(red, threshold("time-red-contractual"))), ("amber", amber))
    return (("red", red), ("amber", amber))


def most_days_late(milestone: MilestoneRow, as_of: dt.date) -> int:
    """How late an open milestone may be, if its reduced dates are taken at their worst; 0 without a plan."""
    baseline, forecast = PartialDate.of(milestone.baseline), PartialDate.of(milestone.forecast)
    if baseline is None:
        return 0
    reached = max(as_of, forecast.last) if forecast else as_of
    return max(0, (reached - baseline.first).days)


def _sentence(marks: MilestoneStanding, state: MilestoneState, colour: Colour, as_of: dt.date) -> str:
    milestone = state.milestone
    name = f"{'Contractual milestone' if milestone.contractual else 'Milestone'} '{milestone.title}'"
    limits = dict(_limits(milestone.contractual))
    # Of a contractual milestone amber stands above red, unless a unit has set it otherwise.
    level = colour if colour in limits else min(limits, key=lambda name: (limits[name], name))
    limit = f"{level} above {limits[level]}"
    if colour == "grey":
        certain = lateness(state, as_of) if state.late_days else _planned(milestone)
        most = counted(most_days_late(milestone, as_of), "day")
        return f"Not known: {_small(name)} {certain} and may be {most} late; {limit}."
    if not state.late_days:
        return f"{name} {_planned(milestone)}, not late{_nor(marks)}; {limit} days."
    return f"{name} {lateness(state, as_of)}; {limit}."


def _small(name: str) -> str:
    return name[0].lower() + name[1:]


def _planned(milestone: MilestoneRow) -> str:
    baseline, forecast = PartialDate.of(milestone.baseline), PartialDate.of(milestone.forecast)
    planned = baseline.label if baseline else "not stated"
    if forecast is not None and forecast != baseline:
        return f"is planned for {planned} and forecast for {forecast.label}"
    return f"is planned for {planned}"


def _nor(marks: MilestoneStanding) -> str:
    others = marks.dated_open - 1
    if not others:
        return ""
    return f", nor {'is' if others == 1 else 'are'} {counted(others, 'other open one')} with a planned date"
