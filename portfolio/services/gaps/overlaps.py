"""Two projects that train the same institution in one quarter, and weaker hints of the same."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from portfolio.dates import PartialDate
from portfolio.model.result_rows import TrainingRow
from portfolio.services.capacity.ledgers import end_of
from portfolio.services.selection import folded

# From the strongest to the weakest; what each means is said on the screen and in docs/methods.md.
OverlapKind = Literal["institution", "name", "theme"]
KINDS: dict[OverlapKind, str] = {
    "institution": "Same institution",
    "name": "Same name, other partner",
    "theme": "Same theme and partner",
}
_BETWEEN_INSTITUTIONS = re.compile(r"[;\n]")


@dataclass(frozen=True)
class Overlap:
    """Trainings of several projects that meet in one quarter; `subject` is the institution or the theme."""

    kind: OverlapKind
    quarter: str
    subject: str
    trainings: tuple[TrainingRow, ...]

    @property
    def projects(self) -> tuple[str, ...]:
        """The keys of the projects, each once."""
        return tuple(dict.fromkeys(row.project_key for row in self.trainings))

    @property
    def partner_codes(self) -> tuple[str, ...]:
        """The partners of the trainings that name one, each once."""
        return tuple(dict.fromkeys(row.partner_code for row in self.trainings if row.partner_code))


@dataclass(frozen=True)
class Overlaps:
    """What was found, strongest and latest first; and what could not be compared."""

    found: tuple[Overlap, ...]
    trainings: int
    without_institution: int
    without_quarter: int

    def of_kind(self, kind: OverlapKind) -> tuple[Overlap, ...]:
        """The overlaps of one strength."""
        return tuple(row for row in self.found if row.kind == kind)


def overlaps(
    trainings: Iterable[TrainingRow], as_of: dt.date, chosen: frozenset[str] | None = None
) -> Overlaps:
    """Where trainings of two projects that had certainly been held by `as_of` meet in one quarter.

    `chosen` keeps the overlaps in which one of these projects has a part; the other need not be chosen.
    """
    held = [row for row in trainings if end_of(row).last <= as_of]
    dated = [(row, quarters(row)) for row in held]
    found = [*_of_institutions(dated), *_of_themes(dated)]
    told = {pair for row in found if row.kind == "institution" for pair in _pairs(row)}
    kept = [row for row in found if row.kind != "theme" or not _pairs(row) <= told]
    own = [row for row in kept if chosen is None or chosen & set(row.projects)]
    own.sort(key=lambda row: row.quarter, reverse=True)
    own.sort(key=lambda row: list(KINDS).index(row.kind))
    mine = [row for row, _ in dated if chosen is None or row.project_key in chosen]
    return Overlaps(
        tuple(own), len(mine), sum(not institutions(row) for row in mine),
        sum(not quarters(row) for row in mine),
    )  # fmt: skip


def _pairs(overlap: Overlap) -> set[tuple[str, str]]:
    """The pairs of trainings of different projects that meet, by key."""
    pairs = combinations(sorted(overlap.trainings, key=lambda row: row.key), 2)
    return {(one.key, other.key) for one, other in pairs if one.project_key != other.project_key}


def quarters(row: TrainingRow) -> tuple[str, ...]:
    """The quarters in which a training was held, such as "2026-Q1"; none where its month is not known."""
    begin = PartialDate.parse(row.held_on)
    end = PartialDate.of(row.ended_on) or begin
    if begin.month is None or end.month is None or end.first < begin.first:
        return () if begin.month is None else (_quarter(begin.first),)
    found, day = [], begin.first
    while day <= end.first:
        found.append(_quarter(day))
        day = _next_quarter(day)
    return tuple(found)


def _quarter(day: dt.date) -> str:
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def _next_quarter(day: dt.date) -> dt.date:
    month = (day.month - 1) // 3 * 3 + 4
    return dt.date(day.year + (month > 12), month - 12 if month > 12 else month, 1)


def institutions(row: TrainingRow) -> tuple[str, ...]:
    """The institutions that a training names, as they are written, separated by semicolons or lines."""
    parts = _BETWEEN_INSTITUTIONS.split(row.institutions or "")
    return tuple(" ".join(part.split()) for part in parts if part.strip())


Dated = list[tuple[TrainingRow, tuple[str, ...]]]


def _of_institutions(dated: Dated) -> Iterator[Overlap]:
    groups: dict[tuple[str, str], list[TrainingRow]] = {}
    names: dict[str, str] = {}
    for row, when in dated:
        for name in institutions(row):
            key = " ".join(folded(name).split())
            names.setdefault(key, name)
            for quarter in when:
                groups.setdefault((key, quarter), []).append(row)
    for (key, quarter), rows in groups.items():
        if len({row.project_key for row in rows}) > 1:
            yield from _by_partner(quarter, names[key], rows)


def _by_partner(quarter: str, name: str, rows: list[TrainingRow]) -> Iterator[Overlap]:
    """The same institution where the partner is the same too; else no more than the same name."""
    by_partner: dict[str | None, list[TrainingRow]] = {}
    for row in rows:
        by_partner.setdefault(row.partner_code, []).append(row)
    same = [
        group
        for code, group in by_partner.items()
        if code is not None and len({row.project_key for row in group}) > 1
    ]
    for group in same:
        yield Overlap("institution", quarter, name, tuple(group))
    if not same:
        yield Overlap("name", quarter, name, tuple(rows))


def _of_themes(dated: Dated) -> Iterator[Overlap]:
    groups: dict[tuple[str, str, str], list[TrainingRow]] = {}
    for row, when in dated:
        if row.theme is not None and row.partner_code is not None:
            for quarter in when:
                groups.setdefault((row.theme, row.partner_code, quarter), []).append(row)
    for (theme, _, quarter), rows in groups.items():
        if len({row.project_key for row in rows}) > 1:
            yield Overlap("theme", quarter, theme, tuple(rows))
