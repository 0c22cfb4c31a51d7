"""The colour of a project at the end of each half-year of its life: as known then, or by today's records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from portfolio.dates import HalfYear, PartialDate
from portfolio.errors import DataProblem, NotFound
from portfolio.model.result_rows import RiskRow
from portfolio.model.rows import ProjectRow
from portfolio.model.standing_rows import ProjectStanding
from portfolio.services.access import Person, require
from portfolio.services.health.colours import Rating
from portfolio.services.health.ratings import Health, health_of, rated
from portfolio.services.known_dates import Knowledge, known_now, known_on, under
from portfolio.services.signals import day_label
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.projects import get_project
from portfolio.storage.queries.results import find_risks
from portfolio.storage.queries.standings.standings import find_standings

MOST_HALF_YEARS = 8
# Each needs the whole portfolio taken back to a day.
MOST_KNOWN_THEN = 4
SAID = "Computed with what is on record today: values, dates and forecasts that came later count as well."
SAID_KNOWN = (
    "After half-years marked 'known then' the colour is the one that was known on the day after, with the "
    "thresholds that held. The others are computed with what is on record today: values, dates and forecasts "
    "that came later count as well."
)


@dataclass(frozen=True)
class PastHealth:
    """A project's health when a half-year had ended: `on` is the day after, so that its figures count.

    `is_known_then` says that it rests on what was recorded on that day, else on what is recorded now.
    """

    period: HalfYear
    on: dt.date
    health: Health
    is_known_then: bool = False

    @property
    def records(self) -> str:
        """What it rests on, in words."""
        return "known then" if self.is_known_then else "today's records"


def half_years(project: ProjectRow, as_of: dt.date) -> tuple[HalfYear, ...]:
    """The half-years that had ended by `as_of` while the project certainly ran, the last eight at most."""
    start, end = PartialDate.of(project.start), PartialDate.of(project.present_end)
    if start is None:
        return ()
    until = as_of if end is None else min(as_of, end.first)
    found: list[HalfYear] = []
    period = HalfYear.last_ended(until)
    while period.last >= start.last and len(found) < MOST_HALF_YEARS:
        found.append(period)
        period = period.previous
    return tuple(reversed(found))


def load_history(
    database: Database, person: Person, project_key: str, *, as_of: dt.date
) -> tuple[PastHealth, ...]:
    """A project's health at the end of each half-year of its life, the earliest first.

    The last few are those that were known then, where the change history reaches so far.

    Raises: NotFound if there is no such project; NotAllowed.
    """
    require(person, "see", project_key)
    with reading(database):
        project = get_project(database, project_key, as_of=as_of)
        periods = half_years(project, as_of)
        known = known_now(database)
        earlier = [_past(known, project_key, period) for period in periods[:-MOST_KNOWN_THEN]]
        return (*earlier, *_known_then(known, project_key, periods[-MOST_KNOWN_THEN:]))


def _known_then(known: Knowledge, project_key: str, periods: Sequence[HalfYear]) -> Iterator[PastHealth]:
    for period in periods:
        try:
            then = known_on(known.database, _day_after(period))
            with under(then):
                past = replace(_past(then, project_key, period), is_known_then=True)
        except (DataProblem, NotFound):
            # Nothing was recorded by then, or not this project.
            past = _past(known, project_key, period)
        yield past


def _day_after(period: HalfYear) -> dt.date:
    return period.last + dt.timedelta(days=1)


def _past(known: Knowledge, project_key: str, period: HalfYear) -> PastHealth:
    on = _day_after(period)
    project = get_project(known.database, project_key, as_of=on)
    standing = find_standings(known.database, on)[project_key]
    risks = find_risks(known.database, project_key)
    return PastHealth(period, on, past_health(project, standing, risks, on))


def past_health(
    project: ProjectRow, standing: ProjectStanding, risks: Iterable[RiskRow], on: dt.date
) -> Health:
    """The health on a day that has passed, in which a risk counts only as far as its rating then is known."""
    listed = tuple(risks)
    health = health_of(project, replace(standing, open_risks=_rated_by(standing, listed, on)), on)
    return health if not health.ratings else _with_risk(health, standing, listed, on)


def _rated_by(standing: ProjectStanding, risks: tuple[RiskRow, ...], on: dt.date) -> tuple[RiskRow, ...]:
    """The open risks of which a rating by that day is known, or which nobody has ever reviewed."""
    present = {risk.key: risk.reviewed_on for risk in risks}
    return tuple(
        risk for risk in standing.open_risks if risk.reviewed_on is not None or present.get(risk.key) is None
    )


def _with_risk(health: Health, standing: ProjectStanding, risks: tuple[RiskRow, ...], on: dt.date) -> Health:
    found = health.rating("risk")
    if found is None or found.colour != "green":
        return health
    unsaid = _unsaid(standing, risks, on)
    if not unsaid:
        return health
    said = Rating("risk", "grey", f"Not known: {unsaid} on {day_label(on)}.")
    ratings = tuple(said if rating.dimension == "risk" else rating for rating in health.ratings)
    return rated(health.project_key, ratings, health.overrides)


def _unsaid(standing: ProjectStanding, risks: tuple[RiskRow, ...], on: dt.date) -> str:
    """Why green cannot be said of a past day: ratings or closings of risks that are not on record."""
    if len(_rated_by(standing, risks, on)) < len(standing.open_risks):
        return "of a risk that is open today no rating is on record"
    may_be_open = [risk for risk in risks if risk.status != "open" and _reviewed_after(risk, on)]
    return "whether a risk that is closed today was open is not on record" if may_be_open else ""


def _reviewed_after(risk: RiskRow, on: dt.date) -> bool:
    reviewed = PartialDate.of(risk.reviewed_on)
    return reviewed is None or reviewed.last > on
