"""Money divided: one row per member and bucket, which add up to the portfolio to the cent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.money import KnownSum
from portfolio.services.funds.amounts import AMOUNTS, AmountKind, amount_sum
from portfolio.services.funds.dimensions import YEAR_NOT_STATED, Dimension
from portfolio.services.geography import is_estimated
from portfolio.services.money import is_off_budget
from portfolio.services.selection import UNKNOWN

COMMITTED = "committed"
Money = Mapping[str, MoneyRow]


@dataclass(frozen=True)
class Group:
    """What one member of a dimension, or one bucket, has of every amount.

    `sums` holds an amount by the id of its indicator, with how many of the member's projects (for committed:
    decisions) it knows. `estimated` says that a part is an equal split; `suspended` are the projects that
    have suspended this partner, `off_budget` those of which no amount is in a sum of EU money.
    """

    code: str
    label: str
    projects: tuple[str, ...]
    sums: Mapping[str, KnownSum]
    estimated: bool = False
    suspended: tuple[str, ...] = ()
    off_budget: tuple[str, ...] = ()


@dataclass(frozen=True)
class Division:
    """The money of some projects by one dimension; `totals` are the portfolio's own sums."""

    dimension: Dimension
    groups: tuple[Group, ...]
    totals: Mapping[str, KnownSum]

    def divides(self, amount_id: str) -> bool:
        """Whether the amount has parts by this dimension."""
        return any(amount_id in group.sums for group in self.groups)

    def added(self, amount_id: str) -> int | None:
        """What the groups add up to, None where nothing is known."""
        return KnownSum.over(group.sums[amount_id].cents for group in self.groups).cents

    def agrees(self, amount_id: str) -> bool:
        """Whether the groups add up to the portfolio, to the cent."""
        return self.added(amount_id) == self.totals[amount_id].cents


@dataclass
class _Cell:
    projects: list[str] = field(default_factory=list)
    amounts: dict[str, list[int | None]] = field(default_factory=dict)
    estimated: bool = False
    suspended: list[str] = field(default_factory=list)
    off_budget: list[str] = field(default_factory=list)


def divided(
    dimension: Dimension, projects: Iterable[ProjectRow], money: Money, decisions: Iterable[DecisionRow]
) -> Division:
    """The projects' money by one dimension, and the decisions' where a commitment can be divided so."""
    listed, chosen = list(projects), list(decisions)
    kinds = [kind for kind in AMOUNTS if dimension.has(kind.id)]
    cells: dict[str, _Cell] = {}
    for project in listed:
        _place(cells, dimension, project)
        for kind in kinds:
            _spread(cells, dimension, kind, project, money.get(project.key))
    committed = _committed(dimension, chosen)
    codes = dimension.ordered({*cells, *committed})
    ids = [*([COMMITTED] if dimension.id in _COMMITTED_BY else []), *(kind.id for kind in kinds)]
    groups = tuple(_group(code, dimension, cells.get(code) or _Cell(), ids, committed) for code in codes)
    totals = {kind.id: amount_sum(kind, listed, money) for kind in kinds}
    return Division(dimension, groups, totals | {COMMITTED: committed_sum(chosen)})


def committed_sum(decisions: Iterable[DecisionRow]) -> KnownSum:
    """What the decisions commit, those that are off-budget left out."""
    return KnownSum.over(row.committed_cents for row in decisions if not is_off_budget(row))


def _place(cells: dict[str, _Cell], dimension: Dimension, project: ProjectRow) -> None:
    for code in dimension.members(project):
        cell = cells.setdefault(code, _Cell())
        cell.projects.append(project.key)
        if is_off_budget(project):
            cell.off_budget.append(project.key)
        if dimension.id in ("partner", "region"):
            cell.estimated |= is_estimated(project)
            suspended = [row.partner_code for row in project.participations if row.is_suspended]
            if code in suspended:
                cell.suspended.append(project.key)


def _spread(
    cells: dict[str, _Cell],
    dimension: Dimension,
    kind: AmountKind,
    project: ProjectRow,
    money: MoneyRow | None,
) -> None:
    if not kind.counts(project):
        return
    cents = kind.stated(project, money).cents
    parts = {} if cents is None else dimension.split(project, kind.id, cents)
    for code in dict.fromkeys((*dimension.members(project), *parts)):
        cell = cells.setdefault(code, _Cell())
        cell.amounts.setdefault(kind.id, []).append(parts.get(code))
        if project.key not in cell.projects[-1:]:
            cell.projects.append(project.key)


def _group(
    code: str, dimension: Dimension, cell: _Cell, ids: Iterable[str], committed: Mapping[str, KnownSum]
) -> Group:
    sums = {name: KnownSum.over(cell.amounts.get(name, ())) for name in ids}
    if COMMITTED in sums:
        sums[COMMITTED] = committed.get(code, KnownSum(None, 0, 0))
    return Group(
        code, dimension.name(code), tuple(dict.fromkeys(cell.projects)), sums, cell.estimated,
        tuple(cell.suspended), tuple(cell.off_budget),
    )  # fmt: skip


# A commitment belongs to its decision: only what the decision itself has can divide it.
_COMMITTED_BY: dict[str, Callable[[DecisionRow], str]] = {
    "instrument": lambda row: row.instrument or UNKNOWN,
    "year": lambda row: row.decided_on[:4] if row.decided_on else YEAR_NOT_STATED,
}


def _committed(dimension: Dimension, decisions: Iterable[DecisionRow]) -> dict[str, KnownSum]:
    code = _COMMITTED_BY.get(dimension.id)
    if code is None:
        return {}
    amounts: dict[str, list[int | None]] = {}
    for row in decisions:
        if not is_off_budget(row):
            amounts.setdefault(code(row), []).append(row.committed_cents)
    return {name: KnownSum.over(found) for name, found in amounts.items()}
