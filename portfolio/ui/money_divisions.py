"""The table of money divided: one row per member and bucket, then the sum that equals the portfolio."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from portfolio.indicators import ESTIMATED
from portfolio.services.funds.groups import Division, Group
from portfolio.services.money import OFF_BUDGET
from portfolio.ui.money_tables import Columns, euro_column, money_values
from portfolio.ui.money_words import NOT_KNOWN, NOTHING_ON_RECORD
from portfolio.ui.tables import count_column, text_column

SUM = "Sum"
COLUMNS_ADD_UP = (
    "Every column adds up to the portfolio to the cent. Each is split and rounded on its own, so that a "
    "difference of two columns within one row may be off by a cent."
)
_SPLIT = ("region", "partner", "pillar")
# What the table of a division shows beside the chosen amount, in the order of the ladder.
SHOWN = (
    "committed", "contracted", "contracted-other", "contracted-total", "paid", "recovered", "left-to-pay",
    "open-pre-financing", "incurred", "total-budget", "eu-contribution",
)  # fmt: skip


def division_table(division: Division, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per member and bucket, then the sum: every amount in euro, empty where not known.

    Columns: member, remarks (text); one per amount, by its id; projects (count, not additive over partners).
    """
    amounts = shown_amounts(division)
    groups = division.groups
    table: dict[str, object] = {"member": [*(group.label for group in groups), SUM]}
    for name in amounts:
        table[name] = money_values(
            [*(_cell(division, group, name) for group in groups), division.added(name)]
        )
    together = {key for group in groups for key in group.projects}
    table["projects"] = [*(len(group.projects) for group in groups), len(together)]
    table["remarks"] = [*(_remarks(group, names) for group in groups), ""]
    return pd.DataFrame(table)


def _cell(division: Division, group: Group, name: str) -> int | None:
    # Where nothing counts, as of what is off-budget, that part is known to be 0, unless nobody knows any.
    # A year without a record is no such part: nobody says that nothing happened in it.
    found = group.sums[name]
    is_nothing = found.of == 0 and division.totals[name].cents is not None
    return 0 if is_nothing and division.dimension.id != "year" else found.cents


def unknown_word(division: Division) -> str:
    """What stands in a cell without an amount."""
    return NOTHING_ON_RECORD if division.dimension.id == "year" else NOT_KNOWN


def adding_sentence(division: Division) -> str:
    """In which direction the table adds up to the cent; "" where no amount is split over its rows."""
    return COLUMNS_ADD_UP if division.dimension.id in _SPLIT else ""


def shown_amounts(division: Division) -> list[str]:
    """The amounts that the dimension divides."""
    is_empty = not division.groups
    return [name for name in SHOWN if is_empty or name in division.groups[0].sums]


def unknown_amounts(division: Division) -> list[str]:
    """The amounts of which nothing is known: the screen names them in place of empty columns."""
    return [name for name in shown_amounts(division) if not _is_known(division, name)]


def _is_known(division: Division, name: str) -> bool:
    return division.totals[name].cents is not None


def _remarks(group: Group, names: Mapping[str, str]) -> str:
    said = [ESTIMATED] if group.estimated else []
    if group.suspended:
        said.append("suspended in " + ", ".join(names.get(key, key) for key in group.suspended))
    if group.off_budget:
        said.append(f"{', '.join(names.get(key, key) for key in group.off_budget)}: {OFF_BUDGET}")
    return "; ".join(said)


def division_columns(division: Division, table: pd.DataFrame) -> Columns:
    """The columns of `division_table` of which anything is known; remarks only where there are any."""
    columns: Columns = {"member": text_column(division.dimension.label, width=170, pinned=True)}
    known = [name for name in shown_amounts(division) if _is_known(division, name)]
    # The word for a year without a record is longer than an amount.
    columns |= {name: euro_column(name, 130 if division.dimension.id == "year" else None) for name in known}
    if division.dimension.id != "project":
        columns["projects"] = count_column("Projects", "Not additive where a project stands in several rows")
    if table["remarks"].any():
        columns["remarks"] = text_column("Remarks")
    return columns
