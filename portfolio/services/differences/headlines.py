"""What changed, in one sentence: counts first of what a reader acts on, then the money, then colours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from portfolio.dates import MONTHS, date_label
from portfolio.indicators import indicator
from portfolio.money import format_eur_short
from portfolio.numbers import counted
from portfolio.services.differences.amounts import SumChange
from portfolio.services.differences.colours import COLOUR_TURNS, ColourTurn
from portfolio.services.differences.comparisons import Differences
from portfolio.services.differences.happenings import Happened
from portfolio.services.differences.milestones import MilestoneTurn
from portfolio.services.differences.projects import TURNS, Turn
from portfolio.services.differences.risks import RiskTurn
from portfolio.services.health.ratings import OVERALL

_PROJECTS: dict[Turn, str] = {
    "added": "added", "removed": "no longer in the portfolio", "begun": "begun", "closed": "closed",
    "other": "with another status",
}  # fmt: skip
_MONEY = ("contracted", "paid", "incurred")
_COLOURS: dict[ColourTurn, str] = {
    "worse": "worse", "better": "better", "now-known": "now known", "unknown": "no longer known",
}  # fmt: skip


def span_words(before: dt.date, after: dt.date) -> str:
    """Two dates in words: "30 June and 23 November 2026"; what is the same is said once."""
    last = date_label(after.isoformat())
    if (before.year, before.month) == (after.year, after.month):
        return f"{before.day} and {last}"
    if before.year == after.year:
        return f"{before.day} {MONTHS[before.month - 1]} and {last}"
    return f"{date_label(before.isoformat())} and {last}"


def headline(found: Differences) -> str:
    """What a reader acts on, in one sentence: projects, milestones, amendments, money and colours."""
    if found.before == found.after:
        return f"Both dates are {date_label(found.after.as_of.isoformat())}: nothing to compare."
    between = f"Between {span_words(found.before.as_of, found.after.as_of)}"
    if found.is_empty:
        return f"{between}: nothing changed in {counted(len(found.projects), 'project')}."
    parts = [*_projects(found), *_milestones(found), *_happened(found.amendments, "amendment", "signed")]
    for name in _MONEY:
        parts += _money(found.sum_of(name)) if found.sums else ()
    parts += _colours(found)
    if not parts:
        return f"{between}: no project, milestone, amount or colour changed; {'; '.join(_further(found))}."
    return f"{between}: {'; '.join(parts)}."


def further(found: Differences) -> str:
    """What else changed, in one sentence; "" where nothing did, or where the headline says it already."""
    parts = list(_further(found))
    return f"Also: {', '.join(parts)}." if parts and f"; {'; '.join(parts)}." not in headline(found) else ""


def _projects(found: Differences) -> Iterator[str]:
    turns = [row.turn for row in found.statuses]
    for turn in TURNS:
        if turn in turns:
            yield f"{counted(turns.count(turn), 'project')} {_PROJECTS[turn]}"


def _happened(rows: Iterable[Happened], noun: str, verb: str) -> Iterator[str]:
    here = sum(not row.is_gone for row in rows)
    if here:
        yield f"{counted(here, noun)} {verb}"


def _further(found: Differences) -> Iterator[str]:
    if found.dates:
        yield f"{counted(len(found.dates), 'date')} moved"
    yield from _happened(found.reports, "report", "received")
    yield from _happened(found.trainings, "training", "held")
    if found.values:
        yield f"{counted(len(found.values), 'indicator')} with another value"
    yield from _risks(found)


def _milestones(found: Differences) -> Iterator[str]:
    turns = [row.turn for row in found.milestones]
    words: tuple[tuple[MilestoneTurn, str], ...] = (("reached", "reached"), ("late", "newly late"))
    for turn, said in words:
        if turn in turns:
            yield f"{counted(turns.count(turn), 'milestone')} {said}"
    moved = {row.key for row in found.milestones if row.turn in ("forecast", "baseline")}
    if moved:
        yield f"{counted(len(moved), 'milestone')} moved"


def _money(row: SumChange | None) -> Iterator[str]:
    """How much more or less, and how much of it is of projects of which nothing was known before."""
    if row is None or not row.change_cents:
        return
    word = indicator(row.amount).label.lower()
    more = "more" if row.change_cents > 0 else "less"
    said = f"{format_eur_short(abs(row.change_cents))} {more} {word}"
    if row.appeared_cents and row.moved_cents:
        said += f" ({format_eur_short(row.appeared_cents)} of it where none was known before)"
    elif row.appeared_cents:
        said += " where none was known before"
    yield said


def _risks(found: Differences) -> Iterator[str]:
    turns = [row.turn for row in found.risks]
    words: tuple[tuple[RiskTurn, str], ...] = (
        ("opened", "opened"), ("up", "rated higher"), ("down", "rated lower"), ("closed", "closed"),
    )  # fmt: skip
    for turn, said in words:
        if turn in turns:
            yield f"{counted(turns.count(turn), 'risk')} {said}"


def _colours(found: Differences) -> Iterator[str]:
    """Overall health by projects, then the dimensions."""
    overall = [row.turn for row in found.colours if row.scope == OVERALL]
    others = [row.turn for row in found.colours if row.scope != OVERALL]
    said = [f"{words} in {counted(overall.count(turn), 'project')}" for turn, words in _told(overall)]
    if said:
        yield f"overall health {', '.join(said)}"
    said = [f"{others.count(turn):,} {words}" for turn, words in _told(others)]
    if said:
        yield f"dimensions of health: {', '.join(said)}"


def _told(turns: list[ColourTurn]) -> list[tuple[ColourTurn, str]]:
    return [(turn, _COLOURS[turn]) for turn in COLOUR_TURNS if turn in turns and turn in _COLOURS]
