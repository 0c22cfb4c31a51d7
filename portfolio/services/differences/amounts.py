"""Amounts that moved: of each project, and of all of them together, with what is known on one date only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portfolio.model.changes import RecordId
from portfolio.money import KnownSum
from portfolio.services.differences.standpoints import Frame
from portfolio.services.funds.amounts import AmountKind, amount_kind

# In the order in which they are printed.
COMPARED = ("total-budget", "eu-contribution", "contracted", "paid", "incurred", "left-to-pay")
NOT_IN_PORTFOLIO = "not in the portfolio"
OFF_BUDGET = "off-budget on that date"


@dataclass(frozen=True)
class AmountChange:
    """An amount of one project that moved, or that is known on one of the two dates only.

    Units: integer EUR cents; None is not known, and then the reason beside it says why.
    """

    project_key: str
    amount: str
    old_cents: int | None
    new_cents: int | None
    old_reason: str = ""
    new_reason: str = ""

    @property
    def difference_cents(self) -> int | None:
        """New less old; None unless both are known."""
        if self.old_cents is None or self.new_cents is None:
            return None
        return self.new_cents - self.old_cents

    @property
    def size_cents(self) -> int:
        """How much it weighs in a list: the difference, or the one side that is known, without its sign."""
        return abs((self.new_cents or 0) - (self.old_cents or 0))

    @property
    def record(self) -> RecordId:
        """The project: most amounts are sums over several of its records."""
        return ("project", self.project_key)


@dataclass(frozen=True)
class SumChange:
    """An amount of all chosen projects on both dates.

    Units: integer EUR cents. `moved_cents` is what the projects known on both dates add to the difference,
    None where there is none; `appeared_cents` is known on the later date only, of `appeared` projects,
    `vanished_cents` on the earlier one only, of `vanished`.
    """

    amount: str
    old: KnownSum
    new: KnownSum
    moved_cents: int | None
    appeared_cents: int = 0
    appeared: int = 0
    vanished_cents: int = 0
    vanished: int = 0

    @property
    def difference_cents(self) -> int | None:
        """New less old: moved + appeared - vanished; None unless something is known on both dates."""
        if self.old.cents is None or self.new.cents is None:
            return None
        return self.new.cents - self.old.cents

    @property
    def change_cents(self) -> int:
        """Moved + appeared - vanished, where an amount that is known on one date only counts whole."""
        return (self.moved_cents or 0) + self.appeared_cents - self.vanished_cents

    @property
    def has_moved(self) -> bool:
        """Whether the sum, or what it is known for, is another one."""
        return (self.old.cents, self.old.known) != (self.new.cents, self.new.known)


def amount_changes(before: Frame, after: Frame, keys: Iterable[str]) -> tuple[AmountChange, ...]:
    """The amounts of these projects that differ, amount by amount and in each the largest first."""
    listed = list(keys)
    found = []
    for name in COMPARED:
        moved = [row for row in _both_sides(before, after, listed, name) if row.old_cents != row.new_cents]
        found += sorted(moved, key=lambda row: (-row.size_cents, row.project_key))
    return tuple(found)


def sum_changes(before: Frame, after: Frame, keys: Iterable[str]) -> tuple[SumChange, ...]:
    """Every amount over these projects on both dates, moved or not.

    A project counts in the sum of a date if it was in the portfolio and its money belongs into that sum.
    """
    listed = list(keys)
    return tuple(_sum(before, after, listed, name) for name in COMPARED)


def _sum(before: Frame, after: Frame, keys: list[str], name: str) -> SumChange:
    rows = list(_both_sides(before, after, keys, name))
    kind = amount_kind(name)
    both = [row.difference_cents for row in rows if row.difference_cents is not None]
    appeared = [row.new_cents for row in rows if row.old_cents is None and row.new_cents is not None]
    vanished = [row.old_cents for row in rows if row.new_cents is None and row.old_cents is not None]
    return SumChange(
        amount=name,
        old=_known_sum(before, kind, keys),
        new=_known_sum(after, kind, keys),
        moved_cents=sum(both) if both else None,
        appeared_cents=sum(appeared),
        appeared=len(appeared),
        vanished_cents=sum(vanished),
        vanished=len(vanished),
    )


def _known_sum(frame: Frame, kind: AmountKind, keys: list[str]) -> KnownSum:
    projects = frame.projects
    return KnownSum.over(
        kind.stated(projects[key], frame.view.money.get(key)).cents
        for key in keys
        if key in projects and kind.counts(projects[key])
    )


def _both_sides(before: Frame, after: Frame, keys: list[str], name: str) -> Iterator[AmountChange]:
    """One row per project that is in the portfolio, and whose amount counts, on either date."""
    kind, old_projects, new_projects = amount_kind(name), before.projects, after.projects

    def side(frame: Frame, key: str) -> tuple[int | None, str]:
        project = (old_projects if frame is before else new_projects).get(key)
        if project is None:
            return None, NOT_IN_PORTFOLIO
        if not kind.counts(project):
            return None, OFF_BUDGET
        stated = kind.stated(project, frame.view.money.get(key))
        return stated.cents, stated.reason if stated.cents is None else ""

    for key in keys:
        (old, old_reason), (new, new_reason) = side(before, key), side(after, key)
        yield AmountChange(key, name, old, new, old_reason, new_reason)
