"""Partner by pillar in a stretch of time: the projects that run there, suspended ones apart, and the gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from portfolio.dates import PartialDate
from portfolio.model.rows import ParticipationRow, ProjectRow
from portfolio.partners import NOT_SPLIT, OUTSIDE, partners, region_of
from portfolio.services.selection import UNKNOWN
from portfolio.services.statuses import project_status
from portfolio.vocabulary import codes

NOW = "now"
GapKind = Literal["none", "suspended", "not-known"]


@dataclass(frozen=True)
class Cell:
    """One partner, or bucket, and one pillar.

    `running` are the projects that certainly run there, `suspended` those that run and have suspended the
    partner. `possible` may run there: regional projects whose partners are not published, projects of the
    partner without a pillar, and those of which the dates do not tell whether they ran.
    """

    place: str
    pillar: str
    running: tuple[str, ...] = ()
    suspended: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()

    @property
    def projects(self) -> tuple[str, ...]:
        """Every project in it, suspended ones last."""
        return (*self.running, *self.suspended)

    @property
    def gap(self) -> GapKind | None:
        """Why no project is known to run here; None where one does."""
        if self.running:
            return None
        if self.suspended:
            return "suspended"
        return "not-known" if self.possible else "none"


@dataclass(frozen=True)
class Coverage:
    """Who runs where on what; `uncertain` are projects of which it is not known whether they ran then."""

    moment: str
    cells: Mapping[tuple[str, str], Cell]
    projects: tuple[str, ...]
    uncertain: tuple[str, ...]
    without_pillar: tuple[str, ...]
    without_partner: tuple[str, ...]

    def cell(self, place: str, pillar: str) -> Cell:
        """One cell; an empty one where nothing is known."""
        return self.cells.get((place, pillar), Cell(place, pillar))

    def gaps(self) -> tuple[Cell, ...]:
        """The partners of the three regions without a running project in a pillar, partner by partner."""
        own = (place for place in places() if place not in (OUTSIDE, NOT_SPLIT))
        cells = (self.cell(place, pillar) for place in own for pillar in codes("pillar"))
        return tuple(cell for cell in cells if cell.gap is not None)


@dataclass
class _Found:
    running: list[str] = field(default_factory=list)
    suspended: list[str] = field(default_factory=list)
    possible: list[str] = field(default_factory=list)


def places() -> tuple[str, ...]:
    """The partners of the three regions in their printed order, then the two buckets."""
    own = tuple(partner.code for partner in partners().values() if partner.region != OUTSIDE)
    return (*own, OUTSIDE, NOT_SPLIT)


def pillars() -> tuple[str, ...]:
    """The pillars in their printed order, then the bucket of projects without one."""
    return (*codes("pillar"), UNKNOWN)


def moments(projects: Iterable[ProjectRow]) -> tuple[str, ...]:
    """What can be asked about: now, and the years from the first known start to the last known end."""
    listed = list(projects)
    starts = [PartialDate.parse(row.start).year for row in listed if row.start]
    ends = [PartialDate.parse(row.present_end).year for row in listed if row.present_end]
    if not starts:
        return (NOW,)
    last = max([*starts, *ends])
    return (NOW, *(str(year) for year in range(last, min(starts) - 1, -1)))


def coverage(projects: Iterable[ProjectRow], moment: str, as_of: dt.date) -> Coverage:
    """Who runs where on what: on the date, or at some time of a year ("2024").

    Of reduced dates only what is certain counts; a project that may have run is named as uncertain.
    """
    first, last = _interval(moment, as_of)
    listed = list(projects)
    ran = {row.key: _ran(row, moment, as_of) for row in listed}
    running = [row for row in listed if ran[row.key]]
    found: dict[tuple[str, str], _Found] = {}
    for project in running:
        for place, suspended in _places_of(project, first, last):
            for pillar in _pillars_of(project):
                entry = found.setdefault((place, pillar), _Found())
                (entry.suspended if suspended else entry.running).append(project.key)
    for place, pillar, key in _possible(listed, ran, first, last):
        entry = found.setdefault((place, pillar), _Found())
        if key not in entry.possible:
            entry.possible.append(key)
    return Coverage(
        moment=moment,
        cells={
            (place, pillar): Cell(
                place, pillar, _once(row.running), _once(row.suspended), tuple(row.possible)
            )
            for (place, pillar), row in found.items()
        },
        projects=tuple(row.key for row in running),
        uncertain=tuple(row.key for row in listed if ran[row.key] is None),
        without_pillar=tuple(row.key for row in running if not row.pillars),
        without_partner=tuple(row.key for row in running if not row.participations),
    )


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _interval(moment: str, as_of: dt.date) -> tuple[dt.date, dt.date]:
    if moment == NOW:
        return as_of, as_of
    year = PartialDate.parse(moment)
    return year.first, year.last


def _ran(project: ProjectRow, moment: str, as_of: dt.date) -> bool | None:
    """Whether a project ran then; None where its dates do not tell."""
    if moment == NOW:
        status = project_status(project, as_of)
        return None if status == "unknown" else status == "ongoing"
    first, last = _interval(moment, as_of)
    start, end = PartialDate.of(project.start), PartialDate.of(project.present_end)
    if (start is not None and start.first > last) or (end is not None and end.last < first):
        return False
    certain = start is not None and end is not None and start.last <= last and end.first >= first
    return True if certain else None


def _places_of(project: ProjectRow, first: dt.date, last: dt.date) -> Iterator[tuple[str, bool]]:
    """The partners, or the bucket, in which a running project is active then, and whether it is suspended."""
    if not project.participations:
        yield NOT_SPLIT, False
    for row in project.participations:
        if _takes_part(row, first, last):
            place = OUTSIDE if region_of(row.partner_code) == OUTSIDE else row.partner_code
            yield place, suspended_in(row, first, last)


def _takes_part(row: ParticipationRow, first: dt.date, last: dt.date) -> bool:
    since, until = PartialDate.of(row.since), PartialDate.of(row.until)
    not_yet = since is not None and since.first > last
    no_more = until is not None and until.last < first
    return not (not_yet or no_more)


def suspended_in(row: ParticipationRow, first: dt.date, last: dt.date) -> bool:
    """Whether cooperation was certainly suspended at some time from `first` to `last`."""
    since, until = PartialDate.of(row.suspended_since), PartialDate.of(row.suspended_until)
    return since is not None and since.last <= last and (until is None or until.first >= first)


def _pillars_of(project: ProjectRow) -> tuple[str, ...]:
    return tuple(pillar for pillar, _ in project.pillars) or (UNKNOWN,)


def _possible(
    projects: Iterable[ProjectRow], ran: Mapping[str, bool | None], first: dt.date, last: dt.date
) -> Iterator[tuple[str, str, str]]:
    """Place, pillar and project where a project may run, although nothing says that it does."""
    for project in projects:
        if ran[project.key] is False:
            continue
        certain = ran[project.key] is True
        named = [place for place, suspended in _places_of(project, first, last) if not suspended]
        if not project.participations:
            named = [row.code for row in partners().values() if row.region in project.regions]
        elif certain and project.pillars:
            continue
        for place in named:
            for pillar in _pillars_of(project) if project.pillars else pillars():
                yield place, pillar, project.key
